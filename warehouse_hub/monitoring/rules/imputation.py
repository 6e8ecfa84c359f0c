"""What stands in for a report that did not come, and for how long.

A missing site's occupied area is y(i,t) = y(i,t-1) * sum y(t) / sum y(t-1) over the sites of its class that reported in
both months; its rentable area stays what it was, and the estimate never exceeds it. At most two months in a row are
filled in, then the site is non-response. The one thing a reader would get wrong: a site without an estimate is not
available; it is never 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.monitoring.rules.sites import Mask

Figures = NDArray[np.float64]
MOST_IN_A_ROW = 2
LEAST_RESPONDERS = 3


@dataclass(frozen=True)
class Completed:
    """Months by sites: areas with estimates filled in (NaN where there is none), and which entries are estimates."""

    rentable: Figures
    occupied: Figures
    imputed: Mask


def reported(rentable: Figures, occupied: Figures) -> Mask:
    """Where a report states both areas."""
    return ~(np.isnan(rentable) | np.isnan(occupied))


def impute(
    rentable: Figures, occupied: Figures, narrow: NDArray[np.int_], wide: NDArray[np.int_], expected: Mask
) -> Completed:
    """Fill in what is missing; months run forwards along the first axis, NaN is missing.

    `narrow` and `wide` number every site's classes: the narrow one is used when at least three of its sites reported
    in both months, else the wide one. Only where `expected` (months by sites) is anything filled in.
    """
    stated = reported(rentable, occupied)
    rentable, occupied = rentable.copy(), occupied.copy()
    rentable[~stated], occupied[~stated] = np.nan, np.nan
    filled = np.zeros_like(stated)
    in_a_row = np.zeros(stated.shape[1], dtype=int)
    for now in range(1, len(stated)):
        ratio = _ratios(occupied, stated, now, narrow, wide)
        known_before = stated[now - 1] | filled[now - 1]
        fill = ~stated[now] & known_before & (in_a_row < MOST_IN_A_ROW) & ~np.isnan(ratio) & expected[now]
        rentable[now, fill] = rentable[now - 1, fill]
        occupied[now, fill] = np.minimum(occupied[now - 1, fill] * ratio[fill], rentable[now, fill])
        filled[now] = fill
        in_a_row = np.where(fill, in_a_row + 1, 0)
    return Completed(rentable, occupied, filled)


def _ratios(
    occupied: Figures, stated: Mask, now: int, narrow: NDArray[np.int_], wide: NDArray[np.int_]
) -> Figures:
    """The growth of the responders of every site's class, NaN where nothing tells it."""
    both = stated[now] & stated[now - 1]
    after, before = np.where(both, occupied[now], 0.0), np.where(both, occupied[now - 1], 0.0)
    fine, responders = _class_ratio(narrow, both, after, before)
    coarse, _ = _class_ratio(wide, both, after, before)
    return np.where((responders >= LEAST_RESPONDERS) & ~np.isnan(fine), fine, coarse)


def _class_ratio(
    classes: NDArray[np.int_], both: Mask, after: Figures, before: Figures
) -> tuple[Figures, NDArray[np.int_]]:
    count = int(classes.max(initial=-1)) + 1
    rise, base = np.bincount(classes, after, count), np.bincount(classes, before, count)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(base > 0, rise / base, np.nan)
    return ratio[classes], np.bincount(classes, both, count).astype(int)[classes]
