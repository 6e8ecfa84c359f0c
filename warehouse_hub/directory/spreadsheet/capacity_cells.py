"""Capacity of a row: every statement with its unit and basis, in the unit in which it was stated.

The one thing to get wrong: "0.5" under 面积（万平方米） is 5000 m², but "0.5万㎡" in that cell already says so itself.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from warehouse_hub.core.entity import plain
from warehouse_hub.core.errors import InvalidInput, Problem
from warehouse_hub.directory.rules.facts import Statement
from warehouse_hub.directory.spreadsheet.cells import date_of, lines_of, number_of, reasonable, text_of
from warehouse_hub.directory.spreadsheet.row_reader import RowReader
from warehouse_hub.directory.spreadsheet.table import Cell, Column
from warehouse_hub.vocabulary.codes import BASES, EVIDENCE_GRADES, UNITS
from warehouse_hub.vocabulary.quantities import parse_quantity

# Field -> basis. What is not area is a total capacity.
FIELDS = {
    "gross": "gross",
    "rentable": "rentable",
    "commissioned": "commissioned",
    "available": "available",
    "volume": "gross",
    "pallets": "gross",
    "orders_per_day": "gross",
}


def read_capacity(
    row: RowReader, *, as_of: date | None, grade: str, source: str | None
) -> tuple[Statement, ...]:
    """The statements of a row: those of the column `capacity` first, then one a column."""
    told: dict[str, Any] = {"as_of": as_of, "grade": grade, "source": source, "shared_by": _shared_by(row)}
    objects = row.cell("capacity")
    if isinstance(objects, list):
        # The single figures that stand beside the statements in a JSON export were made from them.
        return tuple(found for each in objects if (found := _stated_as_object(row, each, told)))
    if row.filled("capacity"):
        return (*_stated_in_lines(row, told), *_stated_in_columns(row, told))
    stated = _stated_in_columns(row, told)
    printed = row.value("printed", text_of)
    # One wording beside several figures says nothing about which of them it is.
    return (
        tuple(replace(line, printed=printed or line.printed) for line in stated)
        if len(stated) == 1
        else stated
    )


def _stated_in_columns(row: RowReader, told: dict[str, Any]) -> tuple[Statement, ...]:
    found = []
    shared_unit = _area_unit(row)
    for field, basis in FIELDS.items():
        for column, cell in row.filled(field):
            try:
                value, unit, printed = _quantity(row, column, cell, column.unit or shared_unit)
            except InvalidInput as refusal:
                row.problems.append(Problem(refusal.code, row.number, column.header, refusal.facts))
                continue
            if value is not None:
                found.append(Statement(value=value, unit=unit, basis=basis, printed=printed, **told))
    return tuple(found)


def _area_unit(row: RowReader) -> str | None:
    """The unit that a column of its own gives for the areas of this row."""
    return row.coded("area_unit", UNITS)


def _quantity(
    row: RowReader, column: Column, cell: Cell, unit: str | None
) -> tuple[Decimal | None, str, str | None]:
    """(value, unit, the wording where it says more than a number)."""
    text = text_of(cell)
    if text is None:
        return None, "", None
    try:
        number = number_of(cell)
    except InvalidInput:
        number = None
    if number is not None:
        if unit is None:
            raise InvalidInput("unit.missing", text=text[:40])
        return plain(reasonable(number * column.factor, text)), unit, None
    value, said, warned = _parsed(row, column.header, text, unit)
    return value, said, text if warned else None


def _stated_in_lines(row: RowReader, told: dict[str, Any]) -> list[Statement]:
    lines, wordings = row.value("capacity", lines_of) or (), row.value("printed", lines_of) or ()
    if wordings and len(wordings) != len(lines):
        row.problem("capacity.printed_does_not_match", "printed", lines=len(lines), wordings=len(wordings))
        return []
    found = []
    column, _ = row.filled("capacity")[0]
    for place, line in enumerate(lines):
        try:
            value, unit, told_more = _quantity(row, column, line, column.unit)
        except InvalidInput as refusal:
            row.problem(refusal.code, "capacity", **refusal.facts)
            continue
        printed = wordings[place] if wordings else told_more
        if value is not None:
            found.append(Statement(value=value, unit=unit, basis="gross", printed=printed, **told))
    return found


def _stated_as_object(row: RowReader, stated: Any, told: dict[str, Any]) -> Statement | None:
    """A statement of a JSON file: value, unit and basis, and what else is known of it."""
    if not isinstance(stated, dict):
        row.problem("capacity.unreadable", "capacity", value=str(stated)[:40])
        return None
    unit, basis = UNITS.find(str(stated.get("unit", ""))), BASES.find(str(stated.get("basis", "gross")))
    try:
        value, as_of = number_of(stated.get("value")), date_of(stated.get("as_of"))
        source, printed = text_of(stated.get("source")), text_of(stated.get("printed"))
    except InvalidInput as refusal:
        row.problem(refusal.code, "capacity", **refusal.facts)
        return None
    if value is None or unit is None or basis is None:
        row.problem("capacity.unreadable", "capacity", value=str(stated)[:80])
        return None
    shared_by = stated.get("shared_by")
    return Statement(
        value=plain(value),
        unit=unit,
        basis=basis,
        as_of=as_of or told["as_of"],
        grade=EVIDENCE_GRADES.find(str(stated.get("grade"))) or told["grade"],
        source=source or told["source"],
        printed=printed,
        shared_by=shared_by if isinstance(shared_by, int) and shared_by > 0 else told["shared_by"],
    )


def _parsed(row: RowReader, header: str, text: str, default_unit: str | None) -> tuple[Decimal, str, bool]:
    read = parse_quantity(text, default_unit)
    row.warnings.extend(Problem(code, row.number, header, {"text": text[:80]}) for code in read.warnings)
    value = plain(reasonable(read.quantity.value, text))
    return value, read.quantity.unit, bool(read.warnings)


def _shared_by(row: RowReader) -> int:
    number = row.value("shared_by", number_of)
    if number is None:
        return 1
    if number != int(number) or not 1 <= number <= 1000:
        row.problem("cell.not_a_count", "shared_by", value=str(number))
        return 1
    return int(number)
