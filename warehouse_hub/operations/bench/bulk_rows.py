"""Rows handed to SQLite's driver as they are, below the ORM and below SQLAlchemy's own execution.

The one thing to get wrong: a value must be bound by the type of its column, or what is read back is another value. So
the very functions by which SQLAlchemy binds values are applied here, only without its cost for each row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import DeclarativeBase

Bind = Callable[[Any], Any]


class BulkRows:
    """Adds rows to the table of one entity; `columns` names what a row holds, in order, and the others stay null."""

    def __init__(self, connection: Connection, entity: type[DeclarativeBase], columns: Sequence[str]) -> None:
        if connection.dialect.paramstyle != "qmark":
            raise ValueError(f"rows cannot go straight into {connection.dialect.name}")
        self._connection = connection
        quoted = map(connection.dialect.identifier_preparer.quote, columns)
        marks = ", ".join("?" * len(columns))
        self._statement = f"INSERT INTO {entity.__tablename__} ({', '.join(quoted)}) VALUES ({marks})"  # noqa: S608
        self._binds = list(_binds(connection, entity, columns))

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Insert rows in one call of the driver."""
        bound = [self._bound(row) for row in rows]
        if bound:
            self._connection.exec_driver_sql(self._statement, bound)

    def _bound(self, row: Sequence[Any]) -> tuple[Any, ...]:
        values = list(row)
        for place, bind in self._binds:
            values[place] = bind(values[place])
        return tuple(values)


def _binds(
    connection: Connection, entity: type[DeclarativeBase], columns: Sequence[str]
) -> Iterable[tuple[int, Bind]]:
    """The places in a row whose values are stored as something else, with what turns them into it."""
    for place, name in enumerate(columns):
        kind = entity.__table__.c[name].type.dialect_impl(connection.dialect)
        bind = kind.bind_processor(connection.dialect)
        if bind is not None:
            yield place, bind
