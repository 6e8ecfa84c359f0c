"""Where a place stands on the map."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from search.map.plain_map import interleaved

from warehouse_hub.search.map.position import UNLOCATED, degrees_of, fixed_point, morton_of, units_of

compiling = settings(deadline=None)
units = st.integers(0, 2**32 - 2)


def test_positions_agree_with_the_tiles_of_the_map():
    x, y = fixed_point(
        [0.0, 85.0511287798066, -85.0511287798066, 66.51326044311186], [0.0, -180.0, 90.0, 45.0]
    )
    assert x.tolist() == [2**31, 0, 3 * 2**30, 5 * 2**29]
    assert y.tolist() == pytest.approx([2**31, 0, 2**32 - 2, 2**30], abs=1)
    assert x.dtype == y.dtype == np.uint32


def test_nothing_stands_off_the_map():
    x, y = fixed_point([90.0, -90.0], [180.0, -180.0])
    assert x.tolist() == [2**32 - 2, 0]
    assert y.tolist() == [0, 2**32 - 2]


def test_an_unknown_place_sorts_behind_all_others():
    latitude, longitude = np.array([53.5, np.nan, -90.0]), np.array([10.0, 10.0, 180.0])
    x, y = fixed_point(latitude, longitude)
    morton = morton_of(x, y, ~np.isnan(latitude))
    assert (x[1], y[1]) == (0, 0)
    assert morton[1] == UNLOCATED
    assert np.argsort(morton).tolist()[-1] == 1
    assert len(set(morton.tolist())) == 3


@compiling
@given(st.lists(st.tuples(units, units), max_size=5))
def test_a_z_order_number_has_the_bits_of_both_in_turn(pairs):
    x, y = np.array(pairs, np.uint32).reshape(-1, 2).T
    morton = morton_of(x, y)
    assert morton.tolist() == [interleaved(*pair) for pair in pairs]
    assert [each.tolist() for each in units_of(morton)] == [x.tolist(), y.tolist()]


@compiling
@given(st.floats(-85.05, 85.05), st.floats(-180, 179.9999999))
def test_the_way_back_ends_in_the_same_unit_and_as_near_as_can_be(latitude, longitude):
    x, y = fixed_point([latitude], [longitude])
    (back_latitude,), (back_longitude,) = degrees_of(x, y)
    assert back_longitude == pytest.approx(longitude, abs=360 / 2**32)
    assert back_latitude == pytest.approx(latitude, abs=360 / 2**32)
    assert [each.tolist() for each in fixed_point([back_latitude], [back_longitude])] == [
        x.tolist(),
        y.tolist(),
    ]


@compiling
@given(st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), min_size=1, max_size=9))
def test_a_place_has_the_same_position_alone_and_in_a_column(places):
    together = [each.tolist() for each in fixed_point(*zip(*places, strict=True))]
    alone = [fixed_point([latitude], [longitude]) for latitude, longitude in places]
    assert together == [[int(x[0]) for x, _ in alone], [int(y[0]) for _, y in alone]]


def test_a_position_is_that_of_the_formula():
    rng = np.random.default_rng(3)
    latitude, longitude = rng.uniform(-85, 85, 500), rng.uniform(-180, 180, 500)
    x, y = fixed_point(latitude, longitude)
    for place in range(500):
        phi = math.radians(latitude[place])
        south = 0.5 - math.log(math.tan(math.pi / 4 + phi / 2)) / (2 * math.pi)
        assert x[place] == math.floor((longitude[place] + 180) / 360 * 2**32)
        assert int(y[place]) == pytest.approx(south * 2**32, abs=1)
