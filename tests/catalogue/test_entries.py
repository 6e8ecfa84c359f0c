"""A published listing, frozen as an entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from catalogue.many_listings import many_listings, reported_square_feet, square_metres

from warehouse_hub.catalogue.entries import entry_of
from warehouse_hub.catalogue.table import COLUMNS, rows_of
from warehouse_hub.directory.rules.facts import Statement
from warehouse_hub.press.freeze import canonical, thaw

DAY = date(2026, 11, 20)


@pytest.fixture
def listing():
    return replace(
        many_listings(1)[0],
        country="DE",
        grade="stated",
        services={"bonded": True, "dropship": True, "hazmat": False},
        platforms=(),
        capacity=(square_metres(8000, "gross"), square_metres(5000, "occupied")),
    )


def test_labels_are_frozen_in_both_languages_beside_their_codes(listing):
    entry = entry_of(listing, DAY)
    assert entry["country"] == {"code": "DE", "zh": "德国", "en": "Germany"}
    assert entry["region_sets"] == ["EU"]
    assert [each["zh"] for each in entry["services"]["offered"]] == ["一件代发", "保税"]
    assert [each["code"] for each in entry["services"]["not_offered"]] == ["hazmat"]


def test_unknown_is_null_and_never_an_empty_list(listing):
    entry = entry_of(replace(listing, services={}, latitude=None, hub=None), DAY)
    assert [entry[key] for key in ("services", "platforms", "location", "hub")] == [None] * 4


def test_occupied_area_never_leaves_the_directory(listing):
    text = canonical(entry_of(listing, DAY))
    assert "8000" in text
    assert "occupied" not in text
    assert "5000" not in text


def test_a_figure_keeps_its_unit_basis_date_grade_source_and_wording(listing):
    entry = entry_of(replace(listing, capacity=(reported_square_feet(1_203_449, shared_by=2),)), DAY)
    figure = thaw(canonical(entry["capacity"]))[0]
    assert figure["value"] == "1203449"
    assert figure["m2"] == "111804.07"
    assert (figure["unit"]["code"], figure["basis"]["code"], figure["as_of"]) == ("ft2", "gross", None)
    assert (figure["grade"]["zh"], figure["source"]) == ("公开报道", "https://example.com/report")
    assert (figure["printed"], figure["shared_by"]) == ("1,203,449 sq ft", 2)


def test_a_table_row_has_every_column_and_areas_in_square_metres(listing):
    pallets = Statement(Decimal(500), "pallet", "gross", date(2026, 10, 1))
    frozen = thaw(canonical([entry_of(replace(listing, capacity=(*listing.capacity, pallets)), DAY)]))
    row = rows_of(frozen, "演示 DEMO")[0]
    assert set(row) <= {column.key for column in COLUMNS}
    assert row["gross_m2"] == Decimal(8000)
    assert row.get("available_m2") is None
    assert "总量 500 托盘位（2026-10-01，自报）" in row["capacity"]
    assert row["service_codes"] == "dropship|bonded"


def test_the_middle_of_a_country_is_not_published_as_a_point(listing):
    frozen = thaw(canonical([entry_of(replace(listing, geocode_precision="country"), DAY)]))
    row = rows_of(frozen, "real")[0]
    assert (row["latitude"], row["place_precision"]) == (None, "country")


def test_every_listing_freezes_to_the_same_bytes_twice():
    for each in many_listings(60):
        assert canonical(entry_of(each, DAY)) == canonical(entry_of(each, DAY))
