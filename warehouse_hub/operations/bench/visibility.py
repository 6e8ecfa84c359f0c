"""How long after its commit an edit is found by another process.

The one thing to get wrong: a process that asks itself sees its own edit at once. Here a second process asks without a
pause, and both read the same clock of the machine: what is told is from the return of the commit to the end of the
first search that found it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import numpy as np

from warehouse_hub.accounts.permissions import DATASETS, Actor
from warehouse_hub.core.database import Database
from warehouse_hub.directory.mass_publication import Wording, publish_many
from warehouse_hub.directory.published import PublishedListing, published_in_batches
from warehouse_hub.operations.bench.hub_engine import HubEngine
from warehouse_hub.operations.bench.installation import DATASET, standing_still

EDITS: Final = 100
OVERLAY: Final = 1000
_AT_A_TIME: Final = 250
_WAIT_S: Final = 120.0
_EDITOR: Final = Actor(None, "bench", "bench", frozenset({"editor"}), None, frozenset(DATASETS))


@dataclass(frozen=True)
class Visibility:
    """Milliseconds until an edit is found, with nothing to begin with and with many edits that are in no index yet."""

    p50_ms: float
    p95_ms: float
    overlay: int
    p50_ms_with_overlay: float
    p95_ms_with_overlay: float

    def to_json(self) -> dict[str, Any]:
        return {name: round(getattr(self, name), 3) for name in self.__dataclass_fields__}


def visibility(
    database: Database, index_dir: Path, *, edits: int = EDITS, overlay: int = OVERLAY
) -> Visibility:
    """Edit listings of a directory that is not needed any more, beside an index that nobody keeps up."""
    with database.reading() as session:
        batches = published_in_batches(session, DATASET)
        listings = list(islice((listing for batch in batches for listing in batch), edits + overlay))
    # The same listings again where there are too few.
    again = [listings[place % len(listings)] for place in range(2 * edits + overlay)]
    with _second_process(database.url, index_dir) as other:
        empty = [
            _seen_after_ms(database, other, one, f"zv{place}a") for place, one in enumerate(again[:edits])
        ]
        between = again[edits : edits + overlay]
        for start in range(0, len(between), _AT_A_TIME):
            part = {one.id: _named(one, f"zv{start}b") for one in between[start : start + _AT_A_TIME]}
            _publish(database, list(part.values()))
        full = [
            _seen_after_ms(database, other, one, f"zv{place}c") for place, one in enumerate(again[-edits:])
        ]
    return Visibility(*_percentiles(empty), overlay, *_percentiles(full))


@contextmanager
def _second_process(database_url: str, index_dir: Path) -> Iterator[Connection]:
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_watch, args=(database_url, index_dir, there), daemon=True)
    process.start()
    try:
        _received(here)
        yield here
        here.send(None)
        process.join(_WAIT_S)
    finally:
        process.terminate()
        process.join()


def _watch(database_url: str, index_dir: Path, there: Connection) -> None:
    """Search for every word that comes until it is found, and answer with the time."""
    database = Database(database_url)
    engine = HubEngine(database, index_dir)
    engine.finds("warehouse")
    there.send(perf_counter())
    while (word := there.recv()) is not None:
        engine.finds("warehouse")
        there.send(perf_counter())
        while not engine.finds(word):
            pass
        there.send(perf_counter())
    database.dispose()


def _seen_after_ms(database: Database, other: Connection, listing: PublishedListing, word: str) -> float:
    other.send(word)
    # It has taken in what came before and is asking for the word already.
    _received(other)
    _publish(database, [_named(listing, word)])
    committed = perf_counter()
    return max(0.0, (_received(other) - committed) * 1000)


def _publish(database: Database, wordings: list[Wording]) -> None:
    with database.unit_of_work(standing_still) as uow:
        publish_many(uow, wordings, dataset=DATASET, actor=_EDITOR)


def _named(listing: PublishedListing, word: str) -> Wording:
    return Wording(listing.id, replace(listing, name_en=f"{listing.name_en} {word}"))


def _received(other: Connection) -> float:
    if not other.poll(_WAIT_S):
        raise TimeoutError("the second process finds nothing")
    told: float = other.recv()
    return told


def _percentiles(taken: list[float]) -> tuple[float, float]:
    p50, p95 = np.percentile(taken, [50, 95]).tolist()
    return p50, p95
