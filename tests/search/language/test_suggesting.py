"""Did you mean: slips that are put right, and words that are left alone."""

from __future__ import annotations

import pytest

from warehouse_hub.search.language.suggesting import did_you_mean

INDEXED = {
    "berlin": 30,
    "pallets": 40,
    "pallet": 45,
    "logistics": 300,
    "fresh": 5,
    "storage": 200,
    "racking": 3,
    "tracking": 9,
}


def suggested(text: str, indexed=INDEXED) -> str | None:
    found = did_you_mean(text, lambda token: indexed.get(token, 0), lambda: list(indexed.items()))
    return found and found.text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Duisberg", "Duisburg"),
        ("warehose in Hambrug", "warehouse in Hamburg"),
        ("HAMBRUG", "HAMBURG"),
        ("德国 Rotterdm", "德国 Rotterdam"),
        ("los angelas", "los angeles"),
        ("losangeles", "los angeles"),
        ("retuns", "returns"),
        ("logistcs Germany", "logistics Germany"),
        ("cold storge", "cold storage"),
        ("country:Germny", "country:Germany"),
        ("洛衫矶", "洛杉矶"),
        ("落山鸡", "洛杉矶"),
        ("汉宝", "汉堡"),
        ("德国汉宝仓", "德国汉堡仓"),
        ("一件代法", "一件代发"),
        ("鹿特单 退货", "鹿特丹 退货"),
        ("法蓝克福", "法兰克福"),
        ("佛罗里打", "佛罗里达"),
        ("国家：德果", "国家：德国"),
        ("漢寶", "汉堡"),
    ],
)
def test_a_slip_is_put_right(typed, meant):
    assert suggested(typed) == meant


def test_what_was_changed_is_told_with_its_place():
    found = did_you_mean("bonded Hambrug 一件代法", lambda _: False, list)
    assert [(change.before, change.after) for change in found.changes] == [
        ("Hambrug", "Hamburg"),
        ("一件代法", "一件代发"),
    ]
    assert found.text[found.changes[0].start :].startswith("Hamburg")


@pytest.mark.parametrize(
    "typed",
    [
        "Hamburg",
        "berlin fresh",
        "递四方",
        "zzzzqq",
        "xyz",
        "甲乙丙",
        '"Hambrug"',
        "-Hambrug",
        "ham*",
        "CNW001",
        "一件代发 德国",
    ],
)
def test_what_is_known_or_hopeless_is_left_alone(typed):
    assert suggested(typed) is None


def test_a_word_that_listings_have_is_no_slip():
    assert suggested("Hambrug", {"hambrug": 1}) is None
    assert suggested("汉宝", {"汉宝": 1}) is None


def test_of_two_words_as_likely_neither_is_suggested():
    alike = {"zorbal": 10, "zorbat": 10}
    assert suggested("zorbas", alike) is None
    assert suggested("zorbas", alike | {"zorbat": 100}) == "zorbat"


def test_short_words_may_be_one_slip_off_and_longer_ones_two():
    assert suggested("fresk") == "fresh"
    assert suggested("frask") is None
    assert suggested("logstcs") == "logistics"


def test_listings_are_asked_for_their_words_only_when_one_is_unknown():
    def never():
        raise AssertionError

    assert did_you_mean("德国 Hamburg", lambda _: False, never) is None
