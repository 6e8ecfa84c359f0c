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
from warehouse_hub.search.query import SearchQuery

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
        sqlite, sqlite_s = sqlite_peer(database, folder)
        whoosh = WhooshPeer(index_dir)
        results: list[Measured] = []
        differ: list[str] = []
        for each in asked:
            # All engines on one query before the next: a load that comes and goes must not fall on one of them alone.
            measured, facets_differ = _beside_each_other(each, engine, sqlite, whoosh)
            results += measured
            differ += facets_differ
        sqlite.close()
        whoosh.close()
        first = opening(database.url, index_dir)
        return Bench(
            "search",
            rows,
            seed,
            (*sorted(results, key=_by_engine), column_read(rows)),
            memory_mb=first.added_mb,
            build_s={
                "database": filled_s,
                "index": indexed_s,
                "first_search": first.first_search_s,
                SQLITE: sqlite_s,
            },
            disagreements=(*disagreements(results), *differ),
        )


def sqlite_peer(database: Database, folder: Path) -> tuple[SqlitePeer, float]:
    """The peer with everything in print, and the seconds that it took to fill."""
    peer = SqlitePeer(folder / "peer.sqlite", civil_date(NOW))
    with database.reading() as session:
        listings = (listing for batch in published_in_batches(session) for listing in batch)
        _, seconds = once(lambda: peer.load(listings))
    return peer, seconds


def _beside_each_other(
    asked: Asked, engine: SearchEngine, sqlite: SqlitePeer, whoosh: WhooshPeer
) -> tuple[list[Measured], list[str]]:
    ours, p50, p95 = timed(lambda: engine.search(asked.query))
    measured = [Measured(HUB, asked.name, p50, p95, ours.total)]
    (total, facets, _), p50, p95 = timed(lambda: sqlite.search(asked))
    measured.append(Measured(SQLITE, asked.name, p50, p95, total))
    if _by_text_alone(asked.query):
        found, p50, p95 = timed(lambda: whoosh.search(asked.query), repeats=5)
        measured.append(Measured(WHOOSH, asked.name, p50, p95, found))
    differ = [name for name, counts in ours.facets.items() if dict(counts) != facets[name]]
    return measured, [f"{asked.name}: facet {name} differs" for name in differ]


def _by_text_alone(query: SearchQuery) -> bool:
    return bool(query.q) and not (query.near or query.region_set or query.country or query.service)


def _by_engine(one: Measured) -> int:
    return (HUB, SQLITE, WHOOSH).index(one.engine)
