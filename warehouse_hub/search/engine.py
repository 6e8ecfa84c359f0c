"""The search engine of one process: every request sees every commit that stood before it began.

Nothing here is shared with other processes but the database and the files that the worker writes; a process that
never sees the worker again still answers right, with more of the index in its own memory.
"""

from __future__ import annotations

import math
import os
import threading
import time
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

from warehouse_hub.core.clock import Clock, civil_date, utc_now
from warehouse_hub.core.database import Database
from warehouse_hub.core.errors import InvalidInput, Problem
from warehouse_hub.directory.published import published_listings
from warehouse_hub.directory.rules.exchange import Rates
from warehouse_hub.places.distance import geodesic_km
from warehouse_hub.search.conditions import FACETS
from warehouse_hub.search.cursor import Cursor
from warehouse_hub.search.finding import Stretch, find
from warehouse_hub.search.found import Found
from warehouse_hub.search.freshness.mirror import Mirror
from warehouse_hub.search.insight import explained, going_on, probably_meant
from warehouse_hub.search.language.completing import Completion
from warehouse_hub.search.language.suggesting import Suggestion
from warehouse_hub.search.language.understanding import understand
from warehouse_hub.search.language.understood import Understood
from warehouse_hub.search.parts import View
from warehouse_hub.search.pricing import Pricing, RatesAtHand
from warehouse_hub.search.query import SearchQuery
from warehouse_hub.search.scale import Scale
from warehouse_hub.search.segments.seal import IndexUnusable
from warehouse_hub.search.segments.store import SegmentStore
from warehouse_hub.search.sorting import Ordered, Placed
from warehouse_hub.search.text.bm25f import ONE
from warehouse_hub.search.text.explain import Explanation
from warehouse_hub.search.text.port import TextUnusable
from warehouse_hub.search.textual import Plan

FARTHEST_SKIP: Final = 10_000
# No page was shown later than now, as far as the clocks of two machines agree.
_CLOCKS_APART_S: Final = 60.0

Read = TypeVar("Read")


class SearchItem(NamedTuple):
    """One result. `score` is what text, evidence and freshness add up to; `around` are the points that distances are
    taken from.
    """

    id: str
    score: float
    place: tuple[float, float] | None
    around: tuple[tuple[float, float], ...] = ()

    @property
    def distance_km(self) -> float | None:
        """The geodesic to the nearest point that was asked around; worked out when it is printed."""
        if self.place is None or not self.around:
            return None
        return min(geodesic_km(point, self.place) for point in self.around)


@dataclass(frozen=True)
class SearchResult:
    """`total` counts all pages. `without_coordinates` would pass every filter, were their place on the map known.

    `asked` is the query with the filters that its words were understood to mean. `rates` are those that an order by
    price went by, None for another order.
    """

    total: int
    took_ms: float
    facets: Mapping[str, Mapping[str, int]]
    items: tuple[SearchItem, ...]
    next_cursor: str | None
    without_coordinates: int
    asked: SearchQuery
    understood: Understood
    rates: Rates | None = None


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
        self._rates = RatesAtHand(database)
        self._lock = threading.Lock()
        self._state: tuple[Hashable, Mirror] | None = None
        self._looked_at = 0
        self._process = os.getpid()

    def search(self, query: SearchQuery, *, facets: Collection[str] = FACETS, skip: int = 0) -> SearchResult:
        """One page with its total and the counts of `facets`; `skip` leaves out that many results before it.

        Raises InvalidInput for a cursor of another search, or of an order by price whose rates have changed since;
        ValueError to skip more than 10,000.
        """
        started = time.perf_counter()
        if skip > FARTHEST_SKIP:
            raise ValueError(f"a page beyond {FARTHEST_SKIP} results")
        understood = understand(query.q, literal=query.literal)
        asked = understood.applied_to(query)
        cursor = _cursor_of(query)
        # One more than was asked for tells whether there is a next page.
        most = query.limit + 1
        beyond = max(0.0, cursor.key) if cursor is not None and isinstance(cursor.key, float) else 0.0

        def page_of(view: View) -> SearchResult:
            scale = self._scale(understood, view, cursor)
            text = Plan.of(understood, scale)
            found = find(view, asked, text, self._today(), facets, Stretch(skip + most, beyond))
            pricing = self._pricing(asked, scale)
            if cursor is not None and pricing is not None and cursor.rates != pricing.rates.digest:
                raise _refused("cursor.other_rates")
            ordered = Ordered(found, asked.order, scale, pricing)
            page = ordered.page(most, skip=skip, after=cursor)
            more, page = len(page) == most, page[: query.limit]
            return SearchResult(
                total=found.total,
                facets=found.facets,
                items=_items(view, asked, page),
                next_cursor=ordered.cursor(query.digest, page[-1]).written() if more else None,
                without_coordinates=found.without_coordinates,
                asked=asked,
                understood=understood,
                rates=pricing.rates if pricing else None,
                took_ms=(time.perf_counter() - started) * 1000,
            )

        return self._read(page_of)

    def match_ids(self, query: SearchQuery) -> list[str]:
        """The ids of all results in the query's order, whatever its limit and cursor say."""
        understood = understand(query.q, literal=query.literal)
        asked = understood.applied_to(query)

        def ids_of(view: View) -> list[str]:
            scale = self._scale(understood, view)
            found = find(view, asked, Plan.of(understood, scale), self._today(), ())
            return Ordered(found, asked.order, scale, self._pricing(asked, scale)).every_id()

        return self._read(ids_of)

    def find(self, query: SearchQuery, *, facets: Collection[str] = (), view: View | None = None) -> Found:
        """The rows that a query keeps, for whoever counts or draws them instead of listing them; of the newest state,
        or of one that `view` gave before.
        """
        understood = understand(query.q, literal=query.literal)
        asked = understood.applied_to(query)

        def found_in(view: View) -> Found:
            text = Plan.of(understood, self._scale(understood, view))
            return find(view, asked, text, self._today(), facets)

        return self._read(found_in, view)

    def explain(self, query: SearchQuery, ids: Iterable[str]) -> Mapping[str, Explanation]:
        """Why listings stand where they stand for a query; those that are not in print are left out.

        On a page that a cursor leads to, by the scale of its first page. Raises InvalidInput as `search` does.
        """
        understood = understand(query.q, literal=query.literal)
        cursor = _cursor_of(query)
        scale = self._read(lambda view: self._scale(understood, view, cursor))
        with self._database.reading() as session:
            listings = published_listings(session, query.dataset, ids)
        return explained(understood, scale, listings)

    def did_you_mean(self, query: SearchQuery) -> Suggestion | None:
        """The text that was probably meant where listings have no such words, or None."""
        return self._read(lambda view: probably_meant(view, query.q))

    def completions(self, text: str) -> Sequence[Completion]:
        """What the last word of a text may become, at most eight, the best first."""
        return self._read(lambda view: going_on(view, text))

    def view(self) -> View:
        """The newest state: everything committed before this call is in it."""
        if self._process != os.getpid():
            # A forked child shares open files and connections with its parent.
            self._lock, self._state, self._process = threading.Lock(), None, os.getpid()
            self._rates = RatesAtHand(self._database)
        mark = self._database.watch.mark()
        state = self._state
        if state is not None and state[0] == mark and not state[1].waiting:
            return state[1].view
        asked_at = time.monotonic_ns()
        with self._lock:
            if self._state is not None and self._looked_at > asked_at:
                # Somebody who waited here before looked after this call began: that is new enough.
                return self._state[1].view
            began = time.monotonic_ns()
            # Taken before reading: what is committed in between only makes the next request look again.
            mark = self._database.watch.mark()
            mirror = self._state[1] if self._state else None
            with self._database.reading() as session:
                if mirror is None or not mirror.follow(session):
                    mirror = Mirror(session, self._store)
            self._state, self._looked_at = (mark, mirror), began
            return mirror.view

    def _read(self, read: Callable[[View], Read], view: View | None = None) -> Read:
        """What is read of a view, the newest unless one is given."""
        try:
            return read(view or self.view())
        except (IndexUnusable, TextUnusable):
            # Somebody wrote over the files: once more from the start, which does without them.
            with self._lock:
                self._state = None
            return read(self.view())

    def _scale(self, understood: Understood, view: View, cursor: Cursor | None = None) -> Scale:
        """What scores are measured by: as the first page did it, or anew."""
        if cursor is None:
            return Scale.of(understood, view, self._clock().timestamp())
        scale = Scale.carried(understood, cursor.listings, cursor.counts, cursor.now)
        if scale is None or cursor.now > self._clock().timestamp() + _CLOCKS_APART_S:
            raise _refused("cursor.invalid")
        return scale

    def _pricing(self, asked: SearchQuery, scale: Scale) -> Pricing | None:
        """By the rates of the first page's day; they are read only where this order is asked for."""
        if asked.order != "price":
            return None
        return Pricing(asked.price_unit, self._rates.on(asked.dataset, scale.day))

    def _today(self) -> date:
        return civil_date(self._clock())


def _items(view: View, asked: SearchQuery, page: Sequence[Placed]) -> tuple[SearchItem, ...]:
    parts, around, items = view.parts, asked.centres, []
    for placed in page:
        part, row = parts[placed.part], placed.row
        latitude = part.columns.latitude.item(row)
        place = None if math.isnan(latitude) else (latitude, part.columns.longitude.item(row))
        items.append(SearchItem(part.ids[row], round(placed.points / ONE, 6), place, around))
    return tuple(items)


def _cursor_of(query: SearchQuery) -> Cursor | None:
    if query.cursor is None:
        return None
    cursor = Cursor.read(query.cursor)
    if cursor is None:
        raise _refused("cursor.invalid")
    if cursor.search != query.digest:
        raise _refused("cursor.other_search")
    return cursor


def _refused(code: str) -> InvalidInput:
    return InvalidInput("search.invalid", [Problem(code, column="cursor")])
