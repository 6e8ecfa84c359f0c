"""The circle that peers are asked for holds the same places as a radius along the ellipsoid."""

from __future__ import annotations

import numpy as np
import pytest
from geopy import Point
from geopy.distance import geodesic
from hypothesis import assume, given
from hypothesis import strategies as st

from warehouse_hub.operations.bench.circle import Circle, clear_radius, in_space
from warehouse_hub.places.distance import geodesic_km

latitudes = st.floats(-58, 66)
longitudes = st.floats(-170, 170)
radii = st.sampled_from([50.0, 300.0])


@given(latitudes, longitudes, radii, st.floats(0, 360), st.floats(0.0, 2.0))
def test_a_place_a_metre_off_the_edge_is_inside_exactly_when_its_geodesic_is(
    latitude, longitude, radius, way, share
):
    there = geodesic(kilometers=radius * share).destination(Point(latitude, longitude), way)
    km = geodesic_km((latitude, longitude), (there.latitude, there.longitude))
    assume(abs(km - radius) > 0.001)
    circle = Circle(latitude, longitude, radius)
    chord2 = circle.chords2(*in_space(np.array([there.latitude]), np.array([there.longitude])))
    assert bool(chord2[0] <= circle.chord2) == (km <= radius)


@given(latitudes, longitudes, radii, st.floats(0, 360))
def test_the_box_holds_the_circle(latitude, longitude, radius, way):
    edge = geodesic(kilometers=radius).destination(Point(latitude, longitude), way)
    west, south, east, north = Circle(latitude, longitude, radius).box
    assert south <= edge.latitude <= north
    assert west <= edge.longitude <= east or abs(edge.longitude - longitude) > 180


def test_an_unknown_place_is_in_no_circle():
    nowhere = in_space(np.array([np.nan]), np.array([np.nan]))
    assert not (Circle(50.0, 10.0, 300.0).chords2(*nowhere) <= Circle(50.0, 10.0, 300.0).chord2).any()


@pytest.mark.parametrize("radius", [50.0, 300.0])
def test_a_radius_is_lengthened_until_nothing_stands_on_its_edge(radius):
    near = (53.55, 9.99)
    edge = [geodesic(kilometers=radius + step).destination(Point(*near), 30) for step in (0.0, 0.01, 0.0201)]
    clear = clear_radius(
        near, radius, np.array([one.latitude for one in edge]), np.array([one.longitude for one in edge])
    )
    assert clear == pytest.approx(radius + 0.03)
    assert clear_radius(near, radius, np.array([0.0]), np.array([0.0])) == radius
