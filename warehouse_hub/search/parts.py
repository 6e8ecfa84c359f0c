"""What one moment of search consists of: two parts with the same columns and the same kind of text.

`base` is the large segment on disk, mapped and shared between processes; `recent` is everything newer, in memory.
A query goes through both and their results are put together; no listing is live in both.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.freshness.feed_point import FeedPoint
from warehouse_hub.search.kernels.arrays import NO_ROWS
from warehouse_hub.search.kernels.conditions import ScanColumns
from warehouse_hub.search.kernels.postings import shared
from warehouse_hub.search.map.position import UNLOCATED
from warehouse_hub.search.rows.cities import Cities
from warehouse_hub.search.rows.listing_rows import listing_key
from warehouse_hub.search.rows.schema import Columns
from warehouse_hub.search.text.port import Postings


class PartText(Protocol):
    """The postings of a part."""

    def postings(self, token: str) -> Postings: ...

    def frequency(self, token: str) -> int:
        """In how many rows a token stands, those that count no longer included."""
        ...

    def starting_with(self, prefix: str, most: int) -> Sequence[str]:
        """Tokens that begin so, in order."""
        ...

    @property
    def latin(self) -> Sequence[tuple[str, int]]:
        """Every word in Latin letters and digits, with the number of rows that have it."""
        ...


class Texts(Protocol):
    """Texts by row."""

    def __getitem__(self, row: int, /) -> str: ...


@dataclass(frozen=True)
class Part:
    """Rows 0 to `len` with their columns and text. `in_map_order`: sorted along the Z-order curve of their places,
    those without a place last. `by_key` lists the rows by ascending key, where that is known.
    `ended` are the rows that count no longer, ascending.
    """

    columns: Columns
    text: PartText
    ids: Texts
    canonical: Texts
    in_map_order: bool
    by_key: NDArray[np.uint32] | None = None
    ended: NDArray[np.uint32] = field(default_factory=lambda: NO_ROWS)

    def __len__(self) -> int:
        return len(self.columns)

    @cached_property
    def located(self) -> int:
        """In a part in map order, the number of rows that have a place; they come first."""
        return int(np.searchsorted(self.columns.morton, UNLOCATED))

    def placeless(self, rows: NDArray[np.uint32]) -> slice | NDArray[np.bool_]:
        """Which of some rows, ascending, have no place: an index into them and whatever stands beside them."""
        if self.in_map_order:
            return slice(int(np.searchsorted(rows, np.uint32(self.located))), None)
        return np.isnan(self.columns.latitude[rows])

    @cached_property
    def scanned(self) -> ScanColumns:
        """The columns that a scan reads."""
        return ScanColumns(*(getattr(self.columns, name) for name in ScanColumns._fields))

    @property
    def live(self) -> int:
        """How many rows count."""
        return len(self) - len(self.ended)

    def frequency(self, token: str) -> int:
        """In how many rows that count a token stands."""
        found = self.text.frequency(token)
        if found and len(self.ended):
            found -= shared(self.text.postings(token).rows, self.ended)
        return found

    def rows_with(self, listing_id: str) -> list[int]:
        """Every row that is a wording of a listing, live or not."""
        key, keys = listing_key(listing_id), self.columns.key
        if self.by_key is None:
            rows = np.flatnonzero(keys == np.uint64(key)).tolist()
        else:
            # Not NumPy's own search, which copies the whole order first.
            first = bisect_left(self.by_key, key, key=keys.item)
            last = bisect_right(self.by_key, key, lo=first, key=keys.item)
            rows = self.by_key[first:last].tolist()
        return [row for row in rows if self.ids[row] == listing_id]


class NameOrder(Protocol):
    """The order of names across the parts of one moment."""

    def ranks(self, place: int) -> NDArray[np.float64]:
        """For every row of a part the rank of its name, as floats that compare across parts."""
        ...

    def rank_of(self, key: str) -> float:
        """Where a collation key stands or would stand."""
        ...

    def key_of(self, place: int, row: int) -> str:
        """The collation key of a row."""
        ...


@dataclass(frozen=True)
class View:
    """One consistent moment, safe to read from any thread while newer ones are made."""

    point: FeedPoint
    base: Part
    recent: Part
    cities: Cities
    names: NameOrder

    @property
    def parts(self) -> tuple[Part, Part]:
        return self.base, self.recent

    @cached_property
    def listings(self) -> int:
        """How many listings are in print."""
        return self.base.live + self.recent.live

    def frequency(self, token: str) -> int:
        """In how many of these a token stands: what a process has lived through before does not matter."""
        return self.base.frequency(token) + self.recent.frequency(token)
