"""Has anything been committed since? Asked before every answer that comes from a copy, so it must cost next to nothing.

SQLite tells it by a counter that its file carries (some microseconds); PostgreSQL is asked for the newest change. Equal
marks mean that nothing was committed in between.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Hashable
from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError


class Watch:
    """Watches one database; safe for threads, and for a process that forks."""

    def __init__(self, engine: Engine) -> None:
        self._lock = threading.Lock()
        self._process = os.getpid()
        name = engine.url.database
        on_file = engine.dialect.name == "sqlite" and name
        self._source = _SqliteCounter(Path(name)) if on_file and name else _NewestChange(engine)

    def mark(self) -> Hashable:
        """The state of the database now; taken before reading, it never hides a commit."""
        self._after_fork()
        with self._lock:
            return self._source.read()

    def close(self) -> None:
        """Let go of the connection; the next mark opens another and equals none before."""
        self._after_fork()
        with self._lock:
            self._source.close()

    def _after_fork(self) -> None:
        if self._process != os.getpid():
            # The lock may have been held by another thread of the parent when it forked; its connections are the
            # parent's, and closing one here would disturb it there.
            self._lock, self._process = threading.Lock(), os.getpid()
            self._source.abandon()


class _SqliteCounter:
    """`data_version` of a connection changes with every commit of any other connection to the file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._of: tuple[int, int] | None = None
        # Counters of two connections have nothing to do with each other.
        self._opened: object = None
        self._abandoned: list[sqlite3.Connection] = []

    def read(self) -> Hashable:
        facts = os.stat(self._path)  # noqa: PTH116 (half the time of Path.stat, before every search)
        # A file that was put in this one's place, as a restored backup is, needs a connection of its own.
        of = facts.st_dev, facts.st_ino
        if self._connection is None or self._of != of:
            self.close()
            self._connection = sqlite3.connect(self._path, check_same_thread=False, isolation_level=None)
            self._of, self._opened = of, object()
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        return self._opened, version

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def abandon(self) -> None:
        if self._connection is not None:
            self._abandoned.append(self._connection)
            self._connection = None


class _NewestChange:
    """The last row of the change feed: its position alone would not tell a restored database from this one."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._query = text("SELECT position, topic, key, at FROM change ORDER BY position DESC LIMIT 1")
        # Held open: a pool asks before it lends one out, which would double the time.
        self._connection: Connection | None = None
        self._abandoned: list[Connection] = []

    def read(self) -> Hashable:
        try:
            return self._newest()
        except DBAPIError:
            # Closed by the server, or by a restart of it. Once more, and the second error is the caller's.
            self._connection = None
            return self._newest()

    def close(self) -> None:
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None

    def abandon(self) -> None:
        if self._connection is not None:
            self._abandoned.append(self._connection)
            self._connection = None

    def _newest(self) -> Hashable:
        if self._connection is None:
            self._connection = self._engine.connect()
        row = self._connection.execute(self._query).first()
        return None if row is None else tuple(row)
