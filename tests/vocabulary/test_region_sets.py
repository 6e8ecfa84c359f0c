"""Membership of region sets on a day."""

from __future__ import annotations

from datetime import date

import pytest

from warehouse_hub.core.errors import NotFound
from warehouse_hub.vocabulary.region_sets import (
    MEMBERSHIPS,
    REGION_SETS,
    VERSION,
    members,
    sets_of,
    undated,
    version_of,
)

TODAY = date(2026, 11, 23)


def test_the_united_kingdom_is_in_the_eu_up_to_and_on_its_last_day():
    assert "GB" in members("EU", date(2020, 1, 31))
    assert "GB" not in members("EU", date(2020, 2, 1))


@pytest.mark.parametrize(("code", "count"), [("US", 1), ("EU", 27), ("ASEAN", 11), ("RCEP", 15)])
def test_the_sets_have_their_members_of_today(code, count):
    assert len(members(code, TODAY)) == count


def test_timor_leste_joins_asean_on_its_first_day():
    assert "TL" not in members("ASEAN", date(2025, 10, 25))
    assert "TL" in members("ASEAN", date(2025, 10, 26))


def test_italy_and_panama_have_left_the_belt_and_road():
    assert {"IT", "PA"} & members("BRI", TODAY) == set()
    assert "IT" in members("BRI", date(2023, 6, 1))
    assert "CO" in members("BRI", TODAY)


def test_a_country_of_unknown_start_counts_and_is_named_as_undated():
    assert "KZ" in members("BRI", TODAY)
    assert "KZ" in undated("BRI", TODAY)
    assert "CO" not in undated("BRI", TODAY)
    assert undated("US", TODAY) == frozenset()


def test_the_belt_and_road_bears_its_note_and_the_others_none():
    assert REGION_SETS.get("BRI").note("zh") == "待商务局核对"
    assert REGION_SETS.get("EU").note("zh") == ""


def test_the_sets_of_a_country_come_in_the_order_of_the_list():
    assert sets_of("VN", TODAY) == ("ASEAN", "RCEP", "BRI")
    assert sets_of("IT", TODAY) == ("EU",)
    assert sets_of("GB", TODAY) == ()


def test_an_unknown_set_is_refused_and_not_taken_for_empty():
    with pytest.raises(NotFound, match=r"region_set\.unknown"):
        members("EEA", TODAY)


def test_every_row_has_a_source_and_dates_in_order():
    assert all(row.source for row in MEMBERSHIPS)
    assert all(
        row.valid_from <= row.valid_to
        for row in MEMBERSHIPS
        if row.valid_from is not None and row.valid_to is not None
    )


def test_the_labels_are_those_of_the_notice():
    assert [REGION_SETS.label(code, "zh") for code in REGION_SETS.codes] == [
        "美国",
        "欧盟",
        "东盟",
        "RCEP成员国",
        "共建“一带一路”国家",
    ]


def test_the_version_changes_with_any_cell():
    row = {"set": "BRI", "iso2": "CO", "valid_from": "2025-05-14", "valid_to": "", "source": "press"}
    assert version_of([row]) == version_of([dict(row)])
    assert version_of([row]) != version_of([row | {"valid_to": "2026-12-31"}])
    assert len(VERSION) == 12
