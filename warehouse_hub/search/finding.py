"""Finding what a query keeps of a view: its text, then its place, then everything else in one pass with the counts.

Each step hands on fewer rows than it was given, and only the last looks at all the other columns. What is easy to get
wrong: a filter of place may not touch the count of those that have no place.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.conditions import added, conditions_of, counted, wanted_of
from warehouse_hub.search.found import Found, PartFound
from warehouse_hub.search.kernels.arrays import NO_FLOATS, NO_SCORES
from warehouse_hub.search.kernels.conditions import Conditions, ScanColumns
from warehouse_hub.search.kernels.postings import keep
from warehouse_hub.search.kernels.scan import Kept, count_rows, count_spans, scan_rows, scan_spans
from warehouse_hub.search.kernels.tally import Counts
from warehouse_hub.search.parts import Part, View
from warehouse_hub.search.placed import Ground
from warehouse_hub.search.query import SearchQuery
from warehouse_hub.search.textual import Matched, Plan

Rows = NDArray[np.uint32]
_NO_ROWS = np.zeros(0, np.uint32)


class Stretch(NamedTuple):
    """A piece of the order by distance: the `most` results that follow upon a distance in km."""

    most: int
    beyond_km: float


def find(
    view: View,
    asked: SearchQuery,
    text: Plan,
    today: date,
    facets: Collection[str],
    shown: Stretch | None = None,
) -> Found:
    """Everything that passes `asked` and its text, with the counts of the facets.

    Where the order alone asks for distances and only one `shown` stretch of it is wanted, the other distances are
    rough, yet each on its own side of these.
    """
    conditions = conditions_of(asked, view.cities, today)
    search = _Search(
        asked,
        text,
        Ground.of(asked),
        conditions,
        conditions._replace(most_port_km=np.inf),
        wanted_of(facets),
        len(view.cities),
        shown,
    )
    parts, counts, lost = zip(*(search.of(part) for part in view.parts), strict=True)
    known = [one for one in counts if one is not None]
    facets_found = (
        counted(facets, added(known), view.cities, today) if known else {name: {} for name in facets}
    )
    return Found(view, parts, facets_found, sum(lost))


class _Search:
    """One query, ready to be asked of each part."""

    def __init__(
        self,
        asked: SearchQuery,
        text: Plan,
        ground: Ground,
        conditions: Conditions,
        anywhere: Conditions,
        wanted: int,
        cities: int,
        shown: Stretch | None,
    ) -> None:
        self._asked = asked
        self._text = text
        self._ground = ground
        self._conditions = conditions
        # The distance to a port is a matter of place too: what has none may lie beside one.
        self._anywhere = anywhere
        self._wanted = wanted
        self._cities = cities
        self._shown = shown

    def of(self, part: Part) -> tuple[PartFound, Counts | None, int]:
        """What is kept of a part, its counts, and how many would be kept but have no place."""
        if not len(part):
            return PartFound(part, _NO_ROWS, NO_SCORES, NO_FLOATS), None, 0
        matched = self._matched(part)
        if self._asked.located is False:
            matched = _placeless(part, matched)
        columns = part.scanned
        if self._ground.is_everywhere:
            found, counts = self._scan(part, columns, matched)
            if self._asked.port_within_km is not None:
                return found, counts, self._lost(part, columns, matched)
            return found, counts, len(found.rows[part.placeless(found.rows)])
        looked = self._ground.looked(part, None if matched is None else matched.rows)
        scores = NO_SCORES
        if matched is not None:
            _, scores = keep(matched.rows, matched.scores, looked.rows)
        kept, counts = scan_rows(
            columns,
            self._conditions,
            self._wanted,
            looked.rows,
            scores,
            NO_FLOATS if looked.km is None else looked.km,
            self._cities,
        )
        km = self._measured(part, kept.rows) if looked.km is None else kept.km
        return self._found(part, kept, km), counts, self._lost(part, columns, matched)

    def _matched(self, part: Part) -> Matched | None:
        matched = self._text.matched(part)
        if not self._asked.ids:
            return matched
        rows = np.unique(np.array([row for id_ in self._asked.ids for row in part.rows_with(id_)], np.uint32))
        if matched is None:
            return Matched(rows, np.zeros(len(rows), np.int32))
        return Matched(*keep(matched.rows, matched.scores, rows))

    def _scan(self, part: Part, columns: ScanColumns, matched: Matched | None) -> tuple[PartFound, Counts]:
        if matched is None:
            every = np.array([[0, len(part)]], np.int64)
            rows, counts = scan_spans(columns, self._conditions, self._wanted, every, self._cities)
            return PartFound(part, rows, NO_SCORES, self._measured(part, rows)), counts
        kept, counts = scan_rows(
            columns, self._conditions, self._wanted, matched.rows, matched.scores, cities=self._cities
        )
        return self._found(part, kept, self._measured(part, kept.rows)), counts

    def _found(self, part: Part, kept: Kept, km: NDArray[np.float64] | None) -> PartFound:
        return PartFound(part, kept.rows, kept.scores if self._text.scores else NO_SCORES, km)

    def _measured(self, part: Part, rows: Rows) -> NDArray[np.float64] | None:
        """Distances that only the order asks for; without a radius every result has one."""
        if self._asked.near is None or self._asked.order != "distance":
            return None
        if self._shown is None:
            return self._ground.measured(part, rows)
        return self._ground.measured_for_page(part, rows, *self._shown)

    def _lost(self, part: Part, columns: ScanColumns, matched: Matched | None) -> int:
        if matched is None and part.in_map_order:
            lost = np.array([[part.located, len(part)]], np.int64)
            return count_spans(columns, self._anywhere, lost) if part.located < len(part) else 0
        rows = _placeless(part, matched).rows
        return count_rows(columns, self._anywhere, rows) if len(rows) else 0


def _placeless(part: Part, matched: Matched | None) -> Matched:
    """What of the rows that match, or of them all, has no place."""
    if matched is None:
        first = part.located if part.in_map_order else 0
        rows = np.arange(first, len(part), dtype=np.uint32)
        matched = Matched(rows, np.zeros(len(rows), np.int32))
    without = part.placeless(matched.rows)
    return Matched(matched.rows[without], matched.scores[without])
