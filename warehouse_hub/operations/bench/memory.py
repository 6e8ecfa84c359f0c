"""Resident memory, as the kernel counts it."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

from warehouse_hub.core.database import Database
from warehouse_hub.operations.bench.installation import DATASET
from warehouse_hub.search.engine import SearchEngine
from warehouse_hub.search.query import SearchQuery


@dataclass(frozen=True)
class Opening:
    """What a fresh process spends on its first search: megabytes and seconds."""

    added_mb: float
    first_search_s: float


def resident_mb(process: int | str = "self") -> float:
    """Megabytes of RAM that a process holds, what it shares included; 0 where there is no /proc."""
    return _megabytes(Path(f"/proc/{process}/status"), "VmRSS")


def proportional_mb(process: int) -> float:
    """The same with every shared page divided among those that share it, so that processes can be added up."""
    return _megabytes(Path(f"/proc/{process}/smaps_rollup"), "Pss:")


def _megabytes(file: Path, name: str) -> float:
    try:
        lines = file.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0.0
    kilobytes = next((int(line.split()[1]) for line in lines if line.startswith(name)), 0)
    return round(kilobytes / 1024, 1)


def opening(database_url: str, index_dir: Path) -> Opening:
    """The first search of a fresh process over an installation."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_opened, database_url, index_dir).result()


def _opened(database_url: str, index_dir: Path) -> Opening:
    database = Database(database_url)
    engine = SearchEngine(database, index_dir)
    with database.reading() as session:
        session.connection()
    before, started = resident_mb(), perf_counter()
    engine.search(SearchQuery(q="海外仓", dataset=DATASET))
    seconds = perf_counter() - started
    database.dispose()
    return Opening(round(resident_mb() - before, 1), seconds)
