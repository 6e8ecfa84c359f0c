"""Plain words, and how they are looked for among the tokens of a listing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse_hub.search.language.plain_words import MOST_WORDS
from warehouse_hub.search.language.understanding import understand
from warehouse_hub.search.language.words import Word
from warehouse_hub.search.text.analysis import document_tokens


def words_of(query: str) -> tuple[Word, ...]:
    return understand(query, literal=True).words


def finds(query: str, text: str) -> bool:
    tokens = set(document_tokens(text))
    return all(tokens.issuperset(word.tokens) or tokens & set(word.instead) for word in words_of(query))


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("德国海外仓", "德国 汉堡 海外仓"),
        ("美国的海外仓", "海外仓在美国"),
        ("汉堡仓", "汉堡甲1号"),
        ("漢堡海外倉", "汉堡海外仓"),
        ("退貨換標", "退货 换标"),
        ("warehouses in Germany", "a warehouse, Germany"),
        ("FBA中转", "提供FBA中转服务"),
        ("O'Hare", "near O’Hare"),
    ],
)
def test_a_sentence_without_spaces_is_cut_at_known_words(query, text):
    assert finds(query, text)


@pytest.mark.parametrize(
    ("query", "text"), [("谷仓", "曼谷 海外仓"), ("外贸", "海外 国贸"), ("汉口", "汉堡 港口")]
)
def test_a_chinese_word_needs_its_pairs_and_not_just_its_characters(query, text):
    assert not finds(query, text)


def test_one_character_is_found_anywhere():
    assert finds("仓", "保税仓储")


def test_a_word_of_the_vocabulary_also_stands_for_its_code():
    assert words_of("退件") == (Word(("退件",), ("service:returns",)),)
    assert "country:GB" in words_of("UK")[0].instead


def test_a_word_that_is_left_out_is_left_out_by_its_letters_alone():
    understood = understand("-退件 -pallet", literal=True)
    assert understood.excluded_words == (Word(("退件",)), Word(("pallet",), ("pallets",)))


def test_what_every_listing_is_means_nothing_beside_other_words():
    assert words_of("海外仓 甲乙 warehouses") == (Word(("甲乙",)),)
    assert words_of("海外仓 的") == (Word(("海外", "外仓")),)
    assert words_of('仓库 "cold storage"') == ()


def test_particles_alone_are_still_looked_for():
    assert words_of("的") == (Word(("的",)),)


@given(st.text(max_size=400))
def test_no_text_is_refused(text):
    assert len(words_of(text)) <= MOST_WORDS


@given(st.text(alphabet="德国汉堡海外仓的退货ab łÉ１", max_size=30))
def test_a_text_without_known_words_finds_itself(text):
    tokens = set(document_tokens(text))
    for word in words_of(text):
        assert tokens.issuperset(word.tokens) or word.instead
