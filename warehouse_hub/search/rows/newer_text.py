"""The text of rows that are in no segment on disk yet: an inverted index in memory that only ever grows.

Adding is what an edit waits for before it can be found, so a listing's two hundred words cost two appends each.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections.abc import Mapping

import numpy as np

from warehouse_hub.search.text.port import Postings


class NewerText:
    """Postings by token; rows must come in ascending order. One thread adds, any number read."""

    def __init__(self) -> None:
        # Rows and impacts. Not NumPy arrays, which take their time for single numbers.
        self._lists: dict[str, tuple[array[int], bytearray]] = {}
        # Only asked for by prefixes, so sorted when first asked.
        self._tokens: list[str] | None = None

    def add(self, row: int, impacts: Mapping[str, int]) -> None:
        """Make a row findable by its tokens."""
        lists, alone = self._lists, array("I", (row,))
        for token, impact in impacts.items():
            held = lists.get(token)
            if held is None:
                lists[token] = alone[:], bytearray((impact,))
                if self._tokens is not None:
                    insort(self._tokens, token)
            else:
                held[0].append(row)
                held[1].append(impact)

    def postings(self, token: str, rows: int) -> Postings:
        """Where a token stands among the first `rows` rows."""
        held = self._lists.get(token)
        if held is None:
            return _NOTHING
        # Copies, as what is looked into cannot grow, and writable ones, as kernels take them. The impacts first: what
        # is added meanwhile may have its row already, but lies beyond them.
        impacts = np.frombuffer(held[1][:], np.uint8)
        known = np.frombuffer(held[0][:], np.uint32)[: len(impacts)]
        kept = len(known) if known[-1] < rows else int(np.searchsorted(known, np.uint32(rows)))
        return Postings(known[:kept], impacts[:kept])

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


_NOTHING = Postings(np.zeros(0, np.uint32), np.zeros(0, np.uint8))
