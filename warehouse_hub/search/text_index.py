"""The port of the text index: what search asks of whatever engine keeps the postings.

A snapshot is one committed state that never changes under its reader; `position` is how far along the change feed
it is, and an index that cannot say so for certain is unusable, not "probably fine".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.documents import IndexedText
from warehouse_hub.search.feed_point import FeedPoint


class TextIndexUnusable(Exception):
    """Missing, damaged, or of another format: answer from the database and rebuild."""


@dataclass(frozen=True)
class Postings:
    """Where a token stands: document numbers of one snapshot, ascending, and its weighted count in each."""

    documents: NDArray[np.int64]
    counts: NDArray[np.float64]


@dataclass(frozen=True)
class TextChange:
    """A listing's new text, or None where it is no longer in print."""

    id: str
    text: IndexedText | None


class TextSnapshot(Protocol):
    """One committed state, safe to read from many threads until the last reference is gone."""

    @property
    def point(self) -> FeedPoint: ...

    @property
    def generation(self) -> str:
        """Tells this state from any other of the same index."""
        ...

    @property
    def ids(self) -> Sequence[str | None]:
        """The listing of every document number; None where it was removed or replaced."""
        ...

    @property
    def lengths(self) -> NDArray[np.float64]:
        """The approximate length of every document, as `rounded_length` gives it."""
        ...

    def stamps(self) -> dict[str, tuple[int, str]]:
        """Revision and digest of every listing, for checking."""
        ...

    def postings(self, token: str) -> Postings: ...


class TextIndex(Protocol):
    """An index in a folder with many readers and one writer at a time."""

    def open(self) -> TextSnapshot:
        """The newest committed state; raises TextIndexUnusable."""
        ...

    def generation(self) -> str | None:
        """What `open` would return now, told cheaply; None where there is nothing to open."""
        ...

    def check(self) -> FeedPoint:
        """The position of the newest committed state, its files checked but not opened; raises TextIndexUnusable."""
        ...

    def writing(self) -> AbstractContextManager[None]:
        """Hold the writer's lock; raises Conflict("search.index_busy") when another process keeps it."""
        ...

    def apply(self, changes: Sequence[TextChange], point: FeedPoint) -> None:
        """Commit changes and the position together; the last change of a listing wins. Needs the lock."""
        ...

    def rebuild(self, batches: Iterable[Sequence[IndexedText]], point: FeedPoint) -> None:
        """Replace everything in one step: readers see the old state or the new one. Needs the lock."""
        ...
