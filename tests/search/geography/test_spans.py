"""Spans hold every row in a box, few others, and are few themselves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from search.geography.atlas import in_map_order, world

from warehouse_hub.search.geography.candidates import Candidates
from warehouse_hub.search.geography.inside import inside_box
from warehouse_hub.search.geography.shapes import Box
from warehouse_hub.search.geography.spans import MOST_SQUARES, located_rows, spans_of

ROWS = 3000
PLACES, MORTON = in_map_order(world(ROWS, 5))

longitudes = st.floats(-180, 180)
boxes = st.builds(
    lambda west, east, latitudes: Box(west, min(latitudes), east, max(latitudes)),
    longitudes,
    longitudes,
    st.tuples(st.floats(-90, 90), st.floats(-90, 90)),
)


def rows_of(spans) -> list[int]:
    return [row for start, stop in spans.tolist() for row in range(start, stop)]


def in_boxes(several) -> set[int]:
    """Whoever is in a box by its degrees, and the other side of the antimeridian is another place."""
    found = set()
    for box in (part for whole in several for part in whole.boxes()):
        rows = (PLACES.latitude >= box.south) & (PLACES.latitude <= box.north)
        found |= set(
            np.flatnonzero(rows & (PLACES.longitude >= box.west) & (PLACES.longitude <= box.east)).tolist()
        )
    return found


@settings(max_examples=500, deadline=None)
@example([Box(-180.0, -90.0, 180.0, 90.0)])
@example([Box(-180.0, 85.0511, 180.0, 90.0)])
@example([Box(180.0, 51.0, 180.0, 51.0)])
@example([Box(-180.0, 51.0, -180.0, 51.0)])
@example([Box(0.0, 0.0, 0.0, 0.0)])
@example([Box(179.0, -90.0, -179.0, 90.0), Box(-180.0, 50.0, 10.0, 60.0)])
@example([])
@given(st.lists(boxes, max_size=3))
def test_spans_hold_every_row_of_the_boxes_once_and_in_order(several):
    spans = spans_of(MORTON, several)
    rows = rows_of(spans)
    assert in_boxes(several) <= set(rows)
    assert rows == sorted(set(rows))
    assert all(
        stop < start for (_, stop), (start, _) in zip(spans.tolist(), spans.tolist()[1:], strict=False)
    )
    assert len(spans) <= MOST_SQUARES * sum(len(box.boxes()) for box in several)
    assert not rows or rows[-1] < located_rows(MORTON)


def test_rows_without_a_place_are_in_no_span():
    unknown = int(np.isnan(PLACES.latitude).sum())
    assert unknown > 10
    assert located_rows(MORTON) == ROWS - unknown
    assert (
        Candidates.in_spans(spans_of(MORTON, [Box(-180.0, -90.0, 180.0, 90.0)])).looked_at == ROWS - unknown
    )


def test_spans_of_no_rows_are_none():
    assert spans_of(np.empty(0, np.uint64), [Box(-180.0, -90.0, 180.0, 90.0)]).shape == (0, 2)
    nowhere = np.full(5, 2**64 - 1, np.uint64)
    assert located_rows(nowhere) == 0
    assert spans_of(nowhere, [Box(-180.0, -90.0, 180.0, 90.0)]).shape == (0, 2)


@pytest.mark.parametrize(
    ("box", "ratio"),
    [
        (Box(-10.0, 35.0, 30.0, 60.0), 1.05),
        (Box(-130.0, 20.0, -60.0, 50.0), 1.05),
        (Box(170.0, -50.0, -170.0, 50.0), 1.06),
        # All edge and no inside.
        (Box(-0.5, -0.5, 0.5, 0.5), 1.05),
        (Box(-180.0, 10.0, 180.0, 11.0), 1.7),
        (Box(-60.0, -90.0, -59.0, 90.0), 1.9),
    ],
)
def test_spans_hold_few_rows_that_are_not_in_the_box(box, ratio):
    places, morton = in_map_order(world(100_000, 9))
    looked_at = Candidates.in_spans(spans_of(morton, [box])).looked_at
    inside = inside_box(places.latitude, places.longitude, Candidates.every(100_000), box)
    assert len(inside) <= looked_at <= ratio * len(inside) + 20


def test_the_whole_world_is_one_span():
    assert len(spans_of(MORTON, [Box(-180.0, -90.0, 180.0, 90.0)])) == 1
    assert len(spans_of(MORTON, [Box(0.0, -90.0, 180.0, 90.0), Box(-180.0, -90.0, 0.0, 90.0)])) == 1
