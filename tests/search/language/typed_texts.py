"""Texts as people type them, put together from what the reader of queries looks for."""

from __future__ import annotations

from hypothesis import strategies as st

from warehouse_hub.vocabulary.codes import GOODS_CLASSES, PLATFORMS, RECORD_CLASSES, SERVICES
from warehouse_hub.vocabulary.countries import COUNTRIES

_WORDS = [
    word
    for codes in (SERVICES, GOODS_CLASSES, PLATFORMS, RECORD_CLASSES)
    for code in codes
    for word in (*code.words_zh[:4], *code.words_en[:4], code.zh)
]
_PLACES = [
    "汉堡",
    "洛杉矶",
    "Hamburg",
    "Los Angeles",
    "Ontario",
    "Georgia",
    "加州",
    "新泽西",
    "漢堡",
    "Port of Hamburg",
    "Savannah",
    "美国",
    "德国",
    "欧盟",
    "US",
    "中国",
    "郑州",
]
_MARKS = [
    "-",
    "－",
    '"',
    "“",
    "”",
    "「",
    "」",
    "*",
    ":",
    "：",
    ",",
    "，",
    " ",
    "　",
    "\n",
    "country:",
    "国家：",
    "service:",
    "area:>",
    "面积:",
    "near:",
    "附近：",
    "city:",
    "operator:",
    "region:",
    "grade:",
]
_AMOUNTS = [
    "100km",
    "50公里内",
    "5000平",
    "1000-3000坪",
    ">5000㎡",
    "20,000 sq ft",
    "5000",
    "53.5,10",
    "1e9",
    "9" * 30,
]
_TALK = [
    "的",
    "在",
    "找",
    "海外仓",
    "仓库",
    "仓",
    "warehouse",
    "in",
    "不要",
    "no",
    "不用",
    "附近",
    "服务",
    "甲",
    "递四方",
    "ham",
    "zzz",
    "ß",
    "ﷺ",
    "é",
    "e\u0301",
    "ﬃ",
    "½",
    "ｶﾞ",
    "İ",
    "\u0345",
    "\u1161",
]

fragments = st.one_of(
    st.sampled_from(_WORDS),
    st.sampled_from([country.zh for country in COUNTRIES] + [country.en for country in COUNTRIES]),
    st.sampled_from(_PLACES),
    st.sampled_from(_MARKS),
    st.sampled_from(_AMOUNTS),
    st.sampled_from(_TALK),
    st.text(max_size=4),
)
typed = st.one_of(
    st.text(max_size=60),
    st.lists(fragments, max_size=10).map("".join),
    st.lists(fragments, max_size=8).map(" ".join),
)
