"""What is committed is found at the next request, in every process; what is not in print is never found."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from builders import EDITOR, hamburg_bonded, noon, perris_dropship, publish
from search.fleet import publish_fleet, reword, take_out

from warehouse_hub.core.database import Database
from warehouse_hub.core.migration import migrate
from warehouse_hub.directory.listings import edit, register
from warehouse_hub.directory.mass_publication import Wording, publish_many
from warehouse_hub.search.engine import SearchEngine
from warehouse_hub.search.freshness.follower import IndexFollower
from warehouse_hub.search.query import SearchQuery


class Elsewhere:
    """An engine in another process that answers one search a line."""

    def __init__(self, running: subprocess.Popen[str]) -> None:
        self._running = running

    def match_ids(self, **asked) -> list[str]:
        self._running.stdin.write(json.dumps(asked) + "\n")
        self._running.stdin.flush()
        return json.loads(self._running.stdout.readline())


@contextmanager
def another_process(database_url: str, index_dir: Path):
    script = Path(__file__).with_name("searching_process.py")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, script, database_url, index_dir],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as running:
        yield Elsewhere(running)
        running.stdin.close()


def test_an_edit_is_findable_in_another_process_at_the_next_request(database, database_url, index_dir):
    publish(database, "W1", hamburg_bonded())
    wordings = [f"{each}季夜班" for each in "春夏秋冬子丑寅卯辰巳午未"]
    follower = IndexFollower(database, index_dir)
    with another_process(database_url, index_dir) as elsewhere:
        assert elsewhere.match_ids(literal=True, q="汉堡") == ["W1"]
        for number, word in enumerate(wordings):
            publish(database, f"N{number}", perris_dropship(name_zh=f"新仓{number}号"))
            reword(database, "W1", hamburg_bonded(description=word))
            if number % 3 == 1:
                follower.catch_up()
            assert elsewhere.match_ids(literal=True, q=word) == ["W1"]
            assert number == 0 or elsewhere.match_ids(literal=True, q=wordings[number - 1]) == []
            assert len(elsewhere.match_ids(literal=True, q="佩里斯")) == number + 1
            assert len(elsewhere.match_ids(country=["US"])) == number + 1
            if number % 3 == 2:
                follower.catch_up()
        take_out(database, "W1")
        assert elsewhere.match_ids(literal=True, q="汉堡") == []
        assert elsewhere.match_ids(country=["DE"]) == []
        follower.catch_up()
        assert elsewhere.match_ids(literal=True, q="汉堡") == []


def test_an_unpublished_edit_is_never_findable(database, index_dir):
    engine = SearchEngine(database, index_dir)
    publish(database, "W1", hamburg_bonded())
    assert engine.match_ids(SearchQuery(literal=True, q="机密")) == []
    with database.unit_of_work(noon) as uow:
        edit(uow, "W1", hamburg_bonded(description="机密", services={"cold": True}), actor=EDITOR)
        register(uow, "W2", hamburg_bonded(name_zh="机密"), dataset="real", operator_id=None, actor=EDITOR)
    for step in (
        lambda: 0,
        IndexFollower(database, index_dir).catch_up,
        IndexFollower(database, index_dir).rebuild,
    ):
        step()
        for each in (engine, SearchEngine(database, index_dir)):
            assert each.match_ids(SearchQuery(literal=True, q="机密")) == []
            assert each.match_ids(SearchQuery(service=("cold",))) == []
            assert each.match_ids(SearchQuery()) == ["W1"]


def test_a_change_that_is_rolled_back_is_never_findable(database, index_dir):
    publish(database, "W1", hamburg_bonded())
    engine = SearchEngine(database, index_dir)
    with pytest.raises(ZeroDivisionError), database.unit_of_work(noon) as uow:
        publish_many(uow, [Wording("W1", hamburg_bonded(description="未遂"))], dataset="real", actor=EDITOR)
        uow.session.flush()
        raise ZeroDivisionError
    assert engine.match_ids(SearchQuery(literal=True, q="未遂")) == []
    assert engine.match_ids(SearchQuery(literal=True, q="汉堡")) == ["W1"]


def test_answers_do_not_depend_on_what_the_worker_has_folded(sqlite_database, index_dir):
    publish_fleet(sqlite_database, 120)
    engine = SearchEngine(sqlite_database, index_dir)
    query = SearchQuery(literal=True, q="汉堡 保税")
    before = engine.search(query)
    assert before.total > 0
    follower = IndexFollower(sqlite_database, index_dir)
    for _ in range(2):
        follower.catch_up()
        for each in (engine, SearchEngine(sqlite_database, index_dir)):
            after = each.search(query)
            assert replace(after, took_ms=0.0) == replace(before, took_ms=0.0)


def test_a_process_lets_go_of_what_the_worker_has_folded(sqlite_database, index_dir):
    follower = IndexFollower(sqlite_database, index_dir)
    publish_fleet(sqlite_database, 20)
    follower.catch_up()
    engine = SearchEngine(sqlite_database, index_dir)
    publish(sqlite_database, "X1", hamburg_bonded())
    publish(sqlite_database, "X2", perris_dropship())
    engine.view()
    assert set(engine._state[1]._newer) == {"X1", "X2"}
    follower.catch_up()
    engine.view()
    assert not engine._state[1]._newer
    assert engine.match_ids(SearchQuery(literal=True, q="Waltershof")) == ["X1"]


def test_another_history_under_the_same_positions_is_noticed(tmp_path, index_dir):
    """As after restoring a backup and going on from there."""
    first, second = (Database(f"sqlite:///{tmp_path / name}") for name in ("first", "second"))
    for number, database in enumerate((first, second)):
        migrate(database)
        publish_fleet(database, 30, seed=number, prefix="AB"[number])
    IndexFollower(first, index_dir).catch_up()
    engine = SearchEngine(first, index_dir)
    assert engine.search(SearchQuery()).total == 30
    engine._database = second
    fresh = SearchEngine(second, index_dir)
    for each in (engine, fresh):
        assert all(
            listing_id.startswith("B") for listing_id in each.match_ids(SearchQuery(literal=True, q="号"))
        )
        assert each.search(SearchQuery()).total == 30
    assert IndexFollower(second, index_dir).catch_up() == 30
    assert {listing_id[0] for listing_id in fresh.match_ids(SearchQuery(literal=True, q="号"))} == {"B"}
    first.dispose()
    second.dispose()
