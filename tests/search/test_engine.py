"""The engine against a search that goes through every listing."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise

import pytest
from builders import hamburg_bonded, noon, publish
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from search.fleet import TOWNS, WORDS, publish_fleet, reword, take_out
from search.oracle import FACET_CODES, facets, results, unplaced

from warehouse_hub.core.errors import InvalidInput
from warehouse_hub.places.distance import geodesic_km
from warehouse_hub.search.cursor import Cursor
from warehouse_hub.search.engine import SearchEngine
from warehouse_hub.search.geography.shapes import Box
from warehouse_hub.search.query import SORTS, SearchQuery
from warehouse_hub.search.rows.names import name_key
from warehouse_hub.search.text.bm25f import ONE
from warehouse_hub.vocabulary.codes import EVIDENCE_GRADES, GOODS_CLASSES, PLATFORMS, RECORD_CLASSES, SERVICES


def some_of(codes, most=3):
    return st.lists(st.sampled_from(codes), unique=True, max_size=most).map(tuple)


texts = st.lists(
    st.sampled_from([*WORDS, "汉堡", "Łódź", "海外仓", "德国海外仓", "site", "号", "nowhere"]), max_size=2
)
points = st.sampled_from([(town[3], town[4]) for town in TOWNS])
boxes = st.builds(
    Box,
    st.sampled_from([-180.0, -20.0, 175.0]),
    st.just(-60.0),
    st.sampled_from([180.0, 30.0, -170.0]),
    st.just(60.0),
)
queries = st.builds(
    SearchQuery,
    q=texts.map(" ".join),
    literal=st.just(True),
    country=some_of([town[0] for town in TOWNS[::2]], 2),
    region_set=some_of(["US", "EU", "ASEAN", "RCEP", "BRI"], 2),
    service=some_of(SERVICES.codes, 1),
    service_any=some_of(SERVICES.codes),
    goods=some_of(GOODS_CLASSES.codes, 8),
    platform=some_of(PLATFORMS.codes, 8),
    record_class=some_of(RECORD_CLASSES.codes),
    min_available_m2=st.none() | st.sampled_from([0.0, 1000.0, 5000.0]),
    near=st.none() | points,
    within_km=st.none() | st.sampled_from([0.0, 50.0, 500.0, 9000.0]),
    bbox=st.none() | boxes,
    dataset=st.sampled_from(["real", "real", "demo"]),
    sort=st.none() | st.sampled_from(SORTS),
).map(lambda query: query if query.near else replace(query, within_km=None, sort=None))

thorough = settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@thorough
@given(query=queries)
def test_every_filter_keeps_what_going_through_all_listings_keeps(fleet, query):
    found = fleet.engine.search(query)
    expected = results(fleet.listings, query)
    assert set(fleet.engine.match_ids(query)) == expected
    assert found.total == len(expected)
    assert found.without_coordinates == sum(unplaced(listing, query) for listing in fleet.listings)


@settings(parent=thorough, max_examples=25)
@given(query=queries)
def test_a_facet_count_is_the_total_of_choosing_that_value(fleet, query):
    assert fleet.engine.search(query, facets=FACET_CODES).facets == facets(fleet.listings, query)


@settings(parent=thorough, max_examples=40)
@given(query=queries, limit=st.integers(1, 100))
def test_pages_follow_one_another_without_a_gap_or_a_repeat(fleet, query, limit):
    page, seen = replace(query, limit=limit), []
    # Bounded, so that a page that never ends fails instead of hanging.
    for _ in range(fleet.engine.search(query).total // limit + 2):
        found = fleet.engine.search(page, facets=())
        seen += [item.id for item in found.items]
        if found.next_cursor is None:
            break
        page = replace(page, cursor=found.next_cursor)
    assert seen == fleet.engine.match_ids(query)
    assert found.total == len(seen)


def test_every_sort_orders_by_what_it_names(fleet):
    of = {listing.id: listing for listing in fleet.listings}
    near = (53.5, 10.0)

    def ordered(sort):
        query = SearchQuery(sort=sort, near=near)
        return [of[listing_id] for listing_id in fleet.engine.match_ids(query)]

    def rising(keys):
        return all(first <= second for first, second in pairwise(keys))

    places = [(listing.latitude, listing.longitude) for listing in ordered("distance")]
    known = [place for place in places if place[0] is not None]
    assert known == places[: len(known)]
    assert rising([round(geodesic_km(near, place), 1) for place in known])
    areas = [listing.available_m2 for listing in ordered("available")]
    stated = [area for area in areas if area is not None]
    assert stated == areas[: len(stated)]
    assert rising([-area for area in stated])
    assert rising([-listing.published_at.timestamp() for listing in ordered("freshness")])
    assert rising([name_key(listing.name("zh")) for listing in ordered("name")])
    assert rising([-EVIDENCE_GRADES.codes.index(listing.grade) for listing in ordered("relevance")])


def test_names_are_ordered_by_pinyin_and_not_by_code_point():
    assert sorted(["重庆仓", "汉堡仓", "阿姆斯特丹仓", "Zeebrugge"], key=name_key) == [
        "阿姆斯特丹仓",
        "重庆仓",
        "汉堡仓",
        "Zeebrugge",
    ]


def test_the_printed_distance_is_the_geodesic(fleet):
    of = {listing.id: listing for listing in fleet.listings}
    near = (53.5, 10.0)
    items = fleet.engine.search(SearchQuery(near=near, limit=100)).items
    assert len(items) == 100
    for item in items:
        place = of[item.id].latitude, of[item.id].longitude
        assert item.distance_km == (None if place[0] is None else geodesic_km(near, place))


def test_the_order_stays_right_on_the_other_side_of_the_earth(sqlite_database, index_dir):
    """There a sphere puts the first before the second, while the shortest way to the second leads over a pole."""
    publish(sqlite_database, "W1", hamburg_bonded(name_zh="甲仓", latitude=0.0, longitude=179.0))
    publish(sqlite_database, "W2", hamburg_bonded(name_zh="乙仓", latitude=1.0, longitude=180.0))
    query = SearchQuery(near=(0.0, 0.0), sort="distance")
    engine = SearchEngine(sqlite_database, index_dir)
    assert [item.id for item in engine.search(query).items] == ["W2", "W1"]
    assert engine.match_ids(query) == ["W2", "W1"]


def test_a_name_weighs_more_than_a_mention(sqlite_database, index_dir):
    publish(sqlite_database, "W1", hamburg_bonded(name_zh="普通仓", description="离谷仓不远"))
    publish(sqlite_database, "W2", hamburg_bonded(name_zh="谷仓汉堡仓"))
    found = SearchEngine(sqlite_database, index_dir).search(SearchQuery(q="谷仓", literal=True))
    assert [item.id for item in found.items] == ["W2", "W1"]
    assert found.items[0].score > found.items[1].score > 0


def test_a_service_that_is_refused_or_unknown_is_not_found(sqlite_database, index_dir):
    publish(sqlite_database, "YES", hamburg_bonded(name_zh="甲仓", services={"cold": True}))
    publish(sqlite_database, "NO", hamburg_bonded(name_zh="乙仓", services={"cold": False}))
    publish(sqlite_database, "UNKNOWN", hamburg_bonded(name_zh="丙仓", services={}))
    engine = SearchEngine(sqlite_database, index_dir)
    for text in ("冷链", "冷库", "refrigerated"):
        assert engine.match_ids(SearchQuery(q=text, literal=True)) == ["YES"]
    assert engine.match_ids(SearchQuery(service=("cold",))) == ["YES"]


def test_the_two_datasets_never_meet(sqlite_database, index_dir):
    publish(sqlite_database, "W1", hamburg_bonded())
    publish(sqlite_database, "DEMO-DE-0001", hamburg_bonded(), dataset="demo", operator_id=None)
    engine = SearchEngine(sqlite_database, index_dir)
    for query in (
        SearchQuery(),
        SearchQuery(q="汉堡", literal=True),
        SearchQuery(ids=("W1", "DEMO-DE-0001")),
    ):
        assert engine.match_ids(query) == ["W1"]
        demo = engine.search(replace(query, dataset="demo"))
        assert [item.id for item in demo.items] == ["DEMO-DE-0001"]
        assert demo.facets["country"] == {"DE": 1}


def test_a_cursor_of_another_search_is_refused(fleet):
    cursor = fleet.engine.search(SearchQuery(limit=5)).next_cursor
    for broken in (SearchQuery(limit=5, country=("DE",), cursor=cursor), SearchQuery(cursor="nonsense")):
        with pytest.raises(InvalidInput):
            fleet.engine.search(broken)
    assert len(fleet.engine.search(SearchQuery(limit=9, cursor=cursor)).items) == 9


def test_a_cursor_before_all_distances_begins_with_the_nearest(fleet):
    query = SearchQuery(near=(53.5, 10.0), sort="distance", limit=3)
    first = fleet.engine.search(query)
    before = replace(Cursor.read(first.next_cursor), key=float("-inf"), tie=0).written()
    assert fleet.engine.search(replace(query, cursor=before)).items == first.items


def test_a_box_that_ends_at_the_antimeridian_holds_what_stands_on_it(sqlite_database, index_dir):
    publish(sqlite_database, "WEST", hamburg_bonded(latitude=-17.0, longitude=-180.0))
    publish(sqlite_database, "EAST", hamburg_bonded(latitude=-17.0, longitude=180.0))
    engine = SearchEngine(sqlite_database, index_dir)
    for written in ("179,-18,180,-16", "-180,-18,-179,-16", "180,-18,180,-16", "179,-18,-179,-16"):
        query = SearchQuery.from_params({"bbox": written})
        assert sorted(engine.match_ids(query)) == ["EAST", "WEST"], written


@pytest.mark.parametrize("order", SORTS)
def test_the_score_of_a_result_is_what_its_explanation_adds_up_to(fleet, order):
    for text in ("", "号 仓", "-恒温"):
        query = SearchQuery(q=text, literal=True, sort=order, near=(53.5, 10.0), limit=5)
        items = fleet.engine.search(query).items
        told = fleet.engine.explain(query, [item.id for item in items])
        assert items
        for item in items:
            assert item.score == pytest.approx(told[item.id].to_json()["points"] / ONE, abs=1e-6)


def test_a_page_goes_on_after_its_last_listing_left(sqlite_database, index_dir):
    publish_fleet(sqlite_database, 30)
    engine = SearchEngine(sqlite_database, index_dir)
    for sort in SORTS:
        query = SearchQuery(q="号", literal=True, sort=sort, near=(50.0, 8.0), limit=7)
        before = engine.match_ids(query)
        assert len(before) > 7
        first = engine.search(query)
        take_out(sqlite_database, first.items[-1].id)
        rest = engine.search(replace(query, limit=100, cursor=first.next_cursor))
        assert [item.id for item in rest.items] == before[7:]


def test_many_threads_see_whole_states(sqlite_database, index_dir):
    publish(sqlite_database, "W1", hamburg_bonded())
    engine = SearchEngine(sqlite_database, index_dir)
    query = SearchQuery(q="汉堡", literal=True)

    def look(_):
        found = engine.search(query)
        return found.total, len(found.items), found.facets["country"]

    with ThreadPoolExecutor(6) as pool:
        looks = pool.map(look, range(300))
        for number in range(25):
            reword(sqlite_database, "W1", hamburg_bonded(description=f"第{number}次"))
        seen = Counter((total, items, tuple(facet.items())) for total, items, facet in looks)
    assert set(seen) == {(1, 1, (("DE", 1),))}


def test_rows_of_the_past_are_dropped_in_the_end(sqlite_database, index_dir):
    publish(sqlite_database, "W1", hamburg_bonded())
    publish(sqlite_database, "W2", hamburg_bonded(name_zh="另一个"))
    engine = SearchEngine(sqlite_database, index_dir, clock=noon)
    most = 0
    for number in range(1100):
        reword(sqlite_database, "W1", hamburg_bonded(description=f"恒温{number}"))
        most = max(most, len(engine.view().recent))
    assert most < 1100
    assert engine.match_ids(SearchQuery(q="恒温", literal=True)) == ["W1"]
    assert set(engine.match_ids(SearchQuery(q="汉堡", literal=True))) == {"W1", "W2"}
