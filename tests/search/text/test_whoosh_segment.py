"""A segment opened for search gives back exactly what was written, to any number of threads."""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from search.text.whoosh_texts import Text, bilingual, ids_of

from warehouse_hub.search.text.port import Postings, TextSegment
from warehouse_hub.search.whoosh_text.engine import WhooshText
from warehouse_hub.search.whoosh_text.loader import write_segment


def lists_of(texts: list[Text]) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for row, text in enumerate(texts):
        for token, impact in text.items():
            found.setdefault(token, []).append((row, impact))
    return dict(sorted(found.items()))


def pairs(postings: Postings) -> list[tuple[int, int]]:
    return list(zip(postings.rows.tolist(), postings.impacts.tolist(), strict=True))


@pytest.fixture(scope="module")
def texts() -> list[Text]:
    return bilingual(3_000, seed=2)


@pytest.fixture
def segment(tmp_path, texts) -> TextSegment:
    engine = WhooshText()
    engine.write(tmp_path, "MAIN_a", ids_of(len(texts)), texts)
    return engine.open(tmp_path, "MAIN_a", len(texts))


def test_every_token_stands_where_it_was_written(segment, texts):
    written = lists_of(texts)
    assert {token: pairs(segment.postings(token)) for token in written} == written
    assert list(segment.tokens()) == [(token, len(rows)) for token, rows in written.items()]
    assert {token: segment.frequency(token) for token in written} == dict(segment.tokens())
    assert segment.rows == len(texts)


@pytest.mark.parametrize("token", ["nowhere", "", "仓" * 50, "\0", "\ud800", "洛\udfff"])
def test_a_token_that_is_not_there_has_no_postings(segment, token):
    found = segment.postings(token)
    assert pairs(found) == []
    assert (found.rows.dtype, found.impacts.dtype) == (np.uint32, np.uint8)
    assert segment.frequency(token) == 0


def test_arrays_look_to_a_compiled_kernel_like_any_other(segment):
    found = segment.postings("仓储")
    for array in (found.rows, found.impacts):
        assert array.flags.c_contiguous
        assert array.flags.aligned
        assert array.flags.writeable
        assert array.dtype.isnative


def test_writing_into_an_array_stays_in_this_process(tmp_path, segment, texts):
    files = {path: path.read_bytes() for path in tmp_path.iterdir()}
    segment.postings("仓储").impacts[:] = 1
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == files
    other = WhooshText().open(tmp_path, "MAIN_a", len(texts))
    assert pairs(other.postings("仓储")) == lists_of(texts)["仓储"]


@pytest.mark.parametrize("prefix", ["", "w", "ware1", "洛", "洛仓", "zzzz", "\U0010ffff", "\ud800"])
@pytest.mark.parametrize("most", [0, 1, 7, 10_000])
def test_completion_gives_the_first_tokens_in_order(segment, texts, prefix, most):
    expected = [(token, len(rows)) for token, rows in lists_of(texts).items() if token.startswith(prefix)]
    assert segment.starting_with(prefix, most) == expected[:most]


tokens = st.text(st.characters(codec="utf-8"), max_size=4)


@given(
    st.lists(st.dictionaries(tokens, st.integers(1, 255), max_size=6), max_size=40),
    st.integers(1, 12),
    tokens,
)
@example([], 1, "")
@example([{}], 1, "a")
@example([{}, {"": 255}, {}], 1, "")
@settings(max_examples=80, deadline=None)
def test_any_texts_come_back_whatever_the_size_of_a_run(texts, run_postings, prefix):
    written = lists_of(texts)
    with TemporaryDirectory() as folder:
        write_segment(Path(folder), "s", ids_of(len(texts)), texts, block_size=3, run_postings=run_postings)
        segment = WhooshText().open(Path(folder), "s", len(texts))
        assert {token: pairs(segment.postings(token)) for token, _ in segment.tokens()} == written
        assert (
            segment.starting_with(prefix, 3)
            == [(token, len(rows)) for token, rows in written.items() if token.startswith(prefix)][:3]
        )


def test_threads_that_read_at_once_disturb_no_one(segment, texts):
    written = lists_of(texts)
    barrier = Barrier(8)

    def read(start: int) -> bool:
        barrier.wait()
        words = list(written)[start::3] * 2
        return all(
            pairs(segment.postings(word)) == written[word]
            and segment.starting_with(word, 1) == [(word, len(written[word]))]
            for word in words
        )

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(read, range(8)))


def test_files_close_with_the_last_reference_and_not_before(tmp_path, segment, texts):
    def mapped() -> bool:
        return str(tmp_path) in Path("/proc/self/maps").read_text()

    gc.disable()
    try:
        engine = WhooshText()
        engine.write(tmp_path, "MAIN_b", ids_of(len(texts)), texts)
        opened = engine.open(tmp_path, "MAIN_b", len(texts))
        del segment
        opened.postings("nowhere")
        kept = opened.postings("仓储").rows
        del opened
        for path in tmp_path.iterdir():
            path.unlink()
        assert mapped()
        assert kept.tolist() == [row for row, _ in lists_of(texts)["仓储"]]
    finally:
        gc.enable()


def test_nothing_stays_mapped_when_nothing_refers_to_a_segment(tmp_path):
    gc.disable()
    try:
        engine = WhooshText()
        engine.write(tmp_path, "MAIN_a", ["X1"], [{"x": 1}])
        segment = engine.open(tmp_path, "MAIN_a", 1)
        assert pairs(segment.postings("x")) == [(0, 1)]
        assert list(segment.tokens()) == [("x", 1)]
        assert str(tmp_path) in Path("/proc/self/maps").read_text()
        del segment
        assert str(tmp_path) not in Path("/proc/self/maps").read_text()
    finally:
        gc.enable()
