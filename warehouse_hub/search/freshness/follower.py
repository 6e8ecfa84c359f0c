"""The worker's part: fold the change feed into the index on disk.

The index carries its own position and commits it together with its files, so there is nothing to repair after a
crash: whatever was not folded is simply still ahead of it. Segments are never merged posting by posting: the
listings of small ones are read again from the database, which is the record, and written as one.

The one thing to get wrong: the position must be that of the snapshot from which listings were read. Were it older, a
reader that stands between the two would see half of a commit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from warehouse_hub.core.database import Database
from warehouse_hub.directory.published import PublishedListing, published_listings, published_places
from warehouse_hub.search.freshness.feed_point import FeedPoint, changed_ids, holds, newest_point
from warehouse_hub.search.map.position import fixed_point, morton_of
from warehouse_hub.search.rows.cities import Cities
from warehouse_hub.search.rows.listing_rows import listing_key
from warehouse_hub.search.segments.seal import IndexUnusable, SealedSegment
from warehouse_hub.search.segments.store import OpenSegment, SegmentStore, Stored

READ_AT_ONCE: Final = 500
MOST_SEGMENTS: Final = 8
# Beyond this share of dead or of later rows the whole index is written anew.
WORN_SHARE: Final = 0.25
WORN_ROWS: Final = 5000

Rows = NDArray[np.uint32]


class IndexFollower:
    """Keeps the index in a folder up with a database; several may exist, one at a time works."""

    def __init__(self, database: Database, index_dir: Path, *, store: SegmentStore | None = None) -> None:
        self._database = database
        self._store = store or SegmentStore(index_dir)
        # Beyond the committed position stand only changes of other topics, not worth a commit of their own.
        self._seen: FeedPoint | None = None
        self._stored: Stored | None = None

    def catch_up(self) -> int:
        """Fold what is new in one commit, and tell how many listings; rebuilds an index that cannot be used.

        Raises Conflict("search.index_busy") while another process writes.
        """
        if self._idle():
            return 0
        with self._store.writing():
            folded = self._rebuild_if_unusable()
            if self._is_worn(later=self._backlog()):
                return self._rebuild()
            folded += self._fold()
            if self._is_worn():
                self._rebuild()
            return folded

    def rebuild(self) -> int:
        """Write the whole index anew from the database and tell how many listings it holds."""
        with self._store.writing():
            return self._rebuild()

    def _idle(self) -> bool:
        if self._seen is None:
            return False
        with self._database.reading() as session:
            newest = newest_point(session)
        return newest == self._seen and self._usable()

    def _usable(self) -> bool:
        try:
            self._store.check()
        except IndexUnusable:
            return False
        return True

    def _open(self) -> Stored | None:
        try:
            self._stored = self._store.open(self._stored)
        except IndexUnusable:
            self._stored = None
        return self._stored

    def _rebuild_if_unusable(self) -> int:
        stored = self._open()
        if stored is not None:
            with self._database.reading() as session:
                if holds(session, stored.point):
                    if self._seen is None:
                        self._store.sweep()
                    self._seen = stored.point
                    return 0
        return self._rebuild()

    def _rebuild(self) -> int:
        with self._database.reading() as session:
            point = newest_point(session)
            ids = _in_map_order(session)
            segment = self._store.write(_listings(session, ids), Cities())
            self._store.publish([segment], [np.zeros(0, np.uint32)], point)
        self._seen = point
        self._open()
        return segment.rows

    def _fold(self) -> int:
        """One more segment with what changed, which takes in the small ones where there are many of them."""
        if self._seen is None:
            raise RuntimeError("folding before the position is known")
        with self._database.reading() as session:
            point = newest_point(session)
            changed = changed_ids(session, self._seen)
            if changed:
                held = self._segments()
                kept = held if len(held) < MOST_SEGMENTS else held[:1]
                ids = {*changed, *(id_ for one in held[len(kept) :] for id_ in _live_ids(one))}
                segment = self._store.write(_listings(session, sorted(ids)), _cities(kept))
                deleted = [_with_ended(one, changed) for one in kept]
                self._publish(kept, deleted, [segment] if segment.rows else [], point)
        self._seen = point
        return len(changed)

    def _is_worn(self, *, later: int = 0) -> bool:
        """Whether so much has ended, or come since the base, that a new base is worth writing."""
        held = self._segments()
        rows = sum(len(one.rows) for one in held)
        ended = sum(len(one.deleted) for one in held)
        later += rows - len(held[0].rows) if held else 0
        return max(ended, later) > WORN_SHARE * rows + WORN_ROWS

    def _backlog(self) -> int:
        """How many changes, at most, wait to be folded."""
        with self._database.reading() as session:
            return newest_point(session).position - (self._seen.position if self._seen else 0)

    def _publish(
        self,
        held: Sequence[OpenSegment],
        deleted: Sequence[Rows],
        fresh: Sequence[SealedSegment],
        point: FeedPoint,
    ) -> None:
        sealed = {one.name: one for one in self._store.check().segments}
        none = np.zeros(0, np.uint32)
        self._store.publish(
            [*(sealed[one.name] for one in held), *fresh], [*deleted, *(none for _ in fresh)], point
        )
        self._open()

    def _segments(self) -> Sequence[OpenSegment]:
        return self._stored.segments if self._stored else ()


def _in_map_order(session: Session) -> list[str]:
    """Every listing in print along the curve of the map, so that neighbours on the ground are neighbours in rows."""
    places = published_places(session)
    latitude = np.array([np.nan if place is None else place[0] for _, place in places], np.float64)
    longitude = np.array([np.nan if place is None else place[1] for _, place in places], np.float64)
    order = np.argsort(morton_of(*fixed_point(latitude, longitude), ~np.isnan(latitude)), kind="stable")
    return [places[place][0] for place in order.tolist()]


def _listings(session: Session, ids: Sequence[str]) -> Iterator[list[PublishedListing]]:
    """The listings in print among `ids`, in that order."""
    for start in range(0, len(ids), READ_AT_ONCE):
        part = ids[start : start + READ_AT_ONCE]
        found = {listing.id: listing for listing in published_listings(session, ids=part)}
        yield [found[id_] for id_ in part if id_ in found]


def _cities(segments: Sequence[OpenSegment]) -> Cities:
    return Cities(city for segment in segments for city in segment.rows.cities)


def _with_ended(segment: OpenSegment, ids: Iterable[str]) -> Rows:
    rows = (segment.rows.row_of(id_, listing_key(id_)) for id_ in ids)
    ended = np.array([row for row in rows if row is not None], np.uint32)
    return np.union1d(segment.deleted, ended).astype(np.uint32)


def _live_ids(segment: OpenSegment) -> Iterator[str]:
    live = np.ones(len(segment.rows), np.bool_)
    live[segment.deleted] = False
    return (segment.rows.ids[row] for row in np.flatnonzero(live).tolist())
