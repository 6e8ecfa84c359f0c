"""The command `serve`."""

from __future__ import annotations

import click

from warehouse_hub.cli.surface import refusing
from warehouse_hub.operations.starting import prepare
from warehouse_hub.operations.supervision import refuse_taken, supervise
from warehouse_hub.settings import Settings


@click.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), help="Default: PORT, else 8000.")
@click.option("--workers", type=click.IntRange(1, 64), help="Web processes; default 2.")
@refusing
def serve_command(port: int | None, workers: int | None) -> None:
    """Serve the site: several web processes and exactly one worker, each restarted when it dies.

    Migrates, and loads the bundled directories into an empty database, before it answers.
    """
    settings = Settings.from_environment()
    chosen = port or settings.port
    refuse_taken(settings.host, chosen)
    accounts = prepare(settings)
    click.echo(f"http://{settings.host}:{chosen}{settings.url_prefix}/", err=True)
    click.echo(f"data: {settings.data_dir}", err=True)
    if accounts is not None:
        click.echo(
            f"demonstration sign-ins (kept in {accounts}):\n{accounts.read_text(encoding='utf-8')}", err=True
        )
    supervise(settings, port=chosen, workers=workers or settings.workers)
