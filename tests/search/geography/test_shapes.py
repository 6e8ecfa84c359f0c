"""The boxes of a shape hold all of it, across the antimeridian and around the poles."""

from __future__ import annotations

import numpy as np
import pytest
from geopy.distance import geodesic
from hypothesis import example, given, settings
from hypothesis import strategies as st

from warehouse_hub.search.geography.shapes import Box, Circle, Polygon


def holds(boxes, latitude, longitude) -> bool:
    return any(box.south <= latitude <= box.north and box.west <= longitude <= box.east for box in boxes)


@settings(max_examples=400, deadline=None)
@example(51.0, 180.0, 1.0, 0.0)
@example(89.0, 0.0, 200.0, 0.0)
@example(-90.0, 0.0, 10.0, 0.0)
@example(0.0, 0.0, 20_100.0, 0.0)
@example(60.0, 10.0, 3320.0, 90.0)
@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(0, 20_000), st.floats(0, 360))
def test_whatever_is_within_a_circle_is_in_its_boxes(latitude, longitude, km, bearing):
    boxes = Circle(latitude, longitude, km).boxes()
    for part in (0.3, 0.999999, 1.0):
        there = geodesic(kilometers=km * part).destination((latitude, longitude), bearing)
        assert holds(boxes, there.latitude, there.longitude)


def test_a_circle_is_held_tightly():
    (box,) = Circle(52.0, 5.0, 100.0).boxes()
    assert box.north - box.south == pytest.approx(2 * 100 / 111.25, rel=0.01)
    assert box.east - box.west == pytest.approx(2 * 100 / 68.7, rel=0.01)


def test_a_circle_across_the_antimeridian_is_two_boxes():
    boxes = Circle(-17.7, 179.9, 50.0).boxes()
    assert len(boxes) == 2
    assert all(box.west <= box.east for box in boxes)
    assert holds(boxes, -17.7, -179.9)
    assert not holds(boxes, -17.7, 0.0)


def test_a_circle_around_a_pole_holds_every_longitude_and_no_farther_south_than_it_must():
    (box,) = Circle(89.5, 30.0, 100.0).boxes()
    assert (box.west, box.east, box.north) == (-180.0, 180.0, 90.0)
    assert box.south == pytest.approx(89.5 - 100 / 111.7, abs=0.01)


def test_a_box_across_the_antimeridian_is_two_boxes():
    assert Box(178.0, -10.0, -178.0, 10.0).boxes() == (
        Box(178.0, -10.0, 180.0, 10.0),
        Box(-180.0, -10.0, -178.0, 10.0),
    )
    assert Box(-5.0, -90.0, 5.0, 90.0).boxes() == (Box(-5.0, -90.0, 5.0, 90.0),)


def test_a_ring_runs_on_past_the_antimeridian():
    ring = Polygon(((10.0, 170.0), (10.0, -170.0), (-10.0, -170.0), (-10.0, 170.0))).ring()
    assert ring[:, 1].tolist() == [170.0, 190.0, 190.0, 170.0, 170.0]
    assert ring[0].tolist() == ring[-1].tolist()


rings = st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), min_size=1, max_size=8)


@settings(max_examples=300)
@given(rings, st.lists(st.floats(0, 1), min_size=8, max_size=8))
def test_every_place_between_points_of_a_ring_is_in_its_boxes(points, weights):
    polygon = Polygon(tuple(points))
    ring = polygon.ring()
    shares = np.array(weights[: len(points)]) + 1e-9
    latitude, longitude = (ring[:-1] * (shares / shares.sum())[:, None]).sum(axis=0)
    assert holds(polygon.boxes(), latitude, (longitude + 180) % 360 - 180)
    for latitude, longitude in points:
        assert holds(polygon.boxes(), latitude, longitude)


def test_a_polygon_that_touches_the_antimeridian_holds_its_other_side():
    boxes = Polygon(((0.0, 170.0), (5.0, 180.0), (5.0, 170.0))).boxes()
    assert holds(boxes, 5.0, -180.0)
    assert not holds(boxes, 5.0, -179.0)
