"""The ladder of a monthly report: awaited, on time, late, overdue, non-response.

The one thing a reader would get wrong: days are civil days in Zhengzhou. A report that comes in at 00:30 there on the
first is late, though it is still the evening before in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from warehouse_hub.core.clock import Month


class Standing(StrEnum):
    """Where a report stands on the ladder."""

    AWAITED = "awaited"
    ON_TIME = "on_time"
    LATE = "late"
    OVERDUE = "overdue"
    NON_RESPONSE = "non_response"


@dataclass(frozen=True)
class DeadlineRule:
    """The reference day (the state of the site that is reported), the due day and how long a report is only late.

    A day that a month does not have is its last; None is the last day too.
    """

    reference_day: int | None = 25
    due_day: int | None = None
    late_days: int = 7

    def reference_date(self, month: Month) -> date:
        return _day(month, self.reference_day)

    def due_date(self, month: Month) -> date:
        return _day(month, self.due_day)

    def last_late_day(self, month: Month) -> date:
        """The last day on which a report is late and not yet overdue."""
        return self.due_date(month) + timedelta(days=self.late_days)

    def standing(self, month: Month, submitted: date | None, today: date) -> Standing:
        """Where the report of `month` stands on `today`.

        One that has not come is overdue until the next month's due date and non-response after it; one that came
        keeps the step on which it came.
        """
        if submitted is None and today > self.due_date(month.following()):
            return Standing.NON_RESPONSE
        day = today if submitted is None else submitted
        if day <= self.due_date(month):
            return Standing.AWAITED if submitted is None else Standing.ON_TIME
        return Standing.LATE if day <= self.last_late_day(month) else Standing.OVERDUE

    def is_provisional(self, month: Month, today: date) -> bool:
        """Whether figures of `month` may still change in the ordinary way: until the next month's reports are in."""
        return today <= self.last_late_day(month.following())


def _day(month: Month, day: int | None) -> date:
    last = month.last_day
    return last if day is None or day >= last.day else last.replace(day=day)


DEFAULT_DEADLINES = DeadlineRule()
