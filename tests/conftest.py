"""Fixtures that every subject's tests share: a migrated, empty database on SQLite and on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from mail_server import Mailbox, receiving
from postgres import PrivatePostgres

from warehouse_hub.core.database import Database
from warehouse_hub.core.migration import migrate

# How long an example takes says nothing here: the first text that is drawn on a machine has Hypothesis build its tables
# of Unicode, and the first call of a loop compiles it.
settings.register_profile("hub", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("hub")


@pytest.fixture(scope="session")
def postgres(tmp_path_factory) -> Iterator[PrivatePostgres]:
    """A PostgreSQL server of our own, on a private socket, run by an unprivileged user."""
    with PrivatePostgres.started() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path) -> Iterator[str]:
    """The address of an empty database, once of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'hub.sqlite'}"
        return
    with request.getfixturevalue("postgres").empty_database() as url:
        yield url


@pytest.fixture
def database(database_url) -> Iterator[Database]:
    """A migrated, empty database."""
    database = Database(database_url)
    migrate(database)
    yield database
    database.dispose()


@pytest.fixture
def sqlite_database(tmp_path) -> Iterator[Database]:
    """A migrated, empty SQLite database, where the kind of database is not what is tested."""
    database = Database(f"sqlite:///{tmp_path / 'hub.sqlite'}")
    migrate(database)
    yield database
    database.dispose()


@pytest.fixture
def mailbox(tmp_path) -> Iterator[Mailbox]:
    """A real mail server that keeps what it receives."""
    with receiving(tmp_path / "letters") as box:
        yield box
