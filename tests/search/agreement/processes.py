"""The processes around a directory: one that folds, several that search, each killed and replaced at will.

They are forked from a server that has imported everything once, so that a restart costs milliseconds and a test can
afford dozens.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from unittest.mock import patch

from search.agreement.asked_process import search
from search.agreement.comparing import Said
from search.agreement.folding_process import fold

from warehouse_hub.core.database import Database
from warehouse_hub.search.query import SearchQuery

SEARCHERS = 3
# Longer than compiling every kernel takes, which the first question after a change waits for.
LONGEST_ANSWER_S = 120

FORKING = get_context("forkserver")
FORKING.set_forkserver_preload(["search.agreement.asked_process", "search.agreement.folding_process"])


class Kept:
    """A process with a pipe to it, and another as soon as it is killed."""

    def __init__(self, work: Callable[[Connection], None]) -> None:
        self._work = work
        self._start()

    def kill(self) -> None:
        """Kill the process wherever it is, and start the next one."""
        self.stop()
        self._start()

    def stop(self) -> None:
        self._process.kill()
        self._process.join()
        self.pipe.close()

    def _start(self) -> None:
        self.pipe, theirs = FORKING.Pipe()
        self._process = FORKING.Process(target=self._work, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()


@dataclass(frozen=True)
class Processes:
    """A worker and several processes that search, for one database after another."""

    worker: Kept
    searchers: tuple[Kept, ...]

    @contextmanager
    def folding(self, database: Database, index_dir: Path) -> Iterator[None]:
        """Fold and rebuild all the time until the block ends; then the worker is killed wherever it is."""
        self.fold(database, index_dir)
        try:
            yield
        finally:
            self.worker.kill()

    def fold(self, database: Database, index_dir: Path) -> None:
        self.worker.pipe.send((database.url, str(index_dir)))

    def ask(
        self, database: Database, index_dir: Path, query: SearchQuery, *, zoom: int | None = None
    ) -> list[Said]:
        """Ask all processes at once; what each says, in their order."""
        for each in self.searchers:
            each.pipe.send((database.url, str(index_dir), query.to_params(), zoom))
        try:
            assert all(each.pipe.poll(LONGEST_ANSWER_S) for each in self.searchers), f"no answer to {query}"
            return [each.pipe.recv() for each in self.searchers]
        except (AssertionError, EOFError):
            # A late answer would be taken for that to another question.
            for each in self.searchers:
                each.kill()
            raise


@contextmanager
def started() -> Iterator[Processes]:
    # The server takes its path from here; what it hands on to its children comes too late for its own imports.
    with patch.dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path)):
        kept = [Kept(fold), *(Kept(search) for _ in range(SEARCHERS))]
    try:
        yield Processes(kept[0], tuple(kept[1:]))
    finally:
        for each in kept:
            each.stop()
