"""How much a warehouse offers in the unit of a need; never across kinds of unit.

What counts is the `available` statement. Without one nothing is assumed, except that a site whose own whole is smaller
than the need cannot hold it: that follows from what the bases mean (available <= rentable <= gross), and a figure that
several sites share says nothing about one of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from warehouse_hub.matching.rules.candidate import CapacityLine
from warehouse_hub.vocabulary.measures import kind_of
from warehouse_hub.vocabulary.quantities import Quantity

_WHOLES = ("gross", "rentable")


def available_in(capacity: Iterable[CapacityLine], unit: str) -> Decimal | None:
    """What is offered now, in `unit`; the latest statement of the same kind, None when there is none."""
    lines = [line for line in capacity if line.basis == "available" and _same_kind(line, unit)]
    return _latest(lines, unit)


def whole_in(capacity: Iterable[CapacityLine], unit: str) -> Decimal | None:
    """The largest own whole (gross or rentable) of the site in `unit`, None when none is stated."""
    wholes = [
        _in(line, unit)
        for line in capacity
        if line.basis in _WHOLES and line.shared_by == 1 and _same_kind(line, unit)
    ]
    return max(wholes, default=None)


def _same_kind(line: CapacityLine, unit: str) -> bool:
    return kind_of(line.unit) == kind_of(unit)


def _in(line: CapacityLine, unit: str) -> Decimal:
    if line.unit == unit:
        return line.value
    return Quantity(line.value, line.unit, line.basis).to(unit).value


def _latest(lines: list[CapacityLine], unit: str) -> Decimal | None:
    if not lines:
        return None
    latest = max((line.as_of or date.min) for line in lines)
    return max(_in(line, unit) for line in lines if (line.as_of or date.min) == latest)
