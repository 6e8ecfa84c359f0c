"""The worker: the one process that follows the change feed into the text index.

The one thing to get wrong: two workers on one index folder. The follower's lock on the folder lets one write at a
time; a second waits for its turn, so that a restart never leaves the index without a writer.
"""

from __future__ import annotations

import contextlib
import signal
import threading
from types import FrameType

from sqlalchemy.exc import OperationalError

from warehouse_hub.core.database import Database
from warehouse_hub.core.errors import Conflict
from warehouse_hub.search.freshness.follower import IndexFollower
from warehouse_hub.settings import Settings

PAUSE_S = 0.5


def work(settings: Settings) -> None:
    """Fold every change into the text index until SIGTERM or SIGINT; safe to kill at any point."""
    stop = threading.Event()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, on_signal)
    database = Database(settings.database_url)
    follower = IndexFollower(database, settings.index_dir)
    while not stop.is_set():
        # Another process holds the index just now, or the database is away: whatever is new is still ahead of us.
        with contextlib.suppress(Conflict, OperationalError):
            follower.catch_up()
        stop.wait(PAUSE_S)
    database.dispose()
