"""Words of ordinary talk that are towns as well, or that hold one, and must not be taken for it."""

from __future__ import annotations

import pytest

from warehouse_hub.search.language.understanding import understand


def words(text: str) -> list[str]:
    return text.split()


EVERYDAY = words("""
Reading mobile Nice split bath orange same union delta general central Independence enterprise commerce industry
rugby java barking chino derby freight express global best star rose hope victoria kennedy salem
中原 中心 太平 东区 自由 联合 工业区 大田 光明 富士 丰田 新城 万国 港区 哈雷 科比 哈雷摩托 三和 和平 环球 合作 中部 南方
老城 汉堡包 雅典娜 包罗万象 印度洋 中国 北京 上海 郑州 深圳 大连 许昌 德国法兰
""")
SENTENCES = [
    "mobile racking in good order",
    "reading the label",
    "most of it by rail",
    "split into two lots",
    "pest control",
]

ACROSS_EDGES = words("直接发货 专人发货 国内电商 到达卡车站 这里加工 加急 电子商务 北京都市 再发条件")

WELL_KNOWN = words("""
汉堡=Hamburg hamburg=Hamburg HAMBURG=Hamburg 洛杉矶=Los|Angeles 纽约=New|York|City 鹿特丹=Rotterdam 杜伊斯堡=Duisburg
萨凡纳=Savannah 迪拜=Dubai 华沙=Warsaw 莫斯科=Moscow 大阪=Osaka 曼谷=Bangkok 墨西哥城=Mexico|City 圣保罗=São|Paulo
Felixstowe=Felixstowe 佩里斯=Perris 法兰克福=Frankfurt|am|Main Köln=Köln cologne=Köln 悉尼=Sydney 長灘=Long|Beach
横滨=Yokohama 伊斯坦布尔=Istanbul 圣何塞=San|Jose
""")


@pytest.mark.parametrize("text", [*EVERYDAY, *SENTENCES])
def test_an_everyday_word_is_no_place(text):
    assert [piece for piece in understand(text).filters if piece.kind in ("near", "region")] == []


@pytest.mark.parametrize("text", ACROSS_EDGES)
def test_a_name_across_the_edges_of_other_words_is_no_name(text):
    assert understand(text).filters == ()


@pytest.mark.parametrize(("text", "place"), [pair.split("=") for pair in WELL_KNOWN])
def test_a_well_known_town_is_understood(text, place):
    (piece,) = understand(text).pieces
    assert piece.kind == "near"
    assert place.replace("|", " ") in piece.label_en
