"""Commands that keep an installation in order: init, demo, check, index."""

from __future__ import annotations

import sys
from dataclasses import asdict

import click

from warehouse_hub.cli.surface import answer, json_option, opened, refusing
from warehouse_hub.core.database import Database
from warehouse_hub.core.migration import migrate
from warehouse_hub.operations.agreement import differences, repair
from warehouse_hub.operations.starting import fold, load_bundled, load_demonstration
from warehouse_hub.search.freshness.follower import IndexFollower
from warehouse_hub.settings import Settings


@click.command("init")
@refusing
def init_command() -> None:
    """Create or migrate the database and the index. Safe to repeat."""
    settings = Settings.from_environment()
    database = Database(settings.database_url)
    migrate(database)
    fold(database, settings)
    database.dispose()


@click.command("demo")
@refusing
def demo_command() -> None:
    """Load the bundled directories, demonstration accounts and marked synthetic reports. Safe to repeat."""
    with opened() as hub:
        load_bundled(hub.database)
        path = load_demonstration(hub.database, hub.settings.data_dir)
        fold(hub.database, hub.settings)
    click.echo(f"demonstration accounts: {path}", err=True)


@click.command("check")
@click.option("--repair", "repairing", is_flag=True, help="Make what differs anew from the database.")
@json_option
@refusing
def check_command(*, repairing: bool, as_json: bool) -> None:
    """Hold the index and the editions' files against the database; exit 1 while anything differs."""
    with opened() as hub:
        if repairing:
            repair(hub.database, hub.settings)
        found = differences(hub.database, hub.settings)
    if as_json:
        answer({"agrees": not found, "differences": [asdict(difference) for difference in found]})
    else:
        for one in found:
            click.echo(f"{one.part} {one.kind} {one.key or ''} {one.detail}".strip())
        click.echo("database, index and files agree" if not found else f"{len(found)} differences", err=True)
    sys.exit(1 if found else 0)


@click.group("index")
def index() -> None:
    """The derived indexes."""


@index.command("rebuild")
@refusing
def rebuild_command() -> None:
    """Rebuild every derived index from the database."""
    with opened() as hub:
        IndexFollower(hub.database, hub.settings.index_dir).rebuild()
