"""The worker's part: fold the change feed into the index on disk.

The index carries its own position and commits it together with its files, so there is nothing to repair after a
crash: whatever was not folded is simply still ahead of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from warehouse_hub.core.database import Database
from warehouse_hub.core.feed import changes_since
from warehouse_hub.directory.listings import FEED_TOPIC
from warehouse_hub.directory.published import published_in_batches, published_listings
from warehouse_hub.search.documents import IndexedText, indexed_text
from warehouse_hub.search.feed_point import FeedPoint, holds, newest_point, point_at
from warehouse_hub.search.text_index import TextChange, TextIndex, TextIndexUnusable
from warehouse_hub.search.whoosh_index import WhooshTextIndex

BATCH: Final = 2000


class IndexFollower:
    """Keeps the index in a folder up with a database; several may exist, one at a time works."""

    def __init__(
        self, database: Database, index_dir: Path, *, index: TextIndex | None = None, batch: int = BATCH
    ) -> None:
        self._database = database
        self._index: TextIndex = index or WhooshTextIndex(index_dir)
        self._batch = batch
        # Beyond the committed position stand only changes of other topics, not worth a commit of their own.
        self._seen: FeedPoint | None = None

    def catch_up(self) -> int:
        """Fold what is new, a batch a commit, and tell how many listings; rebuilds an index that cannot be used.

        Raises Conflict("search.index_busy") while another process writes.
        """
        if self._idle():
            return 0
        with self._index.writing():
            folded = self._rebuild_if_unusable()
            while (step := self._fold_batch()) is not None:
                folded += step
            return folded

    def rebuild(self) -> int:
        """Write the whole index anew from the database and tell how many listings it holds."""
        with self._index.writing():
            return self._rebuild()

    def _idle(self) -> bool:
        if self._seen is None:
            return False
        with self._database.reading() as session:
            newest = newest_point(session)
        return newest == self._seen and self._usable_at() is not None

    def _usable_at(self) -> FeedPoint | None:
        try:
            return self._index.check()
        except TextIndexUnusable:
            return None

    def _rebuild_if_unusable(self) -> int:
        point = self._usable_at()
        if point is not None:
            with self._database.reading() as session:
                if holds(session, point):
                    self._seen = point
                    return 0
        return self._rebuild()

    def _rebuild(self) -> int:
        written = 0

        def batches(session: Session) -> Iterator[list[IndexedText]]:
            nonlocal written
            for batch in published_in_batches(session):
                written += len(batch)
                yield [indexed_text(listing) for listing in batch]

        with self._database.reading() as session:
            point = newest_point(session)
            self._index.rebuild(batches(session), point)
        self._seen = point
        return written

    def _fold_batch(self) -> int | None:
        """Fold the next changes; None when there are none."""
        if self._seen is None:
            raise RuntimeError("folding before the position is known")
        with self._database.reading() as session:
            changes = changes_since(session, self._seen.position, self._batch)
            if not changes:
                return None
            ids = {change.key for change in changes if change.topic == FEED_TOPIC}
            listings = {listing.id: listing for listing in published_listings(session, ids=ids)}
            point = point_at(changes[-1])
        if ids:
            texts = [
                TextChange(id_, indexed_text(listings[id_]) if id_ in listings else None)
                for id_ in sorted(ids)
            ]
            self._index.apply(texts, point)
        self._seen = point
        return len(ids)
