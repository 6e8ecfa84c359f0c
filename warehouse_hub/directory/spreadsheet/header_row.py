"""Find the header among title rows, merged cells and notes, and name the columns.

The one thing to get wrong: a header may stand in two rows, with a merged "面积" over "现有" and "可租"; the lower word
alone says too little, the upper one alone says it of too many columns. A lower row of mere units is part of the header.
"""

from __future__ import annotations

from dataclasses import dataclass

from warehouse_hub.core.errors import Problem
from warehouse_hub.directory.spreadsheet.header_words import (
    ASIDE,
    UNKNOWN_UNIT,
    HeaderWords,
    Meaning,
    read_unit,
)
from warehouse_hub.directory.spreadsheet.table import Cell, Column, Sheet

SEARCHED_ROWS = 40
_OTHER_UNITS = frozenset({"元", "万元", "个", "家", "人", "座", "%"})


@dataclass(frozen=True)
class Header:
    """A found header: the place of its last row in the sheet, and what each column is called and means."""

    last_row: int
    names: tuple[str, ...]
    meanings: tuple[Meaning | None, ...]

    @property
    def understood(self) -> int:
        """How many different fields it names."""
        return len({meaning.field for meaning in self.meanings if meaning})


def find_header(sheet: Sheet, words: HeaderWords) -> Header | None:
    """The header that names most fields, the upper one of equals; None when no row is one."""
    best: Header | None = None
    for place in range(min(SEARCHED_ROWS, len(sheet.rows))):
        for header in (_single(sheet, place, words), _double(sheet, place, words)):
            if _is_header(header) and (best is None or _is_better(header, best, sheet)):
                best = header
    return best


def columns_of(header: Header) -> tuple[tuple[Column, ...], tuple[Problem, ...], tuple[Problem, ...]]:
    """(understood columns, problems, notes): two columns for one field are a problem, an unknown one is only noted."""
    columns: list[Column] = []
    problems: list[Problem] = []
    notes: list[Problem] = []
    taken: dict[tuple[str, str | None], str] = {}
    for index, (name, meaning) in enumerate(zip(header.names, header.meanings, strict=True)):
        if not name:
            continue
        if meaning is None:
            notes.append(Problem("column.unknown", column=name))
            continue
        if meaning.field == UNKNOWN_UNIT:
            problems.append(Problem("column.unit_unknown", column=name))
            continue
        if meaning.field.startswith(ASIDE):
            if meaning.field != f"{ASIDE}serial":
                notes.append(Problem(f"column.{meaning.field[1:]}", column=name))
            continue
        key = (meaning.field, meaning.unit)
        if key in taken:
            problems.append(Problem("column.duplicate", column=name, facts={"first": taken[key]}))
            continue
        taken[key] = name
        columns.append(Column(index, name, meaning.field, meaning.unit, meaning.factor))
    return tuple(columns), tuple(problems), tuple(notes)


def _is_better(header: Header, best: Header, sheet: Sheet) -> bool:
    if header.understood != best.understood:
        return header.understood > best.understood
    return header.last_row == best.last_row + 1 and _only_units(sheet.rows[header.last_row])


def _only_units(cells: tuple[Cell, ...]) -> bool:
    words = [_name(cell).strip(" ()（）[]【】") for cell in cells if _name(cell)]
    return bool(words) and all(read_unit(word) or word in _OTHER_UNITS for word in words)


def _is_header(header: Header) -> bool:
    """One understood word among others may be a header with its other words wrong; alone it is a title or a note."""
    return header.understood > 0 and sum(1 for name in header.names if name) > 1


def _single(sheet: Sheet, place: int, words: HeaderWords) -> Header:
    names = tuple(_name(cell) for cell in sheet.rows[place])
    return Header(place, names, tuple(words.read(name) for name in names))


def _double(sheet: Sheet, place: int, words: HeaderWords) -> Header:
    """The row at `place` as the lower of two."""
    if place == 0:
        return Header(place, (), ())
    lower = [_name(cell) for cell in sheet.rows[place]]
    upper = _spread(sheet, place - 1, len(lower))
    pairs = list(zip(upper, lower, strict=True))
    # A first line of values under a single header would pass for a second header row.
    if not any(below and (words.read(below) or words.read(f"{above} {below}")) for above, below in pairs):
        return Header(place, (), ())
    names = [
        f"{above} {below}" if above and below and above != below else below or above for above, below in pairs
    ]
    meanings = [
        words.read(name) or words.read(below or above)
        for name, (above, below) in zip(names, pairs, strict=True)
    ]
    return Header(place, tuple(names), tuple(meanings))


def _spread(sheet: Sheet, place: int, width: int) -> list[str]:
    """The row at `place` with merged words repeated over the columns that they span."""
    row = sheet.rows[place]
    names = [_name(row[column]) if column < len(row) else "" for column in range(width)]
    for span in sheet.merged:
        if span.top <= place <= span.bottom and span.left < width:
            word = _name(sheet.rows[span.top][span.left])
            for column in range(span.left, min(span.right + 1, width)):
                names[column] = names[column] or word
    return names


def _name(cell: Cell) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else ""
