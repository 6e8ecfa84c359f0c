"""Boxes and polygons hold what plain arithmetic says they hold."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from search.geography.atlas import in_map_order, world

from warehouse_hub.search.geography.candidates import Candidates
from warehouse_hub.search.geography.inside import inside_box, inside_polygon
from warehouse_hub.search.geography.shapes import Box, Polygon
from warehouse_hub.search.geography.spans import spans_of


def inside(points, shape) -> list[int]:
    latitude, longitude = (np.array(column, float) for column in zip(*points, strict=True))
    test = inside_box if isinstance(shape, Box) else inside_polygon
    rows = test(latitude, longitude, Candidates.every(len(points)), shape)
    assert rows.dtype == np.uint32
    return rows.tolist()


def in_ring(latitude, longitude, points) -> bool:
    """The oracle, in whole eighths and fractions: whether a place is on the ring, or a line to the east crosses it an
    odd number of times; the ring is unrolled by the shorter way round and looked for in every turn."""
    ring = [(int(points[0][0] * 8), int(points[0][1] * 8))]
    for lat, lon in points[1:]:
        step = (int(lon * 8) - ring[-1][1]) % 2880
        ring.append((int(lat * 8), ring[-1][1] + (step if step <= 1440 else step - 2880)))
    turns = [int(longitude * 8) + 2880 * turn for turn in range(-9, 10)]
    west, east = min(x for _, x in ring), max(x for _, x in ring)
    return any(_crossed(int(latitude * 8), x, ring) for x in turns if west <= x <= east)


def _crossed(y, x, ring) -> bool:
    odd = False
    for (y0, x0), (y1, x1) in pairwise([*ring, ring[0]]):
        if not min(y0, y1) <= y <= max(y0, y1):
            continue
        if y0 == y1:
            if min(x0, x1) <= x <= max(x0, x1):
                return True
            continue
        crossing = x0 + Fraction(y - y0, y1 - y0) * (x1 - x0)
        if x == crossing:
            return True
        odd ^= x < crossing and (y0 > y) != (y1 > y)
    return odd


# On a grid, so that rings meet themselves and places fall on edges, and products of degrees are exact. An edge of
# half a turn exactly could go either way round: longitudes of a ring are even eighths, with an odd one now and then.
eighths = st.integers(-40, 40).map(lambda value: value / 8)
around = st.integers(-1440, 1439).map(lambda value: value / 8)
ring_points = st.lists(st.tuples(eighths, eighths), min_size=1, max_size=12)
wide_points = st.lists(st.tuples(eighths, around), min_size=1, max_size=12).filter(
    lambda points: all(abs(a[1] - b[1]) != 180 for a, b in pairwise(points))
)


def shifted(points, by):
    return [(lat, (lon + by + 180) % 360 - 180) for lat, lon in points]


@settings(max_examples=400, deadline=None)
@given(
    ring_points,
    st.lists(st.tuples(eighths, eighths), min_size=1, max_size=30),
    st.sampled_from([0, 45, 180, -179]),
)
def test_a_polygon_holds_what_even_odd_says_edges_included_wherever_on_earth(ring, places, by):
    ring, places = shifted(ring, by), [*shifted(places, by), *shifted(ring, by)]
    expected = [row for row, place in enumerate(places) if in_ring(*place, ring)]
    assert inside(places, Polygon(tuple(ring))) == expected
    assert inside(places, Polygon((*ring, ring[0]))) == expected
    assert set(range(len(places) - len(ring), len(places))) <= set(expected)


@settings(max_examples=400, deadline=None)
@given(wide_points, st.lists(st.tuples(eighths, around), min_size=1, max_size=30))
def test_a_ring_around_the_world_is_read_as_drawn(ring, places):
    expected = [row for row, place in enumerate(places) if in_ring(*place, ring)]
    assert inside(places, Polygon(tuple(ring))) == expected


def test_a_polygon_of_many_points_holds_a_disc():
    angles = np.linspace(0, 2 * np.pi, 2000, endpoint=False)
    disc = Polygon(tuple(zip(10 * np.sin(angles) + 40, 10 * np.cos(angles) + 175, strict=True)))
    random = np.random.default_rng(1)
    places = np.stack((random.uniform(28, 52, 5000), random.uniform(163, 187, 5000)), axis=1)
    away = np.hypot(places[:, 0] - 40, places[:, 1] - 175)
    places[:, 1] = (places[:, 1] + 180) % 360 - 180
    found = set(inside(places, disc))
    assert set(np.flatnonzero(away < 9.99).tolist()) <= found
    assert not found & set(np.flatnonzero(away > 10.0).tolist())


def test_a_polygon_across_the_antimeridian_holds_both_sides_of_it():
    fiji = Polygon(((-15.0, 176.0), (-15.0, -178.0), (-20.0, -178.0), (-20.0, 176.0)))
    assert inside([(-17.0, 179.0), (-17.0, -179.0), (-17.0, 180.0), (-17.0, -180.0)], fiji) == [0, 1, 2, 3]
    assert inside([(-17.0, 175.0), (-17.0, -177.0), (-17.0, 0.0), (-21.0, 180.0)], fiji) == []


def test_a_hole_is_outside_and_an_unknown_place_too():
    ring = (
        (0.0, 0.0),
        (0.0, 9.0),
        (9.0, 9.0),
        (9.0, 0.0),
        (0.0, 0.0),
        (3.0, 3.0),
        (6.0, 3.0),
        (6.0, 6.0),
        (3.0, 6.0),
    )
    holed = Polygon((*ring, (3.0, 3.0)))
    assert inside([(1.0, 8.0), (5.0, 5.0), (np.nan, np.nan), (1.0, np.nan), (np.nan, 8.0)], holed) == [0]


@given(st.floats(-180, 180), st.floats(-180, 180), st.floats(-90, 90), st.floats(-90, 90), st.integers(0, 3))
@settings(deadline=None)
def test_a_box_holds_its_edges_and_what_lies_between(west, east, south, north, seed):
    box = Box(west, min(south, north), east, max(south, north))
    places = world(200, seed)
    points = [*zip(places.latitude, places.longitude, strict=True), (box.south, west), (box.north, east)]
    expected = [
        row
        for row, (lat, lon) in enumerate(points)
        if box.south <= lat <= box.north
        and (west <= lon <= east if west <= east else lon >= west or lon <= east)
    ]
    assert inside(points, box) == expected
    assert {200, 201} <= set(expected)


def test_a_box_may_cross_the_antimeridian_and_reach_the_poles():
    points = [
        (0.0, 179.0),
        (0.0, -179.0),
        (0.0, 0.0),
        (0.0, 180.0),
        (0.0, -180.0),
        (90.0, 179.0),
        (-90.0, 180.0),
    ]
    assert inside(points, Box(178.0, -10.0, -178.0, 10.0)) == [0, 1, 3, 4]
    assert inside(points, Box(178.0, -90.0, -178.0, 90.0)) == [0, 1, 3, 4, 5, 6]
    assert inside([(np.nan, np.nan)], Box(-180.0, -90.0, 180.0, 90.0)) == []


@pytest.mark.parametrize(
    "polygon",
    [
        Polygon(((5.0, -20.0), (60.0, 0.0), (50.0, 60.0))),
        Polygon(((-40.0, 160.0), (40.0, 170.0), (30.0, -150.0), (-60.0, -170.0))),
    ],
)
def test_spans_of_a_polygon_hold_all_of_it(polygon):
    places, morton = in_map_order(world(20_000, 2))
    columns = places.latitude, places.longitude
    everywhere = inside_polygon(*columns, Candidates.every(20_000), polygon)
    spans = Candidates.in_spans(spans_of(morton, polygon.boxes()))
    assert inside_polygon(*columns, spans, polygon).tolist() == everywhere.tolist()
    assert len(everywhere) > 100
