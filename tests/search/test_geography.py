"""Distances and boxes over columns."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from warehouse_hub.places.distance import geodesic_km
from warehouse_hub.search.geography import (
    Box,
    Places,
    auxiliary,
    in_box,
    mercator,
    settle_far,
    surface_km,
    unmercator,
    within,
)

latitudes = st.floats(-89.9, 89.9)
longitudes = st.floats(-180, 180)


def one(latitude: float, longitude: float) -> Places:
    there = np.array([latitude]), np.array([longitude])
    return Places(*there, *auxiliary(*there))


@settings(max_examples=1000)
@example(0.0, 0.0, 9.0, 160.0)
@example(0.0, 0.0, 0.0, 180.0)
@given(latitudes, longitudes, latitudes, longitudes)
def test_the_fast_distance_is_the_geodesic_within_a_hundred_metres(lat, lon, other_lat, other_lon):
    exact = geodesic_km((lat, lon), (other_lat, other_lon))
    places = one(other_lat, other_lon)
    km = surface_km(lat, lon, places)
    settle_far(km, lat, lon, places, np.array([0]))
    assert abs(km[0] - exact) < 0.1


@settings(max_examples=1000)
@example(0.0, 0.0, 9.0, 160.0)
@example(0.0, 0.0, 0.0, 180.0)
@given(latitudes, longitudes, latitudes, longitudes)
def test_a_radius_ends_exactly_where_the_printed_distance_does(lat, lon, other_lat, other_lon):
    exact = geodesic_km((lat, lon), (other_lat, other_lon))
    places = one(other_lat, other_lon)
    km = surface_km(lat, lon, places)
    for radius, expected in ((exact, True), (exact + 1e-6, True), (exact - 1e-6, False)):
        assert within(km, radius, lat, lon, places)[0] == expected


def test_an_unknown_place_is_neither_near_nor_in_any_box():
    nowhere = one(np.nan, np.nan)
    assert not within(surface_km(0, 0, nowhere), 20_100, 0, 0, nowhere)[0]
    assert not in_box(Box(-180, -90, 180, 90), nowhere.latitude, nowhere.longitude)[0]


def test_a_box_may_cross_the_antimeridian():
    longitude = np.array([179.0, -179.0, 0.0, 180.0, -180.0])
    inside = in_box(Box(178, -10, -178, 10), np.zeros(5), longitude)
    assert inside.tolist() == [True, True, False, True, True]


@given(st.floats(-85, 85), st.floats(-179.9, 179.9))
def test_map_coordinates_turn_back(lat, lon):
    back_lat, back_lon = unmercator(*(np.array([value]) for value in mercator(lat, lon)))
    assert abs(back_lat[0] - lat) < 1e-9
    assert abs(back_lon[0] - lon) < 1e-9
