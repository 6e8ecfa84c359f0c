"""Sort keys of rows, and the first of them in order without sorting the rest.

Every key is one float, smaller first, and never NaN; equal keys are put in the order of the listings' own keys. So an
order is total, and the same in every process.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.kernels.arrays import Bytes, Floats, Places, Rows, Scores, Words, exact
from warehouse_hub.search.kernels.compiled import borrowing, kernel

# Where the first page starts: before every key, also before minus infinity. NaN is no key.
FIRST: Final = (float("nan"), 0)

_SECONDS_A_DAY: Final = 86400.0


def relevance(
    rows: Rows,
    scores: Scores,
    grade: Bytes,
    published_at: Floats,
    now: float,
    grade_points: NDArray[Any],
    fresh_points: NDArray[Any],
) -> Floats:
    """Keys by relevance: minus the sum of what the text scores, the evidence counts and the freshness counts.

    `scores` is empty or beside `rows`; the columns are those of the whole part. `grade_points` has 256 entries,
    `fresh_points` one for each whole day of age, the last for all older ones too; what is published in the future is
    0 days old. Scores and points are in 65,536ths, times in seconds since 1970.
    """
    if len(grade_points) != 256 or not len(fresh_points):
        raise ValueError("points for 256 grades and for at least one day are needed")
    if len(scores) not in (0, len(rows)):
        raise ValueError(f"{len(scores)} scores beside {len(rows)} rows")
    return _relevance(
        exact(rows, np.uint32),
        exact(scores, np.int32),
        grade,
        published_at,
        float(now),
        exact(grade_points, np.int32),
        exact(fresh_points, np.int32),
    )


def gathered(column: Floats, rows: Rows, *, descending: bool) -> Floats:
    """Keys by the values of a column, the largest first if `descending`. What is unknown comes last either way."""
    return _gathered(column, exact(rows, np.uint32), -1.0 if descending else 1.0)


def top(keys: Floats, rows: Rows, ties: Words, most: int, after_key: float, after_tie: int) -> Places:
    """The places in `keys` of the first `most` that come after a key and tie, in order; `FIRST` is before them all.

    `rows` are the rows beside the keys and `ties` the column that decides between equal keys, which is only looked up
    where keys are equal. With few asked for, this takes little more than reading the keys once.
    """
    if len(keys) != len(rows):
        raise ValueError(f"{len(keys)} keys beside {len(rows)} rows")
    most = max(0, min(int(most), len(keys)))
    return _top(
        exact(keys, np.float64), exact(rows, np.uint32), ties, most, float(after_key), np.uint64(after_tie)
    )


@kernel
def _relevance(
    rows: Rows,
    scores: Scores,
    grade: Bytes,
    published_at: Floats,
    now: float,
    grade_points: Scores,
    fresh_points: Scores,
) -> Floats:
    keys = np.empty(rows.size, np.float64)
    oldest = float(fresh_points.size - 1)
    for i in range(rows.size):
        days = (now - published_at[rows[i]]) / _SECONDS_A_DAY
        # In this order NaN counts as oldest.
        age = np.uint32(max(0.0, min(oldest, days)))
        keys[i] = -float(grade_points[grade[rows[i]]]) - float(fresh_points[age])
    for i in range(scores.size):
        keys[i] -= float(scores[i])
    return keys


@kernel
def _gathered(column: Floats, rows: Rows, sign: float) -> Floats:
    keys = np.empty(rows.size, np.float64)
    for i in range(rows.size):
        value = sign * column[rows[i]]
        keys[i] = np.inf if np.isnan(value) else value
    return keys


class Heap(NamedTuple):
    """A binary heap: no entry comes before the two that hang from it, which for entry n are 2n + 1 and 2n + 2."""

    keys: Floats
    places: Places


@kernel
def _top(keys: Floats, rows: Rows, ties: Words, most: int, after_key: float, after_tie: np.uint64) -> Places:
    """The smallest so far are kept as a heap with the last of them at its root, which a smaller one replaces.

    Every so many rows are looked at first: then few of the others are let in, even if they come in the opposite order.
    """
    heap = Heap(np.empty(most, np.float64), np.empty(most, np.int64))
    size = 0
    if not most:
        return heap.places
    step = int(np.sqrt(keys.size / most))
    for place in range(0, keys.size, step):
        size = _offer(heap, size, place, keys, rows, ties, after_key, after_tie)
    # What comes after the root of a full heap need not be offered.
    bound, bound_tie = np.inf, np.uint64(2**64 - 1)
    if size == most:
        bound, bound_tie = heap.keys[0], ties[rows[heap.places[0]]]
    for start in range(0, keys.size, step):
        for place in range(start + 1, min(start + step, keys.size)):
            if keys[place] > bound or (keys[place] == bound and ties[rows[place]] > bound_tie):
                continue
            size = _offer(heap, size, place, keys, rows, ties, after_key, after_tie)
            if size == most:
                bound, bound_tie = heap.keys[0], ties[rows[heap.places[0]]]
    # The root is the last in order: it leaves the heap for the end of the list, again and again.
    for end in range(size - 1, 0, -1):
        last, key, place = heap.places[0], heap.keys[end], heap.places[end]
        _sink(heap, end, key, place, rows, ties)
        heap.places[end] = last
    return heap.places[:size]


@borrowing
def _offer(
    heap: Heap,
    size: int,
    place: int,
    keys: Floats,
    rows: Rows,
    ties: Words,
    after_key: float,
    after_tie: np.uint64,
) -> int:
    """Let a place in if it belongs to the first; the size of the heap from then on."""
    key = keys[place]
    if key < after_key or (key == after_key and ties[rows[place]] <= after_tie):
        return size
    if size < heap.places.size:
        _rise(heap, size, key, place, rows, ties)
        return size + 1
    if _before(key, place, heap.keys[0], heap.places[0], rows, ties):
        _sink(heap, size, key, place, rows, ties)
    return size


@borrowing
def _before(key: float, place: int, other_key: float, other_place: int, rows: Rows, ties: Words) -> bool:
    if key != other_key:
        return key < other_key
    return bool(ties[rows[place]] < ties[rows[other_place]])


@borrowing
def _rise(heap: Heap, hole: int, key: float, place: int, rows: Rows, ties: Words) -> None:
    """Put an entry into the hole at the end, or as far up as it belongs."""
    while hole > 0:
        parent = (hole - 1) // 2
        if not _before(heap.keys[parent], heap.places[parent], key, place, rows, ties):
            break
        heap.keys[hole], heap.places[hole] = heap.keys[parent], heap.places[parent]
        hole = parent
    heap.keys[hole], heap.places[hole] = key, place


@borrowing
def _sink(heap: Heap, size: int, key: float, place: int, rows: Rows, ties: Words) -> None:
    """Put an entry at the root of the first `size`, or as far down as it belongs."""
    hole = 0
    while 2 * hole + 1 < size:
        child = 2 * hole + 1
        if child + 1 < size and _before(
            heap.keys[child], heap.places[child], heap.keys[child + 1], heap.places[child + 1], rows, ties
        ):
            child += 1
        if not _before(key, place, heap.keys[child], heap.places[child], rows, ties):
            break
        heap.keys[hole], heap.places[hole] = heap.keys[child], heap.places[child]
        hole = child
    heap.keys[hole], heap.places[hole] = key, place
