"""The search engine of one process: every request sees every commit that stood before it began.

Nothing here is shared with other processes but the database and the files that the worker writes; a process that
never sees the worker again still answers right, with a larger overlay.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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
from warehouse_hub.search.geography import FAR_KM, settle_far
from warehouse_hub.search.mirror import Mirror, View
from warehouse_hub.search.ordering import Rows, after, cursor_after, page_of, sort_keys
from warehouse_hub.search.query import SearchQuery
from warehouse_hub.search.reading import read_query
from warehouse_hub.search.text_index import TextIndex, TextIndexUnusable
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


class Results:
    """What a query keeps, after its cursor, with the keys of its order."""

    def __init__(self, found: Found, query: SearchQuery) -> None:
        self.found = found
        self._query = query
        self.rows: Rows = np.flatnonzero(found.selection.kept)
        self._keys = sort_keys(query.order, found.columns, self.rows, found.scores, found.selection.km)
        if query.cursor is not None:
            later = after(_cursor_of(query), query.order, found.columns, self.rows, self._keys)
            self.rows, self._keys = self.rows[later], [key[later] for key in self._keys]

    def page(self) -> Rows:
        """The first page, as places in `rows`."""
        return page_of(self._keys, self._query.limit)

    def in_order(self) -> Rows:
        return self.rows[np.lexsort(self._keys[::-1])]

    def reaches_far(self, page: Rows) -> bool:
        """Whether the order of a page hangs on distances that are only roughly known."""
        km = self.found.selection.km
        return (
            self._query.order == "distance" and km is not None and bool((km[self.rows[page]] > FAR_KM).any())
        )

    def settled(self) -> Results:
        """The same with exact distances."""
        km = self.found.selection.km
        if self._query.order == "distance" and self._query.near is not None and km is not None:
            settle_far(
                km, *self._query.near, self.found.columns.places, np.flatnonzero(self.found.selection.kept)
            )
        return Results(self.found, self._query)

    def next_cursor(self, page: Rows) -> str | None:
        if len(page) == 0 or len(page) == len(self.rows):
            return None
        query, columns = self._query, self.found.columns
        return cursor_after(query.digest, query.order, columns, self.rows, self._keys, page).written()


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
        self._process = os.getpid()

    def search(self, query: SearchQuery, *, facets: bool = True) -> SearchResult:
        """One page with its total and facets. Raises InvalidInput for a cursor of another search."""
        started = time.perf_counter()
        found = self.find(query)
        results = Results(found, query)
        page = results.page()
        if results.reaches_far(page):
            results = results.settled()
            page = results.page()
        return SearchResult(
            total=int(np.count_nonzero(found.selection.kept)),
            facets=facet_counts(found.columns, found.selection, self._today()) if facets else {},
            items=tuple(_item(found, query, row) for row in results.rows[page].tolist()),
            next_cursor=results.next_cursor(page),
            without_coordinates=int(np.count_nonzero(found.selection.unplaced)),
            took_ms=(time.perf_counter() - started) * 1000,
        )

    def match_ids(self, query: SearchQuery) -> list[str]:
        """The ids of all results in the query's order, whatever its limit and cursor say."""
        results = Results(self.find(query), replace(query, cursor=None)).settled()
        return [results.found.columns.ids[row] for row in results.in_order().tolist()]

    def find(self, query: SearchQuery) -> Found:
        """The rows that a query keeps, for whoever counts or draws them instead of listing them."""
        try:
            return self._find(self.view(), query)
        except TextIndexUnusable:
            # Once more from the start, which opens the index anew or does without it.
            self._mirror = None
            return self._find(self.view(), query)

    def view(self) -> View:
        """The newest state: everything committed before this call is in it."""
        if self._process != os.getpid():
            # A forked child shares the reading positions of the open files with its parent.
            self._lock, self._mirror, self._process = threading.Lock(), None, os.getpid()
        with self._database.reading() as session:
            mirror = self._mirror
            if mirror is not None and not mirror.waiting:
                # Held before it is asked: another thread may put a newer one in its place meanwhile.
                view = mirror.view
                if view.is_newest(session):
                    return view
        with self._lock, self._database.reading() as session:
            mirror = self._mirror
            if mirror is None or not mirror.follow(session):
                mirror = self._mirror = Mirror(session, self._index)
            return mirror.view

    def _find(self, view: View, query: SearchQuery) -> Found:
        columns = view.columns
        eligible = eligible_rows(columns, query.dataset)
        words = read_query(query.q)
        scores = view.text.scores(words, columns, eligible) if words else None
        matched = None if scores is None else scores > 0
        return Found(columns, select(columns, query, self._today(), eligible, matched), scores)

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
