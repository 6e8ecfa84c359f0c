"""Which reports cannot be true."""

from __future__ import annotations

from decimal import Decimal

import pytest

from warehouse_hub.core.clock import Month
from warehouse_hub.monitoring.rules.checks import ReportFigures, month_problem, problems_of


def figures(**values) -> ReportFigures:
    return ReportFigures(**{name: Decimal(str(value)) for name, value in values.items()})


def codes(now: ReportFigures, before: ReportFigures | None = None, reason: str | None = None) -> list[tuple]:
    return [(problem.code, problem.column) for problem in problems_of(now, before, reason)]


GOOD = {"gross_m2": 8000, "rentable_m2": 6400, "occupied_m2": 3200}


def test_a_plain_report_passes_and_a_field_left_out_is_no_fault():
    assert codes(figures(**GOOD)) == []
    assert codes(figures(rentable_m2=6400, occupied_m2=0)) == []


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"occupied_m2": 6401}, "occupied_m2"),
        ({"rentable_m2": 8001}, "rentable_m2"),
        ({"commissioned_m2": 8001}, "commissioned_m2"),
    ],
)
def test_a_part_larger_than_its_whole_is_refused(changed, column):
    assert codes(figures(**{**GOOD, **changed})) == [("report.part_exceeds_whole", column)]


def test_occupied_beyond_gross_is_refused_when_rentable_is_not_stated():
    assert codes(figures(gross_m2=100, occupied_m2=101)) == [("report.part_exceeds_whole", "occupied_m2")]


def test_negative_broken_and_empty_reports_are_refused():
    assert codes(figures(rentable_m2=-1)) == [("report.negative", "rentable_m2")]
    assert codes(figures(staff_home="2.5")) == [("report.not_whole", "staff_home")]
    assert codes(figures(rentable_m2="NaN")) == [("report.not_a_number", "rentable_m2")]
    assert codes(ReportFigures()) == [("report.empty", None)]


def test_a_jump_over_half_needs_a_reason_and_exactly_half_does_not():
    before = figures(**GOOD)
    assert codes(figures(**{**GOOD, "occupied_m2": 4800}), before) == []
    assert codes(figures(**{**GOOD, "occupied_m2": 4801}), before) == [
        ("report.jump_needs_reason", "occupied_m2")
    ]
    assert codes(figures(**{**GOOD, "occupied_m2": 1599}), before) == [
        ("report.jump_needs_reason", "occupied_m2")
    ]
    assert codes(figures(**{**GOOD, "occupied_m2": 4801}), before, "旺季备货") == []
    assert codes(figures(**{**GOOD, "occupied_m2": 4801}), before, "  ") != []


def test_a_site_that_fills_up_from_nothing_has_no_percentage():
    assert codes(figures(**GOOD), figures(**{**GOOD, "occupied_m2": 0})) == []


def test_square_feet_typed_as_square_metres_need_a_reason():
    assert codes(figures(gross_m2=1_203_449)) == [("report.unusual_size", "gross_m2")]
    assert codes(figures(gross_m2=1_203_449), reason="园区合并") == []


def test_average_orders_never_exceed_the_peak():
    wrong = figures(orders_avg_per_day=10, orders_peak_per_day=9)
    assert codes(wrong) == [("report.average_exceeds_peak", "orders_avg_per_day")]


def test_a_month_that_has_not_begun_cannot_be_reported():
    assert month_problem(Month(2026, 11), Month(2026, 11)) is None
    assert month_problem(Month(2026, 12), Month(2026, 11)).code == "report.month_in_future"
