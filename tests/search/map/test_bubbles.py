"""Bubbles never overlap, and no frame changes which cells win or what they took."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from search.map.map_samples import frame, located, scattered, source_of
from search.map.map_strategies import boxes, relaxed, seeds, spreads, zooms
from search.map.plain_map import by_place, lies_in, pixels_apart, places_of, plain_map

from warehouse_hub.search.geography.shapes import Box
from warehouse_hub.search.map.bubbles import bubbles_of
from warehouse_hub.search.map.cells import occupied_cells
from warehouse_hub.search.map.features import map_of
from warehouse_hub.search.map.position import degrees_of
from warehouse_hub.search.map.region import Region, around, whole_world
from warehouse_hub.search.map.winners import BUBBLE_PX


@relaxed
@given(seed=seeds, zoom=zooms, spread=spreads)
def test_no_two_bubbles_overlap(seed, zoom, spread):
    drawn = map_of(source_of(scattered(500, seed, spread)), None, zoom, 0)
    pixels = pixels_apart(drawn.features, drawn.zoom)
    assert pixels[~np.eye(len(pixels), dtype=bool)].min(initial=np.inf) >= BUBBLE_PX


def test_no_two_bubbles_overlap_by_less_than_a_unit_of_the_map():
    """Each place is known to a quarter of a pixel at the last zoom."""
    part = located(*degrees_of(2**31 + np.array([100.9, 308.1]) - 0.5, [2**31, 2**31]))
    assert part.columns.map_x.tolist() == [2**31 + 100, 2**31 + 308]
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
    box = Box(float(part.columns.longitude.min()), -90, float(np.unique(part.columns.longitude)[1]), 90)
    drawn = [
        bubbles_of(occupied_cells([part], region, box), region)
        for region in (Region(10, 9, columns, 8, 12) for columns in (3, 4, 5))
    ]
    assert drawn[:2] == [None, None]
    assert drawn[2]["inside"].tolist() == [5, 1]
    assert drawn[2]["count"].tolist() == [5, 9]


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


@relaxed
@given(seed=seeds, zoom=zooms, spread=spreads, box=boxes)
def test_opening_a_bubble_shows_all_that_is_in_it(seed, zoom, spread, box):
    part = scattered(200, seed, spread)
    inside = [place for place in places_of(part) if lies_in(box, place)]
    for feature in map_of(source_of(part), box, zoom, 0).features:
        if feature.bounds is not None:
            assert sum(lies_in(feature.bounds, place) for place in inside) >= feature.count
