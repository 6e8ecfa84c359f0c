"""What every reader of files hands on: a sheet as it stands in the file, then a table whose columns are understood.

The one thing to get wrong: a row's number is the one that the person sees in the spreadsheet (the first line is 1),
not its place among the rows that hold something.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from warehouse_hub.core.errors import Problem

# Lists and mappings only come from JSON.
Cell = str | int | float | bool | date | datetime | time | timedelta | list[Any] | dict[str, Any] | None


@dataclass(frozen=True)
class Span:
    """A merged range; rows and columns count from 0 within the sheet, both ends inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """The cells of one sheet from its first row on; `first_number` is what the file calls that row."""

    name: str | None
    rows: tuple[tuple[Cell, ...], ...]
    first_number: int = 1
    merged: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Column:
    """A column that is understood: the header as printed, the field it fills, and the unit that the header names.

    `factor` multiplies every bare number of the column (10000 for 万平方米).
    """

    index: int
    header: str
    field: str
    unit: str | None = None
    factor: int = 1


@dataclass(frozen=True)
class Row:
    """One line of the table: its number in the spreadsheet and its cells in the order of the table's columns."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A sheet whose header row was found. `problems` forbid using it; `notes` only tell what was left aside."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    sheet: str | None
    header_number: int
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = field(default=())

    @property
    def headers(self) -> tuple[str, ...]:
        """The understood headers as printed, left to right."""
        return tuple(column.header for column in self.columns)

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(column.field for column in self.columns)

    def records(self) -> Iterator[tuple[int, dict[Column, Cell]]]:
        """Every row as (its number, the cell of each understood column)."""
        for row in self.rows:
            yield row.number, dict(zip(self.columns, row.cells, strict=True))
