"""The ladder of a report, day by day."""

from __future__ import annotations

from datetime import date

import pytest

from warehouse_hub.core.clock import Month
from warehouse_hub.monitoring.rules.deadlines import DeadlineRule, Standing

RULE = DeadlineRule()
MAY = Month(2026, 5)


def test_by_default_the_state_of_the_25th_is_due_on_the_last_day():
    assert RULE.reference_date(MAY) == date(2026, 5, 25)
    assert RULE.due_date(Month(2028, 2)) == date(2028, 2, 29)
    assert DeadlineRule(reference_day=31).reference_date(Month(2026, 6)) == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("submitted", "standing"),
    [
        (date(2026, 5, 31), Standing.ON_TIME),
        (date(2026, 6, 1), Standing.LATE),
        (date(2026, 6, 7), Standing.LATE),
        (date(2026, 6, 8), Standing.OVERDUE),
        (date(2026, 9, 1), Standing.OVERDUE),
    ],
)
def test_a_report_keeps_the_step_on_which_it_came(submitted, standing):
    assert RULE.standing(MAY, submitted, date(2026, 12, 1)) is standing


@pytest.mark.parametrize(
    ("today", "standing"),
    [
        (date(2026, 5, 31), Standing.AWAITED),
        (date(2026, 6, 7), Standing.LATE),
        (date(2026, 6, 30), Standing.OVERDUE),
        (date(2026, 7, 1), Standing.NON_RESPONSE),
    ],
)
def test_a_report_that_does_not_come_climbs_the_ladder(today, standing):
    assert RULE.standing(MAY, None, today) is standing


def test_figures_are_provisional_until_the_next_months_reports_are_in():
    assert RULE.is_provisional(MAY, date(2026, 7, 7))
    assert not RULE.is_provisional(MAY, date(2026, 7, 8))
