"""What a message is read as, by what people write."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matching.judged import TODAY, judged, read, the_need

from warehouse_hub.core.errors import InvalidInput
from warehouse_hub.matching.reading import LONGEST_TEXT, read_needs

PIECES = [word for each in judged("needs_written.jsonl") for word in each["text"].split(",")]


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=200) | st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=12).map("".join)
)
def test_no_text_at_all_makes_the_reader_fail(text):
    answer = read_needs(text, today=TODAY).to_json()
    assert json.loads(json.dumps(answer)) == answer


def test_a_text_above_the_limit_is_refused_before_it_is_read():
    with pytest.raises(InvalidInput) as refused:
        read_needs("德国仓 " * 30_000, today=TODAY)

    assert refused.value.code == "need.too_long"
    assert refused.value.facts["most"] == LONGEST_TEXT


@pytest.mark.parametrize(
    "text", ["a" * LONGEST_TEXT, "1," * 2500, "除了" * 2500, "一" * 5000, "2027年" * 1000, "ﷺ" * 5000]
)
def test_a_hostile_text_is_read_without_running_away(text):
    assert isinstance(read(text), list)


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("德国汉堡仓 2000平", {"min": 2000, "unit": "m2"}),
        ("德国汉堡仓 约0.5万平", {"min": 5000, "unit": "m2"}),
        ("德国汉堡仓 300平以内", {"max": 300, "unit": "m2"}),
        ("德国汉堡仓 500到800托", {"min": 500, "max": 800, "unit": "pallet"}),
        ("德国汉堡仓 两三百平", {"min": 200, "max": 300, "unit": "m2"}),
        ("德国汉堡仓 三千五百平", {"min": 3500, "unit": "m2"}),
        ("德国汉堡仓 3-5万平", {"min": 30000, "max": 50000, "unit": "m2"}),
        ("warehouse in Dallas, 25k-40k sq ft", {"min": 25000, "max": 40000, "unit": "ft2"}),
        (
            "warehouse in Dallas, between 10,000 and 12,000 square feet",
            {"min": 10000, "max": 12000, "unit": "ft2"},
        ),
        ("美国达拉斯仓 1.2万尺", {"min": 12000, "unit": "ft2"}),
        ("日本大阪仓 200坪以内", {"max": 200, "unit": "tsubo"}),
        ("赞比亚仓 两亩地", {"min": 2, "unit": "mu"}),
        ("洛杉矶仓,大概3个方", {"min": 3, "unit": "m3"}),
        ("洛杉矶仓,日均300单", {"min": 300, "unit": "order_per_day"}),
        ("need LA warehouse, 3,000 orders per month", {"min": 100, "unit": "order_per_day"}),
        ("长滩仓,三四个高柜的货", {"min": 3, "max": 4, "unit": "container_40hq"}),
        ("达曼仓,两个小柜", {"min": 2, "unit": "container_20gp"}),
        (
            "Warsaw warehouse, start with 20 plts, up to 100 by xmas",
            {"min": 20, "max": 100, "unit": "pallet"},
        ),
        ("华沙仓,托盘位50-80个", {"min": 50, "max": 80, "unit": "pallet"}),
    ],
)
def test_a_quantity_keeps_the_unit_of_the_person_with_its_multiplier_expanded(text, quantity):
    assert the_need(text)["quantity"] == quantity


def test_containers_without_a_figure_are_no_quantity():
    assert "quantity" not in the_need("莫斯科海外仓,电线电缆几个柜")


def test_miles_become_kilometres():
    assert the_need("warehouse within 50 miles of Dallas")["within_km"] == 80.47


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("德国汉堡仓,明年3月起租一年", {"start": "2027-03-01", "end": "2028-02-29"}),
        ("德国汉堡仓,2027年3月到8月", {"start": "2027-03-01", "end": "2027-08-31"}),
        ("德国汉堡仓,从下个月开始租六个月", {"start": "2026-12-01", "end": "2027-05-31"}),
        ("Lyon warehouse from 1 Feb 2027 until end of July", {"start": "2027-02-01", "end": "2027-07-31"}),
        ("Lyon warehouse from April 2027 for 12 months", {"start": "2027-04-01", "end": "2028-03-31"}),
        ("越南海防仓,明年一季度", {"start": "2027-01-01", "end": "2027-03-31"}),
        ("芝加哥临时仓,旺季10-12月", {"start": "2027-10-01", "end": "2027-12-31"}),
    ],
)
def test_relative_dates_are_resolved_against_today(text, period):
    assert the_need(text)["period"] == period


@pytest.mark.parametrize(
    ("text", "budget"),
    [
        (
            "雅加达仓,预算每平方米每月不超过6美元",
            {"max": 6, "currency": "USD", "unit": "m2", "period": "month"},
        ),
        ("华沙仓,预算5-6欧/平米/月", {"max": 6, "currency": "EUR", "unit": "m2", "period": "month"}),
        (
            "Łódź warehouse, max rent 4 EUR/sqm/month",
            {"max": 4, "currency": "EUR", "unit": "m2", "period": "month"},
        ),
        ("Miami warehouse, under $15k a month all in", {"max": 15000, "currency": "USD", "period": "month"}),
        (
            "利雅得仓,每托每天不超过0.5美元",
            {"max": 0.5, "currency": "USD", "unit": "pallet", "period": "day"},
        ),
        ("曼谷仓,月租2万人民币以内", {"max": 20000, "currency": "CNY", "period": "month"}),
    ],
)
def test_a_budget_says_what_it_buys_and_for_how_long(text, budget):
    assert the_need(text)["budget"] == budget


def test_the_price_of_the_goods_is_no_budget():
    assert "budget" not in the_need("迪拜一件代发,客单价50美金左右")


def test_what_is_not_needed_is_no_exclusion_but_what_is_refused_is():
    assert "excluded_services" not in the_need("华沙仓,食品,常温就行不用冷链")
    assert the_need("华沙仓,食品,不要冷链 不要危险品")["excluded_services"] == ["cold", "hazmat"]
    assert the_need("Osaka warehouse, no hazmat or batteries")["excluded_services"] == ["hazmat", "battery"]


def test_a_preferred_service_is_not_a_required_one():
    need = the_need("塔什干仓,要售后维修,最好能做仓单质押")

    assert (need["services"], need["services_preferred"]) == (["aftersales"], ["pledge"])
    assert the_need("Venlo warehouse, returns, bonded a plus")["services_preferred"] == ["bonded"]


def test_excluded_countries_do_not_become_destinations():
    for text in ("EU but NOT Germany, toys", "欧盟(德国除外)玩具", "除了德国,欧盟其他国家都可以,玩具"):
        need = the_need(text)
        assert (need["region_sets"], need["excluded_countries"]) == (["EU"], ["DE"])
        assert "countries" not in need


def test_besides_is_no_exclusion():
    assert the_need("洛杉矶仓除了一件代发还要退换货")["services"] == ["dropship", "returns"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("我们郑州做假发的,求洛杉矶仓", ["Los Angeles"]),
        ("郑州航空港出口,布达佩斯落地,需要保税仓", ["Budapest"]),
        ("Dallas warehouse. We're based in Ningbo btw", ["Dallas"]),
        ("We are based in Istanbul; need 400 sqm near Stuttgart", ["Stuttgart"]),
        ("泰国工厂发货到墨西哥,蒙特雷要仓1000平", ["Monterrey"]),
        ("汉堡那家跑路了,急找不来梅的仓", ["Bremen"]),
        ("之前在鹿特丹,现在想换到安特卫普,保税", ["Antwerp"]),
        ("looking to move out of Hamburg (too expensive), want something in Poznan", ["Poznań"]),
        ("at most 150 km from Warsaw, cold storage", ["Warsaw"]),
    ],
)
def test_homes_origins_and_rejected_places_are_no_destinations(text, places):
    assert the_need(text)["places"] == places


def test_a_name_that_many_countries_share_is_settled_by_the_country_beside_it_or_reported():
    assert the_need("warehouse in Ontario California")["countries"] == ["US"]
    assert the_need("warehouse in Birmingham, AL")["countries"] == ["US"]
    assert the_need("Savannah, Georgia, 10,000 sf")["countries"] == ["US"]
    assert the_need("warehouse in Tbilisi, Georgia")["countries"] == ["GE"]
    reading = read_needs("need a warehouse in Birmingham", today=TODAY)
    assert reading.needs[0].places[0].country == "GB"
    assert [one.code for one in reading.ambiguities] == ["need.place_ambiguous"]


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("洛衫矶仓", "places", ["Los Angeles"]),
        ("洛杉矶仓 一件待发", "services", ["dropship"]),
        ("need warehose in Duisberg", "places", ["Duisburg"]),
        ("UK warehouse for tiktok shp", "platforms", ["tiktok_shop"]),
        ("UK warehouse, retuns handling", "services", ["returns"]),
        ("日本大阪倉庫,一件代發", "services", ["dropship"]),
        ("🇩🇪仓 保税🙏🙏", "services", ["bonded"]),
    ],
)
def test_slips_of_the_pen_are_read_as_meant(text, field, value):
    assert the_need(text)[field] == value


def test_the_word_us_is_a_country_only_in_capitals():
    assert "countries" not in the_need("EU warehouse, VAT handled for us, toys")
    assert the_need("US warehouse for toys")["countries"] == ["US"]


def test_a_message_is_split_only_where_each_part_has_its_own_destination_and_requirement():
    split = read("LA for FBA transfer, UK for dropship")
    assert [(need["countries"], need["services"]) for need in split] == [
        (["US"], ["fba_transfer"]),
        (["GB"], ["dropship"]),
    ]
    assert len(read("想找洛杉矶和伯明翰两边的仓,一件代发+退货换标")) == 1
    assert len(read("Poland or Czechia, dropship, 2000 sqm")) == 1


def test_what_all_parts_share_belongs_to_each():
    split = read("卖假发的:美国洛杉矶FBA中转200托;德国汉堡一件代发50单一天")

    assert [need["goods_classes"] for need in split] == [["hair"], ["hair"]]


@pytest.mark.parametrize(
    "text",
    [
        "海外仓怎么做账?",
        "What is the difference between a public overseas warehouse and FBA?",
        "亲~请问你们这个平台收费吗?",
        "我们在洛杉矶有5万尺海外仓,可提供一件代发、FBA中转,欢迎咨询",
        "大家好,新人报道",
        "",
    ],
)
def test_questions_offers_and_greetings_are_no_needs(text):
    assert read(text) == []


def test_a_need_in_the_form_of_a_question_is_one():
    assert the_need("美国凤凰城有仓吗?")["places"] == ["Phoenix"]
    assert the_need("Can you recommend a bonded warehouse in Poland?")["services"] == ["bonded"]


def test_a_question_beside_a_need_takes_no_part():
    need = the_need("需要德国杜伊斯堡2000平米仓。冷链怎么收费?")

    assert need["quantity"]["min"] == 2000
    assert "services" not in need


def test_what_was_not_understood_is_told_in_the_words_of_the_person():
    assert read_needs("Need 200 sqm in Cambridge UK for Zorblax gadgets", today=TODAY).unread == ("Zorblax",)
