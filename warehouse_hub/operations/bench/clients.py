"""Many clients at once: what two processes answer a second with one thread each, and with four.

The one thing to get wrong: threads of Python that only wait for each other look busy. What counts is how many whole
answers, cards included, come out of the same two processes.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from warehouse_hub.core.database import Database
from warehouse_hub.operations.bench.cards import Cards
from warehouse_hub.operations.bench.hub_engine import HubEngine
from warehouse_hub.operations.bench.search_queries import Asked

PROCESSES: Final = 2
THREADS: Final = 4
_SECONDS: Final = 2.0
_WAIT_S: Final = 600.0


@dataclass(frozen=True)
class Clients:
    """Answers a second of two processes: of one thread each, and of four."""

    alone: float
    together: float

    def to_json(self) -> dict[str, Any]:
        return {
            f"{PROCESSES}x1_per_s": round(self.alone, 1),
            f"{PROCESSES}x{THREADS}_per_s": round(self.together, 1),
            "share": round(self.together / self.alone, 3) if self.alone else None,
        }


def clients(database: Path, index_dir: Path, searches: Sequence[Asked]) -> Clients:
    """Let eight clients ask all searches in turn for some seconds, after two have done so."""
    return Clients(*(_answers_per_s(database, index_dir, searches, threads) for threads in (1, THREADS)))


def _answers_per_s(database: Path, index_dir: Path, searches: Sequence[Asked], threads: int) -> float:
    context = get_context("spawn")
    barrier = context.Barrier(PROCESSES)
    with ProcessPoolExecutor(PROCESSES, context, _take_barrier, (barrier,)) as pool:
        futures = [pool.submit(_process, database, index_dir, searches, threads) for _ in range(PROCESSES)]
        return sum(future.result() for future in futures)


_barrier: list[Any] = []


def _take_barrier(barrier: Any) -> None:
    _barrier.append(barrier)


def _process(file: Path, index_dir: Path, searches: Sequence[Asked], threads: int) -> float:
    database = Database(f"sqlite:///{file}")
    engine = HubEngine(database, index_dir)
    for asked in searches:
        engine.search(asked)
    _barrier[0].wait(_WAIT_S)
    started = perf_counter()
    stop = threading.Event()
    with ThreadPoolExecutor(threads) as pool:
        asking = [pool.submit(_client, engine, file, searches, number, stop) for number in range(threads)]
        stop.wait(_SECONDS)
        stop.set()
        answered = sum(client.result() for client in asking)
    seconds = perf_counter() - started
    database.dispose()
    return answered / seconds


def _client(
    engine: HubEngine, file: Path, searches: Sequence[Asked], number: int, stop: threading.Event
) -> int:
    cards = Cards(file)
    answered = 0
    # Each begins elsewhere, or they would all be busy with the longest search at once.
    turn = number * len(searches) // THREADS
    while not stop.is_set():
        cards.read(engine.search(searches[(turn + answered) % len(searches)]).ids)
        answered += 1
    cards.close()
    return answered
