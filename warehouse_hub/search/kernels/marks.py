"""Marking: which filters a row fails, found for a block of rows at a time.

One short loop a filter, over numbers that lie side by side, is what a processor does many at a time; a loop over rows
that tries all filters on each would be slower by several times.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from warehouse_hub.search.kernels.arrays import Bytes, Floats, Numbers, Rows, Shorts, Words
from warehouse_hub.search.kernels.compiled import borrowing, inner
from warehouse_hub.search.kernels.conditions import FAILED, ScanColumns, Tests


class Room(NamedTuple):
    """Where the values of a block's rows are put side by side when they do not lie so, by the width of a column."""

    bytes: Bytes
    shorts: Shorts
    numbers: Numbers
    words: Words
    floats: Floats


@inner
def new_room(block: int) -> Room:
    """Room for blocks of at most so many rows."""
    return Room(
        np.empty(block, np.uint8),
        np.empty(block, np.uint16),
        np.empty(block, np.uint32),
        np.empty(block, np.uint64),
        np.empty(block, np.float64),
    )


@borrowing
def mark_block(columns: ScanColumns, rows: Rows, tests: Tests, room: Room, marks: Shorts) -> int:
    """Set the marks of ascending rows; how many of these may still count somewhere.

    Once nothing can count any more, the other filters are left out.
    """
    for i in range(marks.size):
        marks[i] = np.uint16(0)
    _by_status(marks, columns.status, rows, room.bytes, tests.status)
    if tests.country.size:
        _by_number(marks, columns.country, rows, room.shorts, tests.country)
    if tests.city_mark:
        _by_city(marks, columns.city, rows, room.numbers, tests.city, tests.city_mark)
    if (tests.country.size or tests.city_mark) and not counting(marks):
        return 0
    if tests.record_class.size:
        _by_number(marks, columns.record_class, rows, room.bytes, tests.record_class)
    if tests.grade.size:
        _by_number(marks, columns.grade, rows, room.bytes, tests.grade)
    if tests.area_band.size:
        _by_number(marks, columns.area_band, rows, room.bytes, tests.area_band)
    _by_bits(marks, columns.services, rows, room.words, tests.words[0], tests.word_marks[0])
    _by_bits(marks, columns.goods, rows, room.words, tests.words[1], tests.word_marks[1])
    _by_bits(marks, columns.platforms, rows, room.words, tests.words[2], tests.word_marks[2])
    _by_bounds(marks, columns.available_m2, rows, room.floats, tests.bounds[0])
    _by_bounds(marks, columns.port_km, rows, room.floats, tests.bounds[1])
    return counting(marks)


@borrowing
def counting(marks: Shorts) -> int:
    """How many rows have no mark or a single one."""
    rows = np.uint16(0)
    for i in range(marks.size):
        rows += np.uint16((marks[i] & (marks[i] - np.uint16(1))) == 0)
    return int(rows)


# Each of these tests a column where it lies if the rows are neighbours, else a copy of the values of just these rows.


@borrowing
def _by_status(marks: Shorts, statuses: Bytes, rows: Rows, room: Bytes, status: np.uint8) -> None:
    if _together(rows):
        _test_status(marks, statuses, rows[0], status)
    else:
        _put_together(room, statuses, rows)
        _test_status(marks, room, 0, status)


@borrowing
def _by_number(marks: Shorts, numbers: Any, rows: Rows, room: Any, table: Shorts) -> None:
    if _together(rows):
        _test_number(marks, numbers, rows[0], table)
    else:
        _put_together(room, numbers, rows)
        _test_number(marks, room, 0, table)


@borrowing
def _by_city(
    marks: Shorts, cities: Numbers, rows: Rows, room: Numbers, passes: Bytes, mark: np.uint16
) -> None:
    if _together(rows):
        _test_city(marks, cities, rows[0], passes, mark)
    else:
        _put_together(room, cities, rows)
        _test_city(marks, room, 0, passes, mark)


@borrowing
def _by_bits(marks: Shorts, words: Words, rows: Rows, room: Words, asked: Words, earned: Shorts) -> None:
    if not asked[0] | asked[1] | asked[2]:
        return
    if _together(rows):
        _test_bits(marks, words, rows[0], asked, earned)
    else:
        _put_together(room, words, rows)
        _test_bits(marks, room, 0, asked, earned)


@borrowing
def _by_bounds(marks: Shorts, values: Floats, rows: Rows, room: Floats, bounds: Floats) -> None:
    if bounds[0] == -np.inf and bounds[1] == np.inf:
        return
    if _together(rows):
        _test_bounds(marks, values, rows[0], bounds)
    else:
        _put_together(room, values, rows)
        _test_bounds(marks, room, 0, bounds)


@borrowing
def _together(rows: Rows) -> bool:
    return int(rows[rows.size - 1]) - int(rows[0]) == rows.size - 1


@borrowing
def _put_together(room: Any, column: Any, rows: Rows) -> None:
    for i in range(rows.size):
        room[i] = column[rows[i]]


@borrowing
def _test_status(marks: Shorts, statuses: Bytes, first: int, status: np.uint8) -> None:
    for i in range(marks.size):
        marks[i] |= np.uint16(0) if statuses[first + i] == status else np.uint16(FAILED)


@borrowing
def _test_number(marks: Shorts, numbers: Any, first: int, table: Shorts) -> None:
    # A number that damaged data hold must not be looked up outside the table.
    last = table.size - 1
    for i in range(marks.size):
        marks[i] |= table[min(int(numbers[first + i]), last)]


@borrowing
def _test_city(marks: Shorts, cities: Numbers, first: int, passes: Bytes, mark: np.uint16) -> None:
    for i in range(marks.size):
        city = cities[first + i]
        if city >= passes.size or not passes[city]:
            marks[i] |= mark


@borrowing
def _test_bits(marks: Shorts, words: Words, first: int, asked: Words, earned: Shorts) -> None:
    every, some, none = asked[0], asked[1], asked[2]
    not_all, not_any = earned[0], earned[1]
    for i in range(marks.size):
        held = words[first + i]
        mark = not_all if held & every != every else np.uint16(0)
        if some and not held & some:
            mark |= not_any
        if held & none:
            mark |= np.uint16(FAILED)
        marks[i] |= mark


@borrowing
def _test_bounds(marks: Shorts, values: Floats, first: int, bounds: Floats) -> None:
    least, most = bounds[0], bounds[1]
    for i in range(marks.size):
        value = values[first + i]
        # Written so that NaN fails.
        if not (value >= least and value <= most):
            marks[i] |= np.uint16(FAILED)
