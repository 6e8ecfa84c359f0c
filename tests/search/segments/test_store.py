"""The index on disk: what was committed, and what happens to it."""

from __future__ import annotations

import shutil

import numpy as np
import pytest
from builders import hamburg_bonded, publish
from search.fleet import publish_fleet
from whoosh.index import open_dir
from whoosh.query import And, Term

from warehouse_hub.core.errors import Conflict
from warehouse_hub.directory.published import published_listings
from warehouse_hub.search.freshness.feed_point import FeedPoint
from warehouse_hub.search.freshness.follower import IndexFollower
from warehouse_hub.search.rows.cities import Cities
from warehouse_hub.search.segments import store as store_module
from warehouse_hub.search.segments.seal import IndexUnusable
from warehouse_hub.search.segments.store import SegmentStore
from warehouse_hub.search.text.fields import indexed_text


@pytest.fixture
def listings(sqlite_database):
    publish_fleet(sqlite_database, 60)
    with sqlite_database.reading() as session:
        return published_listings(session)


@pytest.fixture
def store(sqlite_database, listings, index_dir) -> SegmentStore:
    IndexFollower(sqlite_database, index_dir).catch_up()
    return SegmentStore(index_dir)


def where(store: SegmentStore, token: str) -> dict[str, int]:
    found = {}
    for segment in store.open().segments:
        postings = segment.text.postings(token)
        dead = set(segment.deleted.tolist())
        for row, impact in zip(postings.rows.tolist(), postings.impacts.tolist(), strict=True):
            if row not in dead:
                found[segment.rows.ids[row]] = impact
    return found


def test_what_was_written_is_read_back(store, listings):
    texts = {listing.id: indexed_text(listing) for listing in listings}
    for token in ("汉堡", "hamburg", "1", "nowhere"):
        assert where(store, token) == {
            id_: text.impacts[token] for id_, text in texts.items() if token in text.impacts
        }
    (segment,) = store.open().segments
    for row in range(len(segment.rows)):
        assert segment.rows.texts[row] == texts[segment.rows.ids[row]].canonical
        assert int(segment.rows.columns.digest[row]) == texts[segment.rows.ids[row]].digest


def test_rows_lie_along_the_map_and_those_without_a_place_come_last(store):
    (segment,) = store.open().segments
    morton = segment.rows.columns.morton
    assert (morton[1:] >= morton[:-1]).all()
    unknown = np.isnan(segment.rows.columns.latitude)
    assert 0 < unknown.sum() < len(unknown)
    assert unknown[-unknown.sum() :].all()


def test_later_segments_and_ended_rows_are_committed_together(sqlite_database, store):
    follower = IndexFollower(sqlite_database, store.folder)
    for number in range(20):
        publish(sqlite_database, f"W{number:05d}", hamburg_bonded(description=f"恒温{number}"))
        follower.catch_up()
    assert len(where(store, "恒温")) >= 20
    stored = store.open()
    assert 1 < len(stored.segments) <= 9
    live = sum(len(segment.rows) - len(segment.deleted) for segment in stored.segments)
    assert live == 60


def test_a_reader_keeps_its_state_while_commits_go_on(sqlite_database, store):
    before = store.open()
    publish(sqlite_database, "X1", hamburg_bonded())
    IndexFollower(sqlite_database, store.folder).rebuild()
    assert len(before.segments[0].text.postings("warehouse").rows) == 60
    assert len(before.segments[0].rows) == 60
    assert len(store.open().segments[0].rows) == 61


def test_segments_that_stay_are_not_opened_twice(sqlite_database, store):
    before = store.open()
    publish(sqlite_database, "X1", hamburg_bonded())
    IndexFollower(sqlite_database, store.folder).catch_up()
    assert store.open(before).segments[0].rows is before.segments[0].rows


def test_stock_whoosh_can_search_it(sqlite_database, store, listings):
    publish(sqlite_database, "W00003", hamburg_bonded(description="恒温"))
    IndexFollower(sqlite_database, store.folder).catch_up()
    with sqlite_database.reading() as session:
        now = published_listings(session)
    expected = {one.id for one in now if {"汉堡", "warehouse"} <= indexed_text(one).impacts.keys()}
    with open_dir(str(store.folder), indexname="MAIN").searcher() as searcher:
        hits = searcher.search(And([Term("text", "汉堡"), Term("text", "warehouse")]), limit=None)
        assert len(hits) == len(expected) > 0


def test_every_damaged_file_is_noticed(store, tmp_path):
    names = [path.name for path in store.folder.iterdir() if path.stat().st_size]
    assert {".pst", ".trm", ".rows", ".texts", ".npy", ".json"} <= {
        f".{name.rpartition('.')[2]}" for name in names
    }
    for name in names:
        damaged = tmp_path / f"damaged {name}"
        shutil.copytree(store.folder, damaged)
        content = bytearray((damaged / name).read_bytes())
        content[len(content) // 2] ^= 0x10
        (damaged / name).write_bytes(content)
        with pytest.raises(IndexUnusable):
            SegmentStore(damaged).open()


@pytest.mark.parametrize("pattern", ["current", "seal-*", "*.pst", "*.trm", "*.rows", "*.texts", "deleted-*"])
def test_every_missing_file_is_noticed(store, pattern, monkeypatch):
    monkeypatch.setattr(store_module, "OPEN_TRIES", 2)
    next(store.folder.glob(pattern)).unlink()
    with pytest.raises(IndexUnusable):
        store.open()


def test_an_older_format_is_not_read(store, monkeypatch):
    monkeypatch.setattr(store_module, "STORE_VERSION", 99)
    with pytest.raises(IndexUnusable, match="another format"):
        store.open()


def test_only_one_writes_at_a_time(store):
    with (
        store.writing(),
        pytest.raises(Conflict) as refused,
        SegmentStore(store.folder, lock_wait_s=0).writing(),
    ):
        pass
    assert refused.value.code == "search.index_busy"


def test_a_failed_segment_leaves_the_index_as_it_was(sqlite_database, store, listings):
    def broken():
        yield listings[:3]
        raise OSError("disk full")

    expected = where(store, "汉堡")
    with store.writing(), pytest.raises(OSError, match="disk full"):
        store.write(broken(), Cities())
    assert where(store, "汉堡") == expected
    publish(sqlite_database, "X1", hamburg_bonded())
    IndexFollower(sqlite_database, store.folder).catch_up()
    seal = store.check()
    kept = {*seal.files, f"seal-{seal.number}.json", "current", "writer.lock"}
    assert {path.name for path in store.folder.iterdir()} == kept


def test_an_empty_directory_has_an_index_too(sqlite_database, index_dir):
    assert IndexFollower(sqlite_database, index_dir).catch_up() == 0
    stored = SegmentStore(index_dir).open()
    assert [len(segment.rows) for segment in stored.segments] == [0]
    assert stored.point == FeedPoint(0)
