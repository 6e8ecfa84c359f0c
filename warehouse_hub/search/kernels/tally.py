"""Counting the values of rows, facet by facet.

Rows that are kept count in every facet. Where a facet has a filter of its own, those that fail this one alone count in
it too, and their mark says so.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.kernels.arrays import Counted, Rows, Shorts, Words
from warehouse_hub.search.kernels.compiled import borrowing, inner
from warehouse_hub.search.kernels.conditions import (
    AREA_BAND,
    CITY,
    CODES,
    COUNTRIES,
    COUNTRY,
    GOODS,
    GRADE,
    PLATFORMS,
    RECORD_CLASS,
    REGION,
    SERVICES,
    ScanColumns,
)

# Neighbours often hold the same value, and adding to a counter that was just written waits for the write.
_LANES: Final = 4
_BITS: Final = 64
# So many ones fit into a byte.
_BYTE: Final = 255
_LOWEST_OF_EACH_BYTE: Final = np.uint64(0x0101010101010101)


class Counts(NamedTuple):
    """How many rows hold each number or bit, by facet; zeros for a facet that was not wanted, none for its cities.

    `region` counts country numbers too, under the filters that count for regions; a region's count is their sum.
    """

    country: Counted
    region: Counted
    city: Counted
    record_class: Counted
    grade: Counted
    area_band: Counted
    services: Counted
    goods: Counted
    platforms: Counted


class Tally(NamedTuple):
    """Counters in use: `places` are countries and regions, `codes` record class, grade and area band."""

    places: NDArray[np.uint32]
    cities: NDArray[np.uint32]
    codes: NDArray[np.uint32]
    bits: Counted
    words: Words


@inner
def new_tally(wanted: int, cities: int, block: int) -> Tally:
    """Counters at zero, for blocks of at most so many rows."""
    return Tally(
        np.zeros((2, _LANES, COUNTRIES), np.uint32),
        np.zeros((1, _LANES, cities if wanted & CITY else 0), np.uint32),
        np.zeros((3, _LANES, CODES), np.uint32),
        np.zeros((3, _BITS), np.int64),
        # One to spare: `_words` writes each word before it is known whether that is meant.
        np.empty(block + 1, np.uint64),
    )


@borrowing
def tally_block(
    tally: Tally, wanted: int, own: int, columns: ScanColumns, kept: Rows, rows: Rows, marks: Shorts
) -> None:
    """Count the rows that are kept in every wanted facet, and in a facet with an `own` filter those with its mark."""
    for line, facet in ((0, COUNTRY), (1, REGION)):
        if wanted & facet:
            _numbers(tally.places, line, columns.country, kept, rows, marks, own & facet)
    if wanted & CITY:
        _numbers(tally.cities, 0, columns.city, kept, rows, marks, own & CITY)
    for line, facet, codes in (
        (0, RECORD_CLASS, columns.record_class),
        (1, GRADE, columns.grade),
        (2, AREA_BAND, columns.area_band),
    ):
        if wanted & facet:
            _numbers(tally.codes, line, codes, kept, rows, marks, own & facet)
    for line, facet, words in (
        (0, SERVICES, columns.services),
        (1, GOODS, columns.goods),
        (2, PLATFORMS, columns.platforms),
    ):
        if wanted & facet:
            held = _words(tally.words, words, kept, rows, marks, own & facet)
            _bits(tally.bits, line, tally.words[:held])


@borrowing
def _numbers(
    counts: NDArray[np.uint32], line: int, column: Any, kept: Rows, rows: Rows, marks: Shorts, mark: int
) -> None:
    # A number that damaged data hold must not be counted outside the counters.
    end = counts.shape[2]
    for i in range(kept.size):
        number = np.int64(column[kept[i]])
        if number < end:
            counts[line, i % _LANES, number] += np.uint32(1)
    if mark:
        for i in range(rows.size):
            number = np.int64(column[rows[i]])
            if number < end:
                counts[line, i % _LANES, number] += np.uint32(marks[i] == mark)


@borrowing
def _words(found: Words, column: Words, kept: Rows, rows: Rows, marks: Shorts, mark: int) -> int:
    """Put the words of the rows that count side by side; how many these are."""
    for i in range(kept.size):
        found[i] = column[kept[i]]
    end = np.uint64(kept.size)
    if mark:
        for i in range(rows.size):
            found[end] = column[rows[i]]
            end += np.uint64(marks[i] == mark)
    return int(end)


@borrowing
def _bits(counts: Counted, line: int, words: Words) -> None:
    """Count every bit over the words, which are changed: seven at a time are added into ones, twos and fours."""
    part = words.size // 7
    for i in range(part):
        one, two = _added(words[i], words[part + i], words[2 * part + i])
        one, more = _added(one, words[3 * part + i], words[4 * part + i])
        one, most = _added(one, words[5 * part + i], words[6 * part + i])
        words[i] = one
        words[part + i], words[2 * part + i] = _added(two, more, most)
    for first, end, power in (
        (0, part, 0),
        (part, 2 * part, 1),
        (2 * part, 3 * part, 2),
        (7 * part, words.size, 0),
    ):
        _count_bits(counts, line, words[first:end], power)


@borrowing
def _added(one: np.uint64, two: np.uint64, three: np.uint64) -> tuple[np.uint64, np.uint64]:
    """Add three words bit by bit: the sums, and what is carried, which counts twice."""
    either = one ^ two
    return either ^ three, (one & two) | (either & three)


@borrowing
def _count_bits(counts: Counted, line: int, words: Words, power: int) -> None:
    """Each word is cut into eight: every eighth bit, as ones in eight bytes that add up side by side in one sum."""
    for start in range(0, words.size, _BYTE):
        some = words[start : min(start + _BYTE, words.size)]
        for bit in range(8):
            sums = np.uint64(0)
            for i in range(some.size):
                sums += (some[i] >> np.uint64(bit)) & _LOWEST_OF_EACH_BYTE
            for byte in range(8):
                held = np.int64((sums >> np.uint64(8 * byte)) & np.uint64(_BYTE))
                counts[line, 8 * byte + bit] += held << power


@inner
def counts_of(tally: Tally) -> Counts:
    """The counters as they are given out."""
    return Counts(
        _total(tally.places[0]),
        _total(tally.places[1]),
        _total(tally.cities[0]),
        _total(tally.codes[0]),
        _total(tally.codes[1]),
        _total(tally.codes[2]),
        tally.bits[0],
        tally.bits[1],
        tally.bits[2],
    )


@inner
def _total(lanes: NDArray[np.uint32]) -> Counted:
    total = np.zeros(lanes.shape[1], np.int64)
    for lane in range(_LANES):
        for number in range(total.size):
            total[number] += lanes[lane, number]
    return total
