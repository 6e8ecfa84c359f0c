"""One row of a table of reports, read into figures with everything that is wrong with its cells.

The one thing a reader would get wrong: 2026.1 in a number cell may be January or October, so it is refused.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from pathlib import Path

from warehouse_hub.core.clock import CIVIL_ZONE, Month
from warehouse_hub.core.errors import InvalidInput, Problem
from warehouse_hub.directory.spreadsheet.cells import code_of, date_of, number_of, text_of
from warehouse_hub.directory.spreadsheet.header_words import HeaderWords
from warehouse_hub.directory.spreadsheet.row_reader import RowReader
from warehouse_hub.directory.spreadsheet.table import Cell, Column
from warehouse_hub.monitoring.reports import kept
from warehouse_hub.monitoring.rules.checks import FIGURE_FIELDS, ReportFigures
from warehouse_hub.vocabulary.quantities import parse_quantity

_UNITS = {"volume_m3": "m3"}
_WAN_YUAN = Decimal(10_000)
_MONTH = re.compile(r"(\d{4})(?:[-/年](\d{1,2})|\.(\d{2})|(\d{2}))(?:月份?)?")
_ENGLISH_MONTH = re.compile(r"([a-z]{3,9})[-.,/]*(\d{4})|(\d{4})[-.,/]*([a-z]{3,9})")
_MONTH_NAMES = tuple(calendar.month_name)
_EARLIEST = 2000


@dataclass(frozen=True)
class ReportRow:
    """A row as read. With problems, the figures are not to be used."""

    number: int
    warehouse_id: str | None
    month: Month | None
    figures: ReportFigures
    reason: str | None
    submitted_at: datetime | None
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


@cache
def report_headers() -> HeaderWords:
    """What the headers of a table of reports mean, Chinese and English."""
    path = Path(__file__).with_name("report_headers.csv")
    return HeaderWords(path, quantities=frozenset(FIGURE_FIELDS))


def read_report(number: int, record: Mapping[Column, Cell]) -> ReportRow:
    """Read one row; a figure that is not stated is None."""
    row = RowReader(number, record)
    for field in ("warehouse_id", "month"):
        if not row.filled(field):
            row.problem("report.cell_missing", field)
    figures = ReportFigures(**{name: _figure(row, name) for name in FIGURE_FIELDS})
    return ReportRow(
        number=number,
        warehouse_id=row.value("warehouse_id", code_of),
        month=row.value("month", month_of),
        figures=figures,
        reason=row.value("reason", text_of),
        submitted_at=row.value("submitted_at", instant_of),
        problems=tuple(row.problems),
        warnings=tuple(row.warnings),
    )


def month_of(cell: Cell) -> Month | None:
    """A month as "2026-10", "2026年10月", "202610" or any day of it. Raises InvalidInput("month.unreadable")."""
    if isinstance(cell, datetime | date):
        return Month(cell.year, cell.month)
    text = text_of(cell)
    if text is None:
        return None
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    found = None if isinstance(cell, float) and not cell.is_integer() else _MONTH.fullmatch(plain)
    if found:
        year, month = int(found[1]), int(found[2] or found[3] or found[4])
        if year >= _EARLIEST:
            return Month.parse(f"{year:04d}-{month:02d}")
    if named := _named_month(plain.casefold()):
        return named
    try:
        day = date_of(cell)
    except InvalidInput:
        day = None
    if day is None or day.year < _EARLIEST:
        raise InvalidInput("month.unreadable", text=text[:40])
    return Month.of(day)


def _named_month(text: str) -> Month | None:
    """ "Nov-2026", "November 2026" or "2026 Nov" without its spaces; a year of two digits could be a day."""
    found = _ENGLISH_MONTH.fullmatch(text)
    if not found:
        return None
    name, year = found[1] or found[4], int(found[2] or found[3])
    numbers = [
        number
        for number, known in enumerate(_MONTH_NAMES)
        if name in {known.casefold(), known[:3].casefold()}
    ]
    return Month(year, numbers[0]) if numbers and numbers[0] and year >= _EARLIEST else None


def instant_of(cell: Cell) -> datetime | None:
    """When a report was handed in: a bare date is noon in Zhengzhou, a time without a zone is Zhengzhou's.

    Raises InvalidInput as `date_of` does.
    """
    if isinstance(cell, str) and ":" in cell:
        try:
            return _zoned(datetime.fromisoformat(cell.strip()))
        except ValueError:
            raise InvalidInput("date.unreadable", value=cell[:40]) from None
    if isinstance(cell, datetime):
        return _zoned(cell)
    day = date_of(cell)
    return None if day is None else datetime.combine(day, time(12), CIVIL_ZONE)


def _zoned(instant: datetime) -> datetime:
    return instant if instant.tzinfo else instant.replace(tzinfo=CIVIL_ZONE)


def _figure(row: RowReader, name: str) -> Decimal | None:
    for column, cell in row.filled(name):
        try:
            if name.endswith("_m2") or name in _UNITS:
                return kept(_measured(row, column, cell, _UNITS.get(name, "m2")))
            number = number_of(cell)
        except InvalidInput as refusal:
            row.problems.append(Problem(refusal.code, row.number, column.header, refusal.facts))
            return None
        if number is not None:
            return kept(number * (_WAN_YUAN if column.unit == "wan_yuan" else column.factor))
    return None


def _measured(row: RowReader, column: Column, cell: Cell, unit: str) -> Decimal | None:
    """The cell in `unit`; a bare number is in the header's unit, else already in that one."""
    text = text_of(cell)
    if text is None:
        return None
    try:
        number = number_of(cell)
    except InvalidInput:
        number = None
    if number is not None:
        if number < 0:
            raise InvalidInput("report.negative", value=f"{number:f}")
        read = parse_quantity(number * column.factor, column.unit or unit)
    else:
        read = parse_quantity(text, column.unit or unit)
    row.warnings.extend(
        Problem(code, row.number, column.header, {"text": text[:80]}) for code in read.warnings
    )
    return read.quantity.to(unit).value
