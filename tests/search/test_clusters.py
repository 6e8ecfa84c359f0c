"""Bubbles and points of the map."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from builders import hamburg_bonded, publish
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from search.oracle import results, unplaced

from warehouse_hub.search.clusters import BUBBLE_PX, MOST_FEATURES, WORLD, Frame, bubbles
from warehouse_hub.search.engine import SearchEngine
from warehouse_hub.search.geography import Box, mercator
from warehouse_hub.search.map_features import map_features
from warehouse_hub.search.query import SearchQuery

boxes = st.sampled_from(
    [
        None,
        Box(-180, -90, 180, 90),
        Box(-10, 40, 30, 60),
        Box(6.0, 51.0, 10.0, 54.0),
        Box(170, -45, -170, -10),
        Box(-118.3, 33.7, -118.2, 33.8),
        Box(50, 0, 51, 1),
    ]
)
filters = st.sampled_from(
    [
        SearchQuery(),
        SearchQuery(q="仓储"),
        SearchQuery(region_set=("EU",)),
        SearchQuery(record_class=("public", "lead")),
    ]
)
relaxed = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def scattered(count: int, seed: int, spread: float) -> tuple[np.ndarray, np.ndarray]:
    """Points in heaps of very different size, some on the very same spot, around the antimeridian too."""
    rng = np.random.default_rng(seed)
    middles = rng.random((12, 2))
    middles[0] = (0.0, 0.5)
    heap = np.minimum(rng.geometric(0.3, count) - 1, 11)
    places = middles[heap] + rng.normal(0, spread, (count, 2)) * (rng.random((count, 1)) < 0.8)
    return places[:, 0] % 1.0, np.clip(places[:, 1], 0.01, 0.99)


def one_by_one(x: np.ndarray, y: np.ndarray, zoom: int) -> dict[int, tuple[float, float]]:
    """The same clustering in the plainest way: cells from large to small, each takes what is near and still free."""
    size = 256 * 2**zoom // BUBBLE_PX
    column = np.minimum((x * size).astype(int), size - 1)
    line = np.minimum((y * size).astype(int), size - 1)
    cells: dict[int, list[int]] = {}
    for point, key in enumerate((line * size + column).tolist()):
        cells.setdefault(key, []).append(point)
    middle = {key: (x[points].mean(), y[points].mean()) for key, points in cells.items()}
    placed: dict[int, tuple[float, float]] = {}
    free = sorted(cells, key=lambda key: (-len(cells[key]), key))
    while free:
        winner = free[0]
        taken = [key for key in free if apart(middle[winner], middle[key], zoom) < BUBBLE_PX]
        for key in taken:
            placed |= dict.fromkeys(cells[key], middle[winner])
        free = [key for key in free if key not in taken]
    return placed


def apart(first, second, zoom: int) -> float:
    """The distance in pixels, the short way around the world."""
    dx = first[0] - second[0]
    return float(np.hypot(dx - round(dx), first[1] - second[1]) * 256 * 2**zoom)


@relaxed
@given(seed=st.integers(0, 1000), zoom=st.integers(0, 9), spread=st.sampled_from([0.001, 0.02, 0.2]))
def test_bubbles_are_those_of_going_through_the_cells_one_by_one(seed, zoom, spread):
    x, y = scattered(300, seed, spread)
    drawn = bubbles(x, y, np.ones(300, bool), WORLD, zoom)
    expected = one_by_one(x, y, zoom)
    for point in range(300):
        bubble = drawn.of_point[point]
        assert (drawn.x[bubble], drawn.y[bubble]) == pytest.approx(expected[point])


@relaxed
@given(seed=st.integers(0, 1000), zoom=st.integers(2, 14), left=st.floats(0, 1), top=st.floats(0, 0.8))
def test_scrolling_moves_no_bubble(seed, zoom, left, top):
    x, y = scattered(400, seed, 0.02)
    everything = bubbles(x, y, np.ones(400, bool), WORLD, zoom)
    frame = Frame(left, 0.15, top, top + 0.2)
    inside = ((x - left) % 1.0 <= 0.15) & (y >= top) & (y <= top + 0.2)
    part = bubbles(x, y, inside, frame, zoom)
    for point in range(400):
        if not inside[point]:
            assert part.of_point[point] == -1
            continue
        ours, whole = part.of_point[point], everything.of_point[point]
        assert (part.x[ours], part.y[ours]) == (everything.x[whole], everything.y[whole])
        assert part.single[ours] == everything.single[whole]


@relaxed
@given(seed=st.integers(0, 1000), zoom=st.integers(0, 16), spread=st.sampled_from([0.0001, 0.01, 0.2]))
def test_no_two_bubbles_overlap(seed, zoom, spread):
    x, y = scattered(500, seed, spread)
    drawn = bubbles(x, y, np.ones(500, bool), WORLD, zoom)
    places = list(zip(drawn.x, drawn.y, strict=True))
    for number, place in enumerate(places):
        assert all(apart(place, other, zoom) >= BUBBLE_PX - 1e-6 for other in places[:number])


def test_a_crowded_map_is_drawn_coarser():
    rng = np.random.default_rng(5)
    x, y = rng.random(30_000), rng.random(30_000)
    drawn = bubbles(x, y, np.ones(30_000, bool), WORLD, 18)
    assert len(drawn.x) <= MOST_FEATURES
    assert drawn.zoom < 18
    assert np.bincount(drawn.of_point).sum() == 30_000


@relaxed
@given(query=filters, box=boxes, zoom=st.integers(0, 18))
def test_counts_add_up_to_the_results_in_the_box(fleet, query, box, zoom):
    boxed = replace(query, bbox=box)
    drawn = map_features(fleet.engine, boxed, zoom)
    placed = {listing.id: listing for listing in fleet.listings if listing.latitude is not None}
    expected = results(fleet.listings, boxed) & placed.keys()
    assert drawn.total == sum(feature.count for feature in drawn.features) == len(expected)
    assert drawn.without_coordinates == sum(unplaced(listing, query) for listing in fleet.listings)
    assert drawn.total == fleet.engine.search(boxed).total - (drawn.without_coordinates if box is None else 0)
    classes = Counter()
    for feature in drawn.features:
        classes.update(feature.by_record_class)
        assert sum(feature.by_record_class.values()) == feature.count
        for id_ in feature.ids:
            assert (placed[id_].latitude, placed[id_].longitude) == (feature.latitude, feature.longitude)
    assert classes == Counter(placed[id_].record_class for id_ in expected)


def test_a_single_listing_is_a_point_at_its_own_place(sqlite_database, index_dir):
    publish(sqlite_database, "W1", hamburg_bonded())
    publish(sqlite_database, "W2", hamburg_bonded(name_zh="同一处"))
    publish(sqlite_database, "W3", hamburg_bonded(name_zh="无坐标", latitude=None, longitude=None))
    publish(sqlite_database, "W4", hamburg_bonded(name_zh="远处", latitude=10.0, longitude=-10.0))
    drawn = map_features(SearchEngine(sqlite_database, index_dir), SearchQuery(), 6)
    features = {feature["properties"]["ids"][0]: feature for feature in drawn.geojson()["features"]}
    assert features["W1"]["geometry"]["coordinates"] == [9.9937, 53.5511]
    assert features["W1"]["properties"]["ids"] == ["W1", "W2"]
    assert features["W1"]["properties"] | {"ids": []} == {
        "kind": "point",
        "count": 2,
        "by_record_class": {"public": 2},
        "ids": [],
    }
    assert features["W4"]["geometry"]["coordinates"] == [-10.0, 10.0]
    assert (drawn.total, drawn.without_coordinates) == (3, 1)


def test_opening_a_bubble_shows_all_that_is_in_it(sqlite_database, index_dir):
    for number, longitude in enumerate((179.9, -179.8, 179.95)):
        publish(sqlite_database, f"W{number}", hamburg_bonded(latitude=-17.0, longitude=longitude))
    engine = SearchEngine(sqlite_database, index_dir)
    (bubble,) = map_features(engine, SearchQuery(), 4).features
    assert bubble.count == 3
    assert bubble.bounds.west == pytest.approx(179.9)
    assert bubble.bounds.east == pytest.approx(-179.8)
    # The edges went through map coordinates and back, so they may be off by the last digit.
    wider = replace(bubble.bounds, west=bubble.bounds.west - 1e-9, east=bubble.bounds.east + 1e-9)
    opened = map_features(engine, SearchQuery(bbox=wider), 12)
    assert (opened.total, len(opened.features)) == (3, 3)


def test_mercator_agrees_with_the_tiles_of_the_map():
    assert mercator(0.0, 0.0) == (0.5, 0.5)
    assert mercator(85.0511287798066, -180.0) == pytest.approx((0.0, 0.0), abs=1e-12)


@pytest.mark.parametrize("length", [40, 41, 42])
def test_a_long_chain_of_neighbours_is_followed_out_of_sight(length):
    """Each heap is larger than the one before and too near to it, so the far end decides who wins at this end."""
    zoom, step, cell = 10, 51.9 / (256 * 2**10), 1 / 5041
    heaps = np.repeat(np.arange(length), np.arange(1, length + 1))
    # A little less than a cell apart and late in the first one, so that each heap has a cell to itself.
    start = 1500.9 * cell
    x, y = start + heaps * step, np.full(len(heaps), 0.4)
    everything = bubbles(x, y, np.ones(len(heaps), bool), WORLD, zoom)
    assert len(everything.x) == (length + 1) // 2
    frame = Frame(start - step, 4 * step, 0.399, 0.401)
    part = bubbles(x, y, x < frame.x + frame.x_span, frame, zoom)
    shown = np.flatnonzero(part.of_point >= 0)
    assert len(shown) == 1 + 2 + 3 + 4
    assert part.x[part.of_point[shown]].tolist() == everything.x[everything.of_point[shown]].tolist()
