"""Whole requests to a served site over loopback, its start, and the memory of its processes.

`first_ms` is the first request to an address after the start, when a process still reads the directory or its place
names; the other figures are of processes that have answered before. `engine_ms` is what the search engine itself took
of a request, as the answer tells.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, Final
from urllib.parse import parse_qsl, quote

from warehouse_hub.core.database import Database
from warehouse_hub.core.errors import RuleViolation
from warehouse_hub.directory.published import count_published, published_in_batches
from warehouse_hub.operations.bench.answer import FLOOR, HUB, Bench, Measured, once, timed
from warehouse_hub.operations.bench.installation import DATASET, put_in_print
from warehouse_hub.operations.bench.sample import sample_facts
from warehouse_hub.operations.bench.site import Site, environment, served
from warehouse_hub.operations.starting import prepare
from warehouse_hub.search.freshness.follower import IndexFollower
from warehouse_hub.settings import Settings

ROWS = 0
_NEED: Final = "汉堡附近找500平的保税仓，一件代发"
_TEXT: Final = "保税"
# Matching judges every listing: beyond so many it is no page to wait for, and its own benchmark tells how long.
MOST_FOR_MATCHING: Final = 5_000
_COMMAND_REPEATS: Final = 3
_REPEATS: Final = 30
_CONNECTIONS: Final = 8


def run(rows: int, seed: int) -> Bench:
    """Serve the bundled demonstration, with `rows` further listings, and ask for five addresses."""
    with TemporaryDirectory(prefix="warehouse-hub-bench-") as name:
        data = Path(name)
        settings = Settings.from_environment(environment(data))
        database = Database(settings.database_url)
        _, prepared_s = once(lambda: prepare(settings))
        put_in_print(database, sample_facts(rows, seed=seed))
        _, indexed_s = once(lambda: IndexFollower(database, settings.index_dir).catch_up())
        with database.reading() as session:
            published = count_published(session, DATASET)
            one = next(published_in_batches(session, DATASET))[0].id
        database.dispose()
        with served(data) as site:
            paths = _paths(one, published)
            first = {path: _first_ms(site, path) for path in paths}
            _warm(site, paths)
            floor = _asked(site, "/healthz", FLOOR, {})
            results = [_asked(site, path, HUB, {"first_ms": first[path]}) for path in paths]
            memory, ready_s = site.memory(), site.ready_s
        search_s = _command(data, "search", "保税", "--dataset", DATASET, "--json")
        version_s = _command(data, "--version")
    return Bench(
        "http",
        published,
        seed,
        (*results, floor),
        memory_mb=max(memory["web"], default=None),
        build_s={
            "load_bundled": prepared_s,
            "index": indexed_s,
            "serve_until_ready": ready_s,
            "command_search": search_s,
            "command_version": version_s,
        },
        more={
            "memory": memory,
            "over_floor": _over(results, floor),
            "missing": {}
            if published <= MOST_FOR_MATCHING
            else {"/needs": f"asked up to {MOST_FOR_MATCHING:,}"},
        },
    )


def _paths(one: str, published: int) -> tuple[str, ...]:
    matched = (f"/needs?dataset={DATASET}&text={quote(_NEED)}",) if published <= MOST_FOR_MATCHING else ()
    return (
        f"/?dataset={DATASET}",
        f"/?dataset={DATASET}&q={quote(_TEXT)}",
        f"/warehouses/{one}?dataset={DATASET}",
        *matched,
        f"/api/v1/warehouses?dataset={DATASET}&facets=1",
        f"/api/v1/warehouses?dataset={DATASET}&q={quote(_TEXT)}&facets=1",
        f"/api/v1/map?dataset={DATASET}&zoom=3",
    )


def _first_ms(site: Site, path: str) -> float:
    started = perf_counter()
    site.get(path)
    return round((perf_counter() - started) * 1000, 1)


def _warm(site: Site, paths: tuple[str, ...]) -> None:
    """Ask over many connections, so that every web process has answered everything before it is timed."""
    for _ in range(_CONNECTIONS):
        site.reconnect()
        for path in paths:
            site.get(path)


def _asked(site: Site, path: str, engine: str, more: Mapping[str, float]) -> Measured:
    (status, body), p50, p95 = timed(lambda: site.get(path), repeats=_REPEATS)
    if status != HTTPStatus.OK:
        raise RuleViolation("bench.page_failed", path=path, status=status)
    answer: Mapping[str, Any] = json.loads(body) if path.startswith("/api/") else {}
    told = {**more, "bytes": len(body)}
    if "took_ms" in answer:
        engine_ms = median(json.loads(site.get(path)[1])["took_ms"] for _ in range(_REPEATS))
        told["engine_ms"] = round(engine_ms, 3)
    return Measured(engine, _name(path), p50, p95, answer.get("total"), told)


def _name(path: str) -> str:
    """The address without what all have in common, readable."""
    address, _, asked = path.partition("?")
    texts = [value for name, value in parse_qsl(asked) if name in ("q", "text")]
    return " ".join([address, *texts])


def _over(results: list[Measured], floor: Measured) -> dict[str, float]:
    return {one.query: round(one.p50_ms / floor.p50_ms, 1) for one in results}


def _command(data: Path, *words: str) -> float:
    """The shortest of a few runs of the command, in seconds: the others waited for somebody else."""
    line = [sys.executable, "-m", "warehouse_hub.cli", *words]

    def execute() -> None:
        subprocess.run(line, env=environment(data), check=True, capture_output=True)  # noqa: S603

    return min(once(execute)[1] for _ in range(_COMMAND_REPEATS))
