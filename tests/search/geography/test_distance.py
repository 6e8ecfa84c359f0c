"""Distances and radius searches agree with the geodesic that is printed, everywhere on earth."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from search.geography.atlas import geodesics, in_map_order, places_at, world

from warehouse_hub.places.distance import geodesic_km
from warehouse_hub.search.geography import distance
from warehouse_hub.search.geography.candidates import Candidates
from warehouse_hub.search.geography.distance import (
    centres_of,
    distances,
    page_distances,
    settled,
    within_circles,
    within_km,
)
from warehouse_hub.search.geography.shapes import Circle
from warehouse_hub.search.geography.spans import spans_of

HAMBURG, SUVA, SHANGHAI = (53.55, 9.99), (-18.14, 178.44), (31.23, 121.47)

points = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
# Opposite a place and around there, where formulas for geodesics give out.
nearly_opposite = st.tuples(points, st.floats(-2, 2), st.floats(-2, 2)).map(
    lambda given: (
        given[0],
        (
            float(np.clip(-given[0][0] + given[1], -90, 90)),
            (given[0][1] + 180 + given[2] + 180) % 360 - 180,
        ),
    )
)
close = st.tuples(points, st.floats(-1e-3, 1e-3), st.floats(-1e-3, 1e-3)).map(
    lambda given: (
        given[0],
        (
            float(np.clip(given[0][0] + given[1], -90, 90)),
            float(np.clip(given[0][1] + given[2], -180, 180)),
        ),
    )
)
pairs = st.tuples(points, points) | nearly_opposite | close
every = Candidates.every


@settings(max_examples=1500, deadline=None)
@example(((0.0, 0.0), (9.0, 160.0)))
@example(((0.0, 0.0), (0.0, 180.0)))
@example(((0.0, 0.0), (0.0, 179.3)))
@example(((0.0, 0.0), (1e-13, 179.5)))
@example(((30.0, 0.0), (-30.0, 180.0)))
@example(((90.0, 0.0), (-90.0, 77.0)))
@example(((90.0, 0.0), (90.0, 77.0)))
@example(((1e-7, 0.0), (-1e-8, 150.0)))
@example(((4e-199, -106.0), (-5.2e-9, 33.0)))
@example(((90.0, 0.0), (-89.9999998, -180.0)))
@given(pairs)
def test_a_distance_is_the_geodesic_within_seventy_metres_and_far_away_within_a_millimetre(pair):
    here, there = pair
    exact = geodesic_km(here, there)
    (km,) = distances(places_at([there]), every(1), centres_of([here]))
    assert abs(km - exact) < (1e-6 if exact > 15_500 else 0.07)


@settings(max_examples=1500, deadline=None)
@example(((0.0, 0.0), (9.0, 160.0)))
@example(((0.0, 0.0), (0.0, 180.0)))
@example(((51.0, 180.0), (51.0, -180.0)))
@example(((90.0, 0.0), (90.0, 77.0)))
@example(((90.0, 0.0), (-90.0, 77.0)))
@given(pairs)
def test_a_radius_ends_exactly_where_the_printed_distance_does(pair):
    here, there = pair
    exact = geodesic_km(here, there)
    places = places_at([there])
    for radius, expected in (
        (exact, 1),
        (exact + 1e-6, 1),
        (exact - 1e-6, 0),
        (exact + 1, 1),
        (exact - 1, 0),
    ):
        rows, _ = within_km(places, every(1), [here], radius)
        assert len(rows) == (expected if radius >= 0 else 0)


@pytest.mark.parametrize("centre", [HAMBURG, SUVA, SHANGHAI, (90.0, 0.0), (-89.9, 40.0), (0.0, 180.0)])
@pytest.mark.parametrize("radius", [0.0, 50.0, 300.0, 2000.0, 11_000.0, 15_400.0, 19_900.0, 20_100.0, 1e9])
def test_a_radius_finds_the_rows_whose_geodesic_is_within_it(centre, radius):
    places = world(1500)
    expected = np.flatnonzero(geodesics(places, centre) <= radius)
    rows, km = within_km(places, every(1500), [centre], radius)
    assert rows.tolist() == expected.tolist()
    assert rows.dtype == np.uint32
    assert (km <= radius).all()


def test_rows_placed_on_both_sides_of_the_edge_are_told_apart():
    random = np.random.default_rng(3)
    # A hundred rows within a metre of the edge of 50 km, to the north of the centre.
    latitude = 53.55 + 50 / 111.3 + random.uniform(-1e-5, 1e-5, 100)
    places = places_at([(value, 9.99) for value in latitude])
    exact = geodesics(places, HAMBURG)
    radius = float(np.median(exact))
    rows, _ = within_km(places, every(100), [HAMBURG], radius)
    assert rows.tolist() == np.flatnonzero(exact <= radius).tolist()
    assert 0 < len(rows) < 100


def test_rows_at_one_place_in_doubt_are_measured_once(monkeypatch):
    measured = []

    def counted(a, b):
        measured.append(b)
        return geodesic_km(a, b)

    monkeypatch.setattr(distance, "geodesic_km", counted)
    places = places_at([(53.0, 10.0)] * 50)
    radius = geodesic_km(HAMBURG, (53.0, 10.0))
    rows, _ = within_km(places, every(50), [HAMBURG], radius)
    assert len(rows) == 50
    assert len(measured) == 1


def test_only_rows_at_the_edge_are_in_doubt():
    places = world(5000)
    rows, km, doubtful = within_circles(places, every(5000), centres_of([HAMBURG]), 5000.0)
    assert len(doubtful) < 5
    assert (np.abs(km[doubtful] - 5000) < 1.1e-6).all()
    again, _ = settled(rows, km, doubtful, places, [HAMBURG], 5000.0)
    assert set(rows.tolist()) - set(again.tolist()) <= set(rows[doubtful].tolist())


def test_several_centres_measure_to_the_nearest_of_them():
    places = world(2000)
    several = [HAMBURG, SUVA, (54.0, 11.0), (-18.14, -178.0), (90.0, 0.0)]
    alone = [distances(places, every(2000), centres_of([centre])) for centre in several]
    together = distances(places, every(2000), centres_of(several))
    assert np.array_equal(together, np.min(alone, axis=0), equal_nan=True)
    found = [set(within_km(places, every(2000), [centre], 900)[0].tolist()) for centre in several]
    rows, _ = within_km(places, every(2000), several, 900)
    assert rows.tolist() == sorted(set.union(*found))


def test_spans_and_lists_give_the_same_rows_as_the_whole_column():
    places, morton = in_map_order(world(5000))
    for centre in (HAMBURG, SUVA, (51.0, 180.0), (88.0, 0.0)):
        all_rows, all_km = within_km(places, every(5000), [centre], 700)
        spans = spans_of(morton, Circle(*centre, 700).boxes())
        rows, km = within_km(places, Candidates.in_spans(spans), [centre], 700)
        assert rows.tolist() == all_rows.tolist()
        assert km.tolist() == all_km.tolist()
        some = np.arange(0, 5000, 3, dtype=np.uint32)
        expected = [row for row in all_rows.tolist() if row % 3 == 0]
        for listed in (Candidates.listed(some), Candidates.listed_in(some, spans)):
            assert within_km(places, listed, [centre], 700)[0].tolist() == expected


def test_no_candidates_give_no_rows_and_no_distances():
    places = world(100)
    for none in (
        Candidates.every(0),
        Candidates.listed(np.empty(0, np.uint32)),
        Candidates.in_spans(np.empty((0, 2), np.int64)),
        Candidates.listed_in(np.array([5], np.uint32), np.array([[7, 9]])),
    ):
        assert len(within_km(places, none, [HAMBURG], 20_000)[0]) == 0
        assert len(distances(places, none, centres_of([HAMBURG]))) == 0
        assert len(page_distances(places, none, centres_of([HAMBURG]), 20)) == 0


def test_an_unknown_place_is_near_nothing_and_at_no_distance():
    places = places_at([(np.nan, np.nan), (1.0, np.nan), (np.nan, 1.0), HAMBURG])
    assert within_km(places, every(4), [HAMBURG], 20_100)[0].tolist() == [3]
    km = distances(places, every(4), centres_of([HAMBURG, SUVA]))
    assert np.isnan(km).tolist() == [True, True, True, False]
    km = page_distances(places, every(4), centres_of([HAMBURG]), 1)
    assert np.isnan(km).tolist() == [True, True, True, False]


def assert_pages_are_those_of_all_distances(places, centres, most):
    """Page after page, each with the distances of its own, and rows at one distance in the order of their numbers."""
    rows = len(places.latitude)
    exact = distances(places, every(rows), centres_of(centres))
    expected = [(exact[row], row) for row in np.lexsort((np.arange(rows), exact)) if exact[row] == exact[row]]
    seen, last = [], (0.0, -1)
    for _ in range(5):
        km = page_distances(places, every(rows), centres_of(centres), most, last[0])
        assert np.array_equal(np.isnan(km), np.isnan(exact))
        assert np.nanmax(np.abs(km - exact) - 0.004 * exact) <= 1e-9
        page = sorted((km[row], row) for row in range(rows) if (km[row], row) > last)[:most]
        seen += page
        last = page[-1] if page else last
    assert seen == expected[: 5 * most]


@settings(deadline=None, max_examples=50)
@given(points, st.integers(1, 100), st.integers(0, 5))
def test_pages_by_distance_are_those_of_all_distances(centre, most, seed):
    assert_pages_are_those_of_all_distances(world(300, seed), [centre], most)


@pytest.mark.parametrize("centre", [HAMBURG, SUVA, SHANGHAI, (-33.0, -60.0), (0.0, 0.0)])
def test_pages_by_distance_of_many_rows_are_those_of_all_distances(centre):
    assert_pages_are_those_of_all_distances(world(20_000), [centre, (54.0, 11.0)], 20)


def test_rows_at_the_last_place_of_a_page_are_at_that_distance_on_the_next_page_too():
    places = places_at([(53.0, 10.0)] * 30 + [(60.0, 10.0)] * 30 + [(np.nan, np.nan)])
    assert_pages_are_those_of_all_distances(places, [HAMBURG], 12)


def test_threads_find_what_one_finds_alone():
    places = world(20_000)
    centres = [HAMBURG, SUVA, SHANGHAI, (0.0, 0.0)] * 8

    def search(centre):
        return within_km(places, every(20_000), [centre], 3000)[0].tolist()

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(search, centres)) == [search(centre) for centre in centres]
