"""The port of the text engine: what search asks of whatever keeps the postings of a segment.

A segment is written once and never changes: rows that no longer count are named beside it, in `SegmentState`, and the
engine never hides them from `postings`. Checksums, the order of commits and the removal of files are the caller's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class TextUnusable(Exception):
    """A segment is damaged or of another format, or somebody wrote over its files: it must be built anew."""


@dataclass(frozen=True)
class Postings:
    """Where a token stands: row numbers, ascending, and its impact (1 to 255) in each of them."""

    rows: NDArray[np.uint32]
    impacts: NDArray[np.uint8]


@dataclass(frozen=True)
class SegmentState:
    """A segment as one commit sees it; `deleted` are the rows that count no longer."""

    name: str
    rows: int
    deleted: NDArray[np.uint32]


class TextSegment(Protocol):
    """One segment opened for reading, from many threads at once; it closes when nothing refers to it any more.

    Arrays from it are C-contiguous and stay valid after the files were removed. Reading raises TextUnusable where
    bytes turn out to be damaged.
    """

    @property
    def rows(self) -> int: ...

    def postings(self, token: str) -> Postings:
        """All rows of a token, deleted ones too; empty arrays for a token that the segment does not have."""
        ...

    def frequency(self, token: str) -> int:
        """In how many rows a token stands, deleted ones too, told without reading them."""
        ...

    def starting_with(self, prefix: str, most: int) -> list[tuple[str, int]]:
        """The first `most` tokens that begin so, in code-point order, with their frequencies."""
        ...

    def tokens(self) -> Iterator[tuple[str, int]]:
        """Every token with its frequency, in code-point order."""
        ...


class TextEngine(Protocol):
    """Writes and opens segments in a folder. One writer at a time is the caller's to see to."""

    @property
    def format(self) -> str:
        """Names the layout of the files: what another format wrote is not opened but built anew."""
        ...

    def write(
        self, folder: Path, name: str, ids: Iterable[str], texts: Iterable[Mapping[str, int]]
    ) -> tuple[str, ...]:
        """Write a segment: row n is the n-th id with the impacts of its tokens. Returns the names of the files.

        `ids` and `texts` are consumed in step. Raises ValueError for an impact outside 1 to 255 and when one ends
        before the other, FileExistsError when files of that name are there; after any error none of its files is.
        The files are not forced to disk.
        """
        ...

    def publish(self, folder: Path, generation: int, segments: Sequence[SegmentState]) -> tuple[str, ...]:
        """Let the engine's own tools open exactly these segments, without their deleted rows. Returns file names.

        To be called when the segments are on disk and before the caller's own commit: the tools may see a generation
        that is then given up, but always a whole one. The same generation may be published again. Raises
        TextUnusable for a segment that is damaged, ValueError for a deleted row that the segment does not have.
        """
        ...

    def open(self, folder: Path, name: str, rows: int) -> TextSegment:
        """Open a segment. Raises TextUnusable for one that is damaged, of another format, or not of so many rows,
        and FileNotFoundError where a file is gone: a newer commit may just have removed it.
        """
        ...
