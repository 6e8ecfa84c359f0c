"""Sort keys, and the first of many in their order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from search.kernels import plain

from warehouse_hub.search.kernels.order import FIRST, gathered, relevance, top

NOW = 1_800_000_000.0
DAY = 86_400.0
GRADE_POINTS = np.arange(256, dtype=np.int32) * 11
FRESH_POINTS = np.array([900, 500, 200, 0], np.int32)
KEYS = [-np.inf, -1.5, -0.0, 0.0, 2.0, 1e300, np.inf]


def every_row(rows):
    return np.arange(rows, dtype=np.uint32)


@given(st.integers(0, 40), st.integers(0, 99), st.booleans())
def test_relevance_adds_text_evidence_and_freshness(rows, seed, with_text):
    chance = np.random.default_rng(seed)
    part = rows + 5
    published_at = NOW - chance.choice([-9.0, 0.0, 0.5, 1.0, 1.999, 2.0, 3.0, 4000.0, np.nan], part) * DAY
    grade = chance.integers(0, 256, part).astype(np.uint8)
    chosen = np.sort(chance.choice(part, rows, replace=False)).astype(np.uint32)
    scores = chance.integers(-(2**30), 2**30, rows if with_text else 0).astype(np.int32)
    args = (chosen, scores, grade, published_at, NOW, GRADE_POINTS, FRESH_POINTS)
    assert relevance(*args).tolist() == plain.relevance(*args)


def test_the_day_changes_after_whole_days_and_the_oldest_points_go_on():
    ages = np.array([-30.0, 0.0, 0.999999, 1.0, 2.0, 3.0, 5000.0, np.nan])
    grade = np.zeros(len(ages), np.uint8)
    none = np.zeros(0, np.int32)
    keys = relevance(
        every_row(len(ages)), none, grade, NOW - ages * DAY, NOW, np.zeros(256, np.int32), FRESH_POINTS
    )
    assert keys.tolist() == [-900, -900, -900, -500, -200, 0, 0, 0]


def test_points_that_do_not_cover_every_grade_and_a_day_are_refused():
    rows, none = every_row(1), np.zeros(0, np.int32)
    columns = np.zeros(1, np.uint8), np.zeros(1)
    with pytest.raises(ValueError, match="points for 256 grades"):
        relevance(rows, none, *columns, NOW, GRADE_POINTS[:4], FRESH_POINTS)
    with pytest.raises(ValueError, match="points for 256 grades"):
        relevance(rows, none, *columns, NOW, GRADE_POINTS, none)
    with pytest.raises(ValueError, match="2 scores beside 1 rows"):
        relevance(rows, np.zeros(2, np.int32), *columns, NOW, GRADE_POINTS, FRESH_POINTS)


@given(st.lists(st.sampled_from([np.nan, -np.inf, -3.0, 0.0, 8.0, np.inf]), max_size=30), st.booleans())
def test_what_is_unknown_comes_last_in_either_direction(values, descending):
    column = np.array(values, np.float64)
    rows = every_row(len(values))[::-1].copy()
    assert (
        gathered(column, rows, descending=descending).tolist()
        == plain.gathered(column, rows, descending).tolist()
    )


@st.composite
def keyed(draw):
    """Keys of few different values with their listings' numbers."""
    chance = np.random.default_rng(draw(st.integers(0, 99)))
    rows = draw(st.sampled_from([0, 1, 2, 7, 100, 1500]))
    keys = {
        "few": lambda: chance.choice(KEYS, rows),
        "many": lambda: chance.normal(size=rows),
        "equal": lambda: np.full(rows, draw(st.sampled_from(KEYS))),
        "rising": lambda: np.arange(rows, dtype=np.float64),
        "falling": lambda: -np.arange(rows, dtype=np.float64),
    }[draw(st.sampled_from(["few", "many", "equal", "rising", "falling"]))]()
    ties = chance.permutation(np.arange(2 * rows, dtype=np.uint64))
    return keys, np.sort(chance.permutation(2 * rows)[:rows]).astype(np.uint32), ties << np.uint64(48)


@given(keyed(), st.sampled_from([0, 1, 2, 20, 400, 20_000]))
def test_the_first_page_is_the_beginning_of_the_whole_order(given_keys, most):
    keys, rows, ties = given_keys
    assert top(keys, rows, ties, most, *FIRST).tolist() == plain.top(keys, ties[rows], most)


@given(keyed(), st.integers(0, 1499), st.sampled_from([1, 20, 20_000]))
def test_a_page_goes_on_after_any_listing(given_keys, place, most):
    keys, rows, ties = given_keys
    if not len(keys):
        return
    after = keys[place % len(keys)], ties[rows[place % len(keys)]]
    assert top(keys, rows, ties, most, *after).tolist() == plain.top(keys, ties[rows], most, after)


@given(keyed(), st.sampled_from([1, 3, 50]))
def test_pages_together_hold_everything_once_and_in_order(given_keys, most):
    keys, rows, ties = given_keys
    pages, after = [], FIRST
    for _ in range(8):
        page = top(keys, rows, ties, most, *after).tolist()
        pages += page
        if page:
            after = keys[page[-1]], int(ties[rows[page[-1]]])
    assert pages == plain.top(keys, ties[rows], 8 * most)


def test_the_very_least_key_is_on_the_first_page():
    keys, ties = np.array([-np.inf, np.inf]), np.zeros(2, np.uint64)
    assert top(keys, every_row(2), ties, 5, *FIRST).tolist() == [0, 1]
    assert top(keys, every_row(2), ties, 5, -np.inf, 0).tolist() == [1]


def test_a_key_for_every_row_is_needed():
    with pytest.raises(ValueError, match="1 keys beside 2 rows"):
        top(np.zeros(1), every_row(2), np.zeros(2, np.uint64), 1, *FIRST)
