"""Realistic texts in both languages and what each of them asks."""

from __future__ import annotations

import pytest
from search.language.asked import asked

from warehouse_hub.search.language.understanding import understand
from warehouse_hub.search.language.words import Word


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("德国海外仓", ["country:DE"]),
        ("德国汉堡一件代发", ["country:DE", "near:Hamburg 100", "service:dropship"]),
        ("德國漢堡海外倉", ["country:DE", "near:Hamburg 100"]),
        ("德国　汉堡", ["country:DE", "near:Hamburg 100"]),
        (
            "美国洛杉矶 ＦＢＡ中转 亚马逊",
            ["country:US", "near:Los Angeles 100", "service:fba_transfer", "platform:amazon"],
        ),
        ("cold storage in Los Angeles", ["service:cold", "near:Los Angeles 100"]),
        ("Bonded warehouse near Rotterdam", ["service:bonded", "near:Rotterdam 100"]),
        ("家具 大件 美国", ["goods:furniture", "service:oversize", "country:US"]),
        ("欧盟 公共仓", ["region_set:EU", "record_class:public"]),
        ("歐盟海外倉", ["region_set:EU"]),
        ("东南亚国家联盟 虾皮", ["region_set:ASEAN", "platform:shopee"]),
        ("找德国支持退货换标的海外仓", ["country:DE", "service:returns", "service:relabel"]),
        ("鹿特丹或安特卫普", ["near:Rotterdam 100", "near:Antwerp 100"]),
        ("US warehouse", ["country:US"]),
        ("call us", ["call"]),
        ("UK and Ireland", ["country:GB", "country:IE"]),
        ("Port of Hamburg", ["near:Port of Hamburg 100"]),
        ("Łódź", ["near:Łódź 100"]),
        ("lodz", ["near:Łódź 100"]),
        ("电子", ["goods:electronics"]),
        ("电子商务", ["电子 子商 商务"]),
        ("鞋", ["goods:footwear"]),
        ("擦鞋机", ["擦鞋 鞋机"]),
        ("电子秤", ["电子 子秤"]),
        ("递四方 波兰", ["country:PL", "递四 四方"]),
        ("德国递四方", ["country:DE", "递四 四方"]),
        ("Acme Logistics Hamburg", ["near:Hamburg 100", "acme", "logistics"]),
        ("谷仓 曼谷", ["near:Bangkok 100", "谷仓"]),
        ("CNW001", ["cnw001"]),
        ("海外仓", ["海外 外仓"]),
        ("overseas warehouse", ["overseas", "warehouse"]),
        ("的", ["的"]),
        ("", []),
        ("  ，。 ", []),
        ("郑州海外仓", ["郑州"]),
        ("中国海外仓 德国", ["country:DE", "中国"]),
    ],
)
def test_a_word_that_names_something_is_the_filter_it_means(text, conditions):
    assert asked(text) == conditions


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("-危险品", ["-service:hazmat"]),
        ("德国 －危险品", ["country:DE", "-service:hazmat"]),
        ("德国 -危险品仓，一件代发", ["country:DE", "-service:hazmat", "service:dropship"]),
        ('Germany -"cold storage"', ["country:DE", '-"cold storage"']),
        ("-country:德国", ["-country:DE"]),
        ("-甲公司", ["-甲公 公司"]),
        ("-汉堡", ["-汉堡"]),
        ("-t-shirt", ["-goods:apparel"]),
        ("-ham*", ["-ham"]),
        ("fulfilment-Hamburg", ["service:dropship", "near:Hamburg 100"]),
        ("德国 不要危险品", ["country:DE", "-service:hazmat"]),
        ("EU but not Germany", ["region_set:EU", "-country:DE"]),
        ("Germany without hazmat", ["country:DE", "-service:hazmat"]),
        ("德国 不用冷链", ["country:DE"]),
        ("欧洲仓 除了汉堡", ["欧洲", '-"汉堡"']),
    ],
)
def test_what_is_not_wanted_is_left_out(text, conditions):
    assert asked(text) == conditions


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ('"cold storage" Germany', ["country:DE", '"cold storage"']),
        ("找“一件代发”仓", ['"一件代发"']),
        ("「德国」 波兰", ["country:PL", '"德国"']),
        ("“FBA中转”", ['"fba 中转"']),
        ('"never closed Germany', ["country:DE", "never", "closed"]),
        ('12" pipes', ["12", "pipes"]),
        ('""', []),
    ],
)
def test_what_stands_in_quotation_marks_is_text(text, conditions):
    assert asked(text) == conditions


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("ham*", ["ham*"]),
        ("Germany logi＊", ["country:DE", "logi*"]),
        ("仓储*", ["仓储"]),
        ("德国仓储*", ["country:DE", "仓储"]),
        ("德国*", ["德国"]),
        ("a*", ["a"]),
        ("*", []),
    ],
)
def test_a_star_leaves_the_end_of_a_word_open(text, conditions):
    assert asked(text) == conditions


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("汉堡 50km", ["near:Hamburg 50"]),
        ("汉堡附近50公里内 冷链", ["near:Hamburg 50", "service:cold"]),
        ("within 50 miles of Dallas", ["near:Dallas 80.4672"]),
        ("距汉堡100公里", ["near:Hamburg 100"]),
        ("furniture in Hamburg, cold, 30 km", ["goods:furniture", "near:Hamburg 30", "service:cold"]),
        ("100km", ["100km"]),
        ("德国 5000平以上", ["country:DE", "area:5000-"]),
        ("德国 面积大于5000平米", ["country:DE", "area:5000-"]),
        ("可用面积5000平", ["area:5000-"]),
        ("汉堡 不超过2000平", ["near:Hamburg 100", "area:-2000"]),
        ("at least 20,000 sq ft in Savannah", ["area:1858.06-", "near:Savannah 100"]),
        ("less than 3000 sqm", ["area:-3000"]),
        ("波兰 1000-3000㎡", ["country:PL", "area:1000-3000"]),
        ("20,000 sq ft in Savannah", ["area:1858.06-", "near:Savannah 100"]),
        ("大阪 200坪以下", ["near:Osaka 100", "area:-661.16"]),
        ("20尺柜", ["20", "尺柜"]),
        ("3平台", ["3"]),
    ],
)
def test_figures_with_a_unit_are_areas_and_distances(text, conditions):
    assert asked(text) == conditions


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("Ontario", ["near:Ontario, United States 100"]),
        ("Toronto, Ontario", ["near:Toronto 100"]),
        ("Ontario Canada", ["country:CA", "region:Ontario, Canada"]),
        ("Ontario, California", ["near:Ontario, United States 100"]),
        ("Savannah, Georgia", ["near:Savannah 100"]),
        ("Georgia", ["country:GE"]),
        ("Georgia USA", ["region:Georgia", "country:US"]),
        ("Birmingham Alabama", ["near:Birmingham, United States 100"]),
        ("加州", ["region:California"]),
        ("加州洛杉矶", ["near:Los Angeles 100"]),
        ("德州", ["region:Texas"]),
        ("南加州", ["near:Southern California 260"]),
        ("伦敦 加拿大", ["near:London, Canada 100", "country:CA"]),
        ("马里兰", ["region:Maryland"]),
    ],
)
def test_a_name_of_several_places_is_the_likeliest_in_its_text(text, conditions):
    assert sorted(asked(text)) == sorted(conditions)


def test_the_other_places_of_a_name_are_told_and_can_be_taken():
    understood = understand("一件代发 Ontario 冷链")
    _, ontario, _ = understood.pieces
    assert [other.label_en for other in ontario.alternatives] == ["Ontario, Canada"]
    other = understood.with_sense(ontario, ontario.alternatives[0])
    assert asked(other) == ["service:dropship", "region:Ontario, Canada", "service:cold"] or asked(other) == [
        "service:dropship",
        "region:Ontario",
        "service:cold",
    ]


def test_a_word_of_two_lists_keeps_its_other_meaning():
    (piece,) = understand("充电宝").pieces
    assert (piece.kind, piece.value) == ("service", ("battery",))
    assert [(other.kind, other.value, other.written) for other in piece.alternatives] == [
        ("goods", ("electronics",), "goods:electronics")
    ]


def test_at_most_ten_places_are_centres():
    towns = "汉堡 鹿特丹 安特卫普 汉诺威 科隆 柏林 慕尼黑 华沙 布拉格 维也纳 米兰 巴黎"
    assert [each for each in asked(towns) if not each.startswith("near:")] == ["米兰", "巴黎"]


def test_literally_nothing_is_a_filter_but_a_word_still_finds_its_code():
    understood = understand('德国 country:PL -危险品 "冷链" ham*', literal=True)
    assert not understood.filters
    assert understood.words[0] == Word(("德国",), ("country:DE",))
    assert [word.tokens for word in understood.words[1:3]] == [("country",), ("pl",)]
    assert understood.words[3] == Word((), (), "ham")
    assert understood.excluded_words == (Word(("危险", "险品")),)
    assert [phrase.text for phrase in understood.phrases] == ["冷链"]


def test_one_text_is_read_once():
    assert understand("德国 甲乙") is understand("德国 甲乙")
