"""An index of ours is an index of Whoosh: its searcher finds and scores in it what it does in one of its own."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from search.text.whoosh_texts import Text, bilingual, ids_of, stock_index
from whoosh.index import open_dir
from whoosh.query import And, AndNot, Every, Or, Prefix, Term
from whoosh.scoring import BM25F

from warehouse_hub.search.text.port import SegmentState
from warehouse_hub.search.whoosh_text.engine import WhooshText

Segments = list[tuple[list[Text], set[int]]]


def our_index(folder: Path, segments: Segments, *, block_size: int = 16_384) -> None:
    folder.mkdir()
    engine = WhooshText(block_size=block_size)
    first, states = 0, []
    for number, (texts, deleted) in enumerate(segments):
        engine.write(folder, f"MAIN_{number}", ids_of(len(texts), first), texts)
        states.append(SegmentState(f"MAIN_{number}", len(texts), np.array(sorted(deleted), np.uint32)))
        first += len(texts)
    engine.publish(folder, 1, states)


def answers(folder: Path, queries, limit: int | None) -> list:
    with open_dir(folder, "MAIN").searcher(weighting=BM25F()) as searcher:
        found = [searcher.search(query, limit=limit) for query in queries]
        return [
            (
                str(query),
                len(results),
                [(hit.docnum, hit.score) for hit in results],
                [hit["id"] for hit in results[:3]],
            )
            for query, results in zip(queries, found, strict=True)
        ]


def as_text(stock: list) -> list:
    """Whoosh's own writer leaves ids in a column of bytes."""
    return [(*found, [id_.decode() for id_ in ids]) for *found, ids in stock]


def agree(tmp: Path, segments: Segments, queries, *, block_size: int = 16_384) -> list:
    # Of blocks of the same size: where Whoosh skips blocks it misses some of the best ten, in its own index too.
    stock_index(tmp / "stock", segments, block_size=block_size)
    our_index(tmp / "ours", segments, block_size=block_size)
    for limit in (None, 10):
        ours = answers(tmp / "ours", queries, limit)
        assert ours == as_text(answers(tmp / "stock", queries, limit))
    return ours


def some_queries(texts: list[Text]) -> list:
    every = sorted({token for text in texts for token in text})
    frequent = sorted(every, key=lambda token: -sum(token in text for text in texts))
    words = [*frequent[:4], *every[:: max(1, len(every) // 12)], "a", "仓"]
    terms = [Term("text", word) for word in words]
    pairs = list(zip(terms, [*terms[3:], *terms[:3]], strict=True))
    return [
        *terms,
        *(And(list(pair)) for pair in pairs),
        *(Or(list(pair)) for pair in pairs),
        Or(terms),
        And([Or(terms[:3]), Or(terms[3:6])]),
        AndNot(terms[0], terms[1]),
        *(Prefix("text", word[:1]) for word in words[:6]),
        Prefix("text", "nowhere"),
        Term("text", "nowhere"),
        Every(),
    ]


@pytest.fixture(scope="module")
def texts() -> list[Text]:
    return bilingual(2_000)


def test_whoosh_answers_from_our_index_as_from_its_own(tmp_path, texts):
    found = agree(tmp_path, [(texts, set())], some_queries(texts))
    assert sum(total > 10 for _, total, *_ in found) > 30


def test_lists_of_many_blocks_are_skipped_and_scored_alike(tmp_path, texts):
    agree(tmp_path, [(texts, set())], some_queries(texts), block_size=16)


def test_whoosh_is_told_the_same_of_every_token(tmp_path, texts):
    stock_index(tmp_path / "stock", [(texts, set())])
    our_index(tmp_path / "ours", [(texts, set())], block_size=16)
    told = []
    for kind in ("ours", "stock"):
        with open_dir(tmp_path / kind, "MAIN").reader() as reader:
            told.append(
                [
                    (
                        *(token, info.weight(), info.doc_frequency(), info.max_weight()),
                        *(info.min_length(), info.max_length(), info.min_id(), info.max_id()),
                    )
                    for token, info in reader
                ]
            )
            told[-1].append(
                (reader.doc_count(), reader.field_length("text"), reader.max_field_length("text"))
            )
    assert len(told[0]) > 300
    assert told[0] == told[1]


def test_deleted_rows_and_several_segments_are_as_whoosh_would_have_them(tmp_path, texts):
    cut, end = 1_200, len(texts)
    segments = [
        (texts[:cut], set(range(0, cut, 7))),
        ([], set()),
        (texts[cut:], {0, 5, end - cut - 1}),
        (bilingual(9, seed=5), set(range(9))),
    ]
    agree(tmp_path, segments, some_queries(texts), block_size=64)


def test_whoosh_opens_the_newest_generation(tmp_path, texts):
    engine = WhooshText()
    none = np.zeros(0, np.uint32)
    engine.write(tmp_path, "MAIN_a", ids_of(3), [{"x": 1}, {"x": 2}, {"y": 1}])
    engine.write(tmp_path, "MAIN_b", ids_of(1, 3), [{"x": 9}])
    first = SegmentState("MAIN_a", 3, none)
    assert engine.publish(tmp_path, 9, [first]) == ("_MAIN_9.toc",)
    with open_dir(tmp_path, "MAIN").searcher() as searcher:
        assert {hit["id"] for hit in searcher.search(Term("text", "x"))} == set(ids_of(2))
    engine.publish(
        tmp_path, 10, [SegmentState("MAIN_a", 3, np.array([1], np.uint32)), SegmentState("MAIN_b", 1, none)]
    )
    with open_dir(tmp_path, "MAIN").searcher() as searcher:
        assert {hit["id"] for hit in searcher.search(Term("text", "x"))} == {*ids_of(1), *ids_of(1, 3)}
        assert searcher.stored_fields(2) == {"id": ids_of(3)[2]}


def test_whoosh_can_put_our_segments_together_into_one_of_its_own(tmp_path, texts):
    our_index(tmp_path / "ours", [(texts[:300], {4}), (texts[300:400], set())])
    queries = some_queries(texts[:400])
    before = answers(tmp_path / "ours", queries, None)
    index = open_dir(tmp_path / "ours", "MAIN")
    index.optimize()
    after = answers(tmp_path / "ours", queries, None)
    assert len(open_dir(tmp_path / "ours", "MAIN")._segments()) == 1
    # Merged, the deleted row no longer counts in the statistics: scores differ, what is found does not.
    assert [total for _, total, *_ in after] == [total for _, total, *_ in before]


tokens = st.text(st.characters(codec="utf-8"), min_size=1, max_size=3)
documents = st.lists(
    st.dictionaries(
        st.sampled_from(["仓", "仓储", "a", "ab", "é"]) | tokens, st.integers(1, 255), max_size=8
    ),
    max_size=30,
)


@given(st.lists(documents, min_size=1, max_size=3), st.integers(1, 5), st.data())
@settings(max_examples=25, deadline=None)
def test_any_texts_are_found_and_scored_alike(segments, block_size, data):
    deleted = [
        data.draw(st.sets(st.sampled_from(range(len(texts))))) if texts else set() for texts in segments
    ]
    texts = [text for segment in segments for text in segment]
    with TemporaryDirectory() as folder:
        agree(
            Path(folder),
            list(zip(segments, deleted, strict=True)),
            some_queries(texts or [{"a": 1}]),
            block_size=block_size,
        )
