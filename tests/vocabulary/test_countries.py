"""Country names as a Chinese authority prints them, and as exporters write them."""

from __future__ import annotations

import csv

import pytest

from warehouse_hub.vocabulary.codes import VOCABULARY
from warehouse_hub.vocabulary.countries import COUNTRIES, country_label, find_country, is_overseas
from warehouse_hub.vocabulary.folding import fold


@pytest.mark.parametrize(
    "bare", ["台湾", "香港", "澳门", "臺灣", "台灣", "澳門", "Taiwan", "Hong Kong", "Macao", "Macau"]
)
def test_no_label_is_a_bare_form(bare):
    labels = [country.label(lang) for country in COUNTRIES for lang in ("zh", "en")]
    assert bare not in labels


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("TW", "中国台湾", "Taiwan, China"),
        ("HK", "中国香港", "Hong Kong, China"),
        ("MO", "中国澳门", "Macao, China"),
        ("FK", "福克兰群岛（马尔维纳斯）", "Falkland Islands (Malvinas)"),
        ("PS", "巴勒斯坦", "Palestine"),
        ("XK", "塞尔维亚", "Serbia"),
    ],
)
def test_reviewed_names_are_printed_as_reviewed(code, zh, en):
    assert (country_label(code, "zh"), country_label(code, "en")) == (zh, en)


def test_the_list_is_iso_3166_and_kosovo_is_no_member():
    assert len(COUNTRIES) == 249
    assert "XK" not in COUNTRIES
    assert len({country.alpha3 for country in COUNTRIES}) == 249


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("英国", "GB"),
        ("UK", "GB"),
        ("ＵＫ", "GB"),
        ("Britain", "GB"),
        ("us", "US"),
        ("U.S.A.", "US"),
        ("美利坚", "US"),
        ("阿联酋", "AE"),
        ("阿拉伯联合酋长国", "AE"),
        ("UAE", "AE"),
        ("Czech Republic", "CZ"),
        ("Czechia", "CZ"),
        ("Türkiye", "TR"),
        ("turkey", "TR"),
        ("Cote d’Ivoire", "CI"),
        ("香港", "HK"),
        ("台湾", "TW"),
        ("Kosovo", "RS"),
        ("韩国", "KR"),
        ("South Korea", "KR"),
        ("Viet Nam", "VN"),
        ("DEU", "DE"),
        (" germany ", "DE"),
        ("刚果(金)", "CD"),
    ],
)
def test_a_country_is_found_however_it_is_written(text, code):
    assert find_country(text) == code


@pytest.mark.parametrize("text", ["", "Europe", "欧洲", "Congo", "ZZ", "Atlantis"])
def test_what_is_no_single_country_is_not_guessed(text):
    assert find_country(text) is None


def test_no_name_means_two_countries():
    meanings: dict[str, set[str]] = {}
    for country in COUNTRIES:
        names = (country.code, country.alpha3, country.zh, country.en, *country.words, *country.cell_words)
        for name in names:
            meanings.setdefault(fold(name), set()).add(country.code)
    assert {name: codes for name, codes in meanings.items() if len(codes) > 1} == {}


def test_every_country_of_a_region_set_is_in_the_list():
    with (VOCABULARY / "region_sets.csv").open(encoding="utf-8", newline="") as lines:
        named = {row["iso2"] for row in csv.DictReader(lines)}
    assert named - set(COUNTRIES.codes) == set()


def test_only_mainland_china_is_not_overseas():
    assert not is_overseas("CN")
    assert is_overseas("HK")
    assert is_overseas("DE")


def test_a_code_from_outside_that_is_in_no_list_is_shown_as_itself():
    assert country_label("ZZ", "zh") == "ZZ"
