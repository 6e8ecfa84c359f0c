"""The code lists: complete, unambiguous, and readable as people write them."""

from __future__ import annotations

import pytest

from warehouse_hub.core.errors import NotFound
from warehouse_hub.vocabulary.codes import (
    CODE_LISTS,
    CURRENCIES,
    GOODS_CLASSES,
    HOME_DISTRICTS,
    PLATFORMS,
    PRICE_UNITS,
    RECORD_CLASSES,
    SERVICES,
    UNITS,
)
from warehouse_hub.vocabulary.folding import fold
from warehouse_hub.vocabulary.region_sets import REGION_SETS

EVERY_LIST = [*CODE_LISTS.values(), REGION_SETS]
# Unit words are only looked for straight behind a number, those of prices only as a whole cell: there one character
# is enough.
LISTS_SOUGHT_IN_TEXT = [each for each in EVERY_LIST if each not in (UNITS, CURRENCIES, PRICE_UNITS)]


def named(lists):
    return [pytest.param(each, id=each.name) for each in lists]


@pytest.mark.parametrize("code_list", named(EVERY_LIST))
def test_every_code_has_a_label_in_both_languages(code_list):
    for member in code_list:
        assert member.label("zh")
        assert member.label("en")


@pytest.mark.parametrize("code_list", named(EVERY_LIST))
def test_no_word_means_two_codes_of_one_list(code_list):
    meanings: dict[str, set[str]] = {}
    for member in code_list:
        for text in (member.code, member.zh, member.en, *member.words_zh, *member.words_en):
            meanings.setdefault(fold(text), set()).add(member.code)
    assert {text: codes for text, codes in meanings.items() if len(codes) > 1} == {}


@pytest.mark.parametrize("code_list", named(LISTS_SOUGHT_IN_TEXT))
def test_no_word_is_so_short_that_it_stands_in_other_words(code_list):
    short = [word for lang in ("zh", "en") for word, _ in code_list.phrases(lang) if len(word) < 2]
    assert short == []


@pytest.mark.parametrize("code_list", named(EVERY_LIST))
def test_words_stand_once_and_without_stray_spaces(code_list):
    for member in code_list:
        for words in (member.words_zh, member.words_en):
            assert len(words) == len({word.casefold() for word in words}), member.code
            assert all(word == " ".join(word.split()) for word in words), member.code


@pytest.mark.parametrize("code_list", [SERVICES, GOODS_CLASSES, PLATFORMS], ids=lambda each: each.name)
def test_everything_exporters_ask_for_has_words_in_both_languages(code_list):
    assert [member.code for member in code_list if not member.words_zh or not member.words_en] == []


@pytest.mark.parametrize(
    ("code_list", "text", "code"),
    [
        (SERVICES, "一件待发", "dropship"),
        (SERVICES, "One-Piece Dropship", "dropship"),
        (SERVICES, "换标", "relabel"),
        (SERVICES, "ＶＡＴ", "tax"),
        (SERVICES, "return handling", "returns"),
        (SERVICES, "9810", "export_9810"),
        (PLATFORMS, "AMZ", "amazon"),
        (PLATFORMS, "wb", "wildberries"),
        (PLATFORMS, "tk", "tiktok_shop"),
        (PLATFORMS, "TikTok小店", "tiktok_shop"),
        (PLATFORMS, "美客多", "mercado_libre"),
        (GOODS_CLASSES, "假发", "hair"),
        (GOODS_CLASSES, "电动滑板车", "ev"),
        (GOODS_CLASSES, "耐火砖", "refractory"),
        (GOODS_CLASSES, "碰碰车", "amusement"),
        (GOODS_CLASSES, "铝箔", "nonferrous"),
        (GOODS_CLASSES, "人造金刚石", "new_material"),
        (GOODS_CLASSES, "power cable", "wire_cable"),
        (RECORD_CLASSES, "公共海外仓", "public"),
        (HOME_DISTRICTS, "郑州航空港经济综合实验区", "airport"),
    ],
)
def test_a_cell_in_trade_speech_is_read_as_its_code(code_list, text, code):
    assert code_list.find(text) == code


def test_a_cell_that_means_nothing_is_not_guessed():
    assert SERVICES.find("仓") is None
    assert SERVICES.find("") is None


def test_the_longest_phrase_comes_first_so_that_it_wins():
    lengths = [len(word) for word, _ in SERVICES.phrases("zh")]
    assert lengths == sorted(lengths, reverse=True)


def test_an_old_edition_prints_a_code_that_was_retired_since():
    assert SERVICES.label("pigeon_post", "zh") == "pigeon_post"


def test_asking_for_an_unknown_code_is_refused():
    with pytest.raises(NotFound, match=r"vocabulary\.unknown_code"):
        SERVICES.get("pigeon_post")


def test_services_stand_in_their_four_groups():
    assert SERVICES.groups == ("logistics", "commerce", "finance", "compliance")
    assert [member.code for member in SERVICES.of_group("compliance")] == ["tax", "epr", "export_9810"]
