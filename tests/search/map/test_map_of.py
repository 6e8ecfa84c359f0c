"""Bubbles and points of the map."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from search.map.map_samples import frame, located, lying_in, random_view, scattered, source_of
from search.map.plain_map import EVERYWHERE, Place, by_place, lies_in, pixels_apart, places_of, plain_map

from warehouse_hub.search.geography.shapes import Box
from warehouse_hub.search.map.bubbles import bubbles_of
from warehouse_hub.search.map.cells import occupied_cells
from warehouse_hub.search.map.drawing import MOST_FEATURES
from warehouse_hub.search.map.features import MOST_IDS_OF_A_POINT, MapFeature, map_of
from warehouse_hub.search.map.position import degrees_of
from warehouse_hub.search.map.region import Region, around, whole_world
from warehouse_hub.search.map.source import Located
from warehouse_hub.search.map.winners import BUBBLE_PX

relaxed = settings(deadline=None, max_examples=60)
spreads = st.sampled_from([0.0001, 0.001, 0.02, 0.2])
zooms = st.integers(0, 22)
seeds = st.integers(0, 1000)

BOXES = st.sampled_from(
    [
        None,
        EVERYWHERE,
        Box(-10, 40, 30, 60),
        Box(170, -45, -170, 45),
        Box(10, -90, 9, 90),
        Box(-180, 60, 180, 90),
        Box(0, -90, 180, -60),
        Box(180, -90, -180, 90),
        Box(50, 0, 51, 1),
    ]
)


@relaxed
@given(seed=seeds, zoom=zooms, spread=spreads, box=BOXES)
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


@relaxed
@given(seed=seeds, zoom=zooms, spread=spreads)
def test_no_two_bubbles_overlap(seed, zoom, spread):
    drawn = map_of(source_of(scattered(500, seed, spread)), None, zoom, 0)
    pixels = pixels_apart(drawn.features, drawn.zoom)
    assert pixels[~np.eye(len(pixels), dtype=bool)].min(initial=np.inf) >= BUBBLE_PX


def test_no_two_bubbles_overlap_by_less_than_a_unit_of_the_map():
    """Each place is known to a quarter of a pixel at the last zoom."""
    part = located(*degrees_of(2**31 + np.array([100.9, 308.1]) - 0.5, [2**31, 2**31]))
    assert part.map_x.tolist() == [2**31 + 100, 2**31 + 308]
    drawn = map_of(source_of(part), None, 22, 0)
    assert [feature.count for feature in drawn.features] == [2]


@settings(deadline=None, max_examples=300)
@given(seed=seeds, margin=st.integers(0, 3), count=st.sampled_from([100, 300, 1000]))
def test_what_a_small_region_settles_is_settled_for_good(seed, margin, count):
    rng = np.random.default_rng(seed)
    # Half of them on a grid, so that there are points among the bubbles.
    spots = np.where(
        rng.random((2, count)) < 0.5, rng.normal(0, 0.1, (2, count)), rng.integers(-9, 9, (2, count)) / 70
    )
    part, box = located(*spots), Box(-0.05, -0.05, 0.05, 0.05)
    near, world = around(box, 12, margin), whole_world(12)
    found = bubbles_of(occupied_cells([part], near, box), near)
    expected = bubbles_of(occupied_cells([part], world, box), world)
    assert found is None or found.tobytes() == expected.tobytes()
    assert expected is not None


def test_who_took_a_cell_is_open_while_a_stronger_one_may_have():
    """The middle heap is near both others, and the larger of these comes into sight last."""
    heaps = np.repeat([680, 724, 770], [5, 1, 9])
    part = located(*degrees_of(heaps * 2**14, np.full(15, 640 * 2**14)))
    box = Box(float(part.longitude.min()), -90, float(np.unique(part.longitude)[1]), 90)
    drawn = [
        bubbles_of(occupied_cells([part], region, box), region)
        for region in (Region(10, 9, columns, 8, 12) for columns in (3, 4, 5))
    ]
    assert drawn[:2] == [None, None]
    assert drawn[2]["inside"].tolist() == [5, 1]
    assert drawn[2]["count"].tolist() == [5, 9]


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


@pytest.mark.parametrize("length", [40, 41, 42])
def test_a_long_chain_of_neighbours_is_followed_out_of_sight(length):
    """Each heap is larger than the one before and too near to it, so the far end decides who wins at this end."""
    zoom, pixel = 10, 2**14
    heaps = np.repeat(np.arange(length), np.arange(1, length + 1))
    # 45 px apart on a slant, so that each heap has a cell to itself.
    x, y = (2000 * 64 + 10 + 32 * heaps) * pixel, (1500 * 64 + 42 + 32 * heaps) * pixel
    part = located(*degrees_of(x, y))
    assert len(map_of(source_of(part), None, zoom, 0).features) == (length + 1) // 2
    (west, east), (north, south) = ((each[[0, 9]] + [-16 * pixel, 16 * pixel]) / 2**32 for each in (x, y))
    box = frame(west, east, north, south)
    drawn = map_of(source_of(part), box, zoom, 0)
    assert drawn.total == 1 + 2 + 3 + 4
    assert by_place(drawn.features) == by_place(plain_map(places_of(part), box, zoom))


def test_cells_of_one_size_do_not_hang_on_the_far_end_of_their_row():
    """Many single listings at about the distance where bubbles touch: whoever decides is near by."""
    rng = np.random.default_rng(8)
    part = located(*degrees_of(*(rng.random((2, 60_000)) * [[2**28], [2**28]] + 2**30)))
    asked = []

    def source(box: Box | None) -> list[Located]:
        asked.append(box)
        return source_of(part)(box)

    for left in np.linspace(0.26, 0.29, 30):
        map_of(source, frame(left, left + 0.002, 0.27, 0.272), 13, 0)
    assert None not in asked
    assert len(asked) <= 45


def test_a_street_asks_for_its_surroundings_only():
    part, asked = scattered(1000, 1, 0.001), []

    def source(box: Box | None) -> list[Located]:
        asked.append(box)
        return source_of(part)(box)

    box = Box(9.98, 53.54, 10.02, 53.56)
    map_of(source, box, 16, 0)
    (around,) = asked
    assert 9.9 < around.west < box.west < box.east < around.east < 10.1
    assert 53.5 < around.south < box.south < box.north < around.north < 53.6


@relaxed
@given(seed=seeds, zoom=zooms, spread=spreads, box=BOXES)
def test_a_source_may_tell_more_than_it_is_asked(seed, zoom, spread, box):
    part = scattered(300, seed, spread)
    assert map_of(lambda _: [part], box, zoom, 0) == map_of(source_of(part), box, zoom, 0)


@relaxed
@given(seed=seeds, zoom=zooms, spread=spreads, box=BOXES, share=st.sampled_from([0.0, 0.1, 0.5, 1.0]))
def test_two_parts_are_drawn_as_one(seed, zoom, spread, box, share):
    whole = scattered(300, seed, spread)
    recent = np.random.default_rng(seed).random(300) < share
    base = replace(whole, rows=np.flatnonzero(~recent).astype("u4"))
    shuffled = np.random.default_rng(seed).permutation(np.flatnonzero(recent))
    columns = ("morton", "map_x", "map_y", "latitude", "longitude", "record_class")
    other = Located(
        **{name: getattr(whole, name)[shuffled] for name in columns},
        rows=np.arange(len(shuffled), dtype="u4"),
        ordered=False,
        ids=[whole.ids(row) for row in shuffled.tolist()].__getitem__,
    )
    drawn = map_of(source_of(base, other), box, zoom, 0)
    assert drawn == map_of(source_of(whole), box, zoom, 0)


def test_columns_in_a_file_are_drawn_as_those_in_memory(tmp_path):
    part = scattered(300, 4, 0.02)
    mapped = {}
    for name in ("morton", "map_x", "map_y", "latitude", "longitude", "record_class"):
        np.save(tmp_path / name, getattr(part, name))
        mapped[name] = np.load(tmp_path / f"{name}.npy", mmap_mode="r")
    for zoom in (2, 9, 22):
        assert map_of(source_of(replace(part, **mapped)), None, zoom, 0) == map_of(
            source_of(part), None, zoom, 0
        )


def test_only_the_rows_that_are_told_are_drawn():
    part = replace(scattered(300, 4, 0.02), rows=np.arange(0, 300, 3, dtype="u4"))
    drawn = map_of(source_of(part), None, 9, 0)
    assert drawn.total == 100
    assert by_place(drawn.features) == by_place(plain_map(places_of(part), None, 9))


@relaxed
@given(seed=seeds, zoom=zooms, spread=spreads, box=BOXES)
def test_opening_a_bubble_shows_all_that_is_in_it(seed, zoom, spread, box):
    part = scattered(200, seed, spread)
    inside = [place for place in places_of(part) if lies_in(box, place)]
    for feature in map_of(source_of(part), box, zoom, 0).features:
        if feature.bounds is not None:
            assert sum(lies_in(feature.bounds, place) for place in inside) >= feature.count


def test_bounds_run_across_the_antimeridian():
    part = located([-17.0, -17.5, -17.0], [179.9, -179.8, 179.95])
    (bubble,) = map_of(source_of(part), None, 4, 0).features
    assert (bubble.count, bubble.ids) == (3, ())
    assert bubble.bounds == Box(179.9, -17.5, -179.8, -17.0)
    opened = map_of(source_of(part), bubble.bounds, 12, 0)
    assert (opened.total, len(opened.features)) == (3, 3)


def test_the_antimeridian_itself_is_one_place_on_the_map():
    part = located([10.0, 10.0, 10.0], [180.0, -180.0, 180.0])
    (bubble,) = map_of(source_of(part), None, 22, 0).features
    assert bubble.bounds == Box(180.0, 10.0, -180.0, 10.0)
    assert map_of(source_of(part), bubble.bounds, 22, 0).total == 3


@pytest.mark.parametrize("latitude", [90.0, -90.0])
@pytest.mark.parametrize("zoom", [0, 5, 22])
def test_a_pole_has_no_neighbours_beyond_it(latitude, zoom):
    part = located([latitude, latitude, -latitude], [10.0, 100.0, 10.0])
    drawn = map_of(source_of(part), Box(0, latitude - 1, 50, latitude + 1), zoom, 0)
    assert [(one.latitude, one.longitude, one.count) for one in drawn.features] == [(latitude, 10.0, 1)]


@pytest.mark.parametrize("zoom", [0, 7, 22])
def test_listings_at_one_place_are_a_point_with_their_ids(zoom):
    names = [f"W{number:03}" for number in range(250)]
    part = located([53.5511] * 250, [9.9937] * 250, record_class=[0] * 200 + [4] * 50, ids=names)
    (point,) = map_of(source_of(part), None, zoom, 0).features
    assert (point.latitude, point.longitude, point.count, point.bounds) == (53.5511, 9.9937, 250, None)
    assert point.by_record_class == {"public": 200, "lead": 50}
    assert point.ids == tuple(names[:MOST_IDS_OF_A_POINT])
    few = replace(part, rows=np.array([7, 3, 240], "u4"), ordered=False)
    assert map_of(source_of(few), None, zoom, 0).features[0].ids == ("W003", "W007", "W240")


def test_a_place_with_others_out_of_the_box_is_no_point():
    """Its bubble holds them too, wherever the map is scrolled to."""
    part = located([10.0, 10.0], [20.0, 20.0001])
    box = Box(19.9999, 9.9, 20.00005, 10.1)
    (bubble,) = map_of(source_of(part), box, 10, 0).features
    assert (bubble.count, bubble.ids, bubble.bounds) == (1, (), Box(20.0, 10.0, 20.0, 10.0))


def test_the_edges_of_a_box_are_inside():
    part = located([10.0, 20.0, 10.0, 20.0, 15.0], [30.0, 30.0, 40.0, 40.0, 35.0])
    assert map_of(source_of(part), Box(30, 10, 40, 20), 8, 0).total == 5
    just_less = Box(float(np.nextafter(30, 31)), 10, 40, float(np.nextafter(20, 19)))
    assert map_of(source_of(part), just_less, 8, 0).total == 2


@pytest.mark.parametrize("parts", [[], [located([], [])], [located([], []), located([], [], ordered=False)]])
@pytest.mark.parametrize("box", [None, Box(0, 0, 1, 1)])
def test_an_empty_map(parts, box):
    assert map_of(lambda _: parts, box, 9, 3).geojson() == {
        "type": "FeatureCollection",
        "features": [],
        "total": 0,
        "without_coordinates": 3,
        "zoom": 9,
    }


def test_zooms_beyond_the_scale_are_drawn_at_its_ends():
    source = source_of(located([10.0], [20.0]))
    assert [map_of(source, None, zoom, 0).zoom for zoom in (-3, 30)] == [0, 22]


def test_the_map_as_geojson():
    part = located(
        [53.5511, 53.5511, 10.0, 10.0], [9.9937, 9.9937, -10.0, -10.5], record_class=[0, 4, 2, 2], ids="ABCD"
    )
    bubble, point = map_of(source_of(part), None, 6, 0).geojson()["features"]
    if bubble["properties"]["kind"] == "point":
        bubble, point = point, bubble
    assert point == {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [9.9937, 53.5511]},
        "properties": {
            "kind": "point",
            "count": 2,
            "by_record_class": {"public": 1, "lead": 1},
            "ids": ["A", "B"],
        },
    }
    longitude, latitude = bubble["geometry"]["coordinates"]
    assert (longitude, latitude) == pytest.approx((-10.25, 10.0), abs=1e-6)
    assert bubble["properties"] == {
        "kind": "cluster",
        "count": 2,
        "by_record_class": {"third_party": 2},
        "ids": [],
        "bounds": [-10.5, 10.0, -10.0, 10.0],
    }
