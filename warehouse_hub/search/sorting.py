"""The order of results across both parts, and pages of it.

Every order is one number a row, smaller first, and then the listing's key, so it is total and the same in every
process: without that two web processes would page through ties differently.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.cursor import Cursor
from warehouse_hub.search.found import Found, PartFound
from warehouse_hub.search.kernels.arrays import NO_FLOATS
from warehouse_hub.search.kernels.order import FIRST, gathered, relevance, top
from warehouse_hub.search.pricing import Pricing, price_keys
from warehouse_hub.search.scale import Scale
from warehouse_hub.search.text.bm25f import FRESH_POINTS, GRADE_POINTS

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Rows = NDArray[np.uint32]
Scores = NDArray[np.int32]

_NAMES_LOCK: Final = threading.Lock()


class Placed(NamedTuple):
    """One result in its order: the part it is of, its row there, what it sorts by, and what its text, evidence and
    freshness add up to in 65,536ths.
    """

    part: int
    row: int
    key: float
    tie: int
    points: float


class Ordered:
    """What was found, in the order that a query asks for; by price where there is `pricing`."""

    def __init__(self, found: Found, order: str, scale: Scale, pricing: Pricing | None = None) -> None:
        self._found = found
        self._order = order
        self._scale = scale
        self._pricing = pricing
        self._keys = [self._keys_of(number, part) for number, part in enumerate(found.parts)]

    def page(self, limit: int, *, skip: int = 0, after: Cursor | None = None) -> list[Placed]:
        """The results from `skip` on, of those that come after a cursor."""
        key, tie = FIRST if after is None else self._start_of(after)
        firsts = [
            (number, top(keys, found.rows, found.part.columns.key, skip + limit, key, tie))
            for number, (found, keys) in enumerate(zip(self._found.parts, self._keys, strict=True))
            if len(keys)
        ]
        if not firsts:
            return []
        if len(firsts) == 1:
            number, places = firsts[0]
            return self._placed(number, places[skip:])
        return self._merged(firsts, skip, limit)

    def every_id(self) -> list[str]:
        """The ids of all results in order."""
        keys = np.concatenate(self._keys)
        ties = np.concatenate([found.part.columns.key[found.rows] for found in self._found.parts])
        ids = [found.part.ids[row] for found in self._found.parts for row in found.rows.tolist()]
        return [ids[place] for place in np.lexsort((ties, keys)).tolist()]

    def cursor(self, search: str, last: Placed) -> Cursor:
        """The cursor that goes on after a result."""
        key: float | str = last.key
        if self._order == "name":
            with _NAMES_LOCK:
                key = self._found.view.names.key_of(last.part, last.row)
        scale, rates = self._scale, self._pricing.rates.digest if self._pricing else ""
        return Cursor(search, key, last.tie, scale.now, scale.listings, scale.counts, rates)

    def _merged(self, firsts: Sequence[tuple[int, Places]], skip: int, limit: int) -> list[Placed]:
        """Of the first results of several parts those from `skip` on; nothing is made of the others."""
        keys = [self._keys[number][places] for number, places in firsts]
        parts = [self._found.parts[number] for number, _ in firsts]
        ties = [
            found.part.columns.key[found.rows[places]]
            for found, (_, places) in zip(parts, firsts, strict=True)
        ]
        chosen = np.lexsort((np.concatenate(ties), np.concatenate(keys)))[skip : skip + limit]
        merged, first = [], 0
        for number, places in firsts:
            here = chosen[(chosen >= first) & (chosen < first + len(places))] - first
            merged += self._placed(number, places[here])
            first += len(places)
        return sorted(merged, key=lambda one: (one.key, one.tie))

    def _start_of(self, cursor: Cursor) -> tuple[float, int]:
        if isinstance(cursor.key, str):
            with _NAMES_LOCK:
                return self._found.view.names.rank_of(cursor.key), cursor.tie
        return float(cursor.key), cursor.tie

    def _placed(self, number: int, places: Places) -> list[Placed]:
        """The results of a part at these places among what it keeps."""
        found, keys = self._found.parts[number], self._keys[number][places]
        rows = found.rows[places]
        ties = found.part.columns.key[rows]
        if self._order == "relevance":
            points = -keys
        else:
            scores = found.scores[places] if len(found.scores) else found.scores
            points = -self._relevance(found, rows, scores)
        columns = (rows.tolist(), keys.tolist(), ties.tolist(), points.tolist())
        return [Placed(number, *one) for one in zip(*columns, strict=True)]

    def _keys_of(self, number: int, found: PartFound) -> Floats:
        part, rows = found.part, found.rows
        columns = part.columns
        if not len(rows):
            return NO_FLOATS
        if self._order == "name":
            with _NAMES_LOCK:
                return self._found.view.names.ranks(number)[rows]
        if self._order in {"available", "freshness"}:
            largest = columns.available_m2 if self._order == "available" else columns.published_at
            return gathered(largest, rows, descending=True)
        if self._pricing is not None:
            return price_keys(columns, rows, self._pricing)
        if self._order == "distance" and found.km is not None:
            return np.where(np.isnan(found.km), np.inf, found.km)
        return self._relevance(found, rows, found.scores)

    def _relevance(self, found: PartFound, rows: Rows, scores: Scores) -> Floats:
        columns, now = found.part.columns, self._scale.now
        return relevance(rows, scores, columns.grade, columns.published_at, now, GRADE_POINTS, FRESH_POINTS)
