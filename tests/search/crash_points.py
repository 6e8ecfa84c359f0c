"""Kill a worker with SIGKILL at one file operation after another, and look at what it leaves behind.

Prints one JSON line for each point of death. Runs as a process of its own that imports everything once and forks.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from pathlib import Path

from warehouse_hub.core.database import Database
from warehouse_hub.search.engine import SearchEngine
from warehouse_hub.search.freshness.agreement import differences
from warehouse_hub.search.freshness.follower import IndexFollower
from warehouse_hub.search.query import SearchQuery
from warehouse_hub.search.segments.store import SegmentStore

_WATCHED = {
    "open",
    "os.rename",
    "os.remove",
    "os.mkdir",
    "os.rmdir",
    "os.listdir",
    "os.scandir",
    "shutil.rmtree",
}


def main(database_url: str, prepared: str, work: str) -> None:
    # Every second one: the whole range takes long, and its neighbours are mostly opens of the same file.
    for point in range(0, 10_000, 2):
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(prepared, work)
        if _died(database_url, Path(work), point) is False:
            return
        print(json.dumps(_aftermath(database_url, Path(work))), flush=True)  # noqa: T201 (the test reads it)


def _died(database_url: str, work: Path, point: int) -> bool:
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == signal.SIGKILL
    left = point

    def watch(event: str, args: tuple[object, ...]) -> None:
        nonlocal left
        if event in _WATCHED and args and str(args[0]).startswith(str(work)):
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    try:
        IndexFollower(Database(database_url), work).catch_up()
    finally:
        os._exit(0)


def _aftermath(database_url: str, work: Path) -> dict[str, object]:
    database = Database(database_url)
    found = {
        "reader": _answers(SearchEngine(database, work)),
        "differences": len([each for each in differences(database, work) if each.kind != "unusable"]),
        "folded": IndexFollower(database, work).catch_up(),
        "again": IndexFollower(database, work).catch_up(),
        "healed": _answers(SearchEngine(database, work)),
        "unhealed": len(differences(database, work)),
        "leftovers": _leftovers(work),
    }
    database.dispose()
    return found


def _leftovers(work: Path) -> list[str]:
    """Files that the newest commit does not name."""
    seal = SegmentStore(work).check()
    kept = {*seal.files, f"seal-{seal.number}.json", "current", "writer.lock"}
    return sorted(path.name for path in work.iterdir() if path.name not in kept)


def _answers(engine: SearchEngine) -> list[list[str]]:
    return [
        sorted(engine.match_ids(SearchQuery(q=text, literal=True))) for text in ("新增", "汉堡", "号", "")
    ]


if __name__ == "__main__":
    main(*sys.argv[1:])
