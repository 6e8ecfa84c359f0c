"""Search over a sample: ours, SQLite with FTS5, Whoosh's own searcher, and the floor, in one run."""

from __future__ import annotations

from pathlib import Path

from warehouse_hub.core.clock import civil_date
from warehouse_hub.core.database import Database
from warehouse_hub.directory.published import published_in_batches
from warehouse_hub.operations.bench.answer import HUB, Bench, Measured, disagreements, once, timed
from warehouse_hub.operations.bench.floor import column_read
from warehouse_hub.operations.bench.installation import NOW, put_in_print, standing_still, temporary_directory
from warehouse_hub.operations.bench.memory import opening
from warehouse_hub.operations.bench.sample import sample_facts
from warehouse_hub.operations.bench.search_queries import Asked, searches
from warehouse_hub.operations.bench.sqlite_peer import SqlitePeer
from warehouse_hub.operations.bench.whoosh_peer import WhooshPeer
from warehouse_hub.search.engine import SearchEngine
from warehouse_hub.search.follower import IndexFollower

ROWS = 20_000
SQLITE, WHOOSH = "sqlite_fts5", "whoosh"


def run(rows: int, seed: int) -> Bench:
    """Build the sample and ask the eight searches; totals, and with SQLite all facets too, are held together."""
    with temporary_directory() as (database, folder):
        _, filled_s = once(lambda: put_in_print(database, sample_facts(rows, seed=seed)))
        index_dir = folder / "index"
        _, indexed_s = once(IndexFollower(database, index_dir).rebuild)
        engine = SearchEngine(database, index_dir, clock=standing_still)
        asked = searches(engine)
        ours = [_hub(engine, each) for each in asked]
        sqlite, sqlite_s, facets_differ = _sqlite(database, folder, engine, asked)
        whoosh = _whoosh(index_dir, asked)
        first = opening(database.url, index_dir)
        return Bench(
            "search",
            rows,
            seed,
            (*ours, *sqlite, *whoosh, column_read(rows)),
            memory_mb=first.added_mb,
            build_s={
                "database": filled_s,
                "index": indexed_s,
                "first_search": first.first_search_s,
                SQLITE: sqlite_s,
            },
            disagreements=(*disagreements((*ours, *sqlite, *whoosh)), *facets_differ),
        )


def sqlite_peer(database: Database, folder: Path) -> tuple[SqlitePeer, float]:
    """The peer with everything in print, and the seconds that it took to fill."""
    peer = SqlitePeer(folder / "peer.sqlite", civil_date(NOW))
    with database.reading() as session:
        listings = (listing for batch in published_in_batches(session) for listing in batch)
        _, seconds = once(lambda: peer.load(listings))
    return peer, seconds


def _hub(engine: SearchEngine, asked: Asked) -> Measured:
    result, p50, p95 = timed(lambda: engine.search(asked.query))
    return Measured(HUB, asked.name, p50, p95, result.total)


def _sqlite(
    database: Database, folder: Path, engine: SearchEngine, asked: list[Asked]
) -> tuple[list[Measured], float, list[str]]:
    peer, seconds = sqlite_peer(database, folder)
    measured, differ = [], []
    for each in asked:
        (total, facets, _), p50, p95 = timed(lambda each=each: peer.search(each))  # type: ignore[misc]
        measured.append(Measured(SQLITE, each.name, p50, p95, total))
        ours = {name: dict(counts) for name, counts in engine.search(each.query).facets.items()}
        differ += [f"{each.name}: facet {name} differs" for name in ours if ours[name] != facets[name]]
    peer.close()
    return measured, seconds, differ


def _whoosh(index_dir: Path, asked: list[Asked]) -> list[Measured]:
    peer = WhooshPeer(index_dir)
    measured = []
    for each in asked:
        filtered = each.query.near or each.query.region_set or each.query.country or each.query.service
        if each.query.q and not filtered:
            total, p50, p95 = timed(lambda each=each: peer.search(each.query), repeats=5)  # type: ignore[misc]
            measured.append(Measured(WHOOSH, each.name, p50, p95, total))
    peer.close()
    return measured
