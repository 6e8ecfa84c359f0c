"""Does what search answers from agree with what is in print? Both are derived; the database is right.

Changes that the worker has not folded yet are no difference: every process reads them from the feed meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from sqlalchemy.orm import Session

from warehouse_hub.core.database import Database
from warehouse_hub.directory.published import PublishedListing, published_in_batches
from warehouse_hub.search.columns import ColumnsSnapshot, row_of
from warehouse_hub.search.documents import indexed_text
from warehouse_hub.search.engine import SearchEngine
from warehouse_hub.search.feed_point import holds
from warehouse_hub.search.follower import IndexFollower
from warehouse_hub.search.mirror import changed_ids
from warehouse_hub.search.text_index import TextIndexUnusable
from warehouse_hub.search.whoosh_index import WhooshTextIndex


@dataclass(frozen=True)
class Difference:
    """One disagreement: `id` is None where a whole part cannot be used; `detail` says what was stale or why."""

    part: Literal["text", "columns"]
    kind: Literal["missing", "extra", "stale", "unusable"]
    id: str | None = None
    detail: str = ""


def differences(database: Database, index_dir: Path, engine: SearchEngine | None = None) -> list[Difference]:
    """Compare every listing in print with the index on disk and with the columns of `engine`, or of a fresh one.

    Also finds what changed behind the feed's back. Reads everything; at 100,000 listings this takes a minute.
    """
    columns = (engine or SearchEngine(database, index_dir)).view().columns
    with database.reading() as session:
        text = _TextState.read(session, index_dir)
        found = [] if text.why is None else [Difference("text", "unusable", detail=text.why)]
        rows = {columns.ids[row]: row for row in np.flatnonzero(columns.live).tolist()}
        stamps = dict(text.stamps)
        for batch in published_in_batches(session):
            for listing in batch:
                found += _column_differences(columns, rows.pop(listing.id, None), listing)
                if text.why is None:
                    found += _text_differences(stamps.pop(listing.id, None), listing, text.waiting)
        found += [Difference("columns", "extra", id_) for id_ in sorted(rows)]
        return found + [Difference("text", "extra", id_) for id_ in sorted(stamps) if id_ not in text.waiting]


def repair(database: Database, index_dir: Path) -> int:
    """Rebuild the index from the database; processes that run take it up with their next change."""
    return IndexFollower(database, index_dir).rebuild()


@dataclass(frozen=True)
class _TextState:
    """What the index on disk holds; `waiting` are listings that it has not heard about yet."""

    stamps: Mapping[str, tuple[int, str]]
    waiting: Mapping[str, int]
    why: str | None

    @classmethod
    def read(cls, session: Session, index_dir: Path) -> _TextState:
        try:
            snapshot = WhooshTextIndex(index_dir).open()
        except TextIndexUnusable as unusable:
            return cls({}, {}, str(unusable))
        if not holds(session, snapshot.point):
            return cls({}, {}, "another database")
        return cls(snapshot.stamps(), changed_ids(session, snapshot.point), None)


def _text_differences(
    stamp: tuple[int, str] | None, listing: PublishedListing, waiting: Mapping[str, int]
) -> Iterator[Difference]:
    if listing.id in waiting:
        return
    if stamp is None:
        yield Difference("text", "missing", listing.id)
    elif stamp != (listing.revision, indexed_text(listing).digest):
        yield Difference("text", "stale", listing.id, f"revision {stamp[0]}, in print {listing.revision}")


def _column_differences(
    columns: ColumnsSnapshot, row: int | None, listing: PublishedListing
) -> Iterator[Difference]:
    if row is None:
        yield Difference("columns", "missing", listing.id)
        return
    held, expected = columns.row(row), row_of(listing)
    stale = [name for name, value in expected.items() if not _same(held[name], value)]
    if stale:
        yield Difference("columns", "stale", listing.id, ", ".join(stale))


def _same(held: Any, expected: Any) -> bool:
    return bool(held == expected or (held != held and expected != expected))  # noqa: PLR0124 (NaN is itself here)
