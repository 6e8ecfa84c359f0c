"""What is published about utilisation, from reports in a real database."""

from __future__ import annotations

import json
import random
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from monitoring.attacker import isolated
from monitoring.fleet import NOVEMBER, OCTOBER, europe, report, station
from sqlalchemy import update

from warehouse_hub.core.errors import InvalidInput
from warehouse_hub.directory.models import Operator
from warehouse_hub.monitoring.rules.sites import BREAKDOWNS
from warehouse_hub.monitoring.rules.utilisation import Flag
from warehouse_hub.monitoring.service import (
    months_with_reports,
    table_to_json,
    utilisation,
    utilisation_series,
)
from warehouse_hub.vocabulary.region_sets import members

TODAY = date(2026, 11, 23)


def table(database, month=OCTOBER, by="country", dataset="demo"):
    with database.reading() as session:
        return utilisation(session, month, by=by, dataset=dataset, today=TODAY)


def cell(database, code, **asked):
    return next(each for each in table(database, **asked).cells if each.code == code)


def test_a_month_without_reports_is_not_available_and_never_zero(database):
    station(database, "W1", "DE", "A", dataset="real")
    empty = table(database, dataset="real")
    assert not empty.available
    assert empty.notes[0] == "no_reports"
    assert (empty.total.warehouses, empty.total.state) == (1, "not_available")
    assert empty.total.utilisation is empty.total.occupied_m2 is empty.total.coverage is None
    assert json.loads(json.dumps(table_to_json(empty)))["total"]["utilisation"] is None


def test_an_empty_dataset_has_a_table_too(sqlite_database):
    for by in BREAKDOWNS:
        assert not table(sqlite_database, by=by).available


def test_the_published_rate_is_the_ratio_of_sums(database):
    for key, group, rentable, occupied in (
        ("W1", "A", 10_000, 6_000),
        ("W2", "B", 1_000, 900),
        ("W3", "C", 4_000, 3_000),
    ):
        station(database, key, "DE", group, rentable)
        report(database, key, OCTOBER, occupied, rentable)
    total = table(database).total
    assert (total.rentable_m2, total.occupied_m2, total.utilisation) == (15_000, 9_900, Decimal("0.66"))
    assert (total.coverage, total.imputed_share, total.reporting) == (1, 0, 3)
    assert Flag.PROVISIONAL in total.flags
    assert cell(database, "EU", by="region_set").utilisation == Decimal("0.66")
    assert cell(database, "public", by="record_class").utilisation == Decimal("0.66")


def test_a_correction_counts_instead_of_what_it_corrects(database):
    for group in "ABC":
        station(database, group, "DE", group)
        report(database, group, OCTOBER, 500)
    report(database, "A", OCTOBER, 800)
    assert table(database).total.occupied_m2 == 1_800
    with database.unit_of_work() as uow:
        uow.session.connection().exec_driver_sql(
            "UPDATE monthly_report SET occupied_m2 = NULL WHERE revision = 2"
        )
    assert table(database).total.state == "withheld"


def test_a_figure_that_was_corrected_after_the_deadline_is_flagged_as_revised(database):
    for group in "ABC":
        station(database, group, "DE", group)
        report(database, group, OCTOBER, 500)
    assert Flag.REVISED not in table(database).total.flags
    report(database, "A", OCTOBER, 600)
    assert Flag.REVISED in table(database).total.flags


def test_the_cell_of_one_group_takes_the_smallest_other_with_it(database):
    europe(database)
    states = {each.code: each.state for each in table(database).cells}
    assert states == {"DE": "published", "PL": "published", "IE": "withheld", "DK": "withheld"}
    hidden = cell(database, "DK")
    assert hidden.flags == (Flag.CONFIDENTIAL,)
    assert hidden.occupied_m2 is hidden.rentable_m2 is hidden.coverage is hidden.reporting is None
    document = table_to_json(table(database), "zh")
    assert sorted(document["suppressed"]) == ["DK", "IE"]
    assert {each["label"] for each in document["cells"]} == {"德国", "波兰", "爱尔兰", "丹麦"}


def test_two_operators_of_one_group_are_one_and_an_unknown_operator_is_none(database):
    station(database, "W1", "DE", "A")
    station(database, "W2", "DE", "B")
    station(database, "W3", "DE", None)
    for key in ("W1", "W2", "W3"):
        report(database, key, OCTOBER, 500)
    assert table(database).total.withheld
    station(database, "W4", "DE", "C")
    report(database, "W4", OCTOBER, 500)
    assert table(database).total.occupied_m2 == 2_000


def test_a_warehouse_that_is_not_public_is_in_no_total(database):
    for group in "ABC":
        station(database, group, "DE", group)
        report(database, group, OCTOBER, 500)
        station(database, f"{group}-own", "DE", group, record_class="self")
        report(database, f"{group}-own", OCTOBER, 100)
    assert table(database).total.occupied_m2 == 1_500
    own = cell(database, "self", by="record_class")
    assert own.utilisation == Decimal("0.1")


def test_a_missing_report_is_imputed_and_printed_as_such(database):
    for group in "ABCDEFG":
        station(database, group, "DE", group)
        report(database, group, OCTOBER, 500)
    for group in "ABCD":
        report(database, group, NOVEMBER, 600)
    total = table(database, NOVEMBER).total
    assert (total.reporting, total.warehouses) == (4, 7)
    assert total.occupied_m2 == 4_200
    assert float(total.imputed_share) == pytest.approx(3 / 7, abs=1e-6)
    assert float(total.coverage) == pytest.approx(4 / 7, abs=1e-6)
    assert Flag.IMPUTED in total.flags
    # All reports less those of both months would be the estimates alone, which stand for three silent groups.
    assert total.change_withheld


def test_the_change_is_withheld_when_it_would_tell_what_one_newcomer_reported(database):
    for group in "ABCD":
        station(database, group, "DE", group)
        report(database, group, NOVEMBER, 600)
    for group in "ABC":
        report(database, group, OCTOBER, 500)
    alone = table(database, NOVEMBER)
    assert alone.total.utilisation == Decimal("0.6")
    assert alone.total.change_pp is None
    assert alone.total.change_withheld
    assert "some_changes_withheld" in alone.notes
    for group in "EF":
        station(database, group, "DE", group)
        report(database, group, NOVEMBER, 600)
    assert table(database, NOVEMBER).total.change_pp == 10


def test_half_the_area_silent_makes_a_rate_unreliable(database):
    for group in "ABCDEFG":
        station(database, group, "DE", group)
    for group in "ABC":
        report(database, group, OCTOBER, 500)
    total = table(database).total
    assert total.utilisation == Decimal("0.5")
    assert Flag.LOW_RELIABILITY in total.flags


def test_a_warehouse_that_opened_later_was_not_silent_before(database):
    for group in "ABC":
        station(database, group, "DE", group)
        report(database, group, OCTOBER, 500)
    station(database, "D", "DE", "D", opened=date(2026, 11, 2))
    total = table(database).total
    assert (total.warehouses, total.coverage) == (3, 1)


def test_reports_of_one_dataset_never_show_in_the_other(database):
    for group in "ABC":
        station(database, group, "DE", group)
        report(database, group, OCTOBER, 500)
    assert not table(database, dataset="real").available
    with database.reading() as session:
        assert months_with_reports(session, "demo") == [OCTOBER]
        assert months_with_reports(session, "real") == []


def test_a_series_says_of_each_month_what_the_month_says_alone(database):
    source = random.Random(4)
    months = [NOVEMBER.minus(back) for back in range(6, -1, -1)]
    for place in range(24):
        station(database, f"W{place:02}", source.choice(["DE", "PL", "US"]), source.choice("ABCDEFGHI"))
        for month in months:
            if source.random() < 0.8:
                report(database, f"W{place:02}", month, source.randint(400, 600))
    with database.reading() as session:
        for by in BREAKDOWNS:
            series = utilisation_series(session, "demo", months, by=by, today=TODAY)
            assert series == [
                utilisation(session, month, by=by, dataset="demo", today=TODAY) for month in months
            ]


def test_an_unknown_breakdown_and_a_gap_in_the_months_are_refused(sqlite_database):
    with pytest.raises(InvalidInput, match=r"statistics\.unknown_breakdown"):
        table(sqlite_database, by="colour")
    with (
        sqlite_database.reading() as session,
        pytest.raises(InvalidInput, match=r"statistics\.months_not_consecutive"),
    ):
        utilisation_series(session, "demo", [OCTOBER, OCTOBER.minus(-2)])


class Microdata:
    """A random fleet with its reports, as only the bureau knows it, and what each published figure is a sum of."""

    groups = "ABCDEFGH"
    months = (NOVEMBER.minus(2), OCTOBER, NOVEMBER)

    def __init__(self, database, seed):
        source = random.Random(seed)
        self.home = {group: source.choice(("airport", "outside", None)) for group in self.groups}
        self.sites, self.reported = {}, set()
        for place in range(22):
            key, group = f"W{place:02}", source.choice([*self.groups, None])
            country = source.choice(["DE", "PL", "FR", "US", "VN", "ID"])
            record_class = source.choice(["public", "public", "public", "self"])
            self.sites[key] = (country, record_class, group)
            station(database, key, country, group, record_class=record_class)
            for month in self.months:
                if source.random() < 0.85:
                    self.reported.add((key, month))
                    report(database, key, month, source.randint(300, 700), reason="x")
        with database.unit_of_work() as uow:
            for group, district in self.home.items():
                uow.session.execute(
                    update(Operator).where(Operator.id == f"OP-{group}").values(home_district=district)
                )

    def belongs(self, key, by, code, month):
        country, record_class, group = self.sites[key]
        if by == "record_class":
            return record_class == code
        inside = {
            "total": True,
            "country": country == code,
            "district": (self.home.get(group) or "unknown") == code,
            "region_set": by == "region_set" and country in members(code, month.last_day),
        }
        return record_class == "public" and inside[by]

    def unknown(self, key, month):
        """What is behind a site's figure: its report, or an older one grown by a ratio that the attacker may know."""
        for back in range(3):
            if (key, month.minus(back)) in self.reported:
                return {(key, month.minus(back)): Fraction(11, 10) ** back}
        return {}

    def equations(self, by, month, line):
        inside = [key for key in self.sites if self.belongs(key, by, line["code"], month)]
        assert line["warehouses"] == len(inside)
        if line["utilisation"] is not None:
            yield {name: weight for key in inside for name, weight in self.unknown(key, month).items()}
        if line["change_pp"] is not None:
            before = month.previous()
            both = [key for key in inside if {(key, month), (key, before)} <= self.reported]
            yield {(key, month): Fraction(1, 7) for key in both} | {
                (key, before): -Fraction(1, 6) for key in both
            }


@pytest.mark.parametrize("seed", range(6))
def test_an_attacker_with_every_published_table_of_three_months_isolates_nobody(sqlite_database, seed):
    """From the JSON documents alone: what is printed, against the microdata that each figure is a sum of."""
    truth = Microdata(sqlite_database, seed)
    equations = []
    for month in truth.months:
        for by in BREAKDOWNS:
            document = table_to_json(table(sqlite_database, month, by))
            lines = [("total", document["total"]), *((by, line) for line in document["cells"])]
            equations += [each for kind, line in lines for each in truth.equations(kind, month, line)]
    owner = {unknown: truth.sites[unknown[0]][2] for each in equations for unknown in each}
    assert equations
    assert isolated(equations, owner) is None
