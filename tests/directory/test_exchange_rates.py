"""The rates of the bureau: taken in whole or not at all, audited, each dataset's own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from builders import EDITOR, OPERATOR, noon
from spreadsheets import csv_file, xlsx
from sqlalchemy import select

from warehouse_hub.accounts.models import AuditEntry
from warehouse_hub.core.errors import Forbidden, InvalidInput
from warehouse_hub.core.feed import head
from warehouse_hub.directory.exchange_rates import import_rates, keep, rates_kept, rates_on
from warehouse_hub.directory.rules.exchange import Rate
from warehouse_hub.directory.spreadsheet.rate_row import rate_headers
from warehouse_hub.directory.spreadsheet.reading import read_table

HEADER = ["币种", "生效日期", "一单位折人民币", "来源"]
DOLLAR = ["USD", "2026-11-01", "7.1234", "示例公告第1号"]
DONG = ["越南盾", "2026-11-01", "0.0002812345", "示例公告第1号"]


def load(database, folder, *rows, dataset="real", actor=EDITOR):
    table = read_table(csv_file(folder / "rates.csv", [list(row) for row in rows]), rate_headers())
    with database.unit_of_work(noon) as uow:
        return import_rates(uow, table, dataset=dataset, actor=actor)


def counts(report):
    return report.rows, report.created, report.changed, report.unchanged


def kept(database, dataset="real"):
    with database.reading() as session:
        return rates_kept(session, dataset)


def test_rates_are_kept_to_the_last_digit_and_repeating_changes_nothing(database, tmp_path):
    assert counts(load(database, tmp_path, HEADER, DOLLAR, DONG)) == (2, 2, 0, 0)
    with database.reading() as session:
        before = head(session)
        rates = rates_on(session, "real", date(2026, 11, 1))
        assert rates.of("USD") == Decimal("7.1234")
        assert rates.of("VND") == Decimal("0.0002812345")
        assert rates_on(session, "real", date(2026, 10, 31)).of("USD") is None
    assert counts(load(database, tmp_path, HEADER, DOLLAR, DONG)) == (2, 0, 0, 2)
    with database.reading() as session:
        assert head(session) == before


@pytest.mark.parametrize(("day", "rate"), [(8, None), (9, "7.9"), (10, "8.1"), (30, "8.1")])
def test_a_rate_holds_from_its_day_until_the_next(database, day, rate):
    with database.unit_of_work(noon) as uow:
        for start, cny in ((10, "8.1"), (9, "7.9")):
            keep(
                uow,
                [Rate("EUR", date(2026, 11, start), Decimal(cny), "公告")],
                dataset="real",
                actor=EDITOR,
            )
    with database.reading() as session:
        found = rates_on(session, "real", date(2026, 11, day)).of("EUR")
    assert found == (None if rate is None else Decimal(rate))


def test_a_workbook_with_real_dates_and_english_headers_is_read_too(sqlite_database, tmp_path):
    rows = [["currency", "valid_from", "cny_for_one", "source"], ["EUR", date(2026, 11, 2), 8.05, "Notice 2"]]
    table = read_table(xlsx(tmp_path / "rates.xlsx", rows), rate_headers())
    with sqlite_database.unit_of_work(noon) as uow:
        import_rates(uow, table, dataset="real", actor=EDITOR)
    assert kept(sqlite_database) == [Rate("EUR", date(2026, 11, 2), Decimal("8.05"), "Notice 2")]


def test_one_bad_row_keeps_all_rates_out_and_every_fault_is_told_by_row_and_header(database, tmp_path):
    report = load(
        database,
        tmp_path,
        HEADER,
        DOLLAR,
        ["XAU", "2026-11-01", "1", "示例"],
        ["EUR", "2026年11月", "8,1", None],
        ["CNY", "2026-11-01", "1", "示例"],
        ["JPY", "2026-11-01", "0", "示例"],
        DOLLAR,
    )
    assert counts(report) == (6, 0, 0, 0)
    assert [(problem.row, problem.column, problem.code) for problem in report.problems] == [
        (3, "币种", "listing.unknown_code"),
        (4, "来源", "cell.missing"),
        (4, "生效日期", "date.imprecise"),
        (4, "一单位折人民币", "cell.not_a_number"),
        (5, "币种", "rate.of_the_yuan"),
        (6, "一单位折人民币", "rate.out_of_range"),
        (7, None, "row.repeats_a_key"),
    ]
    assert kept(database) == []


def test_a_table_that_quotes_a_hundred_units_is_refused(sqlite_database, tmp_path):
    header = ["币种", "生效日期", "100外币折人民币", "来源"]
    report = load(sqlite_database, tmp_path, header, ["JPY", "2026-11-01", "4.8", "示例"])
    assert [(problem.code, problem.facts["field"]) for problem in report.problems] == [
        ("column.missing", "cny_for_one")
    ]


def test_another_rate_of_the_same_day_takes_its_place_and_the_audit_trail_tells_both(database, tmp_path):
    load(database, tmp_path, HEADER, DOLLAR)
    assert counts(load(database, tmp_path, HEADER, ["USD", "2026-11-01", "7.2", "示例公告第2号"])) == (
        1,
        0,
        1,
        0,
    )
    with database.reading() as session:
        told = session.scalars(
            select(AuditEntry).where(AuditEntry.action == "rate.keep").order_by(AuditEntry.id)
        )
        first, second = told.all()
    assert (first.subject, first.email, first.dataset) == ("USD", EDITOR.email, "real")
    assert (second.facts["cny_for_one"], second.facts["before"]) == ("7.2", "7.1234")
    assert second.facts["before_source"] == "示例公告第1号"


def test_rates_of_one_dataset_are_unknown_to_the_other(sqlite_database, tmp_path):
    load(sqlite_database, tmp_path, HEADER, DOLLAR, dataset="demo")
    assert kept(sqlite_database) == []
    with sqlite_database.reading() as session:
        assert rates_on(session, "real", date(2026, 11, 23)).of("USD") is None


def test_only_the_bureau_keeps_rates(sqlite_database, tmp_path):
    with pytest.raises(Forbidden):
        load(sqlite_database, tmp_path, HEADER, DOLLAR, actor=OPERATOR)


def test_a_bad_rate_from_a_program_is_refused_with_every_fault(sqlite_database):
    bad = Rate("CNY", date(2026, 1, 1), Decimal(0), "test")
    with pytest.raises(InvalidInput) as refused, sqlite_database.unit_of_work(noon) as uow:
        keep(uow, [bad], dataset="real", actor=EDITOR)
    assert [problem.code for problem in refused.value.problems] == ["rate.of_the_yuan", "rate.out_of_range"]
