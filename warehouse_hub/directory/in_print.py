"""Every listing in print, kept in memory by one process and followed through the change feed.

For whoever holds the whole directory against a question, as matching does: reading it anew would cost more than the
answer. What a caller gets is newer than every commit that stood before it asked.
"""

from __future__ import annotations

import threading

from sqlalchemy.orm import Session

from warehouse_hub.core.feed import changes_since, head
from warehouse_hub.directory.listings import FEED_TOPIC
from warehouse_hub.directory.published import PublishedListing, published_listings

_MOST_CHANGES = 1000


class InPrint:
    """The published listings of both datasets; safe for the threads of a process, loaded at the first question."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._position: int | None = None
        self._listings: dict[str, PublishedListing] = {}

    def of(self, session: Session, dataset: str) -> list[PublishedListing]:
        """The listings of a dataset as `session` sees them, ordered by id."""
        with self._lock:
            self._follow(session)
            held = [listing for listing in self._listings.values() if listing.dataset == dataset]
        return sorted(held, key=lambda listing: listing.id)

    def _follow(self, session: Session) -> None:
        newest = head(session)
        if newest == self._position:
            return
        changes = [] if self._position is None else changes_since(session, self._position, _MOST_CHANGES + 1)
        if self._position is None or newest < self._position or len(changes) > _MOST_CHANGES:
            self._listings = {listing.id: listing for listing in published_listings(session)}
        elif changed := {change.key for change in changes if change.topic == FEED_TOPIC}:
            for key in changed:
                self._listings.pop(key, None)
            self._listings.update(
                (listing.id, listing) for listing in published_listings(session, ids=changed)
            )
        self._position = newest
