"""A process's own copy of what search needs: columns, the index on disk, and an overlay of what is newer than it.

It follows the change feed itself, so an edit is findable at the next request whether or not the worker has folded
it into the index. An index that cannot be used only makes the overlay larger, never an answer wrong.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from warehouse_hub.core.feed import changes_since
from warehouse_hub.directory.listings import FEED_TOPIC
from warehouse_hub.directory.published import PublishedListing, published_in_batches, published_listings
from warehouse_hub.search.columns import Columns, ColumnsSnapshot
from warehouse_hub.search.documents import indexed_text
from warehouse_hub.search.feed_point import START, FeedPoint, holds, newest_point, point_at
from warehouse_hub.search.overlay import Overlay
from warehouse_hub.search.text_index import TextIndex, TextIndexUnusable, TextSnapshot
from warehouse_hub.search.text_view import TextView, rows_of_index


@dataclass(frozen=True)
class View:
    """One consistent moment: columns and text with the same rows."""

    point: FeedPoint
    columns: ColumnsSnapshot
    text: TextView

    def is_newest(self, session: Session) -> bool:
        """Whether nothing was committed since, in this very history; one query tells."""
        newest = changes_since(session, self.point.position - 1, limit=2)
        return [point_at(change) for change in newest] == [self.point] if newest else self.point == START


class Mirror:
    """Changed by one thread at a time; the views it hands out stay as they are."""

    def __init__(self, session: Session, index: TextIndex) -> None:
        self._index = index
        self._columns = Columns()
        self._overlay = Overlay()
        self._point = newest_point(session)
        self._tried: str | None = None
        self._snapshot = self._usable(session)
        newer = changed_ids(session, self._snapshot.point if self._snapshot else START)
        for batch in published_in_batches(session):
            for listing in batch:
                row = self._columns.put(listing)
                if self._snapshot is None or listing.id in newer:
                    self._overlay.add(row, indexed_text(listing), newer.get(listing.id, self._point.position))
        self._number_documents()
        self.view = self._take_view()

    @property
    def waiting(self) -> bool:
        """Whether the worker has committed an index that could take rows off the overlay."""
        return len(self._overlay) > 0 and self._index.generation() != self._tried

    def follow(self, session: Session) -> bool:
        """Catch up with the feed; False when this database is not the one that was followed so far."""
        if not holds(session, self._point):
            return False
        while changes := changes_since(session, self._point.position):
            newest = {change.key: change.position for change in changes if change.topic == FEED_TOPIC}
            self._take_in(newest, published_listings(session, ids=newest))
            self._point = point_at(changes[-1])
        if self.waiting:
            self._adopt(self._usable(session))
        if self._columns.wasted:
            self._compact()
        self.view = self._take_view()
        return True

    def _take_in(self, newest: dict[str, int], listings: Iterable[PublishedListing]) -> None:
        found = {listing.id: listing for listing in listings}
        for listing_id, position in newest.items():
            listing = found.get(listing_id)
            if listing is None:
                self._columns.remove(listing_id)
            else:
                self._overlay.add(self._columns.put(listing), indexed_text(listing), position)

    def _usable(self, session: Session) -> TextSnapshot | None:
        """The newest index, if it is of this database's history and not ahead of what we know."""
        generation = self._index.generation()
        try:
            snapshot = self._index.open()
        except TextIndexUnusable:
            self._tried = generation
            return None
        if snapshot.point.position > self._point.position:
            # Ours is the older snapshot of the database; the next request tries again.
            return None
        self._tried = generation
        return snapshot if holds(session, snapshot.point) else None

    def _adopt(self, snapshot: TextSnapshot | None) -> None:
        if snapshot is None or (self._snapshot and snapshot.point.position < self._snapshot.point.position):
            return
        rows = self._columns.row_numbers
        self._overlay = self._overlay.since(snapshot.point.position, {row: row for row in rows.values()})
        self._snapshot = snapshot
        self._number_documents()

    def _compact(self) -> None:
        old = {row: id_ for id_, row in self._columns.row_numbers.items()}
        self._columns = self._columns.compacted()
        new = self._columns.row_numbers
        self._overlay = self._overlay.since(-1, {row: new[id_] for row, id_ in old.items()})
        self._number_documents()

    def _number_documents(self) -> None:
        # An edit needs none of this: the document keeps its old row, and that row is no longer live.
        self._rows = rows_of_index(self._snapshot, self._columns.row_numbers, self._overlay)

    def _take_view(self) -> View:
        return View(
            self._point, self._columns.snapshot(), TextView(self._snapshot, self._rows, self._overlay)
        )


def changed_ids(session: Session, after: FeedPoint) -> dict[str, int]:
    """Every listing that changed after a point, with the position of its last change."""
    found: dict[str, int] = {}
    position = after.position
    while changes := changes_since(session, position):
        found |= {change.key: change.position for change in changes if change.topic == FEED_TOPIC}
        position = changes[-1].position
    return found
