"""What a frame of the map shows, wherever it is put and however far it is zoomed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from search.map.map_samples import frame, located, lying_in, random_view, scattered, source_of
from search.map.map_strategies import boxes, relaxed, seeds, spreads, zooms
from search.map.plain_map import Place, by_place, lies_in, places_of, plain_map

from warehouse_hub.search.geography.shapes import Box
from warehouse_hub.search.map.drawing import MOST_FEATURES
from warehouse_hub.search.map.features import MapFeature, map_of


@relaxed
@given(seed=seeds, zoom=zooms, spread=spreads, box=boxes)
def test_the_map_is_that_of_going_through_the_cells_one_by_one(seed, zoom, spread, box):
    part = scattered(300, seed, spread)
    drawn = map_of(source_of(part), box, zoom, 0)
    assert drawn.zoom == zoom
    assert by_place(drawn.features) == by_place(plain_map(places_of(part), box, zoom))


@relaxed
@given(seed=seeds, zoom=st.integers(2, 20), x=st.floats(0, 1), y=st.floats(0, 0.9), width=st.floats(0, 0.5))
def test_a_part_of_the_map_is_drawn_as_in_the_whole(seed, zoom, x, y, width):
    part = scattered(300, seed, 2.0**-zoom)
    box = frame(x, x + width, y, y + width)
    drawn = map_of(source_of(part), box, zoom, 0)
    assert by_place(drawn.features) == by_place(plain_map(places_of(part), box, zoom))


def test_a_thousand_random_zooms_and_pans():
    rng = np.random.default_rng(20261122)
    parts = [scattered(count, seed, spread) for count, seed, spread in ((900, 1, 0.01), (4000, 2, 0.0001))]
    wholes: dict[tuple[int, int], set[tuple[float, float]]] = {}
    for turn in range(1000):
        part = parts[turn % 2]
        box, zoom = random_view(rng)
        drawn = map_of(source_of(part), box, zoom, 7)
        assert drawn.total == sum(feature.count for feature in drawn.features) == lying_in(box, part).sum()
        assert len(drawn.features) <= MOST_FEATURES
        assert drawn.zoom <= zoom
        assert drawn.without_coordinates == 7
        assert all(feature.count == sum(feature.by_record_class.values()) > 0 for feature in drawn.features)
        places = {(feature.latitude, feature.longitude) for feature in drawn.features}
        assert len(places) == len(drawn.features)
        if (turn % 2, drawn.zoom) not in wholes:
            whole = plain_map(places_of(part), None, drawn.zoom)
            wholes[turn % 2, drawn.zoom] = {(one.latitude, one.longitude) for one in whole}
        assert places <= wholes[turn % 2, drawn.zoom]


@relaxed
@given(
    seed=seeds,
    zoom=st.integers(3, 22),
    spread=spreads,
    x=st.floats(0, 1),
    y=st.floats(0, 0.8),
    pan=st.floats(-0.1, 0.1),
)
def test_panning_changes_nothing_that_stays_in_sight(seed, zoom, spread, x, y, pan):
    part = scattered(400, seed, spread)
    before, after = frame(x, x + 0.3, y, y + 0.2), frame(x + pan, x + pan + 0.3, y, y + 0.2)
    first, second, whole = (map_of(source_of(part), box, zoom, 0).features for box in (before, after, None))
    staying = [
        feature
        for feature in whole
        if all(lies_in(box, corner) for box in (before, after) for corner in corners(feature))
    ]
    assert all(feature in first and feature in second for feature in staying)


def corners(feature: MapFeature) -> list[Place]:
    box = feature.bounds or Box(feature.longitude, feature.latitude, feature.longitude, feature.latitude)
    return [
        Place(latitude, longitude, 0, "", 0, 0)
        for latitude, longitude in ((box.south, box.west), (box.north, box.east))
    ]


@pytest.mark.parametrize("box", [None, Box(-179, -85, 179, 85), Box(90, -60, -30, 70)])
@pytest.mark.parametrize("spread", ["even", "heaps"])
def test_a_crowded_map_is_drawn_at_the_next_zoom_that_has_room(box, spread):
    rng = np.random.default_rng(5)
    if spread == "even":
        part = located(rng.uniform(-80, 80, 12_000), rng.uniform(-180, 180, 12_000))
    else:
        part = scattered(12_000, 5, 0.05)
    drawn = map_of(source_of(part), box, 18, 0)
    assert len(drawn.features) <= MOST_FEATURES
    assert drawn.total == lying_in(box, part).sum()
    places = places_of(part)
    assert len(plain_map(places, box, drawn.zoom)) == len(drawn.features)
    assert all(len(plain_map(places, box, drawn.zoom + finer)) > MOST_FEATURES for finer in (1, 2, 3))


def test_zooms_beyond_the_scale_are_drawn_at_its_ends():
    source = source_of(located([10.0], [20.0]))
    assert [map_of(source, None, zoom, 0).zoom for zoom in (-3, 30)] == [0, 22]


def test_the_edges_of_a_box_are_inside():
    part = located([10.0, 20.0, 10.0, 20.0, 15.0], [30.0, 30.0, 40.0, 40.0, 35.0])
    assert map_of(source_of(part), Box(30, 10, 40, 20), 8, 0).total == 5
    just_less = Box(float(np.nextafter(30, 31)), 10, 40, float(np.nextafter(20, 19)))
    assert map_of(source_of(part), just_less, 8, 0).total == 2
