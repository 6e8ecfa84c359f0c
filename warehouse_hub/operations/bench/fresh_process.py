"""What searching costs a process that has not searched yet: seconds until its first answer, and memory afterwards.

The one thing to get wrong: whatever this module imports is in the process before it is measured. So it imports nothing
of search, and the queries come as bytes, which are read only after the bare process was measured.
"""

from __future__ import annotations

import pickle
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from warehouse_hub.core.database import Database
from warehouse_hub.directory.published import count_published
from warehouse_hub.operations.bench.memory import Memory, memory_of

_ENGINE: Final = "warehouse_hub.operations.bench.hub_engine"
# Two at a time: what is shared can only be told while another process shares it.
_TOGETHER: Final = 2
_WAIT_S: Final = 600.0


@dataclass(frozen=True)
class Fresh:
    """Seconds to import search, and from then on to the first answer; memory that code, and then searching, added to a
    process with an open database.
    """

    import_s: float
    first_search_s: float
    bare: Memory
    code: Memory
    searching: Memory

    def to_json(self) -> dict[str, Any]:
        return {
            "import_s": round(self.import_s, 3),
            "first_search_s": round(self.first_search_s, 3),
            "bare_mb": self.bare.all_mb,
            "code_private_mb": self.code.private_mb,
            "code_shared_mb": self.code.shared_mb,
            "private_mb": self.searching.private_mb,
            "shared_mb": self.searching.shared_mb,
        }


def fresh_process(database_url: str, index_dir: Path, dataset: str, searches: Any) -> Fresh:
    """Two fresh processes ask all `searches` of an index that stands; the figures of the slower one."""
    context = get_context("spawn")
    barrier = context.Barrier(_TOGETHER)
    with ProcessPoolExecutor(_TOGETHER, context, _take_barrier, (barrier,)) as pool:
        asked = pickle.dumps(searches)
        futures = [pool.submit(_measured, database_url, index_dir, dataset, asked) for _ in range(_TOGETHER)]
        return max((future.result() for future in futures), key=lambda fresh: fresh.first_search_s)


_barrier: list[Barrier] = []


def _take_barrier(barrier: Barrier) -> None:
    _barrier.append(barrier)


def _measured(database_url: str, index_dir: Path, dataset: str, searches: bytes) -> Fresh:
    database = Database(database_url)
    with database.reading() as session:
        count_published(session, dataset)
    bare = _all_together()
    started = perf_counter()
    module = import_module(_ENGINE)
    imported = perf_counter()
    coded = _all_together()
    began = perf_counter()
    engine = module.HubEngine(database, index_dir)
    first, *others = pickle.loads(searches)  # noqa: S301 (written by the process that started this one)
    engine.search(first)
    answered = perf_counter()
    for asked in others:
        engine.search(asked)
    searched = _all_together()
    database.dispose()
    return Fresh(imported - started, answered - began, bare, coded.since(bare), searched.since(coded))


def _all_together() -> Memory:
    """The memory of this process while the other one is as far."""
    _barrier[0].wait(_WAIT_S)
    memory = memory_of()
    _barrier[0].wait(_WAIT_S)
    return memory
