"""Edits, folding, rebuilding, kills and restarts in any order: every answer is that of going through the listings."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from builders import noon
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from search.agreement.brute_force import in_print
from search.agreement.comparing import Said, alike, disagreements
from search.agreement.editor import Editor
from search.agreement.invented import invented_query
from search.agreement.processes import Processes

from warehouse_hub.core.database import Database
from warehouse_hub.core.migration import migrate
from warehouse_hub.directory.published import PublishedListing
from warehouse_hub.search.engine import SearchEngine
from warehouse_hub.search.freshness.follower import IndexFollower
from warehouse_hub.search.query import SearchQuery

seeds = st.integers(0, 1_000_000)


def live(database: Database, index_dir: Path, processes: Processes, seed: int, *, steps: int) -> None:
    """One life of a directory with a worker and several searching processes."""
    rng = random.Random(seed)
    editor = Editor(database, rng)
    for _ in range(25):
        editor.enter()
    with processes.folding(database, index_dir):
        for step in range(steps):
            # What was true a moment ago is fresh in every process, and no longer an answer after the step.
            processes.ask(database, index_dir, SearchQuery())
            done = editor.step()
            if step % 3 == 0:
                for _ in range(3):
                    query = invented_query(rng, editor.known)
                    # At once, before the listings are read, which takes longer than a late answer may be late.
                    answers = processes.ask(database, index_dir, query, zoom=rng.choice([None, 0, 3, 8, 18]))
                    told = f"seed {seed}, step {step} after {done}: {query}"
                    agree(in_print(database), query, answers, told)
            # A worker that was killed is missing for a while, and processes start beside an index that lags.
            if rng.random() < 0.4:
                processes.worker.kill()
            elif rng.random() < 0.6:
                processes.fold(database, index_dir)
            if rng.random() < 0.15:
                rng.choice(processes.searchers).kill()
    # What the last kill left behind is no trouble to the next worker or to a process that starts now.
    IndexFollower(database, index_dir).catch_up()
    engine = SearchEngine(database, index_dir, clock=noon)
    listings = in_print(database)
    for _ in range(10):
        query = invented_query(rng, editor.known)
        agree(listings, query, [Said.by(engine, query)], f"seed {seed}, afterwards: {query}")


def agree(listings: list[PublishedListing], query: SearchQuery, answers: list[Said], told: str) -> None:
    for said in answers:
        assert disagreements(listings, query, said) == [], told
        # Another process may answer the next page, so ties and scores are the same everywhere too, whatever a process
        # has lived through.
        assert alike(said) == alike(answers[0]), told


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_processes_agree_with_the_database_through_any_life(sqlite_database, index_dir, processes, seed):
    live(sqlite_database, index_dir, processes, seed, steps=45)


def test_processes_agree_with_the_database_through_a_life_on_postgresql(postgres, index_dir, processes):
    with postgres.empty_database() as url:
        database = Database(url)
        migrate(database)
        live(database, index_dir, processes, 4, steps=25)
        database.dispose()


def test_engines_agree_with_the_database_after_any_steps(sqlite_database, tmp_path):
    """The same without other processes, so that what fails is brought down to its fewest steps."""
    sqlite_database.dispose()
    empty = tmp_path / "hub.sqlite"
    relaxed = settings(
        deadline=None,
        max_examples=15,
        stateful_step_count=20,
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )
    run_state_machine_as_test(lambda: Life(empty, tmp_path), settings=relaxed)


class Life(RuleBasedStateMachine):
    """A directory with two engines that are restarted at times."""

    number = 0

    def __init__(self, empty: Path, folder: Path) -> None:
        super().__init__()
        Life.number += 1
        self.folder = folder / f"life-{Life.number}"
        self.folder.mkdir()
        shutil.copy(empty, self.folder)
        self.database = Database(f"sqlite:///{self.folder / empty.name}")
        self.index_dir = self.folder / "index"
        self.engines = [self.engine(), self.engine()]

    def engine(self) -> SearchEngine:
        return SearchEngine(self.database, self.index_dir, clock=noon)

    @initialize(seed=seeds)
    def begin(self, seed):
        self.editor = Editor(self.database, random.Random(seed))
        self.editor.enter(30)

    @rule(times=st.integers(1, 4))
    def change(self, times):
        for _ in range(times):
            self.editor.step()

    @rule()
    def enter(self):
        self.editor.enter(12)

    @rule()
    def withdraw(self):
        self.editor.withdraw()

    @rule()
    def fold(self):
        IndexFollower(self.database, self.index_dir).catch_up()

    @rule()
    def rebuild(self):
        IndexFollower(self.database, self.index_dir).rebuild()

    @rule(which=st.integers(0, 1))
    def restart(self, which):
        self.engines[which] = self.engine()

    @rule(seed=seeds)
    def ask(self, seed):
        query = invented_query(random.Random(seed), self.editor.known)
        listings = in_print(self.database)
        newcomer = SearchEngine(self.database, self.folder / "no index", clock=noon)
        agree(listings, query, [Said.by(one, query) for one in (*self.engines, newcomer)], str(query))

    def teardown(self):
        self.database.dispose()
        shutil.rmtree(self.folder)
