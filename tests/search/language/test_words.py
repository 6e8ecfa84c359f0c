"""Phrases in the canonical spelling of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse_hub.search.language.plain_words import MOST_WORDS
from warehouse_hub.search.language.understanding import understand
from warehouse_hub.search.language.words import Phrase, canonical
from warehouse_hub.search.text.analysis import analyse


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("cold storage", "Cold-Storage, bonded"),
        ("一件代发", "提供一件代发服务"),
        ("FBA中转", "提供 FBA 中转"),
        ("中转FBA", "头程中转FBA"),
        ("漢堡", "德国汉堡仓"),
        ("Łódź", "lodz poland"),
        ("art", "part, art"),
        ("O'Hare", "at O’Hare airport"),
    ],
)
def test_a_phrase_is_found_as_it_is_written(phrase, text):
    assert Phrase(canonical(phrase)).stands_in(canonical(text))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("cold storage", "storage, cold"),
        ("cold storage", "cold dry storage"),
        ("art", "part"),
        ("art", "arts"),
        ("fba", "fbas 中转"),
        ("代发一件", "一件代发"),
    ],
)
def test_words_in_another_order_or_inside_others_are_no_phrase(phrase, text):
    assert not Phrase(canonical(phrase)).stands_in(canonical(text))


def test_a_phrase_does_not_go_over_the_end_of_a_field():
    assert not Phrase("cold storage").stands_in("cold\nstorage")
    assert Phrase("storage").stands_in("cold\nstorage")


@given(st.text(alphabet="ab 汉堡仓é-", max_size=12), st.text(alphabet="ab 汉堡仓é-", max_size=3))
def test_a_text_with_a_phrase_has_its_tokens(text, phrase):
    spelt = canonical(phrase)
    if spelt and Phrase(spelt).stands_in(canonical(text)):
        assert set(Phrase(spelt).tokens) <= set(analyse(text).tokens)


@given(st.text(max_size=60))
def test_phrases_are_spelt_as_listings_are(text):
    assert canonical(text) == analyse(text).canonical


def test_a_text_of_many_words_asks_for_some_of_them():
    text = " ".join(f"word{number}" for number in range(100))
    assert len(understand(text).words) == MOST_WORDS
    assert len(understand(text, literal=True).words) == MOST_WORDS
