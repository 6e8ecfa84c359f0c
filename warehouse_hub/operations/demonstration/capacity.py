"""How large the fictitious warehouses are and how full: capacity statements, and the use that reports are made from.

Availability and monthly reports come from the same drawn use, so that they agree as those of a careful operator do;
in the product the one is never derived from the other.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from warehouse_hub.directory.rules.facts import Statement
from warehouse_hub.operations.demonstration.draw import Draw
from warehouse_hub.vocabulary.quantities import Quantity

BASE_DATE = date(2026, 11, 20)
_MEDIAN_M2 = 9_000


@dataclass(frozen=True)
class Size:
    """Areas in m², whole numbers; `use` is the long-run share of the rentable area that is occupied."""

    gross: int
    rentable: int
    commissioned: int
    use: float

    @property
    def available(self) -> int:
        """What the operator offers now: part of what is free."""
        return max(0, _round(self.rentable * (1 - self.use) * 0.8))


def size_of(draw: Draw) -> Size:
    """Sizes spread as real ones do: many of some thousand m², a few of tens of thousands."""
    gross = _round(min(68_000.0, max(1_200.0, math.exp(draw.normal("gross", math.log(_MEDIAN_M2), 0.75)))))
    rentable = min(gross, _round(gross * draw.between("rentable", 0.72, 0.95)))
    commissioned = min(gross, _round(rentable * draw.between("commissioned", 0.9, 1.0)))
    return Size(gross, rentable, commissioned, draw.between("use", 0.55, 0.80))


def statements(
    draw: Draw, size: Size, *, unit: str, grade: str, offers: bool, works: bool
) -> tuple[Statement, ...]:
    """What the operator states. A site that does not work yet states its size only; some offer nothing publicly."""
    as_of = BASE_DATE - timedelta(days=draw.whole("as of", 20, 270))
    newer = BASE_DATE - timedelta(days=draw.whole("offer as of", 0, 75))
    found = [_area(size.gross, unit, "gross", as_of, grade)]
    if not works:
        return tuple(found)
    if draw.happens("states rentable", 0.85) or offers:
        found.append(_area(size.rentable, unit, "rentable", as_of, grade))
    if draw.happens("states commissioned", 0.25):
        found.append(_area(size.commissioned, unit, "commissioned", as_of, grade))
    if offers:
        found.append(_area(size.available, unit, "available", max(as_of, newer), "stated"))
    if draw.happens("states pallets", 0.55):
        pallets = _round(size.rentable * draw.between("pallets", 0.8, 1.5))
        found.append(Statement(Decimal(pallets), "pallet", "gross", as_of, grade))
    if draw.happens("states volume", 0.25):
        volume = _round(size.rentable * draw.between("volume", 3.5, 7.5))
        found.append(Statement(Decimal(volume), "m3", "gross", as_of, grade))
    if draw.happens("states orders", 0.65):
        orders = orders_per_day(draw, size)
        found.append(Statement(Decimal(orders), "order_per_day", "gross", as_of, grade))
    return tuple(found)


def orders_per_day(draw: Draw, size: Size) -> int:
    """The most orders that the site can send out in a day."""
    return _round(size.rentable * draw.between("orders", 0.12, 0.75))


def _area(square_metres: int, unit: str, basis: str, as_of: date, grade: str) -> Statement:
    value = Quantity(Decimal(square_metres), "m2").to(unit).value
    # Rounded down, so that a part never exceeds its whole in the unit that is stated.
    return Statement(Decimal(int(value) // 10 * 10), unit, basis, as_of, grade)


def _round(value: float) -> int:
    """Two significant figures less than people would count: 12,340 and not 12,337."""
    step = 10 if value >= 1000 else 1
    return int(value // step * step)
