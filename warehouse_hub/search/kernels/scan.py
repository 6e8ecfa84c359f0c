"""The one pass over the candidate rows of a part: it filters them, counts facets, and collects what is kept.

Facets are disjunctive: each is counted as if its own filter were not set, and no other filter is lifted. Candidates are
ascending and each is there once.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.kernels.arrays import (
    NO_FLOATS,
    NO_ROWS,
    NO_SCORES,
    Floats,
    Rows,
    Scores,
    Shorts,
    Spans,
    exact,
)
from warehouse_hub.search.kernels.compiled import borrowing, kernel
from warehouse_hub.search.kernels.conditions import Conditions, ScanColumns, Tests, tests_of
from warehouse_hub.search.kernels.marks import Room, mark_block, new_room
from warehouse_hub.search.kernels.tally import Counts, Tally, counts_of, new_tally, tally_block

# Rows that are looked at together: few enough for the nearest cache, enough to make one filter's start-up cheap.
_BLOCK: Final = 1024
_NO_SPANS: Final[Spans] = np.zeros((0, 2), np.int64)


class Kept(NamedTuple):
    """The rows that pass every filter, and what was known of each, as far as it was given."""

    rows: Rows
    scores: Scores
    km: Floats


def scan_spans(
    columns: ScanColumns, asked: Conditions, wanted: int, spans: NDArray[np.int64], cities: int = 0
) -> tuple[Rows, Counts]:
    """Go through spans of neighbouring rows, `[[first, end], ...]`: the rows that pass every filter, in their order.

    `wanted` holds the bits of the facets to count; `cities` is how many numbers the city column knows, which the city
    facet needs. A span that ends outside the columns is an IndexError.
    """
    kept, counts = _scan(
        columns,
        tests_of(asked, wanted),
        int(wanted),
        exact(spans, np.int64),
        NO_ROWS,
        NO_SCORES,
        NO_FLOATS,
        int(cities),
    )
    return kept.rows, counts


def scan_rows(
    columns: ScanColumns,
    asked: Conditions,
    wanted: int,
    rows: Rows,
    scores: Scores = NO_SCORES,
    km: Floats = NO_FLOATS,
    cities: int = 0,
) -> tuple[Kept, Counts]:
    """Go through a list of rows, with what else is known of each: what passes every filter, in the order of the list.

    `scores` and `km` are empty or as long as `rows`. A row outside the columns is an IndexError, rows that do not
    ascend are a ValueError.
    """
    for more in (scores, km):
        if len(more) not in (0, len(rows)):
            raise ValueError(f"{len(more)} values beside {len(rows)} rows")
    given = exact(rows, np.uint32), exact(scores, np.int32), exact(km, np.float64)
    return _scan(columns, tests_of(asked, wanted), int(wanted), _NO_SPANS, *given, int(cities))


def count_spans(columns: ScanColumns, asked: Conditions, spans: NDArray[np.int64]) -> int:
    """How many rows of the spans pass every filter."""
    return len(scan_spans(columns, asked, 0, spans)[0])


def count_rows(columns: ScanColumns, asked: Conditions, rows: Rows) -> int:
    """How many rows of the list pass every filter."""
    return len(scan_rows(columns, asked, 0, rows)[0].rows)


@kernel
def _scan(
    columns: ScanColumns,
    tests: Tests,
    wanted: int,
    spans: Spans,
    listed: Rows,
    scores: Scores,
    km: Floats,
    cities: int,
) -> tuple[Kept, Counts]:
    """Go through spans and then through listed rows, of which one is empty, a block at a time."""
    if not _of_one_length(columns):
        raise ValueError("columns that are not of one length")
    tally = new_tally(wanted, cities, _BLOCK)
    room = new_room(_BLOCK)
    rows, marks = np.empty(_BLOCK, np.uint32), np.empty(_BLOCK, np.uint16)
    most = listed.size + _in_spans(spans, columns.status.size)
    # Pages of these that nothing is written to cost nothing.
    kept = Kept(np.empty(most + 1, np.uint32), np.empty(scores.size + 1, np.int32), np.empty(km.size + 1))
    # Not a bare 0, for which as for every constant all that is called would be compiled once more.
    size: Any = np.int64(0)
    for span in range(spans.shape[0]):
        for start in range(spans[span, 0], spans[span, 1], _BLOCK):
            count = min(_BLOCK, spans[span, 1] - start)
            for i in range(count):
                rows[i] = np.uint32(start + i)
            found = _block(columns, tests, wanted, rows[:count], marks[:count], room, tally, kept.rows, size)
            size += found
    for start in range(0, listed.size, _BLOCK):
        count = _copy_ascending(rows, listed, start, columns.status.size)
        found = _block(columns, tests, wanted, rows[:count], marks[:count], room, tally, kept.rows, size)
        if found and scores.size:
            _collect(kept.scores, size, scores[start : start + count], marks)
        if found and km.size:
            _collect(kept.km, size, km[start : start + count], marks)
        size += found
    scored, measured = size * (scores.size > 0), size * (km.size > 0)
    return Kept(kept.rows[:size], kept.scores[:scored], kept.km[:measured]), counts_of(tally)


@borrowing
def _block(
    columns: ScanColumns,
    tests: Tests,
    wanted: int,
    rows: Rows,
    marks: Shorts,
    room: Room,
    tally: Tally,
    found: Rows,
    size: int,
) -> int:
    """Do it all for one block: how many of its rows are appended to what was found."""
    if not mark_block(columns, rows, tests, room, marks):
        return 0
    added = _collect(found, size, rows, marks)
    if wanted:
        tally_block(tally, wanted, tests.own, columns, found[size : size + added], rows, marks)
    return added


@borrowing
def _collect(found: Any, size: int, values: Any, marks: Shorts) -> int:
    """Append the values without marks; how many these are."""
    unmarked = 0
    for i in range(values.size):
        unmarked += marks[i] == 0
    if unmarked == values.size:
        added = found[size : size + unmarked]
        for i in range(values.size):
            added[i] = values[i]
    elif unmarked:
        end = np.uint64(size)
        for i in range(values.size):
            # Where this was not meant, the next value covers it.
            found[end] = values[i]
            end += np.uint64(marks[i] == 0)
    return unmarked


@borrowing
def _of_one_length(columns: ScanColumns) -> bool:
    rows = columns.status.size
    return (
        rows == columns.country.size == columns.city.size == columns.record_class.size
        and rows == columns.grade.size == columns.area_band.size
        and rows == columns.services.size == columns.goods.size == columns.platforms.size
        and rows == columns.available_m2.size == columns.port_km.size
    )


@borrowing
def _in_spans(spans: Spans, rows: int) -> int:
    candidates = 0
    for span in range(spans.shape[0]):
        first, end = spans[span, 0], spans[span, 1]
        if first < 0 or first > end or end > rows:
            raise IndexError("a span of rows outside the columns")
        candidates += end - first
    return candidates


@borrowing
def _copy_ascending(block: Rows, listed: Rows, start: int, rows: int) -> int:
    """Copy a block of rows that ascend, also from the block before; how many these are."""
    some = listed[start : min(start + block.size, listed.size)]
    falls = np.uint32(start > 0 and listed[start - 1] >= some[0])
    for i in range(some.size - 1):
        falls += np.uint32(some[i] >= some[i + 1])
    if falls:
        raise ValueError("rows that do not ascend")
    if some[some.size - 1] >= rows:
        raise IndexError("a row outside the columns")
    for i in range(some.size):
        block[i] = some[i]
    return some.size
