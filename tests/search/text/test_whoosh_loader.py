"""The bulk loader: what it refuses, and what it leaves behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from search.text.whoosh_texts import bilingual, ids_of

from warehouse_hub.search.text.port import SegmentState, TextUnusable
from warehouse_hub.search.whoosh_text.engine import WhooshText
from warehouse_hub.search.whoosh_text.loader import write_segment
from warehouse_hub.search.whoosh_text.runs import RunCollector, merged, total_counts


def folder_of(path: Path) -> set[str]:
    return {entry.name for entry in path.iterdir()}


def test_a_segment_consists_of_the_files_it_names_and_they_bear_its_name(tmp_path):
    texts = bilingual(500)
    one = write_segment(tmp_path, "MAIN_1", ids_of(500), texts, run_postings=1_000)
    two = write_segment(tmp_path, "MAIN_2", ids_of(500), texts)
    assert folder_of(tmp_path) == {*one, *two}
    assert not set(one) & set(two)
    assert [(tmp_path / name).read_bytes() for name in one] == [
        (tmp_path / name).read_bytes() for name in two
    ]


def failing():
    yield {"x": 1}
    raise RuntimeError("no more")


@pytest.mark.parametrize(
    ("ids", "texts", "error"),
    [
        (["A", "B"], [{"x": 1}, {"y": 0}], ValueError),
        (["A", "B"], [{"x": 1}, {"y": 256}], ValueError),
        (["A", "B"], [{"x": 1}, {"y": -1}], ValueError),
        (["A", "B"], [{"x": 1}], ValueError),
        (["A"], [{"x": 1}, {"y": 1}], ValueError),
        (["A", "\ud800"], [{"x": 1}, {"y": 1}], UnicodeEncodeError),
        (["A", "B"], [{"x": 1}, {"\ud800": 1}], UnicodeEncodeError),
        (["A", "B"], failing(), RuntimeError),
    ],
    ids=["zero", "too high", "negative", "fewer", "more", "bad id", "bad token", "caller"],
)
def test_a_refused_segment_leaves_nothing(tmp_path, ids, texts, error):
    with pytest.raises(error):
        write_segment(tmp_path, "MAIN_a", ids, texts, run_postings=1)
    assert folder_of(tmp_path) == set()


@pytest.mark.parametrize("number", range(4))
def test_a_file_that_is_there_is_never_written_over(tmp_path, number):
    names = write_segment(tmp_path, "MAIN_a", ["A"], [{"x": 1}])
    before = {name: (tmp_path / name).read_bytes() for name in names}
    for name in (*names[:number], *names[number + 1 :]):
        (tmp_path / name).unlink()
    with pytest.raises(FileExistsError):
        write_segment(tmp_path, "MAIN_a", ["B"], [{"y": 1}])
    assert folder_of(tmp_path) == {names[number]}
    assert (tmp_path / names[number]).read_bytes() == before[names[number]]


def test_a_killed_loader_leaves_no_file_that_passes_for_a_segment(tmp_path):
    program = f"""
import os, signal
from pathlib import Path
from warehouse_hub.search.whoosh_text.loader import write_segment
def texts():
    for row in range(50):
        yield {{"x": 1, f"y{{row}}": 2}}
    os.kill(os.getpid(), signal.SIGKILL)
write_segment(Path({str(tmp_path)!r}), "MAIN_a", map(str, range(60)), texts(), run_postings=10)
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", program], env=environment, check=False).returncode == -9
    assert folder_of(tmp_path) <= {"MAIN_a.id.col"}
    with pytest.raises(FileNotFoundError):
        WhooshText().open(tmp_path, "MAIN_a", 50)


def test_lists_put_together_from_runs_are_whole_and_ascending_in_batches_of_any_size(tmp_path):
    texts = bilingual(400, seed=3)
    oracle: dict[str, list[tuple[int, int]]] = {}
    for row, text in enumerate(texts):
        for token, impact in text.items():
            oracle.setdefault(token, []).append((row, impact))
    with RunCollector(tmp_path, run_postings=1_500) as collector:
        for text in texts:
            collector.add(text)
        runs, lengths = collector.finish()
        assert len(runs) > 5
        assert lengths.tolist() == [sum(text.values()) for text in texts]
        counts = total_counts(runs, len(collector.vocabulary))
        for size in (1, 700, 5_000, 10**9):
            read = []
            for batch in merged(runs, counts, size):
                assert batch.first == len(read)
                ends = np.cumsum(batch.counts)
                rows, impacts = np.split(batch.rows, ends[:-1]), np.split(batch.impacts, ends[:-1])
                read += [
                    list(zip(*map(np.ndarray.tolist, both), strict=True))
                    for both in zip(rows, impacts, strict=True)
                ]
            assert dict(zip(collector.vocabulary, read, strict=True)) == oracle


def test_publishing_again_replaces_a_generation_that_was_given_up(tmp_path):
    engine = WhooshText()
    none = np.zeros(0, np.uint32)
    engine.write(tmp_path, "MAIN_a", ["A"], [{"x": 1}])
    engine.write(tmp_path, "MAIN_b", ["B"], [{"x": 1}])
    names = engine.publish(tmp_path, 1, [SegmentState("MAIN_a", 1, none)])
    before = (tmp_path / names[0]).read_bytes()
    assert engine.publish(tmp_path, 1, [SegmentState("MAIN_b", 1, none)]) == names
    assert (tmp_path / names[0]).read_bytes() != before
    assert {name for name in folder_of(tmp_path) if not name.startswith("MAIN")} == set(names)


def test_what_cannot_be_published_is_refused(tmp_path):
    engine = WhooshText()
    engine.write(tmp_path, "MAIN_a", ["A", "B"], [{"x": 1}, {}])
    before = folder_of(tmp_path)
    with pytest.raises(ValueError, match="deleted row"):
        engine.publish(tmp_path, 1, [SegmentState("MAIN_a", 2, np.array([2], np.uint32))])
    with pytest.raises(TextUnusable):
        engine.publish(tmp_path, 1, [SegmentState("MAIN_a", 3, np.zeros(0, np.uint32))])
    with pytest.raises(FileNotFoundError):
        engine.publish(tmp_path, 1, [SegmentState("MAIN_b", 1, np.zeros(0, np.uint32))])
    assert folder_of(tmp_path) == before


def test_a_generation_that_does_not_reach_the_disk_is_not_published(tmp_path, monkeypatch):
    def full(_: int) -> None:
        raise OSError(28, "no space left")

    engine = WhooshText()
    engine.write(tmp_path, "MAIN_a", ["A"], [{"x": 1}])
    before = folder_of(tmp_path)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        engine.publish(tmp_path, 1, [SegmentState("MAIN_a", 1, np.zeros(0, np.uint32))])
    assert folder_of(tmp_path) == before
