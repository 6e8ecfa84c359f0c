"""The completed figures of a period: reports, estimates, and the view of each month that disclosure control asks.

The one thing a reader would get wrong: nothing here is public. What may be printed of it is `statistics`' business.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.core.clock import Month
from warehouse_hub.monitoring.register import ReportedMonths
from warehouse_hub.monitoring.rules.imputation import impute, reported
from warehouse_hub.monitoring.rules.publication import MonthView
from warehouse_hub.monitoring.rules.sites import Mask, Site, cell_keys, memberships
from warehouse_hub.monitoring.rules.utilisation import Levels, change_pp, levels


class Books:
    """Figures site by site, and what they sum up to, cell by cell; `place` counts the months of the period."""

    def __init__(self, sites: Sequence[Site], period: Sequence[Month], months: ReportedMonths) -> None:
        self.period = period
        self.keys = cell_keys(sites)
        stated = reported(months.rentable, months.occupied)
        self._expected = stated | np.array(
            [[site.opened is None or site.opened <= month.last_day for site in sites] for month in period],
            dtype=bool,
        ).reshape(stated.shape)
        self.completed = impute(
            months.rentable,
            months.occupied,
            _numbered([f"{site.record_class} {site.country}" for site in sites]),
            _numbered([site.record_class for site in sites]),
            self._expected,
        )
        self._registered = np.array(
            [np.nan if site.registered_m2 is None else site.registered_m2 for site in sites], dtype=float
        )
        groups = _numbered([site.group for site in sites])
        self.views = [
            MonthView(
                members=memberships(sites, self.keys, month),
                reported=stated[place],
                imputed=self.completed.imputed[place],
                # Whoever reported no rentable area has nothing to hide and hides nobody.
                groups=np.where(stated[place] & (self.completed.rentable[place] > 0), groups, -1),
            )
            for place, month in enumerate(period)
        ]
        self._corrected = months.corrected
        self._levels: dict[int, Levels] = {}

    def heard_from(self, place: int) -> bool:
        """Whether anybody reported for that month."""
        return bool(self.views[place].reported.any())

    def levels(self, place: int) -> Levels:
        """The figures of that month, cell by cell; each month is asked for twice, as itself and as the one before."""
        if place not in self._levels:
            self._levels[place] = levels(
                self.views[place],
                self.completed.rentable[place],
                self.completed.occupied[place],
                self._registered,
                self._expected[place].astype(float),
            )
        return self._levels[place]

    def changes(self, place: int) -> NDArray[np.float64]:
        done = self.completed
        was, has = ((done.rentable[at], done.occupied[at]) for at in (place - 1, place))
        return change_pp(self.views[place - 1], self.views[place], was, has)

    def revised_after(self, place: int, day: date) -> Mask:
        """The cells that hold a figure which was corrected after that day."""
        late = np.zeros(len(self._registered), dtype=bool)
        for (month, site), at in self._corrected.items():
            if month == place and at > day:
                late[site] = True
        return np.asarray((self.views[place].levels & late).any(axis=1), dtype=bool)


def _numbered(names: Sequence[str | None]) -> NDArray[np.int_]:
    """Each distinct name's number; -1 for None."""
    numbers = {
        name: number for number, name in enumerate(sorted({name for name in names if name is not None}))
    }
    return np.array([-1 if name is None else numbers[name] for name in names], dtype=int)
