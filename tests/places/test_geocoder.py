"""A place is either certain, or a person is asked."""

from __future__ import annotations

import pytest
from geopy.geocoders.base import Geocoder

from warehouse_hub.places.geocoder import Ambiguous, Located, NotLocated, OfflineGeocoder, locate


@pytest.mark.parametrize("name", ["Ontario", "Springfield", "Birmingham", "伯明翰", "Moscow", "Washington"])
def test_an_ambiguous_name_is_reported_with_its_candidates(name):
    outcome = locate(name)
    assert isinstance(outcome, Ambiguous)
    assert len(outcome.candidates) >= 2


@pytest.mark.parametrize(
    ("text", "country", "subdivision"),
    [
        ("Ontario, CA", "US", "CA"),
        ("Ontario, California", "US", "CA"),
        ("Ontario, Canada", "CA", "ON"),
        ("London, Ontario", "CA", "ON"),
        ("Birmingham, UK", "GB", "ENG"),
        ("Birmingham, AL", "US", "AL"),
        ("Paris, TX", "US", "TX"),
        ("汉堡（德国）", "DE", "HH"),
        ("728 W Rider St, Perris, CA 92571", "US", "CA"),
        ("New York", "US", "NY"),
        ("Frankfurt", "DE", "HE"),
    ],
)
def test_what_stands_around_a_name_decides_which_one_is_meant(text, country, subdivision):
    outcome = locate(text)
    assert isinstance(outcome, Located)
    assert (outcome.place.country, outcome.place.subdivision) == (country, subdivision)
    assert outcome.place.kind != "region" or text == "Ontario, Canada"


def test_a_country_column_decides_as_well():
    assert isinstance(locate("Birmingham", country="GB"), Located)
    assert isinstance(locate("Birmingham", country="US"), Ambiguous)
    assert isinstance(locate("Birmingham", country="US", subdivision="AL"), Located)


@pytest.mark.parametrize("text", ["汉堡, 美国", "north of Frankfurt", "Georgia", "", "Hamburg, Spain"])
def test_a_contradiction_or_a_mere_country_is_not_located(text):
    assert isinstance(locate(text), NotLocated)


def test_two_sites_in_one_cell_are_no_single_place():
    outcome = locate("Savannah, GA; Dallas, TX", country="US")
    assert isinstance(outcome, Ambiguous)
    assert [place.name for place in outcome.candidates] == ["Savannah", "Dallas"]


def test_the_parts_that_were_not_read_are_told():
    outcome = locate("Apollo 7, Ansty Park, Coventry", country="GB")
    assert isinstance(outcome, Located)
    assert outcome.place.name == "Coventry"
    assert outcome.ignored == ("Apollo 7", "Ansty Park")


def test_brackets_explain_the_name_before_them():
    outcome = locate("Grâce-Hollogne (Liège Airport)", country="BE")
    assert isinstance(outcome, Located)
    assert outcome.place.name == "Grâce-Hollogne"


def test_an_area_and_a_state_are_as_exact_as_a_region():
    for text, country in [("Wrocław area", "PL"), ("New Jersey", "US"), ("Karakalpakstan", "UZ")]:
        outcome = locate(text, country=country)
        assert isinstance(outcome, Located)
        assert outcome.precision == "region"


def test_a_port_and_its_town_are_one_place():
    outcome = locate("Port Said")
    assert isinstance(outcome, Located)
    assert outcome.place.country == "EG"


def test_the_geocoder_is_a_geopy_geocoder_and_says_how_sure_it_is():
    geocoder = OfflineGeocoder()
    assert isinstance(geocoder, Geocoder)
    location = geocoder.geocode("Birmingham")
    assert location.raw["country"] == "GB"
    assert location.raw["ambiguous"]
    assert location.raw["candidates"] == len(geocoder.geocode("Birmingham", exactly_one=False))
    certain = geocoder.geocode("伯明翰", country="GB")
    assert (certain.raw["provider"], certain.raw["precision"], certain.raw["candidates"]) == (
        "gazetteer:geonames",
        "city",
        1,
    )
    assert certain.latitude == pytest.approx(52.48, abs=0.01)
    assert geocoder.geocode("Nowhereville") is None


def test_reverse_finds_the_nearest_town_even_across_the_antimeridian():
    geocoder = OfflineGeocoder()
    assert geocoder.reverse((51.432, 6.765)).raw["name"] == "Duisburg"
    suva = geocoder.reverse((-16.8, -179.95))
    assert suva.raw["country"] == "FJ"
    assert suva.raw["distance_km"] < 150
    assert len(geocoder.reverse("51.432, 6.765", exactly_one=False, limit=3)) == 3
