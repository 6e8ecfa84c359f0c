"""The sample in a directory of its own, made anew or copied from one that an earlier run kept.

The one thing to get wrong: what is kept is never opened for writing, since a benchmark edits the listings that it
measures with. Every run works on a copy, which at a million listings takes seconds where making them takes minutes.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from warehouse_hub.core.database import Database
from warehouse_hub.core.migration import is_current, migrate
from warehouse_hub.operations.bench.answer import once
from warehouse_hub.operations.bench.installation import put_in_print
from warehouse_hub.operations.bench.sample import sample_facts, sample_version

FILE_NAME: Final = "hub.sqlite"


@dataclass(frozen=True)
class SampleDirectory:
    """A directory that may be changed, in a folder that is gone afterwards; `filled_s` is None for a copy."""

    database: Database
    folder: Path
    filled_s: float | None

    @property
    def file(self) -> Path:
        """The SQLite file of the directory."""
        return self.folder / FILE_NAME


@contextmanager
def sample_directory(rows: int, seed: int, *, keep: Path | None = None) -> Iterator[SampleDirectory]:
    """The sample of that size and seed in print; with `keep`, taken from that folder or left there for the next run."""
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="warehouse-hub-bench-", dir=keep) as name:
        folder = Path(name)
        file = folder / FILE_NAME
        kept = None if keep is None else keep / f"sample-{sample_version()}-{rows}-{seed}.sqlite"
        database = Database(f"sqlite:///{file}")
        filled_s = None
        if kept is None or not _copied(kept, file, database):
            _, filled_s = once(lambda: _fill(database, rows, seed))
            if kept is not None:
                _keep(file, kept)
        try:
            yield SampleDirectory(database, folder, filled_s)
        finally:
            database.dispose()


def _fill(database: Database, rows: int, seed: int) -> None:
    migrate(database)
    put_in_print(database, sample_facts(rows, seed=seed))


def _keep(file: Path, kept: Path) -> None:
    """Under its name only when it is whole: a run may be killed while it copies."""
    pending = kept.with_suffix(".pending")
    pending.unlink(missing_ok=True)
    # By the database itself: a process that opens and closes the file besides loses the locks that it holds on it, and
    # then another process takes away the log that this one still writes to.
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(pending)) as copy:
        source.backup(copy)
    pending.replace(kept)


def _copied(kept: Path, file: Path, database: Database) -> bool:
    """Take the kept sample; False where there is none, or one with the schema of another day."""
    if not kept.exists():
        return False
    shutil.copyfile(kept, file)
    if is_current(database):
        return True
    database.dispose()
    for stale in file.parent.glob(f"{file.name}*"):
        stale.unlink()
    return False
