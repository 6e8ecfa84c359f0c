"""`key:value`, in both languages and with values that are not understood."""

from __future__ import annotations

import pytest
from search.language.asked import asked

from warehouse_hub.search.language.understanding import understand


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("country:德国", ["country:DE"]),
        ("country:DE", ["country:DE"]),
        ("Country:germany", ["country:DE"]),
        ("国家：德國", ["country:DE"]),
        ("country:德国,法国、pl", ["country:DE,FR,PL"]),
        ("country:欧盟", ["region_set:EU"]),
        ("country:中国", ["country:CN"]),
        ("service:一件代发", ["service:dropship"]),
        ('service:"cold storage"', ["service:cold"]),
        ("服务：退货，平台：亚马逊，货类：家具", ["service:returns", "platform:amazon", "goods:furniture"]),
        ("国家：德国，一件代发", ["country:DE", "service:dropship"]),
        ("region:RCEP", ["region_set:RCEP"]),
        ("region_set:asean", ["region_set:ASEAN"]),
        ("地区：加州", ["region:California"]),
        ("class:公共仓", ["record_class:public"]),
        ("record_class:self", ["record_class:self"]),
        ("evidence:部门核实", ["grade:verified"]),
        ("grade:stated", ["grade:stated"]),
        ("city:洛杉矶", ["city:US/los angeles"]),
        ('城市："New York"', ["city:US/new york city"]),
        ("city:Nowhereville", ["city:nowhereville"]),
        ("operator:递四方 德国", ["country:DE", '"递四方"']),
        ('operator:"Acme Ltd."', ['"acme ltd"']),
        ("-operator:递四方", ['-"递四方"']),
        ("-service:冷链,保税", ["-service:cold,bonded"]),
    ],
)
def test_a_value_is_a_code_or_any_word_for_it(text, conditions):
    assert asked(text) == conditions


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("area:>5000", "area:5000-"),
        ("area:>=5000", "area:5000-"),
        ("面积：≥５０００", "area:5000-"),
        ("area:5000", "area:5000-"),
        ("area:5000+", "area:5000-"),
        ("面积:5000以上", "area:5000-"),
        ("area:<2000", "area:-2000"),
        ("面积：2000平以下", "area:-2000"),
        ("area:1000-5000", "area:1000-5000"),
        ("area:1,000-5,000㎡", "area:1000-5000"),
        ("area:1万-2万平", "area:10000-20000"),
        ("area:> 5000 坪", "area:16528.9-"),
        ("area:1000-3000坪", "area:3305.78-9917.36"),
        ("area:20000 sq ft", "area:1858.06-"),
        ("area:3亩", "area:2000-"),
        ('area:"5000 m2"', "area:5000-"),
    ],
)
def test_an_area_is_read_with_its_unit(text, condition):
    assert asked(text) == [condition]


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("near:汉堡 100km", "near:Hamburg 100"),
        ("near:汉堡,100km", "near:Hamburg 100"),
        ("near:汉堡，80", "near:Hamburg 80"),
        ("near:汉堡 80", "near:Hamburg 80"),
        ("near:汉堡100公里", "near:Hamburg 100"),
        ("附近：漢堡", "near:Hamburg 100"),
        ("near:Hamburg", "near:Hamburg 100"),
        ("near:Los Angeles 50 miles", "near:Los Angeles, United States 80.4672"),
        ('near:"Perris, CA" 50km', "near:Perris 50"),
        ("near:Perris, CA 50km", "near:Perris 50"),
        ("near:reading", "near:Reading, United Kingdom 100"),
        ("near:53.5,10 100km", "near:53.5,10 100"),
        ("near:-33.9,18.4,20km", "near:-33.9,18.4 20"),
        ("near:加州", "region:California"),
        ("near:加州 300km", "near:California 300"),
        ("near:汉堡 99999km", "near:Hamburg 20100"),
    ],
)
def test_a_place_is_any_town_or_a_point_with_its_distance(text, condition):
    assert asked(text) == [condition]


def test_what_stands_behind_a_place_is_read_on():
    assert asked("near:Hamburg cold storage") == ["near:Hamburg 100", "service:cold"]
    assert asked("near:汉堡 500平") == ["near:Hamburg 100", "area:500-"]
    assert asked("near:汉堡 80 一件代发") == ["near:Hamburg 80", "service:dropship"]


@pytest.mark.parametrize(
    ("text", "unread", "conditions"),
    [
        ("country:foo", ("country:foo",), ["foo"]),
        ("country:foo 德国", ("country:foo",), ["country:DE", "foo"]),
        ("area:large", ("area:large",), ["large"]),
        ("near:nowhereville", ("near:nowhereville",), ["nowhereville"]),
        ("near:95,10", ("near:95",), ["10", "95"]),
        ('service:"flying carpets"', ('service:"flying carpets"',), ['"flying carpets"']),
        ("-area:5000", ("-area:5000",), ["-5000"]),
        ("-city:汉堡", ("-city:汉堡",), ["-汉堡"]),
        ("country: foo", ("country:",), ["foo"]),
        ("country:", ("country:",), []),
        ("country:-foo", ("country:-foo",), ["foo"]),
    ],
)
def test_a_value_that_is_not_understood_stays_text_and_is_told(text, unread, conditions):
    assert understand(text).unread == unread
    assert sorted(asked(text)) == sorted(conditions)


def test_a_value_may_stand_behind_a_space():
    assert asked("国家： 德国 面积: >5000") == ["country:DE", "area:5000-"]


@pytest.mark.parametrize("text", ["http://example", "colour:red", "12:30"])
def test_a_word_that_is_no_key_is_text(text):
    understood = understand(text)
    assert understood.unread == ()
    assert not understood.filters
    assert understood.words
