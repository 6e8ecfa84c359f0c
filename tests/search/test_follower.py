"""The worker that folds the feed into the index, and what happens when it is interrupted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from builders import hamburg_bonded, noon, publish
from search.fleet import publish_fleet, reword, take_out

from warehouse_hub.search.engine import SearchEngine
from warehouse_hub.search.freshness import follower as follower_module
from warehouse_hub.search.freshness.agreement import differences
from warehouse_hub.search.freshness.feed_point import newest_point
from warehouse_hub.search.freshness.follower import IndexFollower
from warehouse_hub.search.query import SearchQuery
from warehouse_hub.search.segments import store as store_module
from warehouse_hub.search.segments.store import SegmentStore
from warehouse_hub.search.text import fields


class EditedMeanwhile(SegmentStore):
    """Somebody commits an edit of two listings whenever a segment is about to be written."""

    def __init__(self, folder: Path, edit) -> None:
        super().__init__(folder)
        self._edit = edit

    def write(self, batches, cities):
        self._edit()
        return super().write(batches, cities)


def test_it_folds_up_to_the_head_of_the_feed(database, index_dir):
    publish_fleet(database, 25)
    follower = IndexFollower(database, index_dir)
    assert follower.catch_up() == 25
    reword(database, "W00003", hamburg_bonded(description="恒温"))
    take_out(database, "W00004")
    publish_fleet(database, 10, prefix="N")
    assert follower.catch_up() == 12
    assert follower.catch_up() == 0
    with database.reading() as session:
        assert SegmentStore(index_dir).open().point == newest_point(session)
    assert differences(database, index_dir) == []


def test_an_index_says_what_stood_at_its_own_position_and_nothing_newer(database, index_dir):
    publish_fleet(database, 12)
    IndexFollower(database, index_dir).catch_up()
    wordings: list[str] = []

    def edit() -> None:
        wordings.append(f"改{len(wordings)}")
        for id_ in ("W00001", "W00002"):
            reword(database, id_, hamburg_bonded(name_zh=wordings[-1]))

    follower = IndexFollower(database, index_dir, store=EditedMeanwhile(index_dir, edit))
    for _ in range(2 * follower_module.MOST_SEGMENTS):
        reword(database, "W00001", hamburg_bonded(name_zh="折叠"))
        follower.catch_up()
        stored = SegmentStore(index_dir).open()
        found = {
            segment.rows.ids[row]: segment.rows.texts[row]
            for segment in stored.segments
            for row in set(range(len(segment.rows))) - set(segment.deleted.tolist())
        }
        assert wordings[-1] not in found["W00001"]
        assert wordings[-1] not in found["W00002"]
        assert len(found) == 12


def test_changes_of_other_subjects_cost_no_commit(sqlite_database, index_dir):
    publish_fleet(sqlite_database, 3)
    follower = IndexFollower(sqlite_database, index_dir)
    follower.catch_up()
    before = SegmentStore(index_dir).generation()
    with sqlite_database.unit_of_work(noon) as uow:
        uow.changed("account", "1", "real")
    assert follower.catch_up() == 0
    assert SegmentStore(index_dir).generation() == before


@pytest.mark.parametrize("damage", ["flip", "cut", "remove", "pointer", "all"])
def test_a_damaged_index_is_rebuilt_and_never_believed(sqlite_database, index_dir, damage, monkeypatch):
    monkeypatch.setattr(store_module, "OPEN_TRIES", 2)
    publish_fleet(sqlite_database, 40)
    follower = IndexFollower(sqlite_database, index_dir)
    follower.catch_up()
    expected = SearchEngine(sqlite_database, index_dir).match_ids(SearchQuery(q="号", literal=True))
    assert len(expected) > 20
    _damage(index_dir, damage)
    assert SearchEngine(sqlite_database, index_dir).match_ids(SearchQuery(q="号", literal=True)) == expected
    assert [(each.part, each.kind) for each in differences(sqlite_database, index_dir)] == [
        ("index", "unusable")
    ]
    assert follower.catch_up() == 40
    assert differences(sqlite_database, index_dir) == []
    assert SearchEngine(sqlite_database, index_dir).match_ids(SearchQuery(q="号", literal=True)) == expected


def test_an_index_damaged_under_an_open_reader_is_replaced_by_the_worker(sqlite_database, index_dir):
    publish_fleet(sqlite_database, 40)
    follower = IndexFollower(sqlite_database, index_dir)
    follower.catch_up()
    engine = SearchEngine(sqlite_database, index_dir)
    query = SearchQuery(q="号 仓", literal=True)
    expected = engine.match_ids(query)
    assert expected
    postings = next(index_dir.glob("*.pst"))
    with postings.open("r+b") as stream:
        stream.write(b"\0" * postings.stat().st_size)
    assert follower.catch_up() == 40
    for each in (engine, SearchEngine(sqlite_database, index_dir)):
        assert each.match_ids(query) == expected


def _damage(index_dir: Path, damage: str) -> None:
    postings = next(index_dir.glob("*.pst"))
    content = postings.read_bytes()
    if damage == "flip":
        postings.write_bytes(content[:90] + bytes([content[90] ^ 1]) + content[91:])
    elif damage == "cut":
        postings.write_bytes(content[: len(content) // 2])
    elif damage == "remove":
        postings.unlink()
    elif damage == "pointer":
        (index_dir / "current").write_bytes(b"\xff\xfe")
    else:
        for path in (path for path in index_dir.rglob("*") if path.is_file()):
            path.unlink()


def test_an_index_of_older_wording_rules_is_rebuilt(sqlite_database, index_dir, monkeypatch):
    publish_fleet(sqlite_database, 5)
    IndexFollower(sqlite_database, index_dir).catch_up()
    monkeypatch.setattr(fields, "TEXT_VERSION", 99)
    fields.fingerprint.cache_clear()
    try:
        assert SearchEngine(sqlite_database, index_dir).search(SearchQuery(q="号", literal=True)).total > 0
        assert IndexFollower(sqlite_database, index_dir).catch_up() == 5
    finally:
        fields.fingerprint.cache_clear()


@pytest.mark.parametrize("start", ["folding", "building"])
def test_a_worker_killed_at_any_point_leaves_nothing_to_repair(sqlite_database, tmp_path, start):
    prepared = tmp_path / "prepared"
    prepared.mkdir()
    publish_fleet(sqlite_database, 12)
    if start == "folding":
        IndexFollower(sqlite_database, prepared).catch_up()
    publish(sqlite_database, "X1", hamburg_bonded(name_zh="新增的仓"))
    take_out(sqlite_database, "W00004")
    reword(sqlite_database, "W00005", hamburg_bonded(name_zh="改名的号"))
    expected = [
        sorted(SearchEngine(sqlite_database, prepared).match_ids(SearchQuery(q=text, literal=True)))
        for text in ("新增", "汉堡", "号", "")
    ]
    assert expected[0] == ["X1"]
    script = Path(__file__).with_name("crash_points.py")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    arguments = [sys.executable, script, sqlite_database.url, prepared, tmp_path / "work"]
    ran = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=True)
    deaths = [json.loads(line) for line in ran.stdout.splitlines()]
    assert len(deaths) > 20
    for death in deaths:
        assert death["reader"] == expected
        assert death["differences"] == 0
        assert death["healed"] == expected
        assert death["again"] == death["unhealed"] == 0
        assert death["leftovers"] == []
    # Some died just before the commit, some just after it.
    assert {death["folded"] for death in deaths} == {3 if start == "folding" else 12, 0}


def test_small_segments_are_put_together_and_a_worn_index_is_written_anew(
    sqlite_database, index_dir, monkeypatch
):
    monkeypatch.setattr(follower_module, "WORN_ROWS", 12)
    publish_fleet(sqlite_database, 40)
    follower = IndexFollower(sqlite_database, index_dir)
    follower.catch_up()
    counts = []
    for number in range(30):
        reword(sqlite_database, f"W{number:05d}", hamburg_bonded(description=f"恒温{number}"))
        follower.catch_up()
        counts.append(len(SegmentStore(index_dir).open().segments))
        assert differences(sqlite_database, index_dir) == []
    assert max(counts) <= follower_module.MOST_SEGMENTS
    assert counts.count(2) >= 1
    # Written anew: one segment again, although edits went on.
    assert 1 in counts
