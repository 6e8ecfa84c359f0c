"""Kernels are compiled once a machine, and search goes on where nothing can be kept or what was kept is damaged."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from warehouse_hub.search.kernels import compiled, order, postings
from warehouse_hub.search.kernels.conditions import Conditions, ScanColumns
from warehouse_hub.search.kernels.scan import scan_rows, scan_spans

# Compiles one kernel in a process of its own, and says how many it found ready.
SCORE = """
import logging, sys
from pathlib import Path
import numpy as np
logging.basicConfig(level=logging.INFO, format="%(levelname)s", stream=sys.stdout)
from warehouse_hub.search.kernels import compiled
from warehouse_hub.search.kernels.postings import scored
compiled.keep_kernels_in(Path(sys.argv[1]))
assert scored(np.array([1, 3], np.uint8), np.arange(256, dtype=np.int32)).tolist() == [1, 3]
(kernel,) = (one for name, one in compiled._KERNELS.items() if name.endswith(".scored"))
print(sum(kernel.stats.cache_hits.values()))
"""


def scored_in(folder: Path) -> list[str]:
    """What a fresh process logs, by level, and then from how many files it loaded the kernel."""
    done = subprocess.run(
        [sys.executable, "-c", SCORE, str(folder)], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_a_second_process_finds_the_kernel_ready(tmp_path):
    folder = tmp_path / "kernels"
    assert scored_in(folder) == ["0"]
    assert scored_in(folder) == ["1"]


def test_without_a_folder_that_can_be_written_kernels_work_all_the_same(tmp_path):
    (tmp_path / "file").write_text("no folder")
    assert scored_in(tmp_path / "file") == ["INFO", "0"]


@pytest.mark.parametrize("damage", [b"", b"\x80\x05garbage", None], ids=["empty", "garbage", "half"])
def test_damaged_files_are_compiled_anew_and_replaced(tmp_path, damage):
    scored_in(tmp_path)
    for file in tmp_path.glob("*/*.nb[ic]"):
        whole = file.read_bytes()
        file.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    assert scored_in(tmp_path) == ["WARNING", "0"]
    assert scored_in(tmp_path) == ["1"]


def test_kernels_of_an_older_source_are_removed_and_nothing_else_is(tmp_path):
    (tmp_path / "compiled-kernels-0123456789abcdef").mkdir()
    (tmp_path / "compiled-map-0123456789abcdef").mkdir()
    (tmp_path / "index").mkdir()
    scored_in(tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    assert "compiled-kernels-0123456789abcdef" not in names
    assert {"compiled-map-0123456789abcdef", "index"} < names


def test_a_change_of_any_source_of_a_package_is_another_state(tmp_path):
    (tmp_path / "one.py").write_text("A = 1\n")
    (tmp_path / "two.py").write_text("B = 1\n")
    before = compiled._digest.__wrapped__(tmp_path)
    assert compiled._digest.__wrapped__(tmp_path) == before
    (tmp_path / "two.py").write_text("B = 2\n")
    assert compiled._digest.__wrapped__(tmp_path) != before


def test_after_warming_no_search_compiles_anything(tmp_path):
    """Arrays from files and from the heap are mixed in one call."""
    forms = compiled.compiled_forms()
    mine = {name for name in forms if name.startswith(compiled.__name__.rpartition(".")[0])}
    assert {forms[name] for name in mine} == {1}
    heap = {
        kind: np.zeros(3, kind) for kind in (np.uint8, np.uint16, np.uint32, np.uint64, np.int32, np.float64)
    }
    file = {kind: mapped(tmp_path / kind.__name__, array) for kind, array in heap.items()}
    table = np.arange(256, dtype=np.int32)
    rows = np.arange(3, dtype=np.uint32)
    for one in (heap, file):
        for other in (heap, file):
            postings.meet(rows, one[np.int32], other[np.uint32], other[np.uint8], table)
            postings.without(other[np.uint32], one[np.int32], rows)
            postings.best_of(rows, one[np.int32], rows, other[np.int32])
            order.gathered(one[np.float64], rows, descending=False)
            order.top(other[np.float64], rows, one[np.uint64], 2, 0, 5)
        columns = columns_of(one)
        scan_spans(columns, Conditions(1, country=np.ones(677, np.bool_)), 1, np.array([[0, 3]]))
        scan_rows(columns, Conditions(np.uint8(1), goods_any=np.uint64(2)), np.int64(3), rows, heap[np.int32])
    assert compiled.compiled_forms() == forms


def test_kernels_leave_what_they_are_given_as_it_was():
    rows, scores = np.arange(5, dtype=np.uint32), np.arange(5, dtype=np.int32)
    postings.meet_scored(rows, scores, rows, scores)
    assert rows.tolist() == [0, 1, 2, 3, 4]
    assert scores.tolist() == [0, 1, 2, 3, 4]


def mapped(path, array):
    path.write_bytes(array.tobytes())
    return np.memmap(path, array.dtype, "c")


def columns_of(arrays):
    kinds = ["u1", "u2", "u4", "u1", "u1", "u1", "u8", "u8", "u8", "f8", "f8"]
    return ScanColumns(*(arrays[np.dtype(kind).type] for kind in kinds))
