"""Which cells of a month are in print, levels and changes, decided for all tables at once.

The one thing a reader would get wrong: the changes of two neighbouring months meet in the month between, whose values
both contain. So a change is let into print only after the month before has been asked, beside everything that could
stand there already. That is more than may really stand there, so that no decision depends on a chain of earlier ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.monitoring.rules.disclosure import LEAST_GROUPS, Ledger
from warehouse_hub.monitoring.rules.sites import Mask


@dataclass(frozen=True)
class MonthView:
    """One month of the sites: which belong to which cell (cells by sites), which reported, which are imputed.

    `groups` numbers the enterprise group of each site that reported; -1 where the group is unknown or has no area.
    """

    members: Mask
    reported: Mask
    imputed: Mask
    groups: NDArray[np.int_]

    @property
    def levels(self) -> Mask:
        """The sites whose figures are in each cell; a cell in which nobody reported has none."""
        asked = self.members & self.reported
        return (self.members & (self.reported | self.imputed)) & asked.any(axis=1, keepdims=True)


@dataclass(frozen=True)
class Publication:
    """Cell by cell: whether its levels, and whether its change on the month before, are in print."""

    levels: Mask
    changes: Mask


def panel(before: MonthView, now: MonthView) -> Mask:
    """The sites of each cell that reported in both months: the only ones that a change compares."""
    return now.members & now.reported & before.reported


def publications(
    views: Sequence[MonthView], order: Sequence[int], first: int = 0, least: int = LEAST_GROUPS
) -> list[Publication]:
    """What is in print of each month from `first` on; views are of consecutive months, oldest first.

    The two views before `first`, where there are so many, are needed for its changes and are asked, not decided.
    """
    ledgers = {
        place: _MonthLedger(views, place, order, least) for place in range(max(first - 1, 0), len(views))
    }
    found = []
    for place in range(first, len(views)):
        now = ledgers[place]
        changes = np.zeros(len(now.admitted), dtype=bool)
        if place > 0:
            changes = ledgers[place - 1].admit_following(now.changes, order)
        found.append(Publication(now.admitted, changes))
    return found


class _MonthLedger:
    """Everything that is asked about the values of one month: its cells, its panel, the next month's panel."""

    def __init__(self, views: Sequence[MonthView], place: int, order: Sequence[int], least: int) -> None:
        view = views[place]
        own = panel(views[place - 1], view) if place > 0 else np.zeros_like(view.members)
        following = panel(view, views[place + 1]) if place + 1 < len(views) else np.zeros_like(view.members)
        self._following = following
        self._count = len(view.members)
        self._ledger = Ledger(np.vstack([view.levels, own, following]), view.groups, least)
        self.admitted = self._admit(_filled(view.levels), order, 0)
        self.changes = self._admit(self.admitted & _filled(own), order, self._count)

    def admit_following(self, candidates: Mask, order: Sequence[int]) -> Mask:
        """Which of the next month's changes may be in print beside everything of this month."""
        return self._admit(candidates & _filled(self._following), order, 2 * self._count)

    def _admit(self, candidates: Mask, order: Sequence[int], offset: int) -> Mask:
        admitted = np.zeros(self._count, dtype=bool)
        for row in order:
            if candidates[row]:
                admitted[row] = self._ledger.admit(offset + row)
        return admitted


def _filled(rows: Mask) -> Mask:
    return np.asarray(rows.any(axis=1), dtype=bool)
