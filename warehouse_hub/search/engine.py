"""The search engine of one process: every request sees every commit that stood before it began.

Nothing here is shared with other processes but the database and the files that the worker writes; a process that
never sees the worker again still answers right, with more of the index in its own memory.
"""

from __future__ import annotations

import math
import os
import threading
import time
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np

from warehouse_hub.core.clock import Clock, civil_date, utc_now
from warehouse_hub.core.database import Database
from warehouse_hub.core.errors import InvalidInput, Problem
from warehouse_hub.directory.published import published_listings
from warehouse_hub.places.distance import geodesic_km
from warehouse_hub.search.conditions import FACETS
from warehouse_hub.search.cursor import Cursor
from warehouse_hub.search.finding import find
from warehouse_hub.search.found import Found
from warehouse_hub.search.freshness.mirror import Mirror
from warehouse_hub.search.insight import explained, going_on, probably_meant
from warehouse_hub.search.language.completing import Completion
from warehouse_hub.search.language.suggesting import Suggestion
from warehouse_hub.search.language.understanding import understand
from warehouse_hub.search.language.understood import Understood
from warehouse_hub.search.parts import View
from warehouse_hub.search.query import SearchQuery
from warehouse_hub.search.segments.seal import IndexUnusable
from warehouse_hub.search.segments.store import SegmentStore
from warehouse_hub.search.sorting import Ordered, Placed
from warehouse_hub.search.text.bm25f import ONE
from warehouse_hub.search.text.explain import Explanation
from warehouse_hub.search.text.port import TextUnusable

FARTHEST_SKIP: Final = 10_000


@dataclass(frozen=True)
class SearchItem:
    """One result. `score` is what text, evidence and freshness add up to, 0 where no text was asked for; `around` are
    the points that distances are taken from.
    """

    id: str
    score: float
    place: tuple[float, float] | None
    around: tuple[tuple[float, float], ...] = ()

    @cached_property
    def distance_km(self) -> float | None:
        """The geodesic to the nearest point that was asked around; worked out when it is printed."""
        if self.place is None or not self.around:
            return None
        return min(geodesic_km(point, self.place) for point in self.around)


@dataclass(frozen=True)
class SearchResult:
    """`total` counts all pages. `without_coordinates` would pass every filter, were their place on the map known.

    `asked` is the query with the filters that its words were understood to mean.
    """

    total: int
    took_ms: float
    facets: Mapping[str, Mapping[str, int]]
    items: tuple[SearchItem, ...]
    next_cursor: str | None
    without_coordinates: int
    asked: SearchQuery
    understood: Understood


class SearchEngine:
    """Searches both datasets, one at a time; safe for the threads of a process, opened at the first request."""

    def __init__(
        self,
        database: Database,
        index_dir: Path,
        *,
        clock: Clock = utc_now,
        store: SegmentStore | None = None,
    ) -> None:
        self._database = database
        self._store = store or SegmentStore(index_dir)
        self._clock = clock
        self._lock = threading.Lock()
        self._state: tuple[Hashable, Mirror] | None = None
        self._process = os.getpid()

    def search(self, query: SearchQuery, *, facets: Collection[str] = FACETS, skip: int = 0) -> SearchResult:
        """One page with its total and the counts of `facets`; `skip` leaves out that many results before it.

        Raises InvalidInput for a cursor of another search, ValueError to skip more than 10,000.
        """
        started = time.perf_counter()
        if skip > FARTHEST_SKIP:
            raise ValueError(f"a page beyond {FARTHEST_SKIP} results")
        cursor = _cursor_of(query)
        understood = understand(query.q, literal=query.literal)
        asked = understood.applied_to(query)
        found = self._find(asked, understood, facets)
        ordered = Ordered(found, asked.order, self._clock())
        after = None if cursor is None else ordered.start_of(cursor)
        # One more than was asked for tells whether there is a next page.
        page = ordered.page(query.limit + 1, skip=skip, after=after)
        more, page = len(page) > query.limit, page[: query.limit]
        return SearchResult(
            total=found.total,
            facets=found.facets,
            items=_items(ordered, asked, page),
            next_cursor=ordered.cursor(query.digest, page).written() if more else None,
            without_coordinates=found.without_coordinates,
            asked=asked,
            understood=understood,
            took_ms=(time.perf_counter() - started) * 1000,
        )

    def match_ids(self, query: SearchQuery) -> list[str]:
        """The ids of all results in the query's order, whatever its limit and cursor say."""
        understood = understand(query.q, literal=query.literal)
        asked = understood.applied_to(query)
        return Ordered(self._find(asked, understood, ()), asked.order, self._clock()).every_id()

    def find(self, query: SearchQuery, *, facets: Collection[str] = (), view: View | None = None) -> Found:
        """The rows that a query keeps, for whoever counts or draws them instead of listing them; of the newest state,
        or of one that `view` gave before.
        """
        understood = understand(query.q, literal=query.literal)
        return self._find(understood.applied_to(query), understood, facets, view)

    def explain(self, query: SearchQuery, ids: Iterable[str]) -> Mapping[str, Explanation]:
        """Why listings stand where they stand for a query; those that are not in print are left out."""
        understood = understand(query.q, literal=query.literal)
        view = self.view()
        with self._database.reading() as session:
            listings = published_listings(session, query.dataset, ids)
        return explained(view, understood, listings, self._clock())

    def did_you_mean(self, query: SearchQuery) -> Suggestion | None:
        """The text that was probably meant where listings have no such words, or None."""
        return probably_meant(self.view(), query.q)

    def completions(self, text: str) -> Sequence[Completion]:
        """What the last word of a text may become, at most eight, the best first."""
        return going_on(self.view(), text)

    def view(self) -> View:
        """The newest state: everything committed before this call is in it."""
        if self._process != os.getpid():
            # A forked child shares open files and connections with its parent.
            self._lock, self._state, self._process = threading.Lock(), None, os.getpid()
        mark = self._database.watch.mark()
        state = self._state
        if state is not None and state[0] == mark and not state[1].waiting:
            return state[1].view
        with self._lock:
            # Taken before reading: what is committed in between only makes the next request look again.
            mark = self._database.watch.mark()
            mirror = self._state[1] if self._state else None
            with self._database.reading() as session:
                if mirror is None or not mirror.follow(session):
                    mirror = Mirror(session, self._store)
            self._state = mark, mirror
            return mirror.view

    def _find(
        self, asked: SearchQuery, understood: Understood, facets: Collection[str], view: View | None = None
    ) -> Found:
        try:
            return find(view or self.view(), asked, understood, self._today(), facets)
        except (IndexUnusable, TextUnusable):
            # Somebody wrote over the files: once more from the start, which does without them.
            self._state = None
            return find(self.view(), asked, understood, self._today(), facets)

    def _today(self) -> date:
        return civil_date(self._clock())


def _items(ordered: Ordered, asked: SearchQuery, page: Sequence[Placed]) -> tuple[SearchItem, ...]:
    items: dict[Placed, SearchItem] = {}
    for number, found in enumerate(ordered.found.parts):
        placed = [one for one in page if one.part == number]
        places = [one.place for one in placed]
        rows = found.rows[places]
        latitudes, longitudes = (
            column[rows].tolist() for column in (found.part.columns.latitude, found.part.columns.longitude)
        )
        points = ordered.points(number, places) / ONE if len(found.scores) else np.zeros(len(places))
        for one, row, latitude, longitude, score in zip(
            placed, rows.tolist(), latitudes, longitudes, points.tolist(), strict=True
        ):
            place = None if math.isnan(latitude) else (latitude, longitude)
            items[one] = SearchItem(found.part.ids[row], round(score, 6), place, asked.centres)
    return tuple(items[one] for one in page)


def _cursor_of(query: SearchQuery) -> Cursor | None:
    if query.cursor is None:
        return None
    cursor = Cursor.read(query.cursor)
    if cursor is None or cursor.search != query.digest:
        problem = Problem("cursor.invalid" if cursor is None else "cursor.other_search", column="cursor")
        raise InvalidInput("search.invalid", [problem])
    return cursor
