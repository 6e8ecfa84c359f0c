"""Runs of rows that hold everything in a box, where rows lie along the Z-order curve of their map positions.

Every square of the map whose side halves the world's is one run of the curve, so a box is cut into squares, those with
the most rows on its edge first. What is easy to get wrong: spans are a superset; the shape itself is tested after.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.geography.candidates import Spans
from warehouse_hub.search.geography.shapes import Box
from warehouse_hub.search.kernels.compiled import inner, kernel
from warehouse_hub.search.map.position import UNLOCATED, WORLD_BITS, fixed_point

Mortons = NDArray[np.uint64]

MOST_SQUARES: Final = 64
# Looking at so few rows is quicker than cutting their square.
_FEW_ROWS: Final = 16
# Map units, 18 mm: more than rounding can move a place or an edge.
_HAIR: Final = 2


def located_rows(morton: Mortons) -> int:
    """How many rows of a sorted column have a place; they come first."""
    return int(np.searchsorted(morton, UNLOCATED))


def spans_of(morton: Mortons, boxes: Sequence[Box]) -> Spans:
    """int64[k, 2]: half-open ranges of rows, ascending and apart, that hold every row in any of the boxes.

    `morton` is sorted, UNLOCATED last. At most MOST_SQUARES ranges a box; 30 to 100 microseconds.
    """
    found = [np.empty((0, 2), np.int64)]
    located = located_rows(morton)
    for box in (part for whole in boxes for part in whole.boxes()):
        x, y = fixed_point([box.north, box.south], [box.west, box.east])
        (west, east), (north, south) = x.tolist(), y.tolist()
        found.append(_squares(morton, located, west - _HAIR, north - _HAIR, east + _HAIR, south + _HAIR))
    return _united(np.concatenate(found))


@kernel
def _squares(morton: Mortons, located: int, west: int, north: int, east: int, south: int) -> Spans:
    start, stop = np.empty(MOST_SQUARES, np.int64), np.empty(MOST_SQUARES, np.int64)
    left, top = np.empty(MOST_SQUARES, np.int64), np.empty(MOST_SQUARES, np.int64)
    bits, at_edge = np.empty(MOST_SQUARES, np.int64), np.empty(MOST_SQUARES, np.bool_)
    key = np.empty(MOST_SQUARES, np.uint64)
    start[0], stop[0], left[0], top[0], bits[0], at_edge[0], key[0] = 0, located, 0, 0, WORLD_BITS, True, 0
    count = 1 if located else 0
    while count + 3 <= MOST_SQUARES:
        fullest, rows = -1, _FEW_ROWS
        for square in range(count):
            if at_edge[square] and stop[square] - start[square] > rows:
                fullest, rows = square, stop[square] - start[square]
        if fullest < 0:
            break
        begin, last = start[fullest], stop[fullest]
        x, y, first, size = left[fullest], top[fullest], key[fullest], bits[fullest] - 1
        # Its place is taken by the last square, and its quarters are put at the end.
        count -= 1
        start[fullest], stop[fullest], at_edge[fullest] = start[count], stop[count], at_edge[count]
        left[fullest], top[fullest] = left[count], top[count]
        key[fullest], bits[fullest] = key[count], bits[count]
        side = np.int64(1) << size
        for quarter in range(4):
            own = first + (np.uint64(quarter) << np.uint64(2 * size))
            end = last
            if quarter < 3:
                end = _first_from(morton, begin, last, own + (np.uint64(1) << np.uint64(2 * size)))
            qx, qy = x + side * (quarter & 1), y + side * (quarter >> 1)
            apart = qx > east or qx + side <= west or qy > south or qy + side <= north
            if end > begin and not apart:
                start[count], stop[count], left[count], top[count] = begin, end, qx, qy
                key[count], bits[count] = own, size
                at_edge[count] = qx < west or qx + side - 1 > east or qy < north or qy + side - 1 > south
                count += 1
            begin = end
    return np.stack((start[:count], stop[:count]), axis=1)


@inner
def _first_from(morton: Mortons, start: int, stop: int, key: np.uint64) -> int:
    """The first row of a range whose number is at least the key, by bisection."""
    while start < stop:
        middle = (start + stop) >> 1
        if morton[middle] < key:
            start = middle + 1
        else:
            stop = middle
    return start


def _united(spans: Spans) -> Spans:
    """The same rows in ranges that ascend and neither overlap nor touch."""
    spans = spans[np.argsort(spans[:, 0], kind="stable")]
    reached = np.maximum.accumulate(spans[:, 1])
    opens, closes = np.ones(len(spans), np.bool_), np.ones(len(spans), np.bool_)
    opens[1:] = spans[1:, 0] > reached[:-1]
    closes[:-1] = opens[1:]
    united: Spans = np.stack((spans[opens, 0], reached[closes]), axis=1)
    return united
