"""Time: UTC inside; months, deadlines and editions are civil dates of Asia/Shanghai.

The one thing to get wrong: `datetime.date()` of a UTC instant is yesterday in Zhengzhou for eight hours of every day.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from warehouse_hub.core.errors import InvalidInput

CIVIL_ZONE = ZoneInfo("Asia/Shanghai")
# What a typed month may be: a year to either side of it is still a date.
EARLIEST_YEAR, LATEST_YEAR = 1900, 2999


class Clock(Protocol):
    """Anything that tells the present instant in UTC; tests hand in a fixed one."""

    def __call__(self) -> datetime: ...


def utc_now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def civil_date(instant: datetime) -> date:
    """The date that a calendar in Zhengzhou shows at `instant` (which must be aware)."""
    return instant.astimezone(CIVIL_ZONE).date()


@dataclass(frozen=True, order=True)
class Month:
    """A civil month, ordered; written "2026-11"."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read "YYYY-MM"; anything else is refused with InvalidInput("month.unreadable")."""
        found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text.strip(), re.ASCII)
        if found is None or not EARLIEST_YEAR <= int(found[1]) <= LATEST_YEAR:
            raise InvalidInput("month.unreadable", text=text[:40])
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    def minus(self, months: int) -> Month:
        """The month `months` earlier (later when negative)."""
        index = self.year * 12 + self.number - 1 - months
        return Month(index // 12, index % 12 + 1)

    def previous(self) -> Month:
        return self.minus(1)

    def following(self) -> Month:
        return self.minus(-1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"
