"""Numbers of publications: ZZHWC-2026-11, ZZHWC-2026-Q4, a correction ZZHWC-2026-11-R1.

The one thing a reader would get wrong: a correction belongs to the same period as what it corrects; the issue
before ZZHWC-2026-11-R2 in its own line is ZZHWC-2026-11-R1, and October's edition precedes them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from warehouse_hub.core.clock import Month
from warehouse_hub.core.errors import InvalidInput

_SERIES = re.compile(r"[A-Z][A-Z0-9]{1,15}", re.ASCII)
_PERIOD = re.compile(r"(\d{4})-(?:(0[1-9]|1[0-2])|Q([1-4]))", re.ASCII)
_NUMBER = re.compile(r"([A-Z][A-Z0-9]{1,15})-(\d{4}-(?:\d{2}|Q\d))(?:-R([1-9]\d{0,2}))?", re.ASCII)


@dataclass(frozen=True)
class Period:
    """A civil month or quarter: `count` months from `first` on."""

    first: Month
    count: int

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read "2026-11" or "2026-Q4"; raises InvalidInput("period.unreadable")."""
        found = _PERIOD.fullmatch(text.strip().upper())
        if found is None or found[1] == "0000":
            raise InvalidInput("period.unreadable", text=text[:40])
        if found[2]:
            return cls(Month(int(found[1]), int(found[2])), 1)
        return cls(Month(int(found[1]), int(found[3]) * 3 - 2), 3)

    @property
    def is_quarter(self) -> bool:
        return self.count == 3

    @property
    def first_day(self) -> date:
        return self.first.first_day

    @property
    def last_day(self) -> date:
        return self.first.minus(1 - self.count).last_day

    def label(self, lang: str) -> str:
        """The period in words: 2026年11月, 2026年第四季度; November 2026, fourth quarter of 2026."""
        year, quarter = self.first.year, (self.first.number - 1) // 3
        if lang == "en":
            if self.is_quarter:
                return f"{('First', 'Second', 'Third', 'Fourth')[quarter]} quarter of {year}"
            return f"{_MONTHS[self.first.number - 1]} {year}"
        return f"{year}年第{'一二三四'[quarter]}季度" if self.is_quarter else f"{year}年{self.first.number}月"

    def __str__(self) -> str:
        if self.is_quarter:
            return f"{self.first.year:04d}-Q{(self.first.number + 2) // 3}"
        return str(self.first)


@dataclass(frozen=True)
class IssueNumber:
    """Series, period and revision (0 is the first issue) of a publication."""

    series: str
    period: Period
    revision: int = 0

    @classmethod
    def parse(cls, text: str) -> IssueNumber:
        """Read a number as it is printed; raises InvalidInput("number.unreadable")."""
        found = _NUMBER.fullmatch(text.strip())
        if found is None or _PERIOD.fullmatch(found[2]) is None:
            raise InvalidInput("number.unreadable", text=text[:60])
        return cls(found[1], Period.parse(found[2]), int(found[3] or 0))

    @classmethod
    def of(cls, series: str, period: str, revision: int = 0) -> IssueNumber:
        """The number of that issue; raises InvalidInput("period.unreadable" | "number.unreadable")."""
        if _SERIES.fullmatch(series) is None or not 0 <= revision <= 999:
            raise InvalidInput("number.unreadable", text=f"{series} R{revision}"[:60])
        return cls(series, Period.parse(period), revision)

    def corrected(self) -> IssueNumber:
        """The next correction of the same issue."""
        return IssueNumber(self.series, self.period, self.revision + 1)

    def preceding(self, published: Iterable[IssueNumber]) -> IssueNumber | None:
        """The issue that this one is compared with, among those `published`; None for the first of its line.

        A correction is compared with what it corrects; a first issue with the newest revision of the latest
        earlier period of the same kind (months with months, quarters with quarters).
        """
        line = [
            other
            for other in published
            if other.series == self.series
            and other.period.count == self.period.count
            and _order(other) < _order(self)
        ]
        return max(line, key=_order, default=None)

    def __str__(self) -> str:
        correction = f"-R{self.revision}" if self.revision else ""
        return f"{self.series}-{self.period}{correction}"


def _order(number: IssueNumber) -> tuple[date, int]:
    return number.period.first_day, number.revision


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
