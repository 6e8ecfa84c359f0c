"""The map at the zooms of a world, a country and a street, beside a grid of fixed cells counted by SQLite."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from warehouse_hub.directory.published import published_in_batches
from warehouse_hub.operations.bench.agreeing import drawn_differently
from warehouse_hub.operations.bench.answer import HUB, REPEATS, Bench, once
from warehouse_hub.operations.bench.floor import column_read
from warehouse_hub.operations.bench.fresh_process import fresh_process
from warehouse_hub.operations.bench.hub_engine import HubEngine, build_index
from warehouse_hub.operations.bench.installation import DATASET
from warehouse_hub.operations.bench.kept_sample import sample_directory
from warehouse_hub.operations.bench.map_windows import drawn
from warehouse_hub.operations.bench.peer_rows import place_rows
from warehouse_hub.operations.bench.search_queries import Asked
from warehouse_hub.operations.bench.sqlite_peer import SqlitePeer
from warehouse_hub.search.query import SearchQuery

ROWS: Final = 20_000
GRID: Final = "sqlite_grid"


def run(rows: int, seed: int, *, keep: Path | None = None) -> Bench:
    """Draw the three windows; counts on the map have to add up to what a plain count in SQL finds."""
    with sample_directory(rows, seed, keep=keep) as directory:
        index_dir = directory.folder / "index"
        _, indexed_s = once(lambda: build_index(directory.database, index_dir))
        with directory.database.reading() as session:
            listings = (listing for batch in published_in_batches(session) for listing in batch)
            peer, peer_s = once(lambda: SqlitePeer(place_rows(listings), directory.folder / "peer.sqlite"))
        results = list(drawn(HubEngine(directory.database, index_dir), {GRID: peer}, REPEATS))
        peer.close()
        everything = [Asked("everything", SearchQuery(dataset=DATASET))]
        fresh = fresh_process(directory.database.url, index_dir, DATASET, everything)
        return Bench(
            "map",
            rows,
            seed,
            (*results, column_read(rows)),
            memory_mb=fresh.searching.all_mb,
            build_s={"database": directory.filled_s or 0.0, HUB: indexed_s, GRID: peer_s},
            disagreements=tuple(drawn_differently(results)),
        )
