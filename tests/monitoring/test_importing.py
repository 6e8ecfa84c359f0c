"""Tables of reports as people send them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from builders import EDITOR, OPERATOR, actor, hamburg_bonded, noon, publish
from spreadsheets import csv_file, xlsx
from sqlalchemy import select

from warehouse_hub.core.clock import Month
from warehouse_hub.core.errors import Forbidden, InvalidInput
from warehouse_hub.directory.spreadsheet.header_words import UNKNOWN_UNIT
from warehouse_hub.directory.spreadsheet.reading import read_table
from warehouse_hub.monitoring.models import MonthlyReport
from warehouse_hub.monitoring.report_row import instant_of, month_of
from warehouse_hub.monitoring.service import import_reports, report_headers

HEADER = [
    "仓库编号",
    "月份",
    "现有面积（㎡）",
    "可租面积",
    "占用面积",
    "其中：已投入使用面积",
    "在建面积",
    "日均订单量",
    "入库货值（万元）",
    "提交时间",
    "变动原因",
]
ROWS = [
    ["W1", "2026-09", 8000, 6400, 3000, 7000, 0, 120.5, 35, "2026-09-28", None],
    ["W1", "2026-10", 8000, 6400, 3200, 7000, 0, 130, 36, "2026-10-28", None],
    ["W2", "2026-10", "1.2万平方米", "0.9万㎡", 4500, None, None, None, None, None, None],
]


@pytest.fixture
def two(database):
    publish(database, "W1", hamburg_bonded())
    publish(database, "W2", hamburg_bonded(name_en="Second"), operator_id="OP-2")
    publish(database, "X1", hamburg_bonded(name_en="Demo"), dataset="demo", operator_id="OP-X")
    return database


def load(database, path, *, who=EDITOR, dataset="real", **options):
    with database.unit_of_work(noon) as uow:
        return import_reports(uow, read_table(path, report_headers()), dataset=dataset, actor=who, **options)


def stored(database) -> list[MonthlyReport]:
    with database.reading() as session:
        order = (MonthlyReport.warehouse_id, MonthlyReport.month, MonthlyReport.revision)
        return list(session.scalars(select(MonthlyReport).order_by(*order)))


def counts(report) -> tuple[int, int, int, int]:
    return report.rows, report.created, report.changed, report.unchanged


def test_a_chinese_workbook_is_taken_down_with_its_units(two, tmp_path):
    report = load(two, xlsx(tmp_path / "月报.xlsx", [HEADER, *ROWS], titles=("2026年海外仓月报",)))
    assert report.problems == ()
    assert counts(report) == (3, 3, 0, 0)
    first, second, third = stored(two)
    assert (first.gross_m2, first.occupied_m2, first.commissioned_m2) == (8000, 3000, 7000)
    assert (first.inbound_value, first.orders_avg_per_day) == (350_000, Decimal("120.5"))
    assert first.submitted_at.date() == date(2026, 9, 28)
    assert second.month == "2026-10"
    assert (third.gross_m2, third.rentable_m2, third.under_construction_m2) == (12_000, 9_000, None)


def test_an_english_csv_is_taken_down(two, tmp_path):
    rows = [
        [
            "warehouse_id",
            "month",
            "gross_m2",
            "rentable_m2",
            "occupied_m2",
            "orders_avg_per_day",
            "staff_abroad",
        ],
        ["W1", "2026-10", "8,000", "6400", "3200", "", "12"],
    ]
    assert counts(load(two, csv_file(tmp_path / "r.csv", rows))) == (1, 1, 0, 0)
    (kept,) = stored(two)
    assert (kept.gross_m2, kept.orders_avg_per_day, kept.staff_abroad) == (8000, None, 12)


def test_repeating_a_file_changes_nothing_and_a_correction_is_a_further_row(two, tmp_path):
    path = xlsx(tmp_path / "a.xlsx", [HEADER, *ROWS])
    load(two, path)
    assert counts(load(two, path)) == (3, 0, 0, 3)
    corrected = [ROWS[0], [*ROWS[1][:4], 3300, *ROWS[1][5:]], ROWS[2]]
    assert counts(load(two, xlsx(tmp_path / "b.xlsx", [HEADER, *corrected]))) == (3, 0, 1, 2)
    october = [
        (each.revision, each.occupied_m2)
        for each in stored(two)
        if (each.warehouse_id, each.month) == ("W1", "2026-10")
    ]
    assert october == [(1, 3200), (2, 3300)]


def test_one_problem_keeps_everything_out_and_every_fault_is_told_by_its_row(two, tmp_path):
    bad = [
        ["W1", "2026-10", 8000, 6400, 6500],
        ["W9", "2026-10", 8000, 6400, 3000],
        ["W2", "2026-13", 8000, 6400, 3000],
        ["W2", "2026-10", 8000, -6400, 3000],
        ["W2", "2026-12", 8000, 6400, 3000],
        ["W2", "2026-09", 8000, 6400, 3000],
        ["W2", "2026-09", 8000, 6400, 3000],
        [None, "2026-09", 8000, 6400, 3000],
        ["X1", "2026-10", 8000, 6400, 3000],
    ]
    path = xlsx(tmp_path / "bad.xlsx", [HEADER[:5], *bad])
    report = load(two, path)
    assert [(problem.row, problem.code) for problem in report.problems] == [
        (2, "report.part_exceeds_whole"),
        (3, "report.unknown_warehouse"),
        (4, "month.unreadable"),
        (5, "report.negative"),
        (6, "report.month_in_future"),
        (8, "row.repeats_a_key"),
        (9, "report.cell_missing"),
        (10, "report.unknown_warehouse"),
    ]
    assert report.problems[0].column == "占用面积"
    assert stored(two) == []
    assert counts(load(two, path, skip_bad_rows=True, dry_run=True))[1] == 1
    assert stored(two) == []
    load(two, path, skip_bad_rows=True)
    assert [each.month for each in stored(two)] == ["2026-09"]


def test_a_jump_is_judged_by_month_whatever_the_order_of_the_rows(two, tmp_path):
    rows = [["W1", "2026-10", 8000, 6400, 6000], ["W1", "2026-09", 8000, 6400, 3000]]
    report = load(two, xlsx(tmp_path / "a.xlsx", [HEADER[:5], *rows]))
    assert [(problem.row, problem.code) for problem in report.problems] == [(2, "report.jump_needs_reason")]
    load(two, xlsx(tmp_path / "b.xlsx", [HEADER[:5], rows[1]]))
    assert load(two, xlsx(tmp_path / "c.xlsx", [HEADER[:5], rows[0]])).problems
    explained = [[*HEADER[:5], "变动原因"], [*rows[0], "旺季备货"]]
    assert not load(two, xlsx(tmp_path / "d.xlsx", explained)).problems


def test_a_table_without_the_decisive_columns_is_refused_whole(two, tmp_path):
    report = load(two, xlsx(tmp_path / "a.xlsx", [["仓库编号", "月份", "现有面积"], ["W1", "2026-10", 1]]))
    assert [problem.facts["field"] for problem in report.problems] == ["rentable_m2", "occupied_m2"]


def test_an_operator_reports_for_its_own_warehouses_and_nobody_else_at_all(two, tmp_path):
    path = xlsx(tmp_path / "a.xlsx", [HEADER, *ROWS])
    report = load(two, path, who=OPERATOR, skip_bad_rows=True)
    assert [(problem.row, problem.code) for problem in report.problems] == [(4, "report.unknown_warehouse")]
    assert {each.warehouse_id for each in stored(two)} == {"W1"}
    for role in ("exporter", "auditor", "district"):
        with pytest.raises(Forbidden):
            load(two, path, who=actor(role))


@pytest.mark.parametrize(
    "cell",
    [
        "2026-10",
        "2026/10",
        "2026年10月",
        "202610",
        202610,
        "2026.10",
        datetime(2026, 10, 1),  # noqa: DTZ001 - as a workbook's cell comes
        "2026-10-25",
        "２０２６年１０月",
        "2026年10月份",
        "Oct-2026",
        "October 2026",
        "2026 Oct",
    ],
)
def test_a_month_is_read_however_it_is_written(cell):
    assert month_of(cell) == Month(2026, 10)


@pytest.mark.parametrize("cell", ["2026", 2026.1, "2026-13", "10月", "1026-10", "soon", "Oct-26", "Xyz 2026"])
def test_a_month_that_could_be_another_is_refused(cell):
    with pytest.raises(InvalidInput, match=r"month\.unreadable"):
        month_of(cell)


def test_a_bare_date_of_submission_is_that_day_in_zhengzhou():
    assert instant_of("2026-10-31").isoformat() == "2026-10-31T12:00:00+08:00"
    assert instant_of("2026-10-31 23:30").isoformat() == "2026-10-31T23:30:00+08:00"
    assert instant_of("2026-10-31T23:30:00+00:00").isoformat() == "2026-10-31T23:30:00+00:00"
    assert instant_of(None) is None


@pytest.mark.parametrize("header", ["可租面积（平方公里）", "rentable area (acres)", "出库货值（万美元）"])
def test_a_figure_in_an_unknown_unit_makes_the_table_unusable(header):
    assert report_headers().read(header).field == UNKNOWN_UNIT


def test_ten_thousand_square_metres_in_a_header_multiply():
    assert report_headers().read("rentable area (10k sqm)").factor == 10_000
