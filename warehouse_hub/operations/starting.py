"""What a start does before it serves: migrate, load the bundled directories into an empty database, build the index."""

from __future__ import annotations

import contextlib
from pathlib import Path

from warehouse_hub.core.clock import utc_now
from warehouse_hub.core.database import Database
from warehouse_hub.core.errors import Conflict
from warehouse_hub.core.migration import migrate
from warehouse_hub.directory.published import count_published
from warehouse_hub.operations.bundled.loading import load_demo, load_real
from warehouse_hub.operations.demonstration.accounts import create_demo_accounts
from warehouse_hub.search.freshness.follower import IndexFollower
from warehouse_hub.settings import Settings


def prepare(settings: Settings) -> Path | None:
    """Make an installation ready to serve; safe to repeat and to kill at any point.

    Returns the file with the demonstration sign-ins, or None outside demonstration mode, where no demonstration
    record or account is made.
    """
    database = Database(settings.database_url)
    migrate(database)
    if not _has_records(database, "real"):
        load_bundled(database)
    accounts = load_demonstration(database, settings.data_dir) if settings.demo else None
    fold(database, settings)
    database.dispose()
    return accounts


def load_bundled(database: Database) -> None:
    """The publicly reported warehouses."""
    with database.unit_of_work(utc_now) as uow:
        load_real(uow)


def load_demonstration(database: Database, data_dir: Path) -> Path:
    """The fictitious directory with its reports, and one account a role; returns the file with their passwords."""
    if not _has_records(database, "demo"):
        with database.unit_of_work(utc_now) as uow:
            load_demo(uow)
    with database.unit_of_work(utc_now) as uow:
        return create_demo_accounts(uow, data_dir)


def fold(database: Database, settings: Settings) -> None:
    """Bring the text index up to the feed; where a worker is writing it just now, that worker does."""
    with contextlib.suppress(Conflict):
        IndexFollower(database, settings.index_dir).catch_up()


def _has_records(database: Database, dataset: str) -> bool:
    with database.reading() as session:
        return count_published(session, dataset) > 0
