"""What was understood, as a query and as chips that can be taken off."""

from __future__ import annotations

import pytest

from warehouse_hub.search.language.reach import Outline
from warehouse_hub.search.language.understanding import understand
from warehouse_hub.search.query import SearchQuery


def applied(text: str, **asked) -> SearchQuery:
    return understand(text).applied_to(SearchQuery(q=text, **asked))


def test_every_filter_finds_its_place_in_the_query():
    query = applied(
        "德国 欧盟 一件代发 冷链 家具 亚马逊 公共仓 -波兰 -东盟 -危险品 -玩具 -虾皮 -自用仓"
        " area:1000-5000 city:汉堡 grade:verified 甲乙"
    )
    assert query == SearchQuery(
        q="甲乙",
        literal=True,
        country=("DE",),
        region_set=("EU",),
        service=("dropship", "cold"),
        goods=("furniture",),
        platform=("amazon",),
        record_class=("public",),
        not_country=("PL",),
        not_region_set=("ASEAN",),
        not_service=("hazmat",),
        not_goods=("toys",),
        not_platform=("shopee",),
        not_record_class=("self",),
        min_available_m2=1000,
        max_available_m2=5000,
        city=("DE/hamburg",),
        grade=("verified",),
    )


def test_codes_join_those_that_were_ticked():
    query = applied("德国 冷链", country=("PL", "DE"), service=("bonded",))
    assert query.country == ("PL", "DE")
    assert query.service == ("bonded", "cold")


def test_the_narrower_bound_holds():
    query = applied("area:>5000 area:<9000", min_available_m2=6000.0, max_available_m2=20_000.0)
    assert (query.min_available_m2, query.max_available_m2) == (6000, 9000)


def test_several_places_are_centres_of_one_radius():
    query = applied("汉堡 50km 鹿特丹", near=(1.0, 2.0))
    assert query.centres == ((1.0, 2.0), (53.55073, 9.99302), (51.9225, 4.47917))
    assert query.within_km == 100


def test_a_radius_that_was_set_stays():
    assert applied("汉堡 50km", near=(1.0, 2.0), within_km=7.0).within_km == 7


def test_a_state_alone_is_its_land_in_its_country():
    query = applied("加州")
    assert len(query.polygon) >= 3
    assert query.country == ("US",)
    assert query.near is None


def test_a_state_among_other_places_is_a_centre_that_reaches_over_it():
    query = applied("新泽西 洛杉矶")
    assert query.polygon == ()
    assert len(query.centres) == 2
    assert query.within_km >= 100


def test_a_polygon_that_was_drawn_stays():
    drawn = ((0.0, 0.0), (0.0, 1.0), (1.0, 1.0))
    assert applied("加州", polygon=drawn).polygon == drawn


def test_only_text_keeps_the_mark_that_it_is_literal():
    assert applied("德国 甲乙").literal
    assert not applied("德国").literal
    assert applied("德国").q == ""


@pytest.mark.parametrize(
    ("text", "taken_off", "left"),
    [
        ("德国汉堡仓", 1, "德国 仓"),
        ("cold storage in Los Angeles 50km", 1, "cold storage in"),
        ("country:德国 -危险品 甲", 1, "country:德国 甲"),
        ("德国", 0, ""),
    ],
)
def test_a_chip_takes_its_words_along(text, taken_off, left):
    understood = understand(text)
    assert understood.without(understood.pieces[taken_off]) == left


def test_the_land_of_a_state_reaches_to_its_towns_and_not_into_the_desert_behind():
    (california,) = understand("加州").filters
    assert isinstance(california.value, Outline)
    assert holds(california.value, 34.05, -118.24)
    assert holds(california.value, 40.58, -122.39)
    assert not holds(california.value, 36.17, -115.14)


def holds(outline: Outline, north: float, east: float) -> bool:
    inside = False
    corners = outline.corners
    for (y1, x1), (y2, x2) in zip(corners, (*corners[1:], corners[0]), strict=True):
        if (y1 > north) != (y2 > north) and east < (x2 - x1) * (north - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside
