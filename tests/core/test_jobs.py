"""Periodic work: at its interval, by one worker at a time, whatever fails."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

from builders import NOON, MovedClock

from warehouse_hub.core.jobs import Job, JobTurn, run_due

HOUR = timedelta(hours=1)


def test_a_job_runs_at_its_interval_and_not_before(sqlite_database):
    runs, clock = [], MovedClock()
    jobs = [Job("count", HOUR, lambda: runs.append(clock()))]
    for minute in (0, 30, 59, 60, 90, 121):
        clock.now = NOON + timedelta(minutes=minute)
        run_due(sqlite_database, clock, jobs)
    assert runs == [NOON, NOON + HOUR, NOON + timedelta(minutes=121)]


def test_of_two_workers_one_does_a_turn(database):
    runs, together = [], Barrier(4)
    jobs = [Job("count", HOUR, lambda: runs.append(1))]

    def work() -> None:
        together.wait()
        run_due(database, lambda: NOON, jobs)

    workers = [Thread(target=work) for _ in range(4)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert runs == [1]


def test_a_job_that_fails_keeps_its_error_holds_up_no_other_and_comes_again(sqlite_database):
    done = []

    def fail() -> None:
        raise ValueError("no figures today")

    jobs = [Job("fails", HOUR, fail), Job("works", HOUR, lambda: done.append(1))]
    run_due(sqlite_database, lambda: NOON, jobs)
    run_due(sqlite_database, lambda: NOON + HOUR, jobs)
    assert done == [1, 1]
    with sqlite_database.reading() as session:
        assert session.get(JobTurn, "fails").error == "ValueError: no figures today"
        assert session.get(JobTurn, "fails").ended_at == NOON + HOUR
        assert session.get(JobTurn, "works").error is None
