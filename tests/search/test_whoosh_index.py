"""The text index on disk: what was committed, and what happens to it."""

from __future__ import annotations

import random
import shutil

import pytest
from whoosh.index import open_dir
from whoosh.query import And, Term

from warehouse_hub.core.errors import Conflict
from warehouse_hub.search import whoosh_index
from warehouse_hub.search.documents import IndexedText
from warehouse_hub.search.feed_point import FeedPoint
from warehouse_hub.search.text_index import TextChange, TextIndexUnusable
from warehouse_hub.search.whoosh_index import WhooshTextIndex

POINT = FeedPoint(7, "listing X1")


def texts(count: int) -> list[IndexedText]:
    rng = random.Random(count)
    return [
        IndexedText(
            f"X{number}", 1, {f"t{rng.randrange(200)}": rng.randrange(1, 5) for _ in range(40)} | {"all": 2}
        )
        for number in range(count)
    ]


def where(index: WhooshTextIndex, token: str) -> dict[str, float]:
    snapshot = index.open()
    found = snapshot.postings(token)
    pairs = zip(found.documents.tolist(), found.counts.tolist(), strict=True)
    return {snapshot.ids[number]: count for number, count in pairs if snapshot.ids[number] is not None}


@pytest.fixture
def index(tmp_path) -> WhooshTextIndex:
    index = WhooshTextIndex(tmp_path / "index")
    with index.writing():
        index.rebuild([texts(300)], POINT)
    return index


def test_what_was_written_is_read_back(index):
    for token in ("all", "t1", "t77", "nowhere"):
        assert where(index, token) == {
            text.id: text.tokens[token] for text in texts(300) if token in text.tokens
        }
    assert index.open().point == POINT


def test_changes_and_position_are_committed_together(index):
    for number in range(20):
        with index.writing():
            changes = [
                TextChange(f"X{number}", IndexedText(f"X{number}", 2, {"fresh": number + 1})),
                TextChange(f"X{number + 100}", None),
            ]
            index.apply(changes, FeedPoint(8 + number, "m"))
    assert where(index, "fresh") == {f"X{number}": number + 1 for number in range(20)}
    assert len(where(index, "all")) == 260
    assert index.open().point == FeedPoint(27, "m")
    assert index.open().stamps()["X3"][0] == 2


def test_the_last_change_of_a_listing_in_a_batch_wins(index):
    with index.writing():
        twice = [TextChange("X1", IndexedText("X1", number, {"twice": number})) for number in (2, 3)]
        index.apply(twice, FeedPoint(8, "m"))
    assert where(index, "twice") == {"X1": 3}
    assert list(index.open().ids).count("X1") == 1


def test_a_reader_keeps_its_state_while_commits_go_on(index):
    before = index.open()
    with index.writing():
        index.rebuild([texts(5)], FeedPoint(9, "m"))
    assert len(before.postings("all").documents) == 300
    assert len(index.open().ids) == 5


def test_stock_whoosh_can_search_it(index):
    (folder,) = index._folder.glob("text-*")
    expected = {text.id for text in texts(300) if {"t1", "all"} <= text.tokens.keys()}
    with open_dir(str(folder)).searcher() as searcher:
        found = searcher.search(And([Term("text", "t1"), Term("text", "all")]), limit=None)
        assert len(found) == len(expected)


def test_every_damaged_file_is_noticed(index, tmp_path):
    (folder,) = index._folder.glob("text-*")
    names = [path.name for path in folder.iterdir() if path.stat().st_size and "WRITELOCK" not in path.name]
    assert any(name.endswith(".pst") for name in names)
    for name in names:
        damaged = tmp_path / f"damaged {name}"
        shutil.copytree(index._folder, damaged)
        path = damaged / folder.name / name
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 0x10
        path.write_bytes(content)
        with pytest.raises(TextIndexUnusable):
            WhooshTextIndex(damaged).open()


@pytest.mark.parametrize("pattern", ["current", "*/seal-*", "*/*.pst", "*/*.trm", "*/*.toc"])
def test_every_missing_file_is_noticed(index, pattern, monkeypatch):
    monkeypatch.setattr(whoosh_index, "OPEN_TRIES", 2)
    next(index._folder.glob(pattern)).unlink()
    with pytest.raises(TextIndexUnusable):
        index.open()


def test_an_older_format_is_not_read(index, monkeypatch):
    monkeypatch.setattr(whoosh_index, "FORMAT_VERSION", 2)
    with pytest.raises(TextIndexUnusable):
        index.open()


def test_only_one_writes_at_a_time(index):
    with (
        index.writing(),
        pytest.raises(Conflict) as refused,
        WhooshTextIndex(index._folder, lock_wait_s=0).writing(),
    ):
        pass
    assert refused.value.code == "search.index_busy"


def test_a_failed_commit_leaves_the_index_as_it_was(index):
    def broken():
        yield IndexedText("Y1", 1, {"half": 1})
        raise ValueError

    with index.writing(), pytest.raises(ValueError):  # noqa: PT011 (any error will do)
        whoosh_index._commit(index._current(), [0], broken(), FeedPoint(9, "m"))
    assert where(index, "half") == {}
    assert len(where(index, "all")) == 300
    with index.writing():
        index.apply([TextChange("X1", None)], FeedPoint(10, "m"))
    assert len(where(index, "all")) == 299
