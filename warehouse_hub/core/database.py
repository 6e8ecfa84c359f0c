"""One database, SQLite or PostgreSQL, behind the same SQLAlchemy code.

The one thing to get wrong: SQLite must take its write lock when a unit of work begins, not at its first write,
or two writers that both read first end in "database is locked" instead of one waiting for the other.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.orm import Session, sessionmaker

from warehouse_hub.core.clock import Clock, utc_now
from warehouse_hub.core.unit_of_work import UnitOfWork
from warehouse_hub.core.watch import Watch

BUSY_TIMEOUT_S = 30


class Database:
    """An engine with the two ways to use it: a unit of work that writes, a session that only reads.

    `watch` tells for some microseconds whether anything was committed since.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        named = make_url(url)
        # None on a server or in memory.
        on_disk = named.get_backend_name() == "sqlite" and named.database not in (None, "", ":memory:")
        self.file = Path(named.database) if on_disk and named.database else None
        self.engine = _engine(url)
        self.session_factory = sessionmaker(self.engine, expire_on_commit=False)
        self.watch = Watch(self.engine)
        # Feed positions are read under a lock, so writers must see what committed while they waited for it
        # (READ COMMITTED); readers want one snapshot for all their queries.
        snapshot = {} if self.engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
        self._reader_factory = sessionmaker(self.engine.execution_options(**snapshot), expire_on_commit=False)

    @contextmanager
    def unit_of_work(self, clock: Clock = utc_now) -> Iterator[UnitOfWork]:
        """All or nothing: commits when the block ends, rolls back when it raises.

        On SQLite it holds the one write lock from its first statement on, so keep the block short.
        """
        with self.session_factory() as session:
            session.connection(execution_options={"writes": True})
            uow = UnitOfWork(session, clock)
            yield uow
            uow.commit()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session over one consistent snapshot; nothing in it is ever committed."""
        with self._reader_factory() as session:
            yield session

    def dispose(self) -> None:
        """Close every pooled connection, as a process does before it forks or ends."""
        self.watch.close()
        self.engine.dispose()


def _engine(url: str) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        # A statement that was refused is our exception already; the driver's remark on it would be a second voice.
        logging.getLogger("psycopg").setLevel(logging.ERROR)
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_S, "check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transaction handling is switched off: it begins at the first write and never around DDL.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
