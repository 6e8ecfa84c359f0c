"""Whether a monthly report can be true: parts within wholes, nothing negative, no unexplained jump.

The one thing a reader would get wrong: a field that is None was not stated, and no check speaks of it. Only the area
rules refuse a jump; orders and values swing by season.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal

from warehouse_hub.core.clock import Month
from warehouse_hub.core.errors import Problem

JUMP = Decimal("0.5")
# The largest publicly reported single site is 111,804 m²; ten times the mean of 12,000 m² passes, square feet do not.
LARGEST_UNEXPLAINED_M2 = Decimal(150_000)
LARGEST = Decimal(10) ** 13
LONGEST_REASON = 500
AREA_FIELDS = ("gross_m2", "commissioned_m2", "rentable_m2", "occupied_m2", "under_construction_m2")
WHOLE_FIELDS = ("pallets", "staff_home", "staff_abroad", "served_enterprises")
_PARTS = (
    ("occupied_m2", "rentable_m2"),
    ("rentable_m2", "gross_m2"),
    ("commissioned_m2", "gross_m2"),
    ("occupied_m2", "gross_m2"),
)
_NO_JUMP = ("gross_m2", "rentable_m2", "occupied_m2")


@dataclass(frozen=True)
class ReportFigures:
    """What an operator states for one warehouse and one month; None is not stated, never 0.

    Areas in m², volume in m³, values in CNY yuan for the whole month, orders a day, staff and enterprises in heads.
    """

    gross_m2: Decimal | None = None
    commissioned_m2: Decimal | None = None
    rentable_m2: Decimal | None = None
    occupied_m2: Decimal | None = None
    under_construction_m2: Decimal | None = None
    volume_m3: Decimal | None = None
    pallets: Decimal | None = None
    orders_avg_per_day: Decimal | None = None
    orders_peak_per_day: Decimal | None = None
    inbound_value: Decimal | None = None
    outbound_value: Decimal | None = None
    staff_home: Decimal | None = None
    staff_abroad: Decimal | None = None
    served_enterprises: Decimal | None = None


FIGURE_FIELDS = tuple(spec.name for spec in fields(ReportFigures))


def problems_of(figures: ReportFigures, before: ReportFigures | None, reason: str | None) -> list[Problem]:
    """Everything that forbids the report; `before` is last month's, `reason` explains a jump or an unusual size."""
    stated = {name: value for name in FIGURE_FIELDS if (value := getattr(figures, name)) is not None}
    if not stated:
        return [Problem("report.empty")]
    found = _bad_numbers(stated)
    if found:
        return found
    found = _parts_beyond_wholes(stated)
    if reason is not None and len(reason) > LONGEST_REASON:
        found.append(Problem("report.reason_too_long", column="reason", facts={"most": LONGEST_REASON}))
    if not (reason or "").strip():
        found += _jumps(stated, before) + _unusual_sizes(stated)
    return found


def month_problem(month: Month, present: Month) -> Problem | None:
    """A month that has not begun cannot be reported."""
    if month > present:
        return Problem("report.month_in_future", column="month", facts={"month": str(month)})
    return None


def _bad_numbers(stated: Mapping[str, Decimal]) -> list[Problem]:
    found = []
    for name, value in stated.items():
        if not value.is_finite() or abs(value) >= LARGEST:
            found.append(Problem("report.not_a_number", column=name))
        elif value < 0:
            found.append(Problem("report.negative", column=name, facts={"value": f"{value:f}"}))
        elif name in WHOLE_FIELDS and value != value.to_integral_value():
            found.append(Problem("report.not_whole", column=name, facts={"value": f"{value:f}"}))
    return found


def _parts_beyond_wholes(stated: Mapping[str, Decimal]) -> list[Problem]:
    found = []
    for part, whole in _PARTS:
        # Occupied against gross only speaks where rentable, which stands between them, is not stated.
        if (part, whole) == ("occupied_m2", "gross_m2") and "rentable_m2" in stated:
            continue
        if part in stated and whole in stated and stated[part] > stated[whole]:
            told = {"part": part, "whole": whole, "a": f"{stated[part]:f}", "b": f"{stated[whole]:f}"}
            found.append(Problem("report.part_exceeds_whole", column=part, facts=told))
    average, peak = stated.get("orders_avg_per_day"), stated.get("orders_peak_per_day")
    if average is not None and peak is not None and average > peak:
        told = {"a": f"{average:f}", "b": f"{peak:f}"}
        found.append(Problem("report.average_exceeds_peak", column="orders_avg_per_day", facts=told))
    return found


def _jumps(stated: Mapping[str, Decimal], before: ReportFigures | None) -> list[Problem]:
    found = []
    for name in _NO_JUMP:
        old = None if before is None else getattr(before, name)
        # From nothing there is no percentage: a new site fills up.
        if name in stated and old and abs(stated[name] - old) > JUMP * old:
            told = {"before": f"{old:f}", "now": f"{stated[name]:f}", "percent": int(JUMP * 100)}
            found.append(Problem("report.jump_needs_reason", column=name, facts=told))
    return found


def _unusual_sizes(stated: Mapping[str, Decimal]) -> list[Problem]:
    return [
        Problem(
            "report.unusual_size",
            column=name,
            facts={"value": f"{stated[name]:f}", "most": f"{LARGEST_UNEXPLAINED_M2:f}"},
        )
        for name in ("gross_m2", "rentable_m2")
        if stated.get(name, Decimal(0)) > LARGEST_UNEXPLAINED_M2
    ]
