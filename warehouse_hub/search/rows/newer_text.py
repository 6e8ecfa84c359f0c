"""The text of rows that are in no segment on disk yet: an inverted index in memory that only ever grows."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Mapping

import numpy as np

from warehouse_hub.search.text.port import Postings

_FIRST_ROOM = 4


class NewerText:
    """Postings by token; rows must come in ascending order. One thread adds, any number read."""

    def __init__(self) -> None:
        self._lists: dict[str, _Growing] = {}
        # Only asked for by prefixes, so sorted when first asked.
        self._tokens: list[str] | None = None

    def add(self, row: int, impacts: Mapping[str, int]) -> None:
        """Make a row findable by its tokens."""
        for token, impact in impacts.items():
            held = self._lists.get(token)
            if held is None:
                held = self._lists[token] = _Growing()
                if self._tokens is not None:
                    insort(self._tokens, token)
            held.append(row, impact)

    def postings(self, token: str, rows: int) -> Postings:
        """Where a token stands among the first `rows` rows."""
        held = self._lists.get(token)
        return _NOTHING if held is None else held.below(rows)

    def starting_with(self, prefix: str) -> list[str]:
        """The tokens that begin so, in order."""
        if self._tokens is None:
            self._tokens = sorted(self._lists)
        tokens = self._tokens
        first = bisect_left(tokens, prefix)
        last = first
        while last < len(tokens) and tokens[last].startswith(prefix):
            last += 1
        return tokens[first:last]


class _Growing:
    """Two arrays with room to spare."""

    __slots__ = ("_held", "count")

    def __init__(self) -> None:
        self._held = Postings(np.zeros(_FIRST_ROOM, np.uint32), np.zeros(_FIRST_ROOM, np.uint8))
        self.count = 0

    def append(self, row: int, impact: int) -> None:
        held = self._held
        if self.count == len(held.rows):
            # A new pair rather than resized ones: readers go on with the old.
            held = Postings(
                np.concatenate([held.rows, held.rows]), np.concatenate([held.impacts, held.impacts])
            )
            held.rows[self.count :] = 0
            self._held = held
        held.rows[self.count], held.impacts[self.count] = row, impact
        self.count += 1

    def below(self, rows: int) -> Postings:
        # The count first: what is added meanwhile lies beyond it, in the old pair or in a new one.
        count = self.count
        held = self._held
        known = held.rows[:count]
        kept = count if count == 0 or known[-1] < rows else int(np.searchsorted(known, rows))
        return Postings(known[:kept], held.impacts[:kept])


_NOTHING = Postings(np.zeros(0, np.uint32), np.zeros(0, np.uint8))
