"""The worker: the one process that follows the change feed into the text index, sends letters and does periodic work.

The one thing to get wrong: two workers on one index folder. The follower's lock on the folder lets one write at a
time; a second waits for its turn, so that a restart never leaves the index without a writer. Letters and jobs are
claimed one by one, and go on beside the index in a thread of their own.
"""

from __future__ import annotations

import contextlib
import logging
import signal
import threading
from datetime import timedelta
from types import FrameType

from sqlalchemy.exc import OperationalError

from warehouse_hub.accounts.repeated_requests import forget_old_answers
from warehouse_hub.core.clock import Clock, utc_now
from warehouse_hub.core.database import Database
from warehouse_hub.core.errors import Conflict
from warehouse_hub.core.jobs import Job, run_due
from warehouse_hub.outbox.delivery import deliver_due
from warehouse_hub.outbox.transports import transport_to
from warehouse_hub.search.freshness.follower import IndexFollower
from warehouse_hub.settings import Settings

LOG = logging.getLogger(__name__)
PAUSE_S = 0.5


def work(settings: Settings) -> None:
    """Follow the feed and do what falls due until SIGTERM or SIGINT; safe to kill at any point."""
    stop = threading.Event()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, on_signal)
    database = Database(settings.database_url)
    follower = IndexFollower(database, settings.index_dir)
    beside = threading.Thread(target=_do_what_is_due, args=(settings, database, stop), name="jobs")
    beside.start()
    while not stop.is_set():
        # Another process holds the index just now, or the database is away: whatever is new is still ahead of us.
        with contextlib.suppress(Conflict, OperationalError):
            follower.catch_up()
        stop.wait(PAUSE_S)
    beside.join()
    database.dispose()


def jobs(database: Database, clock: Clock) -> list[Job]:
    """All periodic work, and how often it is done."""
    return [
        Job("forget_old_answers", timedelta(hours=6), lambda: forget_old_answers(database, clock)),
    ]


def _do_what_is_due(settings: Settings, database: Database, stop: threading.Event) -> None:
    transport = transport_to(settings.mail_server, settings.letters_dir)
    periodic = jobs(database, utc_now)
    while not stop.is_set():
        try:
            deliver_due(database, utc_now, transport, sender=settings.mail_from, stopped=stop.is_set)
            run_due(database, utc_now, periodic, stop.is_set)
        except OperationalError as away:
            LOG.warning("the database did not answer: %s", str(away.orig).splitlines()[0])
        except Exception:
            # One odd letter must not end all periodic work.
            LOG.exception("what is due could not be done")
        stop.wait(PAUSE_S)
