"""The map at the zooms of a world, a country and a street, beside a grid of fixed cells counted by SQLite."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from warehouse_hub.operations.bench.answer import HUB, Bench, Measured, disagreements, once, timed
from warehouse_hub.operations.bench.floor import column_read
from warehouse_hub.operations.bench.installation import (
    DATASET,
    put_in_print,
    standing_still,
    temporary_directory,
)
from warehouse_hub.operations.bench.memory import opening
from warehouse_hub.operations.bench.sample import sample_facts
from warehouse_hub.operations.bench.search_bench import sqlite_peer
from warehouse_hub.operations.bench.search_queries import HAMBURG
from warehouse_hub.search.engine import SearchEngine
from warehouse_hub.search.follower import IndexFollower
from warehouse_hub.search.geography import Box
from warehouse_hub.search.map_features import map_features
from warehouse_hub.search.query import SearchQuery

ROWS = 20_000
_TILE_DEGREES: Final = 360 / 256 * 52


@dataclass(frozen=True)
class Window:
    """A part of the map: west, south, east, north in degrees; None is the world."""

    name: str
    zoom: int
    box: tuple[float, float, float, float] | None


_WINDOWS: Final = (
    Window("world", 2, None),
    Window("country", 6, (5.8, 47.2, 15.1, 55.1)),
    Window("street", 15, (HAMBURG[1] - 0.03, HAMBURG[0] - 0.02, HAMBURG[1] + 0.03, HAMBURG[0] + 0.02)),
)


def run(rows: int, seed: int) -> Bench:
    """Draw the three windows; counts on the map have to add up to what a plain count in SQL finds."""
    with temporary_directory() as (database, folder):
        _, filled_s = once(lambda: put_in_print(database, sample_facts(rows, seed=seed)))
        index_dir = folder / "index"
        _, indexed_s = once(IndexFollower(database, index_dir).rebuild)
        engine = SearchEngine(database, index_dir, clock=standing_still)
        peer, peer_s = sqlite_peer(database, folder)
        results = []
        for window in _WINDOWS:
            results += [_ours(engine, window)]
            cell = _TILE_DEGREES / 2**window.zoom
            (total, cells), p50, p95 = timed(lambda window=window, cell=cell: peer.grid(window.box, cell))  # type: ignore[misc]
            results.append(Measured("sqlite_grid", window.name, p50, p95, total, {"features": cells}))
        peer.close()
        first = opening(database.url, index_dir)
        return Bench(
            "map",
            rows,
            seed,
            (*results, column_read(rows)),
            memory_mb=first.added_mb,
            build_s={"database": filled_s, "index": indexed_s, "sqlite_grid": peer_s},
            disagreements=disagreements(results),
        )


def _ours(engine: SearchEngine, window: Window) -> Measured:
    query = SearchQuery(dataset=DATASET)
    if window.box is not None:
        query = replace(query, bbox=Box(*window.box))
    drawn, p50, p95 = timed(lambda: map_features(engine, query, window.zoom))
    counted = sum(feature.count for feature in drawn.features)
    more = {"features": len(drawn.features), "zoom": drawn.zoom}
    return Measured(HUB, window.name, p50, p95, counted, more)
