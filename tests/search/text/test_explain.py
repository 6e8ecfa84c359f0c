"""An explanation adds up to the score that the engine gives, part by part."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from search.fleet import some_facts
from search.text.printed import printed, silent

from warehouse_hub.directory.published import PublishedListing
from warehouse_hub.search.kernels.order import relevance
from warehouse_hub.search.text.bm25f import (
    CONCEPT_WEIGHT,
    FRESH_POINTS,
    GRADE_POINTS,
    ONE,
    STEPS,
    score_table,
)
from warehouse_hub.search.text.explain import UNFINISHED, Explanation, explain
from warehouse_hub.search.text.fields import indexed_text
from warehouse_hub.vocabulary.codes import EVIDENCE_GRADES

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
ROWS = 60
RNG = random.Random(11)
LISTINGS = [printed(some_facts(RNG, number), id=f"W{number:05d}") for number in range(ROWS)]
INDEXED = [indexed_text(listing).impacts for listing in LISTINGS]
TOKENS = sorted({token for impacts in INDEXED for token in impacts})


@dataclass(frozen=True)
class Word:
    tokens: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    prefix: str | None = None


def found_of(token: str) -> int:
    return sum(token in impacts for impacts in INDEXED) if token else 1


def explained(listing: PublishedListing, *words: Word) -> Explanation:
    return explain(listing, words, found_of, ROWS, NOW.timestamp())


def engine_score(impacts, word: Word) -> int:
    """A word's score as the engine adds it up from postings, 0 where it is not found."""
    ways = [0]
    if word.prefix is not None:
        begun = [
            impact for token, impact in impacts.items() if token.startswith(word.prefix) and ":" not in token
        ]
        ways += [int(score_table(found_of(UNFINISHED), ROWS)[max(begun)])] if begun else []
    elif all(token in impacts for token in word.tokens):
        tables = [score_table(found_of(token), ROWS, 1 / len(word.tokens)) for token in word.tokens]
        ways.append(sum(int(table[impacts[token]]) for table, token in zip(tables, word.tokens, strict=True)))
    for token in word.instead:
        ways.append(int(score_table(found_of(token), ROWS, CONCEPT_WEIGHT)[impacts.get(token, 0)]))
    return max(ways)


WORDS = st.builds(
    Word,
    tokens=st.lists(st.sampled_from([*TOKENS, "nowhere"]), min_size=1, max_size=4).map(tuple),
    instead=st.lists(st.sampled_from([*TOKENS, "service:none"]), max_size=3).map(tuple),
) | st.builds(Word, prefix=st.sampled_from(["de", "w0", "s", "汉", "zzz", "country"]))


@given(st.integers(0, ROWS - 1), st.lists(WORDS, max_size=4))
def test_the_parts_add_up_to_the_score_of_the_engine(row, words):
    told = explained(LISTINGS[row], *words)
    scores = [engine_score(INDEXED[row], word) for word in words]
    assert [word.score for word in told.words] == scores
    assert [word.by is not None for word in told.words] == [score > 0 for score in scores]
    assert told.matches == all(scores)
    assert told.score == sum(scores) + told.evidence + told.freshness
    for word in told.words:
        assert word.score == sum(token.exact + token.quantisation for token in word.tokens)
        for token in word.tokens:
            assert sum(mention.tf for mention in token.mentions) == pytest.approx(token.tf)
            half_step = ONE * token.weight * token.rarity * 0.5 / STEPS
            assert abs(token.quantisation) <= max(1.0, half_step + 1.0)


def test_it_tells_where_a_word_stands_and_how_often():
    listing = silent(name_zh="汉堡仓", city_zh="汉堡", description="汉堡，汉堡")
    (token,) = explained(listing, Word(("汉堡",))).words[0].tokens
    assert [(mention.source, mention.count) for mention in token.mentions] == [
        ("name", 1),
        ("place", 1),
        ("description", 2),
    ]


@pytest.mark.parametrize(
    ("token", "source"),
    [("service:bonded", "code"), ("w00017", "id"), ("overseas", "every_listing")],
)
def test_it_names_what_stands_in_no_field(token, source):
    (told,) = explained(silent(id="W00017", services={"bonded": True}), Word((token,))).words[0].tokens
    assert [mention.source for mention in told.mentions] == [source]


def test_the_better_way_of_being_found_counts():
    held = silent(services={"bonded": True}, description="保税")
    words = [Word(("保税",), ("service:bonded",)), Word(("监管",), ("service:bonded",))]
    by_text, by_code = explain(held, words, lambda _: 10, ROWS, NOW.timestamp()).words
    assert (by_text.by, by_code.by) == ("text", "instead")
    assert by_text.score > by_code.score > 0
    assert by_code.tokens[0].weight == CONCEPT_WEIGHT


def test_a_listing_without_one_of_the_words_is_no_result():
    told = explained(printed(), Word(("汉港",)), Word(("nowhere",)))
    assert not told.matches
    assert [word.by for word in told.words] == ["text", None]


def test_evidence_and_freshness_are_told_apart():
    before = NOW - timedelta(days=180, hours=5)
    told = explained(replace(printed(), grade="verified", published_at=before))
    assert (told.days, told.freshness) == (180, FRESH_POINTS[180])
    assert (told.grade, told.evidence) == ("verified", GRADE_POINTS.max())
    assert explained(replace(printed(), grade="hearsay")).evidence == 0


@pytest.mark.parametrize("grade", EVIDENCE_GRADES.codes)
@pytest.mark.parametrize("age", [-9e5, 0.0, 86_399.9, 86_400.0, 1e7, 1e9])
def test_the_total_is_what_results_are_sorted_by(grade, age):
    published_at = NOW - timedelta(seconds=age)
    listing = replace(printed(), grade=grade, published_at=published_at)
    told = explained(listing, Word(("汉港",)))
    keys = relevance(
        np.zeros(1, np.uint32),
        np.array([told.words[0].score], np.int32),
        np.array([EVIDENCE_GRADES.codes.index(grade)], np.uint8),
        np.array([published_at.timestamp()]),
        NOW.timestamp(),
        GRADE_POINTS,
        FRESH_POINTS,
    )
    assert keys.tolist() == [-told.score]


def test_it_can_be_written_as_json_and_read_back():
    told = explained(printed(), Word(("汉港",), ("country:DE",)), Word(("nowhere",)), Word(prefix="wal"))
    read = json.loads(json.dumps(told.to_json()))
    assert read["points"] == told.score
    assert read["points"] == (
        sum(word["points"] for word in read["words"])
        + read["evidence"]["points"]
        + read["freshness"]["points"]
    )
    token = read["words"][0]["tokens"][0]
    assert token["points"] == token["exact"] + token["quantisation"]
    assert token["mentions"][0]["source"] == "name"
