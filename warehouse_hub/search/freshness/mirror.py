"""A process's own state of search: the index on disk, and in memory whatever is newer than it.

It follows the change feed itself, so an edit is findable at the next request whether or not the worker has folded
it into the index. An index that cannot be used only makes the part in memory larger, never an answer wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from warehouse_hub.directory.listings import FEED_TOPIC
from warehouse_hub.directory.published import PublishedListing, published_in_batches, published_listings
from warehouse_hub.search.freshness.feed_point import (
    changed_ids,
    changes_after,
    holds,
    newest_point,
    point_at,
)
from warehouse_hub.search.parts import Part, View
from warehouse_hub.search.rows.cities import Cities, City
from warehouse_hub.search.rows.listing_rows import columns_of, listing_key
from warehouse_hub.search.rows.name_order import Names, StoredNames
from warehouse_hub.search.rows.recent import RecentRows
from warehouse_hub.search.rows.schema import DEAD, Arrays, Columns, empty_arrays
from warehouse_hub.search.rows.strings import Strings
from warehouse_hub.search.segments.seal import IndexUnusable
from warehouse_hub.search.segments.store import OpenSegment, SegmentStore, Stored
from warehouse_hub.search.text.fields import IndexedText, indexed_text
from warehouse_hub.search.text.port import Postings, TextSegment

# Changes that are read together; few, since a search waits for them.
_AT_A_TIME = 1000
_NOWHERE = Postings(np.zeros(0, np.uint32), np.zeros(0, np.uint8))


@dataclass(frozen=True)
class _Newer:
    """The newest wording of a listing that changed after the index; `row` is None where it left print."""

    position: int
    row: tuple[str, City, Arrays, IndexedText] | None


class Mirror:
    """Changed by one thread at a time; the views it hands out stay as they are."""

    def __init__(self, session: Session, store: SegmentStore) -> None:
        self._store = store
        self._point = newest_point(session)
        self._tried: str | None = None
        self._newer: dict[str, _Newer] = {}
        self._stored: Stored | None = None
        self._ended: set[int] = set()
        self._names = StoredNames(None)
        self._base = _empty_base()
        self._recent = RecentRows(Cities(), self._names)
        self._adopt(self._usable(session))
        if self._stored is None:
            for batch in published_in_batches(session):
                self._take_in({listing.id: self._point.position for listing in batch}, batch)
        else:
            changed = changed_ids(session, self._stored.point)
            self._take_in(changed, published_listings(session, ids=changed))
        self.view = self._take_view()

    @property
    def waiting(self) -> bool:
        """Whether the worker has committed an index that this state does not stand on yet."""
        return self._store.generation() != self._tried

    def follow(self, session: Session) -> bool:
        """Catch up with the feed; False when this database is not the one that was followed so far."""
        full = True
        while full:
            changes = changes_after(session, self._point, _AT_A_TIME)
            if changes is None:
                return False
            # Fewer than there could be are all that the session sees: to ask for more would be a round in vain.
            full = len(changes) == _AT_A_TIME
            newest = {change.key: change.position for change in changes if change.topic == FEED_TOPIC}
            if newest:
                self._take_in(newest, published_listings(session, ids=newest))
            if changes:
                self._point = point_at(changes[-1])
        if self.waiting:
            self._adopt(self._usable(session))
        elif len(self._recent) > 2 * self._recent.live + 1000:
            self._stand_on(self._stored)
        self.view = self._take_view()
        return True

    def _usable(self, session: Session) -> Stored | None:
        """The newest index, if it is of this database's history and not ahead of what we know."""
        generation = self._store.generation()
        try:
            stored = self._store.open(self._stored)
        except IndexUnusable:
            self._tried = generation
            return None
        if stored.point.position > self._point.position:
            # Ours is the older snapshot of the database; the next request tries again.
            return None
        self._tried = generation
        return stored if holds(session, stored.point) else None

    def _adopt(self, stored: Stored | None) -> None:
        """Stand on an index from now on, unless it is older than the one before."""
        held = self._stored
        if stored is not None and (held is None or stored.point.position >= held.point.position):
            self._stand_on(stored)

    def _stand_on(self, stored: Stored | None) -> None:
        """Start from an index, or from nothing, and put whatever is newer beside it."""
        held = self._stored.segments if self._stored else ()
        segments = stored.segments if stored else ()
        first, later = (segments[0], segments[1:]) if segments else (None, ())
        if first is None or not held or first.rows is not held[0].rows:
            self._names = StoredNames(first.rows if first else None)
        self._stored, self._ended = stored, set()
        self._base = _base_of(first) if first else _empty_base()
        cities = Cities(city for segment in segments for city in segment.rows.cities)
        self._recent = RecentRows(cities, self._names, later)
        if stored is not None:
            self._newer = {
                id_: newer for id_, newer in self._newer.items() if newer.position > stored.point.position
            }
        for id_, newer in self._newer.items():
            self._put(id_, newer)

    def _take_in(self, newest: dict[str, int], listings: Sequence[PublishedListing]) -> None:
        texts = [indexed_text(listing) for listing in listings]
        towns = Cities()
        columns = columns_of(listings, [text.digest for text in texts], towns)
        found = {
            listing.id: (
                listing.name("zh"),
                towns[int(columns["city"][place])],
                {name: array[place : place + 1] for name, array in columns.items()},
                texts[place],
            )
            for place, listing in enumerate(listings)
        }
        for listing_id, position in newest.items():
            self._newer[listing_id] = _Newer(position, found.get(listing_id))
            self._put(listing_id, self._newer[listing_id])

    def _put(self, listing_id: str, newer: _Newer) -> None:
        self._end_in_base(listing_id)
        if newer.row is None:
            self._recent.remove(listing_id)
            return
        name, city, columns, text = newer.row
        number = self._recent.cities.number_of(city)
        self._recent.put(listing_id, name, {**columns, "city": np.array([number], np.uint32)}, text)

    def _end_in_base(self, listing_id: str) -> None:
        if self._stored is None or not self._stored.segments:
            return
        row = self._stored.segments[0].rows.row_of(listing_id, listing_key(listing_id))
        if row is not None and self._base.columns.status[row] != DEAD:
            self._ended.add(row)

    def _take_view(self) -> View:
        if self._ended:
            self._base = _without(self._base, np.array(sorted(self._ended), np.uint32))
            self._ended = set()
        recent = self._recent.part()
        names = Names(self._names, self._recent.names, len(recent))
        return View(self._point, self._base, recent, self._recent.cities, names)


def _base_of(segment: OpenSegment) -> Part:
    rows, text = segment.rows, _SegmentText(segment.text)
    part = Part(rows.columns, text, rows.ids, rows.texts, in_map_order=True, by_key=rows.by_key)
    return _without(part, segment.deleted) if len(segment.deleted) else part


def _without(base: Part, ended: NDArray[np.uint32]) -> Part:
    """The part with more rows that count no longer, ascending and none of them ended before; whoever holds the part
    itself keeps the switches it has.
    """
    status = base.columns.status.copy()
    status[ended] = DEAD
    places = np.searchsorted(base.ended, ended)
    return replace(
        base, columns=replace(base.columns, status=status), ended=np.insert(base.ended, places, ended)
    )


def _empty_base() -> Part:
    return Part(Columns(**empty_arrays(0)), _NoText(), Strings.of(()), Strings.of(()), in_map_order=True)


@dataclass(frozen=True)
class _SegmentText:
    """The postings of the one segment that is the base."""

    segment: TextSegment

    def postings(self, token: str) -> Postings:
        return self.segment.postings(token)

    def frequency(self, token: str) -> int:
        return self.segment.frequency(token)

    def starting_with(self, prefix: str, most: int) -> Sequence[str]:
        return [token for token, _ in self.segment.starting_with(prefix, most)]

    @cached_property
    def latin(self) -> Sequence[tuple[str, int]]:
        return [
            (token, found) for token, found in self.segment.tokens() if token.isascii() and token.isalnum()
        ]


class _NoText:
    """The postings of nothing."""

    def postings(self, token: str) -> Postings:
        del token
        return _NOWHERE

    def frequency(self, token: str) -> int:
        del token
        return 0

    def starting_with(self, prefix: str, most: int) -> Sequence[str]:
        del prefix, most
        return ()

    @property
    def latin(self) -> Sequence[tuple[str, int]]:
        return ()
