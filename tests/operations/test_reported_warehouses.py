"""The publicly reported warehouses: as printed, with every trap of the sources left unsprung."""

from __future__ import annotations

import csv
import re
from datetime import date
from decimal import Decimal

import pytest
from builders import EDITOR, noon
from sqlalchemy import select

from warehouse_hub.core.database import Database
from warehouse_hub.core.feed import head
from warehouse_hub.core.migration import migrate
from warehouse_hub.directory.listings import edit, suspend
from warehouse_hub.directory.mass_publication import Wording, publish_many
from warehouse_hub.directory.models import Listing, Operator
from warehouse_hub.directory.published import published_listings
from warehouse_hub.directory.revisions import facts_of
from warehouse_hub.operations.bundled.loading import REAL_FILE, load_real
from warehouse_hub.vocabulary.quantities import IncomparableQuantities, Quantity


def load(database):
    with database.unit_of_work(noon) as uow:
        return load_real(uow)


def printed(database):
    with database.reading() as session:
        return {listing.id: listing for listing in published_listings(session, "real")}


@pytest.fixture(scope="module")
def reported(tmp_path_factory):
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('real') / 'hub.sqlite'}")
    migrate(database)
    load(database)
    yield printed(database)
    database.dispose()


def stated(listing):
    return [(line.value, line.unit, line.printed, line.shared_by) for line in listing.capacity]


def test_all_but_the_warehouse_in_china_come_into_print_and_repeating_changes_nothing(database):
    first = load(database)
    assert (first.rows, first.created) == (45, 44)
    with database.reading() as session:
        before = head(session)
    second = load(database)
    assert (second.created, second.changed, second.unchanged) == (0, 0, 44)
    with database.reading() as session:
        assert head(session) == before


def test_a_warehouse_in_lanzhou_is_refused_and_told(database):
    problems = load(database).problems
    assert [problem.code for problem in problems] == ["listing.not_overseas"]
    with REAL_FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[problems[0].row - 2]["id"] == "CNW032"
    assert "CNW032" not in printed(database)


def test_every_report_names_its_source_and_claims_no_more_than_that(reported):
    assert {listing.grade for listing in reported.values()} == {"reported"}
    assert all(listing.source for listing in reported.values())
    assert {line.grade for listing in reported.values() for line in listing.capacity} == {"reported"}
    assert all(line.printed for listing in reported.values() for line in listing.capacity)


def test_one_building_printed_in_three_units_stays_three_statements_of_one_site(reported):
    english, chinese = reported["CNW001"], reported["CNW002"]
    assert stated(english) == [(Decimal(1_203_449), "ft2", "1,203,449 sq ft", 1)]
    assert stated(chinese) == [
        (Decimal(120_000), "m3", "120000 立方米", 1),
        (Decimal(1_200_000), "ft2", "120万尺", 1),
    ]
    assert english.site_group == chinese.site_group is not None


def test_the_volume_and_the_area_of_one_building_are_never_compared(reported):
    volume, area = (Quantity(line.value, line.unit, line.basis) for line in reported["CNW002"].capacity)
    with pytest.raises(IncomparableQuantities):
        volume.compare(area)


@pytest.mark.parametrize(
    "group", [("CNW001", "CNW002"), ("CNW004", "CNW005"), ("CNW008", "CNW009"), ("CNW028A", "CNW028B")]
)
def test_what_is_one_site_or_one_figure_is_one_group_so_that_its_area_counts_once(reported, group):
    shared = {reported[key].site_group for key in group}
    assert len(shared) == 1
    members = {key for key, listing in reported.items() if listing.site_group in shared}
    assert members == set(group)


def test_no_other_warehouses_are_taken_for_one_site(reported):
    assert sum(listing.site_group is not None for listing in reported.values()) == 8


def test_an_area_for_two_tenants_is_shared_by_two(reported):
    for key in ("CNW008", "CNW009"):
        assert stated(reported[key]) == [
            (Decimal(334_000), "ft2", "334,000 sq ft combined for two tenants", 2)
        ]
    assert reported["CNW008"].operator_id != reported["CNW009"].operator_id


def test_one_figure_for_savannah_and_dallas_is_two_warehouses_that_share_it(reported):
    savannah, dallas = reported["CNW028A"], reported["CNW028B"]
    assert (savannah.city, dallas.city) == ("Savannah", "Dallas")
    assert stated(savannah) == stated(dallas) == [(Decimal(85_000), "m2", "85,000 sqm combined", 2)]
    assert savannah.latitude != dallas.latitude


@pytest.mark.parametrize(("key", "total"), [("CNW013", 531_519), ("CNW015", 231_000)])
def test_two_units_with_one_total_are_one_listing(reported, key, total):
    assert [line.value for line in reported[key].capacity] == [total]
    assert "two" in reported[key].description.lower()


@pytest.mark.parametrize("key", ["CNW029", "CNW031"])
def test_an_operator_that_the_source_withholds_is_unknown(reported, key):
    assert reported[key].operator_id is None
    assert reported[key].operator("zh") is None


def test_a_storage_volume_stands_beside_an_area_in_its_own_unit(reported):
    assert [(line.value, line.unit) for line in reported["CNW029"].capacity] == [
        (15_000, "m2"),
        (20_000, "m3"),
    ]


def test_a_doubtful_place_name_stays_as_printed_and_has_no_point(reported):
    listing = reported["CNW035"]
    assert listing.city == "Ghibli Port"
    assert (listing.latitude, listing.longitude, listing.geocode_precision) == (None, None, "country")
    assert "存疑" in listing.description
    assert "doubtful" in listing.description


@pytest.mark.parametrize(
    ("key", "precision"),
    [("CNW019", "country"), ("CNW020", "country"), ("CNW024", "region"), ("CNW040", "region")],
)
def test_a_vague_place_gets_no_point(reported, key, precision):
    listing = reported[key]
    assert (listing.latitude, listing.longitude, listing.city) == (None, None, None)
    assert listing.geocode_precision == precision


def test_every_other_place_is_found(reported):
    without = {key for key, listing in reported.items() if listing.latitude is None}
    assert without == {"CNW019", "CNW020", "CNW024", "CNW035", "CNW040"}


def test_ontario_is_in_california(reported):
    listing = reported["CNW043"]
    assert (listing.subdivision, round(listing.latitude), round(listing.longitude)) == ("CA", 34, -118)


def test_no_remark_of_an_editor_is_shown(reported):
    shouted = re.compile(r"\b[A-Z]{4,} [A-Z]{4,}\b|NEGATIVE CASE|SAME (BUILDING|PROJECT)|DIRTY|row above")
    with REAL_FILE.open(encoding="utf-8", newline="") as file:
        assert not [
            row["id"] for row in csv.DictReader(file) if any(shouted.search(cell) for cell in row.values())
        ]


def test_only_printed_services_are_known(reported):
    said = {key: dict(listing.services) for key, listing in reported.items() if listing.services}
    assert said == {
        "CNW022": {"customs": True},
        "CNW024": {"dropship": True, "oversize": True},
        "CNW033": {"hazmat": True, "battery": True},
        "CNW034": {"display": True},
        "CNW037": {"display": True},
    }


def test_a_warehouse_is_public_only_if_its_source_says_so(reported):
    classes = {key: listing.record_class for key, listing in reported.items()}
    assert classes.pop("CNW011") == "self"
    assert set(classes.values()) == {"unknown"}
    assert "4220" in reported["CNW010"].description


def test_a_month_is_no_day_so_only_a_printed_day_is_an_as_of_date(reported):
    dated = {key: line.as_of for key, listing in reported.items() for line in listing.capacity if line.as_of}
    assert dated == {"CNW022": date(2021, 11, 8)}
    assert "2021-12" in reported["CNW001"].description


def test_how_a_site_is_held_and_how_far_it_is_come_from_its_printed_status(reported):
    assert (reported["CNW001"].tenure, reported["CNW001"].stage) == ("lease", None)
    assert (reported["CNW011"].tenure, reported["CNW015"].tenure) == ("acquired", "acquired")
    assert reported["CNW017"].stage == reported["CNW037"].stage == "under_construction"
    assert {reported[key].stage for key in ("CNW004", "CNW005", "CNW038")} == {"planned"}
    assert reported["CNW018"].stage is None


def test_enterprises_of_one_parent_are_one_group_for_disclosure(reported):
    assert reported["CNW001"].enterprise_group == reported["CNW005"].enterprise_group
    assert reported["CNW008"].enterprise_group == reported["CNW026"].enterprise_group
    assert reported["CNW012"].enterprise_group == reported["CNW016"].enterprise_group
    assert (reported["CNW012"].operator_zh, reported["CNW016"].operator_zh) == ("京东物流", "京东产发")
    assert {reported[key].operator_zh for key in ("CNW022", "CNW026", "CNW008")} == {"菜鸟", "谷仓", "云途"}


def test_what_people_worded_since_is_not_overwritten_by_the_bundled_file(database):
    load(database)
    with database.unit_of_work(noon) as uow:
        listing = uow.get(Listing, "CNW003")
        facts = facts_of(listing.published_revision)
        checked = type(facts)(**{**vars(facts), "name_zh": "人工核实的名称"})
        publish_many(uow, [Wording("CNW003", checked)], dataset="real", actor=EDITOR)
        suspend(uow, "CNW012", actor=EDITOR, note="核查")
        edit(uow, "CNW014", type(facts)(**{**vars(facts), "name_zh": "草稿"}), actor=EDITOR)
    again = load(database)
    assert (again.created, again.changed, again.unchanged) == (0, 0, 44)
    assert [problem.code for problem in again.problems] == ["listing.not_overseas"]
    shown = printed(database)
    assert shown["CNW003"].name_zh == "人工核实的名称"
    assert "CNW012" not in shown
    assert shown["CNW014"].name_en == "OX277"


def test_a_load_that_fails_leaves_nothing(database):
    class Interrupted(Exception):
        pass

    with pytest.raises(Interrupted), database.unit_of_work(noon) as uow:
        load_real(uow)
        raise Interrupted
    assert not printed(database)
    with database.reading() as session:
        assert not session.scalars(select(Operator)).all()
