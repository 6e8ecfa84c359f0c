"""What the directory was like at every moment: the commits of all writers in the order of the change feed."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import func, select

from warehouse_hub.core.database import Database
from warehouse_hub.core.feed import Change
from warehouse_hub.directory.published import PublishedListing, published_listings

State = Mapping[str, PublishedListing]


@dataclass(frozen=True)
class Commit:
    """One transaction: from when to when, where the feed has it, and how it left its listings (None: not in print)."""

    begun: float
    ended: float
    position: int
    left: dict[str, PublishedListing | None]


class History:
    """Grows under many threads, and is read when they are done."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._commits: list[Commit] = []
        with database.reading() as session:
            self._first = {listing.id: listing for listing in published_listings(session)}

    @contextmanager
    def committing(self, ids: Iterable[str]):
        """Around one transaction about listings that nobody else changes meanwhile.

        Gives what is to be called last in the transaction: before that nobody can have seen it.
        """
        begun: list[float] = []
        yield lambda: begun.append(time.monotonic())
        ended = time.monotonic()
        with self._database.reading() as session:
            listings = {listing.id: listing for listing in published_listings(session, ids=ids)}
            position = session.scalar(select(func.max(Change.position)).where(Change.key.in_(list(ids))))
        commit = Commit(begun[0], ended, position, {id_: listings.get(id_) for id_ in ids})
        with self._lock:
            self._commits.append(commit)

    def states(self) -> list[State]:
        """Every state there was, the first one before any commit."""
        states: list[State] = [self._first]
        for commit in self._in_order():
            now = {**states[-1], **commit.left}
            states.append({id_: listing for id_, listing in now.items() if listing is not None})
        return states

    def between(self, begun: float, ended: float) -> range:
        """The numbers of the states that a request may have seen: none older than when it began."""
        commits = self._in_order()
        done = [number for number, commit in enumerate(commits, start=1) if commit.ended <= begun]
        started = [number for number, commit in enumerate(commits, start=1) if commit.begun <= ended]
        return range(max(done, default=0), max(started, default=0) + 1)

    def _in_order(self) -> list[Commit]:
        return sorted(self._commits, key=lambda commit: commit.position)
