"""What the map asks its source for, and that it draws the parts it is told of as one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from search.map.map_samples import frame, located, recorded, scattered, source_of
from search.map.map_strategies import boxes, relaxed, seeds, spreads, zooms
from search.map.plain_map import by_place, places_of, plain_map

from warehouse_hub.search.geography.shapes import Box
from warehouse_hub.search.map.features import map_of
from warehouse_hub.search.map.position import degrees_of
from warehouse_hub.search.map.source import Located, MapColumns


def test_a_street_asks_for_its_surroundings_only():
    asked, source = recorded(scattered(1000, 1, 0.001))
    box = Box(9.98, 53.54, 10.02, 53.56)
    map_of(source, box, 16, 0)
    (around,) = asked
    assert 9.9 < around.west < box.west < box.east < around.east < 10.1
    assert 53.5 < around.south < box.south < box.north < around.north < 53.6


def test_cells_of_one_size_do_not_hang_on_the_far_end_of_their_row():
    """Many single listings at about the distance where bubbles touch: whoever decides is near by."""
    rng = np.random.default_rng(8)
    part = located(*degrees_of(*(rng.random((2, 60_000)) * [[2**28], [2**28]] + 2**30)))
    asked, source = recorded(part)
    for left in np.linspace(0.26, 0.29, 30):
        map_of(source, frame(left, left + 0.002, 0.27, 0.272), 13, 0)
    assert None not in asked
    assert len(asked) <= 45


@relaxed
@given(seed=seeds, zoom=zooms, spread=spreads, box=boxes)
def test_a_source_may_tell_more_than_it_is_asked(seed, zoom, spread, box):
    part = scattered(300, seed, spread)
    assert map_of(lambda _: [part], box, zoom, 0) == map_of(source_of(part), box, zoom, 0)


@relaxed
@given(seed=seeds, zoom=zooms, spread=spreads, box=boxes, share=st.sampled_from([0.0, 0.1, 0.5, 1.0]))
def test_two_parts_are_drawn_as_one(seed, zoom, spread, box, share):
    whole = scattered(300, seed, spread)
    recent = np.random.default_rng(seed).random(300) < share
    base = replace(whole, rows=np.flatnonzero(~recent).astype("u4"))
    shuffled = np.random.default_rng(seed).permutation(np.flatnonzero(recent))
    other = Located(
        MapColumns(*(column[shuffled] for column in whole.columns)),
        rows=np.arange(len(shuffled), dtype="u4"),
        ordered=False,
        ids=[whole.ids(row) for row in shuffled.tolist()].__getitem__,
    )
    drawn = map_of(source_of(base, other), box, zoom, 0)
    assert drawn == map_of(source_of(whole), box, zoom, 0)


def test_columns_in_a_file_are_drawn_as_those_in_memory(tmp_path):
    part = scattered(300, 4, 0.02)
    mapped = {}
    for name, column in part.columns._asdict().items():
        np.save(tmp_path / name, column)
        mapped[name] = np.load(tmp_path / f"{name}.npy", mmap_mode="c")
    on_disk = replace(part, columns=MapColumns(**mapped))
    for zoom in (2, 9, 22):
        assert map_of(source_of(on_disk), None, zoom, 0) == map_of(source_of(part), None, zoom, 0)


def test_only_the_rows_that_are_told_are_drawn():
    part = replace(scattered(300, 4, 0.02), rows=np.arange(0, 300, 3, dtype="u4"))
    drawn = map_of(source_of(part), None, 9, 0)
    assert drawn.total == 100
    assert by_place(drawn.features) == by_place(plain_map(places_of(part), None, 9))
