"""Does what search answers from agree with what is in print? The database is right.

Changes that the worker has not folded yet are no difference: every process reads them from the feed meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from warehouse_hub.core.database import Database
from warehouse_hub.directory.published import PublishedListing, published_in_batches
from warehouse_hub.search.engine import SearchEngine
from warehouse_hub.search.freshness.feed_point import holds
from warehouse_hub.search.freshness.follower import IndexFollower
from warehouse_hub.search.parts import Part, View
from warehouse_hub.search.rows.cities import Cities
from warehouse_hub.search.rows.listing_rows import columns_of
from warehouse_hub.search.rows.schema import DEAD, Arrays
from warehouse_hub.search.segments.seal import IndexUnusable
from warehouse_hub.search.segments.store import SegmentStore
from warehouse_hub.search.text.fields import indexed_text

# Numbers of a table that each process keeps for itself; the city that they stand for is compared instead.
_OWN_NUMBERS = frozenset({"city"})


@dataclass(frozen=True)
class Difference:
    """One disagreement: `id` is None where the whole index cannot be used; `detail` says what was stale or why."""

    part: Literal["index", "columns", "text"]
    kind: Literal["missing", "extra", "stale", "unusable"]
    id: str | None = None
    detail: str = ""


def differences(database: Database, index_dir: Path, engine: SearchEngine | None = None) -> list[Difference]:
    """Compare every listing in print with what `engine`, or a fresh one, has of it, and look at the index on disk.

    Also finds what changed behind the feed's back. Reads everything; at 100,000 listings this takes a minute.
    """
    found = [Difference("index", "unusable", detail=why) for why in _unusable(database, index_dir)]
    view = (engine or SearchEngine(database, index_dir)).view()
    rows = dict(_live_rows(view))
    with database.reading() as session:
        for batch in published_in_batches(session):
            found += _batch_differences(view, rows, batch)
    return found + [Difference("index", "extra", id_) for id_ in sorted(rows)]


def repair(database: Database, index_dir: Path) -> int:
    """Rebuild the index from the database; processes that run take it up with their next request."""
    return IndexFollower(database, index_dir).rebuild()


def _unusable(database: Database, index_dir: Path) -> Iterator[str]:
    try:
        seal = SegmentStore(index_dir).check()
    except IndexUnusable as unusable:
        yield str(unusable)
        return
    with database.reading() as session:
        if not holds(session, seal.point):
            yield "another database"


def _live_rows(view: View) -> Iterator[tuple[str, tuple[Part, int]]]:
    for part in view.parts:
        for row in np.flatnonzero(part.columns.status != DEAD).tolist():
            yield part.ids[row], (part, row)


def _batch_differences(
    view: View, rows: dict[str, tuple[Part, int]], batch: Sequence[PublishedListing]
) -> Iterator[Difference]:
    cities = Cities()
    expected = columns_of(batch, [indexed_text(listing).digest for listing in batch], cities)
    for place, listing in enumerate(batch):
        held = rows.pop(listing.id, None)
        if held is None:
            yield Difference("index", "missing", listing.id)
            continue
        part, row = held
        stale = [name for name in _stale(part, row, expected, place) if name != "digest"]
        if view.cities[int(part.columns.city[row])].code != cities[int(expected["city"][place])].code:
            stale.append("city")
        if stale:
            yield Difference("columns", "stale", listing.id, ", ".join(stale))
        if "digest" in _stale(part, row, expected, place):
            revision = int(part.columns.revision[row])
            yield Difference("text", "stale", listing.id, f"revision {revision}, in print {listing.revision}")


def _stale(part: Part, row: int, expected: Arrays, place: int) -> list[str]:
    return [
        name
        for name, column in expected.items()
        if name not in _OWN_NUMBERS and not _same(getattr(part.columns, name)[row], column[place])
    ]


def _same(held: Any, expected: Any) -> bool:
    return bool(held == expected or (held != held and expected != expected))  # noqa: PLR0124 (NaN is itself here)
