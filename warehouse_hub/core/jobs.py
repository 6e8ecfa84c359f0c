"""Periodic work: each job at its interval, by whichever worker gets to it first.

The one thing to get wrong: a job is promised to run at least once an interval, not exactly once; each must be safe to
repeat. A job that fails is told in the log, keeps its error, and comes again at its next turn.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from warehouse_hub.core.clock import Clock
from warehouse_hub.core.database import Database
from warehouse_hub.core.entity import Base

LOG = logging.getLogger(__name__)
_LONGEST_ERROR = 500


class JobTurn(Base):
    """When a job is due next, and how its last turn ended."""

    __tablename__ = "job_turn"

    name: Mapped[str] = mapped_column(primary_key=True)
    due_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    error: Mapped[str | None]


@dataclass(frozen=True)
class Job:
    """Something to do again and again; `run` opens what it needs and commits by itself."""

    name: str
    every: timedelta
    run: Callable[[], object]


def run_due(
    database: Database, clock: Clock, jobs: Sequence[Job], stopped: Callable[[], bool] = lambda: False
) -> list[str]:
    """Run every job whose turn has come, each claimed by moving its next turn on; returns the names of those run."""
    done = []
    now = clock()
    with database.reading() as session:
        waiting = set(session.scalars(select(JobTurn.name).where(JobTurn.due_at > now)))
    for job in jobs:
        if stopped():
            break
        if job.name not in waiting and _claim(database, clock, job):
            _run(database, clock, job)
            done.append(job.name)
    return done


def _claim(database: Database, clock: Clock, job: Job) -> bool:
    now = clock()
    try:
        with database.unit_of_work(clock) as uow:
            turn = uow.session.get(JobTurn, job.name)
            if turn is None:
                uow.session.add(JobTurn(name=job.name, due_at=now + job.every, started_at=now))
                return True
            claim = (
                update(JobTurn)
                .where(JobTurn.name == job.name, JobTurn.due_at <= now)
                .values(due_at=now + job.every, started_at=now)
            )
            return bool(uow.session.connection().execute(claim).rowcount)
    except IntegrityError:
        # Another worker entered the job's first turn at the same moment.
        return False


def _run(database: Database, clock: Clock, job: Job) -> None:
    error = None
    try:
        job.run()
    except Exception as failed:
        LOG.exception("job %s failed", job.name)
        error = f"{type(failed).__name__}: {failed}"[:_LONGEST_ERROR]
    with database.unit_of_work(clock) as uow:
        turn = uow.get(JobTurn, job.name)
        turn.ended_at, turn.error = clock(), error
