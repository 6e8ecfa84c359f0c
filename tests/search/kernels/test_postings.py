"""Sorted lists of rows: what they share, what is left of them, and all of them together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from search.kernels import plain

from warehouse_hub.search.kernels.postings import (
    best_of,
    keep,
    meet,
    meet_scored,
    scored,
    without,
)

LUT = np.array([0, *(1000 + 7 * impact for impact in range(255))], np.int32)
ONES = np.ones(256, np.int32)


@st.composite
def postings(draw, most=400):
    """A mapping of rows to impacts: dense or scattered, beside others or far from them."""
    first = draw(st.sampled_from([0, 0, 4000, 4095, 100_000, 2**32 - 20_000]))
    spread = draw(st.sampled_from([1, 2, 50, 10_000]))
    rows = draw(st.sets(st.integers(0, 400), max_size=most))
    return {
        row: 1 + (row * 31 + spread) % 255
        for row in (first + place * spread for place in rows)
        if row < 2**32
    }


def many(count, every, seed=1):
    """So many postings, one for so many rows on the average."""
    rows = np.random.default_rng(seed).choice(count * every, count, replace=False)
    return {row: 1 + row % 255 for row in rows.tolist()}


def arrays(impacts_by_row):
    rows, impacts = plain.listed(impacts_by_row)
    return np.array(rows, np.uint32), np.array(impacts, np.uint8)


def with_scores(impacts_by_row):
    rows, impacts = arrays(impacts_by_row)
    return rows, scored(impacts, LUT)


def score_by_row(impacts_by_row):
    return {row: int(LUT[impact]) for row, impact in impacts_by_row.items()}


def assert_same(found, expected):
    rows, scores = found
    assert rows.dtype == np.uint32
    assert scores.dtype == np.int32
    assert (rows.tolist(), scores.tolist()) == expected


@given(postings())
def test_a_posting_scores_what_the_table_says_of_its_impact(one):
    impacts = arrays(one)[1]
    assert scored(impacts, LUT).tolist() == [int(LUT[impact]) for impact in impacts.tolist()]


@given(postings(), postings())
def test_rows_that_hold_both_words_score_their_sum(one, other):
    expected = plain.meet(score_by_row(one), score_by_row(other))
    assert_same(meet(*with_scores(one), *arrays(other), LUT), expected)
    assert_same(meet_scored(*with_scores(one), *with_scores(other)), expected)


@given(postings(), postings())
def test_a_list_of_rows_lets_through_what_it_holds_or_what_it_does_not(one, other):
    assert_same(keep(*with_scores(one), arrays(other)[0]), plain.keep(score_by_row(one), other))
    assert_same(without(*with_scores(one), arrays(other)[0]), plain.without(score_by_row(one), other))


@given(postings(), postings())
def test_the_best_of_two_lists_does_not_depend_on_which_is_first(one, other):
    expected = plain.best_of_all([score_by_row(one), score_by_row(other)])
    assert_same(best_of(*with_scores(one), *with_scores(other)), expected)
    assert_same(best_of(*with_scores(other), *with_scores(one)), expected)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (many(20_000, 3), many(25_000, 2, seed=2)),
        (many(5, 10_000), many(40_000, 1)),
        (many(40_000, 1), many(5, 10_000)),
        (many(3000, 20), many(60_000, 1, seed=3)),
        (many(30_000, 1), many(30_000, 1, seed=4)),
    ],
    ids=["alike", "few and many", "many and few", "some and many", "every row"],
)
def test_long_lists_are_matched_as_short_ones_are(one, other):
    scores, other_scores = score_by_row(one), score_by_row(other)
    assert_same(meet(*with_scores(one), *arrays(other), LUT), plain.meet(scores, other_scores))
    assert_same(meet_scored(*with_scores(one), *with_scores(other)), plain.meet(scores, other_scores))
    assert_same(keep(*with_scores(one), arrays(other)[0]), plain.keep(scores, other))
    assert_same(without(*with_scores(one), arrays(other)[0]), plain.without(scores, other))
    assert_same(best_of(*with_scores(one), *with_scores(other)), plain.best_of_all([scores, other_scores]))


def test_negative_scores_are_scores_too():
    rows = np.arange(50, dtype=np.uint32)
    low, lower = np.full(50, -5, np.int32), np.full(50, -9, np.int32)
    assert best_of(rows, lower, rows, low)[1].tolist() == [-5] * 50
    assert meet_scored(rows, lower, rows, low)[1].tolist() == [-14] * 50


def test_a_table_that_does_not_know_every_impact_is_refused():
    with pytest.raises(ValueError, match="256 impacts"):
        scored(np.ones(3, np.uint8), ONES[:200])
    rows = np.arange(3, dtype=np.uint32)
    with pytest.raises(ValueError, match="256 impacts"):
        meet(rows, ONES[:3], rows, np.ones(3, np.uint8), ONES[:0])


def test_an_impact_for_every_row_and_a_score_for_every_row_are_needed():
    rows = np.arange(3, dtype=np.uint32)
    with pytest.raises(ValueError, match="not equally many"):
        keep(rows, ONES[:2], rows)
    with pytest.raises(ValueError, match="not equally many"):
        meet(rows, ONES[:3], rows, np.ones(1, np.uint8), ONES)
