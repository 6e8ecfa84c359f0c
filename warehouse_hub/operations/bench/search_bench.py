"""Search over a sample: ours, its peers and the floor, in one run on the same rows.

The one thing to get wrong: an engine is only quicker when it answers the same question, so totals, facets and orders
are compared before any figure counts, and every answer ends with the rows of its cards, read by one function.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from warehouse_hub.core.clock import civil_date
from warehouse_hub.directory.published import published_in_batches
from warehouse_hub.operations.bench.agreeing import disagreements, drawn_differently
from warehouse_hub.operations.bench.answer import HUB, REPEATS, Bench, Measured, once, timed
from warehouse_hub.operations.bench.besides import BESIDES, STOCK, besides
from warehouse_hub.operations.bench.cards import Cards
from warehouse_hub.operations.bench.floor import column_read
from warehouse_hub.operations.bench.hub_engine import HubEngine, build_index
from warehouse_hub.operations.bench.installation import NOW
from warehouse_hub.operations.bench.kept_sample import SampleDirectory, sample_directory
from warehouse_hub.operations.bench.map_windows import drawn
from warehouse_hub.operations.bench.peer_rows import write_rows
from warehouse_hub.operations.bench.peers import PEERS, Standing, standing
from warehouse_hub.operations.bench.question import Found, Question
from warehouse_hub.operations.bench.search_queries import Asked, searches
from warehouse_hub.operations.bench.summary import summary

ROWS: Final = 20_000


def run(
    rows: int,
    seed: int,
    *,
    peers: bool | Collection[str] = False,
    repeats: int = REPEATS,
    keep: Path | None = None,
    beside: Collection[str] = BESIDES,
) -> Bench:
    """Build the sample, ask the eight searches and draw the map; each figure is the median of `repeats` calls.

    `peers` are all that can be had, none, or those named. `keep` is a folder in which samples stay for later runs.
    `beside` names what else is measured. Raises RuleViolation("bench.too_few_rows").
    """
    wanted: Collection[str] = (PEERS if peers else ()) if isinstance(peers, bool) else peers
    with sample_directory(rows, seed, keep=keep) as directory:
        index_dir, row_file = directory.folder / "index", directory.folder / "rows.jsonl"
        _, indexed_s = once(lambda: build_index(directory.database, index_dir))
        build_s = {HUB: indexed_s}
        if directory.filled_s is not None:
            build_s["database"] = directory.filled_s
        with directory.database.reading() as session:
            asked = searches(session, rows, seed)
        if wanted or STOCK in beside:
            _, build_s["tokens"] = once(lambda: _write_rows(directory, row_file))
        with standing(row_file, rows, directory.folder, wanted) as others:
            results, differ = _measured(directory, index_dir, asked, others, repeats)
        build_s |= others.build_s
        more = besides(beside, directory, index_dir, row_file, asked, build_s)
    results.append(column_read(rows))
    names = [each.name for each in asked]
    return Bench(
        "search",
        rows,
        seed,
        tuple(results),
        memory_mb=more.pop("memory_mb", None),
        build_s=build_s,
        disagreements=tuple(differ),
        compared=frozenset(names),
        more={**summary(results, names), "missing": others.missing, **more},
    )


def _write_rows(directory: SampleDirectory, file: Path) -> None:
    with directory.database.reading() as session:
        write_rows((listing for batch in published_in_batches(session) for listing in batch), file)


def _measured(
    directory: SampleDirectory, index_dir: Path, asked: Sequence[Asked], others: Standing, repeats: int
) -> tuple[list[Measured], list[str]]:
    """All engines on one search before the next: a load that comes and goes must not fall on one of them alone."""
    hub, cards = HubEngine(directory.database, index_dir), Cards(directory.file)
    results: list[Measured] = []
    differ: list[str] = []
    for each in asked:
        question = Question.of(each, civil_date(NOW))
        answers: dict[str, Found] = {}
        ways: dict[str, Callable[[], Found]] = {HUB: partial(hub.search, each)}
        ways |= {name: partial(peer.search, question) for name, peer in others.engines.items()}
        for name, ask in ways.items():
            answers[name], p50, p95 = timed(partial(_with_cards, ask, cards), repeats=repeats)
            results.append(Measured(name, each.name, p50, p95, answers[name].total))
        with directory.database.reading() as session:
            differ += disagreements(session, each, answers.pop(HUB), answers)
    on_map = list(drawn(hub, others.engines, repeats))
    cards.close()
    return [*results, *on_map], [*differ, *drawn_differently(on_map)]


def _with_cards(ask: Callable[[], Found], cards: Cards) -> Found:
    found = ask()
    cards.read(found.ids)
    return found
