"""What a word that is being typed may become."""

from __future__ import annotations

import pytest

from warehouse_hub.search.language.completing import MOST, completions


def texts(typed: str, terms=None) -> list[str]:
    return [completion.text for completion in completions(typed, terms)]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("德", "德国"),
        ("汉", "汉堡"),
        ("德国汉", "德国汉堡"),
        ("漢", "汉堡"),
        ("一件", "一件代发"),
        ("hanbao", "汉堡"),
        ("luoshanji", "洛杉矶"),
        ("hb", "汉堡"),
        ("ham", "Hamburg"),
        ("Germany ham", "Germany Hamburg"),
        ("los ang", "Los Angeles"),
        ("cold storage in los ang", "cold storage in Los Angeles"),
        ("fba", "FBA中转"),
        ("country:德", "country:德国"),
        ("服务：一件", "服务：一件代发"),
        ('service:"cold', 'service:"Cold chain"'),
        ("city:洛杉", "city:洛杉矶"),
        ("near:los", 'near:"Los Angeles"'),
        ("-危险", "-危险品"),
    ],
)
def test_a_name_that_begins_so_is_offered(typed, offered):
    assert offered in texts(typed)


@pytest.mark.parametrize(
    ("typed", "first"), [("德", "德国"), ("汉", "汉堡"), ("洛杉", "洛杉矶"), ("germ", "Germany")]
)
def test_the_best_known_comes_first(typed, first):
    assert texts(typed)[0] == first


@pytest.mark.parametrize("typed", ["", "德国 ", "zzzzz", "，", "country:zz"])
def test_nothing_is_offered_where_nothing_begins(typed):
    assert texts(typed) == []


def test_a_key_offers_only_its_own_values():
    assert {completion.kind for completion in completions("country:s")} <= {"country", "region_set"}
    assert {completion.kind for completion in completions("service:c")} == {"service"}


def test_one_thing_is_offered_once():
    words = [completion.word for completion in completions("退")]
    assert "退换货" in words
    assert "退件" not in words


def test_words_of_listings_follow_the_names_the_commonest_first():
    def terms(letters):
        return [
            (term, count) for term, count in [("logan", 2), ("logistics", 300)] if term.startswith(letters)
        ]

    assert texts("Germany logi", terms) == ["Germany logistics"]
    assert texts("log", terms)[-2:] == ["logistics", "logan"]


def test_there_are_at_most_eight():
    assert len(completions("s", lambda _: [(f"s{number}", 1) for number in range(50)])) == MOST
