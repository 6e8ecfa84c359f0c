"""What holds of every text that anybody can type."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from search.language.typed_texts import typed

from warehouse_hub.search.language.completing import MOST, completions
from warehouse_hub.search.language.suggesting import did_you_mean
from warehouse_hub.search.language.understanding import understand
from warehouse_hub.search.query import SearchQuery

often = settings(max_examples=400, deadline=None)


def conditions(understood):
    return (
        understood.words,
        understood.phrases,
        understood.excluded_words,
        understood.excluded_phrases,
    )


@often
@given(typed, st.booleans())
def test_pieces_stand_in_order_where_they_say(text, literal):
    at = 0
    for piece in understand(text, literal=literal).pieces:
        assert at <= piece.start < piece.end <= len(text)
        assert piece.text == text[piece.start : piece.end]
        at = piece.end


@often
@given(typed)
def test_what_is_left_is_read_again_as_the_same_conditions(text):
    understood = understand(text)
    again = understand(understood.rest, literal=True)
    assert conditions(again) == conditions(understood)
    assert again.rest == understood.rest
    assert not again.filters


@often
@given(typed)
def test_a_literal_text_keeps_its_conditions_when_it_is_kept(text):
    understood = understand(text, literal=True)
    assert not understood.filters
    assert conditions(understand(understood.rest, literal=True)) == conditions(understood)


@often
@given(typed, st.sampled_from([SearchQuery(), SearchQuery(country=("PL",), near=(1.0, 2.0), within_km=3.0)]))
def test_applying_what_was_understood_twice_changes_nothing(text, query):
    understood = understand(text)
    applied = understood.applied_to(query)
    assert understood.applied_to(applied) == applied
    assert understand(applied.q, literal=applied.literal).applied_to(applied) == applied


@often
@given(typed)
def test_an_understood_query_survives_its_own_address(text):
    applied = understand(text).applied_to(SearchQuery())
    if len(applied.q) <= 500:
        assert SearchQuery.from_params(applied.to_params()) == applied


@often
@given(typed)
def test_taking_every_chip_off_leaves_no_filter(text):
    for _ in range(60):
        filters = understand(text).filters
        if not filters:
            return
        text = understand(text).without(filters[0])
    raise AssertionError(text)


@often
@given(typed)
def test_every_filter_says_what_it_is_in_both_languages(text):
    for piece in understand(text).filters:
        assert piece.label_zh
        assert piece.label_en
        assert piece.value


@often
@given(typed)
def test_no_text_breaks_a_suggestion_or_a_completion(text):
    suggested = did_you_mean(text, lambda _: False, lambda: [("pallets", 3), ("logistics", 9)])
    assert suggested is None or suggested.text != text
    assert len(completions(text, lambda _: [])) <= MOST
