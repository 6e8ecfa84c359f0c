"""The search engine of one process: every request sees every commit that stood before it began.

Nothing here is shared with other processes but the database and the files that the worker writes; a process that
never sees the worker again still answers right, with a larger overlay.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

from warehouse_hub.core.clock import Clock, civil_date, utc_now
from warehouse_hub.core.database import Database
from warehouse_hub.core.errors import InvalidInput, Problem
from warehouse_hub.places.distance import geodesic_km
from warehouse_hub.search.columns import ColumnsSnapshot, Floats
from warehouse_hub.search.cursor import Cursor
from warehouse_hub.search.filters import Selection, eligible_rows, facet_counts, select
from warehouse_hub.search.mirror import Mirror, View
from warehouse_hub.search.ordering import Keys, Rows, after, cursor_at, page_of, sort_keys
from warehouse_hub.search.query import SearchQuery
from warehouse_hub.search.reading import read_query
from warehouse_hub.search.text_index import TextIndex
from warehouse_hub.search.whoosh_index import WhooshTextIndex


@dataclass(frozen=True)
class SearchItem:
    """One result: `score` is 0 where no text was asked for; `distance_km` is the geodesic from `near`."""

    id: str
    score: float
    distance_km: float | None


@dataclass(frozen=True)
class SearchResult:
    """`total` counts all pages. `without_coordinates` would have passed every filter, had a map place been known."""

    total: int
    took_ms: float
    facets: Mapping[str, Mapping[str, int]]
    items: tuple[SearchItem, ...]
    next_cursor: str | None
    without_coordinates: int


@dataclass(frozen=True)
class Found:
    """What a query keeps of a view: the mask of its rows and, with a text, their scores."""

    columns: ColumnsSnapshot
    selection: Selection
    scores: Floats | None = field(default=None)

    def rows(self) -> Rows:
        return np.flatnonzero(self.selection.kept)


class SearchEngine:
    """Searches both datasets, one at a time; safe for the threads of a process, loaded at the first request."""

    def __init__(
        self, database: Database, index_dir: Path, *, clock: Clock = utc_now, index: TextIndex | None = None
    ) -> None:
        self._database = database
        self._index: TextIndex = index or WhooshTextIndex(index_dir)
        self._clock = clock
        self._lock = threading.Lock()
        self._mirror: Mirror | None = None

    def search(self, query: SearchQuery, *, facets: bool = True) -> SearchResult:
        """One page with its total and facets. Raises InvalidInput for a cursor of another search."""
        started = time.perf_counter()
        found = self.find(query)
        rows = found.rows()
        keys = sort_keys(query.order, found.columns, rows, found.scores, found.selection.km)
        total = len(rows)
        if query.cursor is not None:
            later = after(_cursor_of(query), query.order, found.columns, rows, keys)
            rows, keys = rows[later], [key[later] for key in keys]
        page = page_of(keys, query.limit)
        return SearchResult(
            total=total,
            facets=facet_counts(found.columns, found.selection, self._today()) if facets else {},
            items=tuple(_item(found, query, row) for row in rows[page].tolist()),
            next_cursor=_next_cursor(query, found, rows, keys, page),
            without_coordinates=int(np.count_nonzero(found.selection.unplaced)),
            took_ms=(time.perf_counter() - started) * 1000,
        )

    def match_ids(self, query: SearchQuery) -> list[str]:
        """The ids of all results in the query's order, whatever its limit and cursor say."""
        found = self.find(query)
        rows = found.rows()
        keys = sort_keys(query.order, found.columns, rows, found.scores, found.selection.km)
        return [found.columns.ids[row] for row in rows[np.lexsort(keys[::-1])].tolist()]

    def find(self, query: SearchQuery) -> Found:
        """The rows that a query keeps, for whoever counts or draws them instead of listing them."""
        view = self.view()
        columns = view.columns
        eligible = eligible_rows(columns, query.dataset)
        words = read_query(query.q)
        scores = view.text.scores(words, columns, eligible) if words else None
        matched = None if scores is None else scores > 0
        return Found(columns, select(columns, query, self._today(), eligible, matched), scores)

    def view(self) -> View:
        """The newest state: everything committed before this call is in it."""
        with self._database.reading() as session:
            mirror = self._mirror
            if mirror is not None and mirror.current(session) and not mirror.waiting:
                return mirror.view
        with self._lock, self._database.reading() as session:
            mirror = self._mirror
            if mirror is None or not mirror.follow(session):
                mirror = self._mirror = Mirror(session, self._index)
            return mirror.view

    def _today(self) -> date:
        return civil_date(self._clock())


def _item(found: Found, query: SearchQuery, row: int) -> SearchItem:
    columns = found.columns
    score = 0.0 if found.scores is None else round(float(found.scores[row]), 6)
    distance = None
    if query.near is not None and not np.isnan(columns.latitude[row]):
        distance = geodesic_km(query.near, (float(columns.latitude[row]), float(columns.longitude[row])))
    return SearchItem(columns.ids[row], score, distance)


def _cursor_of(query: SearchQuery) -> Cursor:
    cursor = Cursor.read(query.cursor or "")
    if cursor is None or cursor.search != query.digest:
        problem = Problem("cursor.invalid" if cursor is None else "cursor.other_search", column="cursor")
        raise InvalidInput("search.invalid", [problem])
    return cursor


def _next_cursor(query: SearchQuery, found: Found, rows: Rows, keys: Keys, page: Rows) -> str | None:
    if len(page) == 0 or len(page) == len(rows):
        return None
    last = int(page[-1])
    return cursor_at(query.digest, query.order, found.columns, int(rows[last]), keys, last).written()
