"""Postings put in the order of their tokens, as many at a time as memory allows.

A run holds the postings of consecutive rows, sorted by token and then by row. Tokens go by number, in the order in
which they were first met, so that runs written at different times agree; putting runs together is then copying, for
every token, its stretch of the first run, of the second and so on, and rows stay ascending.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final

import numpy as np
from numpy.typing import NDArray

RUN_POSTINGS: Final = 8_000_000
RUN_ROWS: Final = 250_000
BATCH_POSTINGS: Final = 4_000_000

# A posting as one number that sorts by token, then row: 32 bits of token, 24 of row within the run, 8 of impact.
_TOKEN_SHIFT: Final = np.uint64(32)
_ROW_SHIFT: Final = np.uint64(8)
_ROW_MASK: Final = np.uint32(0xFFFFFF)

Rows = NDArray[np.uint32]
Impacts = NDArray[np.uint8]
Counts = NDArray[np.int64]


class Vocabulary(dict[str, int]):
    """Numbers tokens in the order in which they are first asked for."""

    def __missing__(self, token: str) -> int:
        number = self[token] = len(self)
        return number


@dataclass(frozen=True)
class Batch:
    """Whole lists of consecutive token numbers from `first` on, one after the other; `counts` is their lengths."""

    first: int
    counts: Counts
    rows: Rows
    impacts: Impacts


class SortedRun:
    """A run kept in `file`, of which `counts` postings belong to each token."""

    def __init__(self, file: IO[bytes], counts: Counts, rows: Rows, impacts: Impacts) -> None:
        self.counts = counts
        self._file = file
        self._postings = len(rows)
        self._starts = np.append(0, np.cumsum(counts))
        rows.tofile(file)
        impacts.tofile(file)
        file.flush()

    def read(self, first: int, stop: int) -> tuple[Rows, Impacts]:
        """The postings of the tokens from `first` to before `stop`."""
        start, end = (int(self._starts[min(token, len(self.counts))]) for token in (first, stop))
        self._file.seek(4 * start)
        rows = np.fromfile(self._file, np.uint32, end - start)
        self._file.seek(4 * self._postings + start)
        return rows, np.fromfile(self._file, np.uint8, end - start)


class RunCollector(ExitStack):
    """Takes texts row by row and turns them into sorted runs, readable until the collector is closed.

    They are kept in files in `folder` that have no name, so that they are gone however the process ends.
    """

    def __init__(self, folder: Path, run_postings: int = RUN_POSTINGS) -> None:
        super().__init__()
        self.vocabulary = Vocabulary()
        self._folder = folder
        self._run_postings = run_postings
        self._runs: list[SortedRun] = []
        self._lengths: list[NDArray[np.int64]] = []
        self._first_row = 0
        self._start_run()

    def add(self, text: Mapping[str, int]) -> None:
        """The next row. Raises ValueError for an impact outside 1 to 255."""
        impacts = bytes(text.values())
        if 0 in impacts:
            raise ValueError("impact 0")
        self._impacts += impacts
        self._tokens.fromlist(list(map(self.vocabulary.__getitem__, text)))
        self._counts.append(len(impacts))
        if len(self._impacts) >= self._run_postings or len(self._counts) >= RUN_ROWS:
            self._finish_run()

    def finish(self) -> tuple[list[SortedRun], NDArray[np.int64]]:
        """The runs in the order of their rows, and the sum of impacts of every row."""
        self._finish_run()
        return self._runs, np.concatenate(self._lengths)

    def _start_run(self) -> None:
        self._tokens = array("I")
        self._impacts = bytearray()
        self._counts = array("I")

    def _finish_run(self) -> None:
        tokens = np.frombuffer(self._tokens, np.uint32)
        impacts = np.frombuffer(self._impacts, np.uint8)
        rows = np.repeat(
            np.arange(len(self._counts), dtype=np.uint64), np.frombuffer(self._counts, np.uint32)
        )
        keys = tokens.astype(np.uint64)
        keys <<= _TOKEN_SHIFT
        keys |= rows << _ROW_SHIFT
        keys |= impacts
        keys.sort()
        sorted_impacts = keys.astype(np.uint8)
        keys >>= _ROW_SHIFT
        sorted_rows = keys.astype(np.uint32)
        sorted_rows &= _ROW_MASK
        sorted_rows += np.uint32(self._first_row)
        counts = np.bincount(tokens, minlength=len(self.vocabulary))
        file = self.enter_context(TemporaryFile(dir=self._folder))  # noqa: SIM115 (entered here)
        self._runs.append(SortedRun(file, counts, sorted_rows, sorted_impacts))
        lengths = np.bincount(rows.astype(np.int64), weights=impacts, minlength=len(self._counts))
        self._lengths.append(lengths.astype(np.int64))
        self._first_row += len(self._counts)
        self._start_run()


def total_counts(runs: Sequence[SortedRun], tokens: int) -> Counts:
    """The length of every token's list over all runs."""
    counts = np.zeros(tokens, np.int64)
    for run in runs:
        counts[: len(run.counts)] += run.counts
    return counts


def merged(
    runs: Sequence[SortedRun], counts: Counts, batch_postings: int = BATCH_POSTINGS
) -> Iterator[Batch]:
    """All lists in the order of token numbers, about `batch_postings` at a time and never part of a list."""
    ends = np.cumsum(counts)
    first, before = 0, 0
    while first < len(counts):
        stop = max(first + 1, int(np.searchsorted(ends, before + batch_postings, side="right")))
        yield _batch(runs, counts, first, stop)
        first, before = stop, int(ends[stop - 1])


def _batch(runs: Sequence[SortedRun], counts: Counts, first: int, stop: int) -> Batch:
    wanted = counts[first:stop]
    rows = np.empty(int(wanted.sum()), np.uint32)
    impacts = np.empty(len(rows), np.uint8)
    free = np.cumsum(wanted) - wanted
    for run in runs:
        found_rows, found_impacts = run.read(first, stop)
        found = np.zeros(stop - first, np.int64)
        found[: max(0, len(run.counts) - first)] = run.counts[first:stop]
        # The n-th posting of the stretch goes as far behind its token's next free place as it is in the stretch.
        places = np.repeat(free - (np.cumsum(found) - found), found)
        places += np.arange(len(found_rows))
        rows[places] = found_rows
        impacts[places] = found_impacts
        free += found
    return Batch(first, wanted, rows, impacts)
