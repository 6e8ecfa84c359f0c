"""Two years of fictitious monthly reports for the public warehouses: punctual, late, missing, some of all.

The one thing to get wrong: a site's first report is for the month after it opened; months before that are not missing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache

from warehouse_hub.core.clock import CIVIL_ZONE, Month
from warehouse_hub.operations.demonstration.capacity import Size, orders_per_day
from warehouse_hub.operations.demonstration.draw import Draw
from warehouse_hub.operations.demonstration.listings import DemoListing, demo_listings

FIRST_MONTH = Month(2024, 11)
LAST_MONTH = Month(2026, 10)
# Share of rentable area above or below the site's long-run use, January to December: stock for the autumn sales.
_SEASON = (-0.03, -0.05, -0.03, -0.02, -0.01, 0.0, 0.01, 0.02, 0.03, 0.05, 0.06, 0.02)
_MISSING, _LATE, _OVERDUE = 0.035, 0.08, 0.02
_SILENT_OPERATORS = 0.04
_FULLEST = 0.98
# Yuan of goods a month for each occupied square metre.
_VALUE_PER_M2 = 280.0


@dataclass(frozen=True)
class DemoReport:
    """One report as its operator states it. Areas in m², orders a day, values in yuan a month, people in persons."""

    warehouse_id: str
    month: str
    gross_m2: int
    commissioned_m2: int
    rentable_m2: int
    occupied_m2: int
    under_construction_m2: int
    orders_avg_per_day: int
    orders_peak_per_day: int
    inbound_value: int
    outbound_value: int
    staff_home: int
    staff_abroad: int
    served_enterprises: int
    submitted_at: datetime


def demo_reports() -> Iterator[DemoReport]:
    """Every report from 2024-11 to 2026-10, month by month and by warehouse id within a month."""
    listings = sorted(_reporting(), key=lambda listing: listing.warehouse_id)
    for month in _months():
        for listing in listings:
            draw = Draw(f"{listing.warehouse_id}/{month}")
            if _reports(listing, month) and not draw.happens("missing", _MISSING):
                yield _report(listing, month, draw)


def _report(listing: DemoListing, month: Month, draw: Draw) -> DemoReport:
    site = Draw(listing.warehouse_id)
    size = listing.size
    occupied = round(size.rentable * _use(listing, month, draw))
    capacity = orders_per_day(site, size)
    average = round(capacity * occupied / max(1, size.rentable) * draw.between("orders", 0.45, 0.65))
    value = occupied * _VALUE_PER_M2 * site.between("value", 0.6, 1.6)
    hands = max(3, round(size.rentable / site.between("hands", 350, 900)))
    return DemoReport(
        warehouse_id=listing.warehouse_id,
        month=str(month),
        gross_m2=size.gross,
        commissioned_m2=size.commissioned,
        rentable_m2=size.rentable,
        occupied_m2=occupied,
        under_construction_m2=_under_construction(site, size),
        orders_avg_per_day=average,
        orders_peak_per_day=min(capacity, round(average * draw.between("peak", 1.3, 2.1))),
        inbound_value=_thousands(value * draw.between("inbound", 0.85, 1.2)),
        outbound_value=_thousands(value * draw.between("outbound", 0.85, 1.15)),
        staff_home=site.whole("staff home", 1, 12),
        staff_abroad=hands,
        served_enterprises=max(1, round(occupied / site.between("enterprises", 90, 420))),
        submitted_at=_submitted(month, draw),
    )


def _use(listing: DemoListing, month: Month, draw: Draw) -> float:
    """Share of the rentable area that is occupied: slow growth, the season, and a site's own ups and downs."""
    site = Draw(listing.warehouse_id)
    age = (month.year - LAST_MONTH.year) * 12 + month.number - LAST_MONTH.number
    slow = 0.0012 * age + 0.025 * math.sin(age / 5 + 6 * site.share("phase"))
    use = listing.size.use + _SEASON[month.number - 1] + slow + draw.normal("use", 0.0, 0.015)
    return min(_FULLEST, max(0.2, use))


def _under_construction(site: Draw, size: Size) -> int:
    return round(size.gross * 0.3) if site.happens("extends", 0.05) else 0


def _thousands(value: float) -> int:
    return round(value / 1000) * 1000


def _submitted(month: Month, draw: Draw) -> datetime:
    """In the last days of the month, when reports are due; late ones follow in the next."""
    days = draw.whole("punctual", -6, 0)
    if draw.happens("overdue", _OVERDUE):
        days = draw.whole("overdue days", 8, 20)
    elif draw.happens("late", _LATE):
        days = draw.whole("late days", 1, 7)
    hour = time(draw.whole("hour", 9, 17), draw.whole("minute", 0, 59), tzinfo=CIVIL_ZONE)
    return datetime.combine(month.last_day + timedelta(days=days), hour).astimezone(UTC)


def _reports(listing: DemoListing, month: Month) -> bool:
    opened = listing.facts.opened
    return opened is None or Month.of(opened) < month


@cache
def _reporting() -> tuple[DemoListing, ...]:
    """Public warehouses that work, of operators that answer at all."""
    return tuple(
        listing
        for listing in demo_listings()
        if listing.operator is not None
        and listing.facts.record_class == "public"
        and listing.facts.stage == "operating"
        and not Draw(listing.operator.id).happens("silent", _SILENT_OPERATORS)
    )


def _months() -> Iterator[Month]:
    month = FIRST_MONTH
    while month <= LAST_MONTH:
        yield month
        month = month.following()
