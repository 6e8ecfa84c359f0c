"""Whose area counts, and in which cells."""

from __future__ import annotations

from warehouse_hub.core.clock import Month
from warehouse_hub.monitoring.rules.sites import (
    CellKey,
    Site,
    admission_order,
    cell_keys,
    counted,
    memberships,
)

OCTOBER = Month(2026, 10)


def test_only_sites_that_stand_and_are_operated_count():
    sites = [
        Site("A", "DE", "public", "operating"),
        Site("B", "DE", "public", None),
        Site("C", "DE", "public", "planned"),
        Site("D", "DE", "public", "under_construction"),
        Site("E", "DE", "public", "closed"),
        Site("F", "DE", "lead", "operating"),
    ]
    assert [site.id for site in counted(sites)] == ["A", "B"]


def test_a_third_partys_area_inside_a_listed_public_warehouse_adds_nothing():
    inside = Site("T", "DE", "third_party", site_group="P1")
    elsewhere = Site("U", "DE", "third_party", site_group="P2")
    house = Site("H", "DE", "public", site_group="P1")
    assert [site.id for site in counted([house, inside, elsewhere])] == ["H", "U"]
    closed = Site("H", "DE", "public", "closed", site_group="P1")
    assert [site.id for site in counted([closed, inside])] == ["T"]


def test_everything_but_the_record_classes_is_of_public_warehouses():
    sites = [
        Site("A", "DE", "public", district="airport"),
        Site("B", "DE", "self"),
        Site("C", "US", "public"),
    ]
    keys = cell_keys(sites)
    rows = dict(zip(keys, memberships(sites, keys, OCTOBER).tolist(), strict=True))
    assert rows[CellKey("total", "")] == [True, False, True]
    assert rows[CellKey("country", "DE")] == [True, False, False]
    assert rows[CellKey("region_set", "EU")] == [True, False, False]
    assert rows[CellKey("record_class", "self")] == [False, True, False]
    assert rows[CellKey("district", "airport")] == [True, False, False]
    assert rows[CellKey("district", "unknown")] == [False, False, True]


def test_region_sets_are_those_of_the_month():
    sites = [Site("A", "TL", "public")]
    keys = cell_keys(sites)
    asean = keys.index(CellKey("region_set", "ASEAN"))
    assert not memberships(sites, keys, Month(2025, 9))[asean].any()
    assert memberships(sites, keys, Month(2025, 10))[asean].all()


def test_the_total_is_let_into_print_first_and_large_countries_before_small_ones():
    sites = [Site("A", "DE", "public", registered_m2=10), Site("B", "PL", "public", registered_m2=20)]
    keys = cell_keys(sites)
    order = [keys[place] for place in admission_order(sites, keys)]
    assert order[0] == CellKey("total", "")
    assert order.index(CellKey("country", "PL")) < order.index(CellKey("country", "DE"))
