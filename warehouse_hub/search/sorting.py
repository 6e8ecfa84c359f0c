"""The order of results across both parts, and pages of it.

Every order is one number a row, smaller first, and then the listing's key, so it is total and the same in every
process: without that two web processes would page through ties differently.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.cursor import Cursor
from warehouse_hub.search.found import Found, PartFound
from warehouse_hub.search.kernels.arrays import NO_FLOATS
from warehouse_hub.search.kernels.order import FIRST, gathered, relevance, top
from warehouse_hub.search.rows.listing_rows import listing_key
from warehouse_hub.search.text.bm25f import FRESH_POINTS, GRADE_POINTS

Floats = NDArray[np.float64]
Rows = NDArray[np.uint32]
Scores = NDArray[np.int32]

CURSOR_IDS: Final = 4
_NAMES_LOCK: Final = threading.Lock()


class Placed(NamedTuple):
    """One result in its order: the part it is of, its place among what that part keeps, and what it sorts by."""

    part: int
    place: int
    key: float
    tie: int


class Ordered:
    """What was found, in the order that a query asks for; `after` a place when it goes on from a cursor."""

    def __init__(self, found: Found, order: str, now: datetime) -> None:
        self.found = found
        self._order = order
        self._now = now.timestamp()
        self._keys = [self._keys_of(number, part) for number, part in enumerate(found.parts)]

    def page(self, limit: int, *, skip: int = 0, after: tuple[float, int] | None = None) -> list[Placed]:
        """The results from `skip` on that come after a key and tie."""
        best: list[Placed] = []
        key, tie = FIRST if after is None else after
        for number, (part, keys) in enumerate(zip(self.found.parts, self._keys, strict=True)):
            if not len(keys):
                continue
            ties = part.part.columns.key
            places = top(keys, part.rows, ties, skip + limit, key, tie)
            best += [
                Placed(number, *placed)
                for placed in zip(
                    places.tolist(), keys[places].tolist(), ties[part.rows[places]].tolist(), strict=True
                )
            ]
        best.sort(key=attrgetter("key", "tie"))
        return best[skip : skip + limit]

    def every_id(self) -> list[str]:
        """The ids of all results in order."""
        keys = np.concatenate(self._keys)
        ties = np.concatenate([part.part.columns.key[part.rows] for part in self.found.parts])
        ids = [part.part.ids[row] for part in self.found.parts for row in part.rows.tolist()]
        return [ids[place] for place in np.lexsort((ties, keys)).tolist()]

    def start_of(self, cursor: Cursor) -> tuple[float, int]:
        """Where a page begins: after the last listing shown that is still found in the same wording, else where the
        last one stood.

        Scores shift a little with every edit, so a bare score would skip or repeat neighbours; and a listing that
        was reworded may stand somewhere else altogether.
        """
        for anchor in cursor.ids:
            place = self._place_of(anchor)
            if place is not None:
                return place.key, place.tie
        key, tie = cursor.keys
        if isinstance(key, str):
            with _NAMES_LOCK:
                return self.found.view.names.rank_of(key), int(tie)
        return float(key), int(tie)

    def cursor(self, search: str, page: Sequence[Placed]) -> Cursor:
        """The cursor that goes on after a page."""
        last = page[-1]
        ids = tuple(self._anchor(one) for one in page[::-1][:CURSOR_IDS])
        key: float | str = last.key
        if self._order == "name":
            with _NAMES_LOCK:
                key = self.found.view.names.key_of(last.part, self.row_of(last))
        return Cursor(search, ids, (key, last.tie))

    def points(self, part: int, places: Sequence[int]) -> Floats:
        """What text, evidence and freshness add up to for results of a part, in 65,536ths."""
        found = self.found.parts[part]
        return -self._relevance(found, found.rows[places], found.scores[places])

    def id_of(self, placed: Placed) -> str:
        return self.found.parts[placed.part].part.ids[self.row_of(placed)]

    def row_of(self, placed: Placed) -> int:
        return int(self.found.parts[placed.part].rows[placed.place])

    def _keys_of(self, number: int, found: PartFound) -> Floats:
        part, rows = found.part, found.rows
        columns = part.columns
        if not len(rows):
            return NO_FLOATS
        if self._order == "name":
            with _NAMES_LOCK:
                return self.found.view.names.ranks(number)[rows]
        if self._order == "available":
            return gathered(columns.available_m2, rows, descending=True)
        if self._order == "freshness":
            return gathered(columns.published_at, rows, descending=True)
        if self._order == "distance" and found.km is not None:
            return np.where(np.isnan(found.km), np.inf, found.km)
        return self._relevance(found, rows, found.scores)

    def _relevance(self, found: PartFound, rows: Rows, scores: Scores) -> Floats:
        columns = found.part.columns
        return relevance(
            rows, scores, columns.grade, columns.published_at, self._now, GRADE_POINTS, FRESH_POINTS
        )

    def _anchor(self, placed: Placed) -> str:
        """A listing in one wording."""
        revision = int(self.found.parts[placed.part].part.columns.revision[self.row_of(placed)])
        return f"{revision}:{self.id_of(placed)}"

    def _place_of(self, anchor: str) -> Placed | None:
        revision, _, listing_id = anchor.partition(":")
        tie = listing_key(listing_id)
        for number, found in enumerate(self.found.parts):
            for row in found.part.rows_with(listing_id):
                if str(found.part.columns.revision[row]) != revision:
                    continue
                place = int(np.searchsorted(found.rows, np.uint32(row)))
                if place < len(found.rows) and int(found.rows[place]) == row:
                    return Placed(number, place, float(self._keys[number][place]), tie)
        return None
