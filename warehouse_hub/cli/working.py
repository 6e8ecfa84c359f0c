"""The command `worker`."""

from __future__ import annotations

import click

from warehouse_hub.cli.surface import refusing
from warehouse_hub.settings import Settings
from warehouse_hub.worker import work


@click.command("worker")
@refusing
def worker_command() -> None:
    """Run the worker alone: it follows the change feed into the text index."""
    work(Settings.from_environment())
