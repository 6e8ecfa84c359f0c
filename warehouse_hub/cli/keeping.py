"""Commands that keep an installation in order: init, demo, check, index."""

from __future__ import annotations

import sys

import click

from warehouse_hub.cli.surface import answer, json_option, opened, refusing
from warehouse_hub.core.database import Database
from warehouse_hub.core.migration import migrate
from warehouse_hub.operations.bundled.loading import load_demo, load_real
from warehouse_hub.operations.demonstration.accounts import create_demo_accounts
from warehouse_hub.search.agreement import differences
from warehouse_hub.search.follower import IndexFollower
from warehouse_hub.settings import Settings


@click.command("init")
@refusing
def init_command() -> None:
    """Create or migrate the database and the index. Safe to repeat."""
    settings = Settings.from_environment()
    database = Database(settings.database_url)
    migrate(database)
    IndexFollower(database, settings.index_dir).catch_up()
    database.dispose()


@click.command("demo")
@refusing
def demo_command() -> None:
    """Load the bundled directories, demonstration accounts and marked synthetic reports. Safe to repeat."""
    with opened() as hub:
        with hub.database.unit_of_work(hub.clock) as uow:
            load_real(uow)
        with hub.database.unit_of_work(hub.clock) as uow:
            load_demo(uow)
        with hub.database.unit_of_work(hub.clock) as uow:
            path = create_demo_accounts(uow, hub.settings.data_dir)
        IndexFollower(hub.database, hub.settings.index_dir).catch_up()
        click.echo(f"demonstration accounts: {path}", err=True)


@click.command("check")
@click.option("--repair", is_flag=True, help="Rebuild what differs from the database.")
@json_option
@refusing
def check_command(*, repair: bool, as_json: bool) -> None:
    """Hold the index against the database; exit 1 while anything differs."""
    with opened() as hub:
        if repair:
            IndexFollower(hub.database, hub.settings.index_dir).rebuild()
        found = differences(hub.database, hub.settings.index_dir)
    if as_json:
        answer({"agrees": not found, "differences": [vars(difference) for difference in found]})
    else:
        for difference in found:
            click.echo(str(difference))
        click.echo("database and index agree" if not found else f"{len(found)} differences", err=True)
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
