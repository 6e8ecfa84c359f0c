"""A worker that folds the feed into the index and now and then writes the whole index anew, until its pipe closes."""

from __future__ import annotations

import contextlib
import os
import random
from multiprocessing.connection import Connection
from pathlib import Path

from sqlalchemy.exc import OperationalError

from warehouse_hub.core.database import Database
from warehouse_hub.core.errors import Conflict
from warehouse_hub.search.freshness.follower import IndexFollower

REBUILDS = 0.2
LONGEST_PAUSE_S = 0.1


def fold(told: Connection) -> None:
    """Work for the database and in the folder that came last through the pipe."""
    rng = random.Random(os.getpid())
    with contextlib.suppress(EOFError):
        follower = _told(told)
        while True:
            if told.poll(rng.uniform(0, LONGEST_PAUSE_S)):
                follower = _told(told)
            # As in the real worker: another one may still hold the index, or the database be away.
            with contextlib.suppress(Conflict, OperationalError):
                (follower.rebuild if rng.random() < REBUILDS else follower.catch_up)()


def _told(pipe: Connection) -> IndexFollower:
    database_url, index_dir = pipe.recv()
    return IndexFollower(Database(database_url), Path(index_dir))
