"""The score by which readings are judged."""

from __future__ import annotations

from warehouse_hub.matching.f1 import Score, compare, score


def test_a_right_and_a_missed_and_a_made_up_pair_each_count_once():
    answered = [{"services": ["cold", "bonded"]}]

    assert score(answered, {"services": ["cold", "returns"]}) == Score(right=1, wrong=1, missed=1)


def test_each_key_of_a_quantity_is_a_pair():
    answered = [{"quantity": {"min": 2000, "unit": "m2"}}]

    assert score(answered, {"quantity": {"min": 2000.0, "max": 3000, "unit": "m2"}}) == Score(
        right=2, missed=1
    )


def test_a_country_that_a_stated_place_implies_counts_on_neither_side():
    answered = [{"countries": ["DE"], "places": [{"name": "Duisburg", "country": "DE"}]}]

    assert score(answered, {"places": ["Duisburg"]}) == Score(right=1)
    assert score(answered, {"places": ["Duisburg"], "countries": ["DE"]}) == Score(right=1)


def test_the_needs_of_one_message_are_judged_together():
    answered = [
        {"countries": ["US"], "services": ["fba_transfer"]},
        {"countries": ["GB"], "services": ["dropship"]},
    ]
    right, wrong, missed = compare(
        answered, {"countries": ["US", "GB"], "services": ["fba_transfer", "dropship"]}
    )

    assert (len(right), wrong, missed) == (4, set(), set())


def test_an_empty_expectation_is_met_only_by_an_empty_answer():
    assert score([], {}).f1 == 1.0
    assert score([{"countries": ["DE"]}], {}).f1 == 0.0
