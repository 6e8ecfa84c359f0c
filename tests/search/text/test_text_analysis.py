"""How text becomes tokens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse_hub.search.text.analysis import (
    LONGEST_TOKEN,
    analyse,
    analysis_digest,
    document_tokens,
    fold,
    pairs,
    runs,
)

MIXED = st.text(alphabet="德国汉堡海外倉漢的退貨覆薴ab łÉßİǽ１－（）ｶﾞがカ한Юй́ﬁ½-'，。", max_size=40)


def finds(typed: str, written: str) -> bool:
    """Whether a text has every word and every pair of what was typed."""
    tokens = set(document_tokens(written))
    asked = [pairs(run) or [run] if is_cjk else [run] for run, is_cjk in runs(fold(typed))]
    return all(tokens.issuperset(words) for words in asked)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("lodz", "Łódź"),
        ("strasse", "Straße"),
        ("tromso", "Tromsø"),
        ("skagen ae", "SKAGEN Ǽ"),
        ("hai phong", "Hải Phòng"),
        ("ＦＢＡ", "fba"),
        ("漢堡海外倉", "汉堡海外仓"),
        ("退貨換標", "退货换标"),
        ("汉堡", "漢堡"),
        ("İstanbul", "istanbul"),
        ("がぎぐ", "がぎぐ"),
        ("ｶｰﾄﾞ", "カード"),
        ("O'Hare", "near O’Hare"),
        ("汉堡", "（汉堡）：仓库"),
        ("москва", "МОСКВА"),
    ],
)
def test_other_spellings_find_each_other(typed, written):
    assert finds(typed, written)


@pytest.mark.parametrize(
    ("typed", "written"), [("谷仓", "曼谷 海外仓"), ("外贸", "海外 国贸"), ("汉口", "汉堡 港口")]
)
def test_a_chinese_word_needs_its_pairs_and_not_just_its_characters(typed, written):
    assert not finds(typed, written)


@pytest.mark.parametrize(("typed", "written"), [("が", "か"), ("がぎ", "かき"), ("ﾊﾞｽ", "ハス")])
def test_voicing_marks_are_not_taken_for_accents(typed, written):
    assert fold(typed) != fold(written)
    assert not finds(written, typed)


def test_a_korean_syllable_is_one_character():
    assert document_tokens("한국") == ("한", "국", "한국")


def test_one_character_is_found_anywhere():
    assert finds("仓", "保税仓储")


def test_pairs_do_not_reach_over_what_stands_between_two_runs():
    assert not finds("堡海", "汉堡，海外仓")
    assert not finds("税a仓", "保税 仓储")


def test_width_of_punctuation_does_not_matter():
    assert fold("Frankfurt（Oder）：1，2") == fold("Frankfurt(Oder):1,2")


def test_a_common_character_that_is_simplified_already_stays():
    # OpenCC's table lists it as its own simplified form.
    assert fold("覆盖") == "覆盖"


def test_repeats_are_kept_and_runs_are_spelt_out_for_phrases():
    said = analyse("FBA中转，FBA 中转")
    assert said.tokens.count("fba") == said.tokens.count("中转") == 2
    assert said.canonical == "fba 中转 fba 中转"


def test_a_very_long_word_is_found_by_its_beginning():
    word = "a" * 3 * LONGEST_TOKEN
    assert document_tokens(word) == (word[:LONGEST_TOKEN],)
    assert document_tokens(word + "é") == (word[:LONGEST_TOKEN],)


def test_the_digest_names_the_tables_that_folding_uses(monkeypatch):
    before = analysis_digest()
    assert analysis_digest() == before
    monkeypatch.setattr("warehouse_hub.search.text.analysis.unicodedata.unidata_version", "99.0.0")
    assert analysis_digest() != before


@given(MIXED | st.text(max_size=60))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(MIXED | st.text(max_size=400))
def test_every_text_finds_itself(text):
    assert finds(text[:30], text[:30])


@given(MIXED | st.text(max_size=60))
def test_tokens_are_the_words_characters_and_pairs_of_the_runs(text):
    expected = []
    for run, is_cjk in runs(fold(text)):
        expected += [*run, *pairs(run)] if is_cjk else [run[:LONGEST_TOKEN]]
    said = analyse(text)
    assert list(said.tokens) == expected
    assert said.canonical == " ".join(run for run, _ in runs(fold(text)))
    assert document_tokens(text) == said.tokens
