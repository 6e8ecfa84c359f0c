"""Sorted lists of rows with scores: what two of them share, what one leaves of the other, and both together.

Rows ascend and each is in a list once. Scores are whole 65,536ths, so the order in which they are added does not
matter. The loops are called as they are, without a function of Python before them, since a search calls dozens:
arrays of another type would be compiled for, which `compiled_forms` tells, and two of unequal length are a ValueError.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from warehouse_hub.search.kernels.arrays import Bytes, Rows, Scores, Shorts
from warehouse_hub.search.kernels.compiled import borrowing, inner, kernel

IMPACTS: Final = 256

# Rows from one multiple of this up to the next are matched together: their places fit into the nearest cache.
_WINDOW: Final = 4096
_WITHIN: Final = np.uint32(_WINDOW - 1)
# So many rows of the longer list beside one of the shorter are skipped faster than gone through.
_FAR: Final = 16
# With one row for so many row numbers, the shorter of two lists is put into the longer one row after the other.
_SPARSE: Final = 10
_NO_SCORE: Final = np.int32(-(2**31))

# Unsigned, so that no index is looked at for being negative.
_START: Final = np.uint64(0)
_ONE: Final = np.uint64(1)


@kernel
def scored(impacts: Bytes, lut: Scores) -> Scores:
    """The score of every posting: its impact looked up in a table of 256."""
    _refuse_short_table(lut)
    scores = np.empty(impacts.size, np.int32)
    for i in range(impacts.size):
        scores[i] = lut[impacts[i]]
    return scores


@kernel
def meet(
    rows: Rows, scores: Scores, other_rows: Rows, other_impacts: Bytes, lut: Scores
) -> tuple[Rows, Scores]:
    """The rows that are in a list and in postings, with the scores of both added."""
    _refuse_unequal(rows.size, scores.size)
    _refuse_unequal(other_rows.size, other_impacts.size)
    _refuse_short_table(lut)
    found, found_scores, window, places = _room(rows, other_rows)
    start, other, size = _START, _START, _START
    while start < rows.size and other < other_rows.size:
        end, first, other = _match(rows, start, other_rows, other, window, places)
        for i in range(end - start):
            place = places[i]
            found[size] = rows[start + i]
            found_scores[size] = scores[start + i] + lut[other_impacts[first + _or_first(place)]]
            size += np.uint64(place != 0)
        start = end
    return found[:size], found_scores[:size]


@kernel
def meet_scored(rows: Rows, scores: Scores, other_rows: Rows, other_scores: Scores) -> tuple[Rows, Scores]:
    """The rows that are in both lists, with the scores of both added."""
    _refuse_unequal(rows.size, scores.size)
    _refuse_unequal(other_rows.size, other_scores.size)
    found, found_scores, window, places = _room(rows, other_rows)
    start, other, size = _START, _START, _START
    while start < rows.size and other < other_rows.size:
        end, first, other = _match(rows, start, other_rows, other, window, places)
        for i in range(end - start):
            place = places[i]
            found[size] = rows[start + i]
            found_scores[size] = scores[start + i] + other_scores[first + _or_first(place)]
            size += np.uint64(place != 0)
        start = end
    return found[:size], found_scores[:size]


def keep(rows: Rows, scores: Scores, other_rows: Rows) -> tuple[Rows, Scores]:
    """The rows that are in both lists, with the scores of the first."""
    return _sift(rows, scores, other_rows, 1)


def without(rows: Rows, scores: Scores, other_rows: Rows) -> tuple[Rows, Scores]:
    """The rows that are in the first list and not in the other."""
    return _sift(rows, scores, other_rows, 0)


@kernel
def _sift(rows: Rows, scores: Scores, other_rows: Rows, shared: int) -> tuple[Rows, Scores]:
    """Keep the rows that the other list has if `shared` is 1, those that it has not if it is 0."""
    _refuse_unequal(rows.size, scores.size)
    found, found_scores, window, places = _room(rows, rows)
    start, other, size = _START, _START, _START
    while start < rows.size:
        end, _, other = _match(rows, start, other_rows, other, window, places)
        for i in range(end - start):
            found[size] = rows[start + i]
            found_scores[size] = scores[start + i]
            size += np.uint64((places[i] != 0) == (shared != 0))
        start = end
    return found[:size], found_scores[:size]


@kernel
def shared(rows: Rows, other_rows: Rows) -> int:
    """How many rows are in both lists."""
    short, long = (rows, other_rows) if rows.size < other_rows.size else (other_rows, rows)
    found, place = 0, _START
    for i in range(short.size):
        # Each row is looked for in the longer list from where the one before it stood.
        place = _seek(long, place, short[i])
        if place == long.size:
            break
        found += long[place] == short[i]
    return found


@kernel
def best_of(rows: Rows, scores: Scores, other_rows: Rows, other_scores: Scores) -> tuple[Rows, Scores]:
    """The rows that are in either list; one that is in both has the larger score, which is above -2,147,483,648."""
    _refuse_unequal(rows.size, scores.size)
    _refuse_unequal(other_rows.size, other_scores.size)
    if rows.size > other_rows.size:
        rows, scores, other_rows, other_scores = other_rows, other_scores, rows, scores
    if not rows.size:
        return other_rows, other_scores
    end = max(rows[rows.size - 1], other_rows[other_rows.size - 1]) + 1
    if end > _SPARSE * rows.size:
        return _merge(rows, scores, other_rows, other_scores)
    return _by_number(rows, scores, other_rows, other_scores, end)


@inner
def _merge(rows: Rows, scores: Scores, other_rows: Rows, other_scores: Scores) -> tuple[Rows, Scores]:
    """Put each row into the other, longer list: what of that comes before the row is copied as it is."""
    found = np.empty(rows.size + other_rows.size, np.uint32)
    found_scores = np.empty(rows.size + other_rows.size, np.int32)
    other, size = _START, _START
    for one in range(rows.size):
        row = rows[one]
        end = _seek(other_rows, other, row)
        for i in range(end - other):
            found[size + i], found_scores[size + i] = other_rows[other + i], other_scores[other + i]
        size += end - other
        other = end
        found[size], found_scores[size] = row, scores[one]
        if other < other_rows.size and other_rows[other] == row:
            found_scores[size] = max(scores[one], other_scores[other])
            other += _ONE
        size += _ONE
    for i in range(np.uint64(other_rows.size) - other):
        found[size + i], found_scores[size + i] = other_rows[other + i], other_scores[other + i]
    size += np.uint64(other_rows.size) - other
    return found[:size], found_scores[:size]


@inner
def _by_number(
    rows: Rows, scores: Scores, other_rows: Rows, other_scores: Scores, end: int
) -> tuple[Rows, Scores]:
    """Keep the best score of every row number below `end`; then go through these in order."""
    best = np.full(end, _NO_SCORE)
    # A damaged list may hold a row beyond its last one.
    for i in range(rows.size):
        if rows[i] < end:
            best[rows[i]] = scores[i]
    for i in range(other_rows.size):
        if other_rows[i] < end:
            best[other_rows[i]] = max(best[other_rows[i]], other_scores[i])
    most = min(rows.size + other_rows.size, end) + 1
    found, found_scores, size = np.empty(most, np.uint32), np.empty(most, np.int32), _START
    for row in range(end):
        found[size], found_scores[size] = row, best[row]
        size += np.uint64(best[row] != _NO_SCORE)
    return found[:size], found_scores[:size]


@borrowing
def _refuse_unequal(rows: int, values: int) -> None:
    if rows != values:
        raise ValueError("rows and what stands beside them are not equally many")


@borrowing
def _refuse_short_table(lut: Scores) -> None:
    if lut.size != IMPACTS:
        raise ValueError("a table of scores that does not have 256 impacts")


@inner
def _room(rows: Rows, other_rows: Rows) -> tuple[Rows, Scores, Shorts, Shorts]:
    """Arrays for what is found, with one entry to spare for a row that is written but not meant; and for matching."""
    most = min(rows.size, other_rows.size) + 1
    return (
        np.empty(most, np.uint32),
        np.empty(most, np.int32),
        np.zeros(_WINDOW, np.uint16),
        np.empty(_WINDOW, np.uint16),
    )


@borrowing
def _match(
    rows: Rows, start: np.uint64, other_rows: Rows, other: np.uint64, window: Shorts, places: Shorts
) -> tuple[np.uint64, np.uint64, np.uint64]:
    """Find the rows of one window in the other list: the first row after the window, and the other list's part of it.

    `places` says for each row, from `start` on, at which place in that part it stands, from 1; 0 is nowhere.
    """
    base = rows[start] & ~_WITHIN
    last = base | _WITHIN
    # Damaged lists that do not ascend give wrong rows here, but nothing is written outside the arrays.
    end = min(_after(rows, start, last), start + np.uint64(_WINDOW))
    first = _seek(other_rows, other, base)
    after = _after(other_rows, first, last)
    if after == first:
        for i in range(end - start):
            places[i] = np.uint16(0)
        return end, _START, after
    if (after - first) // np.uint64(_FAR) > end - start:
        other = first
        for i in range(end - start):
            row = rows[start + i]
            other = _seek(other_rows, other, row)
            held = other < after and other_rows[other] == row
            places[i] = np.uint16(other - first + _ONE) if held else np.uint16(0)
    else:
        for i in range(after - first):
            window[other_rows[first + i] & _WITHIN] = np.uint16(i + _ONE)
        for i in range(end - start):
            places[i] = window[rows[start + i] & _WITHIN]
        for i in range(window.size):
            window[i] = np.uint16(0)
    return end, first, after


@borrowing
def _after(rows: Rows, start: np.uint64, row: np.uint32) -> np.uint64:
    """The first place from `start` on that holds a later row."""
    place = _seek(rows, start, row)
    return place + np.uint64(place < rows.size and rows[place] == row)


@borrowing
def _or_first(place: np.uint16) -> np.uint64:
    """A place that can be read, also where there is none."""
    return np.uint64(max(place, np.uint16(1))) - _ONE


@borrowing
def _seek(rows: Rows, start: np.uint64, row: np.uint32) -> np.uint64:
    """The first place from `start` on that holds a row or a later one: in doubling steps on, then halving ones."""
    step = _ONE
    place = start
    while place + step < rows.size and rows[place + step] < row:
        place += step
        step += step
    while step:
        if place + step < rows.size and rows[place + step] < row:
            place += step
        step >>= _ONE
    return place + np.uint64(place < rows.size and rows[place] < row)
