"""Bring a database to a revision of the schema, forwards or back, in one transaction on both databases."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from warehouse_hub.core.database import Database
from warehouse_hub.core.resources import resource

HEAD = "head"
EMPTY = "base"


def migrate(database: Database, revision: str = HEAD) -> None:
    """Upgrade to `revision`, making what is not there yet; safe to repeat, and two processes at once take turns.

    A migration that fails leaves the database as it was.
    """
    if database.file is not None:
        database.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _run(database, command.upgrade, revision)


def migrate_down(database: Database, revision: str = EMPTY) -> None:
    """Downgrade to `revision`, losing what the older schema has no place for."""
    _run(database, command.downgrade, revision)


def is_current(database: Database) -> bool:
    """Whether the database is there and has the newest schema."""
    if database.file is not None and not database.file.exists():
        # To connect would make an empty one.
        return False
    with database.engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    return found == ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(resource("migrations")))
    return config


def _run(database: Database, step: object, revision: str) -> None:
    config = _config()
    with database.engine.connect().execution_options(writes=True) as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(42102022)")
        config.attributes["connection"] = connection
        step(config, revision)  # type: ignore[operator]
        connection.commit()
