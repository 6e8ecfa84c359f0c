"""How far places reach."""

from __future__ import annotations

import csv

import pytest

from warehouse_hub.places.gazetteer import default_gazetteer
from warehouse_hub.search.language import reach
from warehouse_hub.search.language.reach import NEAR_KM, Circle, Outline, reach_of


def regions():
    return default_gazetteer().of_kind("region", supplement_only=True)


def test_every_region_of_the_file_is_a_region_of_the_gazetteer():
    with reach._REACH_FILE.open(encoding="utf-8", newline="") as lines:
        named = {row["region"] for row in csv.DictReader(lines)}
    assert named <= {region.id for region in regions()}


def test_every_region_reaches_farther_than_nothing():
    for region in regions():
        land = reach_of(region)
        circle = land.circle if isinstance(land, Outline) else land
        assert circle.km > 0, region.name


def test_a_region_without_a_state_has_its_radius_from_the_file():
    unknown = [
        region.name
        for region in regions()
        if region.subdivision is None and region.id not in reach._parts_of_states()
    ]
    assert unknown == []


@pytest.mark.parametrize(("name", "country"), [("Hamburg", "DE"), ("Perris", "US")])
def test_a_town_has_its_surroundings(name, country):
    (town,) = default_gazetteer().find(name, country=country)[:1]
    assert reach_of(town) == Circle((town.latitude, town.longitude), NEAR_KM)


def test_the_outline_of_a_state_holds_all_its_towns():
    (texas,) = (place for place in default_gazetteer().find("Texas") if place.kind == "region")
    corners = reach_of(texas).corners
    towns = [
        town
        for town in default_gazetteer().largest(at_least=0)
        if (town.country, town.subdivision) == ("US", "TX")
    ]
    assert len(towns) > 100
    for town in towns:
        assert all(
            (b[0] - a[0]) * (town.longitude - a[1]) - (b[1] - a[1]) * (town.latitude - a[0]) >= 0
            for a, b in zip(corners, (*corners[1:], corners[0]), strict=True)
        ), town.name
