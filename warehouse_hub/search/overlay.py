"""The text of what changed since the index on disk was written, held in memory.

Entries are only ever added, and each names a row of the columns: a reader takes those whose row is in its own
snapshot, so it may read while another thread adds.
"""

from __future__ import annotations

import numpy as np

from warehouse_hub.search.documents import IndexedText
from warehouse_hub.search.text_index import Postings


class Overlay:
    """An inverted index over rows; `positions` tells by which change of the feed a row came in."""

    def __init__(self) -> None:
        self._entries: dict[str, list[tuple[int, int]]] = {}
        self.lengths: dict[int, int] = {}
        self.texts: dict[int, IndexedText] = {}
        self.positions: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self.texts)

    def add(self, row: int, text: IndexedText, position: int) -> None:
        """Make a row findable; `position` is that of the change that brought it."""
        self.lengths[row] = text.length
        self.texts[row] = text
        self.positions[row] = position
        for token, count in text.tokens.items():
            self._entries.setdefault(token, []).append((row, count))

    def postings(self, token: str, rows: int) -> Postings:
        """Where a token stands among the first `rows` rows; the numbers are rows."""
        # A copy, since another thread may be adding; what it adds now is beyond our rows.
        entries = [entry for entry in tuple(self._entries.get(token, ())) if entry[0] < rows]
        return Postings(
            np.fromiter((row for row, _ in entries), np.int64, len(entries)),
            np.fromiter((count for _, count in entries), np.float64, len(entries)),
        )

    def since(self, position: int, renumbered: dict[int, int]) -> Overlay:
        """What came after `position`, under new row numbers; rows that have none are left behind."""
        kept = Overlay()
        for row, text in self.texts.items():
            if row in renumbered and self.positions[row] > position:
                kept.add(renumbered[row], text, self.positions[row])
        return kept
