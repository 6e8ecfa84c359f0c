"""One row of a table of exchange rates: how many yuan one unit of a currency is, from which day, and who says so.

The one thing to get wrong: the bureau's sources quote 100 units of a currency. There is no reading of that here: a
header that says so is not known, and the table is refused for want of its column.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from warehouse_hub.core.errors import Problem
from warehouse_hub.directory.rules.exchange import Rate
from warehouse_hub.directory.spreadsheet.cells import date_of, number_of, text_of
from warehouse_hub.directory.spreadsheet.header_words import HeaderWords
from warehouse_hub.directory.spreadsheet.row_reader import RowReader
from warehouse_hub.directory.spreadsheet.table import Cell, Column
from warehouse_hub.vocabulary.codes import CURRENCIES

RATE_COLUMNS = ("currency", "valid_from", "cny_for_one", "source")


@dataclass(frozen=True)
class RateRow:
    """A row as read; `rate` is None where anything of it is missing or cannot be read, which `problems` tell."""

    number: int
    rate: Rate | None
    problems: tuple[Problem, ...]


@cache
def rate_headers() -> HeaderWords:
    """What the headers of a table of rates mean, Chinese and English."""
    return HeaderWords(Path(__file__).with_name("rate_headers.csv"), quantities=frozenset({"cny_for_one"}))


def read_rate(number: int, record: Mapping[Column, Cell]) -> RateRow:
    """Read one row. All four cells are needed: a rate without its source could not be checked by anybody."""
    row = RowReader(number, record)
    for field in RATE_COLUMNS:
        if not row.filled(field):
            row.problem("cell.missing", field)
    currency = row.coded("currency", CURRENCIES)
    valid_from = row.value("valid_from", date_of)
    cny_for_one = row.value("cny_for_one", number_of)
    source = row.value("source", text_of)
    if currency is None or valid_from is None or cny_for_one is None or source is None:
        return RateRow(number, None, tuple(row.problems))
    return RateRow(number, Rate(currency, valid_from, cny_for_one, source), tuple(row.problems))
