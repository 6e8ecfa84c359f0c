"""Utilisation: the ratio of sums, how much of it was reported, and how it moved.

U = sum(occupied) / sum(rentable) over the public warehouses that reported, with imputed areas where a report is
missing; coverage = sum(reported rentable) / sum(registered rentable); the change compares, in percentage points, the
warehouses that reported in both months. The one thing a reader would get wrong: U is no mean of the warehouses' rates.

Three examples by hand (areas in m²; tests/monitoring/rules/test_utilisation.py holds them to it):

1. Ratio of sums. A: 6,000 of 10,000, B: 900 of 1,000, C: 3,000 of 4,000.
   U = 9,900 / 15,000 = 66.0%; the mean of the three rates, 75.0%, is not it.
2. Coverage and imputation. Registered: A 10,000, B 1,000, C 4,000, D 5,000. Last month A 5,000, B 800, C 2,950,
   D 2,000 occupied; this month as above and D is missing. Ratio of the three = 9,900 / 8,750 = 1.131429, so
   D = 2,262.857; U = 12,162.857 / 20,000 = 60.8143%; coverage = 15,000 / 20,000 = 75%; imputed share = 5,000 / 20,000
   = 25%.
3. Change. The same two months: the panel is A, B, C. Last month 8,750 / 15,000 = 58.3333%, now 66.0%: +7.6667
   percentage points, whatever D would have done to the total.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from warehouse_hub.monitoring.rules.imputation import Figures
from warehouse_hub.monitoring.rules.publication import MonthView, panel
from warehouse_hub.monitoring.rules.sites import Mask

BREAK_AT = 0.5
LOW_COVERAGE = 0.5


class Flag(StrEnum):
    """What a reader must know of a figure, in Eurostat's letters."""

    ESTIMATED = "e"
    IMPUTED = "i"
    PROVISIONAL = "p"
    REVISED = "r"
    CONFIDENTIAL = "c"
    LOW_RELIABILITY = "u"
    BREAK = "b"


@dataclass(frozen=True)
class Levels:
    """Figures of every cell of one month; NaN is not available. Areas in m², the rest are fractions."""

    warehouses: Figures
    reporting: Figures
    rentable: Figures
    occupied: Figures
    utilisation: Figures
    coverage: Figures
    imputed_share: Figures


def levels(
    view: MonthView, rentable: Figures, occupied: Figures, registered: Figures, expected: Figures
) -> Levels:
    """The figures of one month from its completed areas by site.

    `registered` is each site's rentable area in the directory, NaN where it states none: what a site reports stands
    for it then, and a silent one is in neither sum. `expected` is 1 for the sites that stood in that month.
    """
    used = view.levels
    stated_area = np.where(view.reported, rentable, 0.0)
    area, taken, reported_area = _sums(used, rentable, occupied, stated_area)
    known = np.where(np.isnan(registered), stated_area, registered)
    warehouses, registered_area = _sums(view.members, expected, known * expected)
    return Levels(
        warehouses=warehouses,
        reporting=(used & view.reported).sum(axis=1).astype(float),
        rentable=_where_any(used, area),
        occupied=_where_any(used, taken),
        utilisation=_ratio(taken, area),
        coverage=_ratio(reported_area, registered_area),
        imputed_share=_ratio(area - reported_area, area),
    )


def change_pp(
    before: MonthView, now: MonthView, was: tuple[Figures, Figures], has: tuple[Figures, Figures]
) -> Figures:
    """The change of every cell in percentage points on the matched panel; NaN without a panel.

    `was` and `has` are (rentable, occupied) by site, of the month before and of this month.
    """
    both = panel(before, now)
    area_before, taken_before, area_now, taken_now = _sums(both, *was, *has)
    return (_ratio(taken_now, area_now) - _ratio(taken_before, area_before)) * 100


def breaks(before: Levels, now: Levels) -> Mask:
    """Where the counted area moved by more than half within a month, so that the series is broken."""
    return np.asarray(np.abs(_ratio(now.rentable, before.rentable) - 1) > BREAK_AT)


def _sums(chosen: Mask, *values: Figures) -> list[Figures]:
    """The sum of each kind of value over the chosen sites of every cell."""
    return list((chosen.astype(float) @ np.nan_to_num(np.stack(values, axis=1))).T)


def _where_any(chosen: Mask, values: Figures) -> Figures:
    return np.where(chosen.any(axis=1), values, np.nan)


def _ratio(part: Figures, whole: Figures) -> Figures:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(whole > 0, part / whole, np.nan)
