"""Scores: bounded, monotone, the same as the formulas, and in an order that people would agree with."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse_hub.search.text.bm25f import (
    CONCEPT_WEIGHT,
    FIELDS,
    FRESH_POINTS,
    GRADE_POINTS,
    K1,
    ONE,
    STEPS,
    Field,
    days_in_print,
    impact_of,
    impacts_of,
    rarity,
    saturation,
    score_table,
    share,
    tf_of,
)
from warehouse_hub.vocabulary.codes import EVIDENCE_GRADES

FREQUENCIES = st.floats(1e-6, 1e5)
MOST_POINTS = int(GRADE_POINTS.max()) + int(FRESH_POINTS.max())


@st.composite
def rarities(draw):
    rows = draw(st.integers(1, 2_000_000))
    return draw(st.integers(0, rows)), rows


def usual(field: Field) -> int:
    """The impact of a word that stands once in a field of usual length."""
    return impact_of(share(field, round(FIELDS[field].mean)))


@given(FREQUENCIES)
def test_an_impact_keeps_the_saturation_to_half_a_step(tf):
    impact = impact_of(tf)
    assert 1 <= impact <= STEPS
    assert abs(saturation(tf_of(impact)) - saturation(tf)) <= 0.5 / STEPS + 1e-12


def test_steps_of_the_saturation_lose_less_than_steps_of_the_frequency():
    frequencies = np.geomspace(0.01, 1000, 5000)
    kept = [abs(saturation(tf_of(impact_of(tf))) - saturation(tf)) for tf in frequencies]
    step = 16 / STEPS
    linear = np.clip(np.rint(frequencies / step), 1, STEPS) * step
    assert max(kept) <= 1 / 510 + 1e-12
    assert (
        max(abs(saturation(tf) - saturation(old)) for tf, old in zip(frequencies, linear, strict=True))
        > 1 / 50
    )


@pytest.mark.parametrize("impact", [1, 2, 128, 254, 255])
def test_the_middle_of_a_step_lies_in_that_step(impact):
    assert impact_of(tf_of(impact)) == impact


@given(st.lists(FREQUENCIES | st.sampled_from([0.0, K1, 1.0, 2.0, 5.0])))
def test_many_words_at_once_have_the_impacts_of_each(frequencies):
    assert impacts_of(frequencies) == [impact_of(tf) for tf in frequencies]


@given(FREQUENCIES, FREQUENCIES)
def test_more_mentions_never_count_less(one, other):
    assert impact_of(min(one, other)) <= impact_of(max(one, other))


@given(rarities(), st.sampled_from([1.0, 0.5, 1 / 3, CONCEPT_WEIGHT]))
def test_a_score_table_is_the_formula_in_whole_points(case, weight):
    found, rows = case
    table = score_table(found, rows, weight)
    assert (table.shape, table.dtype) == ((256,), np.int32)
    assert table[0] == 0
    for impact in (1, 7, 200, 255):
        exact = ONE * weight * rarity(found, rows) * saturation(tf_of(impact))
        assert table[impact] == pytest.approx(max(1.0, exact), abs=0.5 + 1e-6)
    assert np.all(np.diff(table) >= 0)


@given(rarities())
def test_what_is_found_never_scores_nothing(case):
    assert score_table(*case, 0.01)[1:].min() >= 1


def test_rarity_is_the_formula_of_the_field():
    assert rarity(0, 10) == pytest.approx(math.log(1 + 10.5 / 0.5))
    assert rarity(10, 10) == pytest.approx(math.log(1 + 0.5 / 10.5))


@given(st.integers(1, 1_000_000), st.data())
def test_a_rarer_word_scores_no_less(rows, data):
    one, other = (data.draw(st.integers(0, rows)) for _ in range(2))
    assert np.all(score_table(min(one, other), rows) >= score_table(max(one, other), rows))


def test_thirty_two_of_the_rarest_words_fit_in_a_score():
    assert 32 * int(score_table(0, 100_000_000).max()) + MOST_POINTS < 2**31


@pytest.mark.parametrize("field", Field)
def test_a_word_in_a_longer_field_counts_no_more(field):
    parts = [share(field, length) for length in (1, 10, 100, 1000)]
    assert parts == sorted(parts, reverse=True)
    mean = FIELDS[field].mean
    assert share(field, round(mean)) == pytest.approx(FIELDS[field].weight, rel=0.05)


def test_offering_much_does_not_make_each_of_it_count_less():
    assert share(Field.SERVICES, 10) == share(Field.SERVICES, 400)


def test_better_evidence_counts_more_and_unknown_evidence_nothing():
    points = GRADE_POINTS[: len(EVIDENCE_GRADES)].tolist()
    assert points[0] == 0
    assert all(worse < better for worse, better in pairwise(points))
    assert not GRADE_POINTS[len(EVIDENCE_GRADES) :].any()
    assert (GRADE_POINTS.shape, GRADE_POINTS.dtype) == ((256,), np.int32)


def test_freshness_halves_every_180_days_and_ends_at_nothing():
    assert FRESH_POINTS.dtype == np.int32
    assert FRESH_POINTS[180] == pytest.approx(FRESH_POINTS[0] / 2, abs=1)
    assert FRESH_POINTS[360] == pytest.approx(FRESH_POINTS[0] / 4, abs=1)
    assert np.all(np.diff(FRESH_POINTS[:365]) < 0)
    assert np.all(np.diff(FRESH_POINTS) <= 0)
    assert FRESH_POINTS[-1] == 0


@pytest.mark.parametrize(
    ("age", "days"),
    [(0.0, 0), (86_399.0, 0), (86_400.0, 1), (-5e6, 0), (1e12, len(FRESH_POINTS) - 1)],
)
def test_days_in_print_are_whole_and_never_outside_the_table(age, days):
    assert days_in_print(1.7e9 - age, 1.7e9) == days


def test_evidence_and_freshness_never_turn_a_difference_of_a_sixteenth():
    assert MOST_POINTS <= ONE // 16


@pytest.mark.parametrize("field", [field for field in Field if field is not Field.DESCRIPTION])
@pytest.mark.parametrize("rows", [2, 500, 1_000_000])
def test_the_best_evidence_does_not_lift_a_description_over_a_better_field(field, rows):
    table = score_table(rows // 2, rows)
    assert table[usual(field)] > table[usual(Field.DESCRIPTION)] + MOST_POINTS


def test_an_operator_of_that_name_comes_before_a_site_that_mentions_it():
    order = [Field.OPERATOR, Field.PLACE, Field.NAME, Field.SERVICES, Field.DESCRIPTION]
    assert sorted(Field, key=usual, reverse=True) == order
