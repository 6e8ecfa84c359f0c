"""What stands in an edition, where, and in which order."""

from __future__ import annotations

from datetime import date

import pytest

from warehouse_hub.catalogue.imprint import legal_bases
from warehouse_hub.catalogue.pinyin import initial, sounds
from warehouse_hub.catalogue.rules.inclusion import (
    chapter_of,
    counts_towards_totals,
    has_known_place,
    in_order,
    legal_bases_at,
    qualifies,
)


def entry(key, country, city, name, chapter="stated"):
    return {
        "id": key,
        "chapter": chapter,
        "country": {"code": country[0], "zh": country[1], "en": ""},
        "city": {"zh": city, "en": None} if city else None,
        "name": {"zh": name, "en": None},
    }


@pytest.mark.parametrize(
    ("country", "record_class", "stage", "stands"),
    [
        ("DE", "public", "operating", True),
        ("DE", "unknown", None, True),
        ("HK", "public", "operating", True),
        ("DE", "public", "planned", True),
        ("CN", "public", "operating", False),
        ("DE", "lead", "operating", False),
        ("DE", "public", "closed", False),
    ],
)
def test_only_warehouses_abroad_that_are_not_closed_stand_in_an_edition(country, record_class, stage, stands):
    assert qualifies(country=country, record_class=record_class, stage=stage) is stands


def test_what_only_the_press_reports_has_a_chapter_of_its_own():
    assert chapter_of("reported") == "reported"
    assert {chapter_of(grade) for grade in ("stated", "documented", "verified")} == {"stated"}


@pytest.mark.parametrize(("stage", "counted"), [("operating", True), (None, True), ("planned", False)])
def test_what_is_not_built_yet_is_not_counted(stage, counted):
    assert counts_towards_totals(stage) is counted


def test_the_middle_of_a_country_is_no_place():
    assert has_known_place("city")
    assert not has_known_place("country")


def test_entries_stand_by_chapter_country_city_and_name_as_they_sound():
    germany, arab, hong_kong = ("DE", "德国"), ("AE", "阿联酋"), ("HK", "中国香港")
    entries = [
        entry("1", germany, "汉堡", "乙"),
        entry("2", hong_kong, "香港", "甲"),
        entry("3", germany, "不来梅", "甲"),
        entry("4", arab, "迪拜", "甲"),
        entry("5", germany, None, "甲"),
        entry("6", germany, "汉堡", "甲"),
        entry("7", arab, "迪拜", "甲", "reported"),
    ]
    assert [each["id"] for each in in_order(entries, sounds)] == ["4", "3", "6", "1", "5", "2", "7"]


def test_the_order_does_not_depend_on_the_order_of_arrival():
    entries = [entry(str(number), ("DE", "德国"), "汉堡", "同名仓") for number in range(9)]
    assert in_order(reversed(entries), sounds) == in_order(entries, sounds)


@pytest.mark.parametrize(
    ("name", "letter"),
    [("长滩", "C"), ("Łódź", "L"), ("İstanbul", "I"), ("鹿特丹", "L"), ("重庆", "C"), ("Örebro", "O"), ("千葉", "Q"),
     ("25号", "#"), ("Москва", "#")],
)  # fmt: skip
def test_a_city_stands_under_the_letter_it_sounds_with(name, letter):
    assert initial(name) == letter


def test_the_legal_basis_runs_out_and_is_not_replaced_by_invention():
    numbers = [basis["number"] for basis in legal_bases_at(legal_bases(), date(2026, 12, 15))]
    assert numbers == ["郑政文〔2023〕210号"]
    assert legal_bases_at(legal_bases(), date(2026, 12, 16)) == []
    assert legal_bases_at(legal_bases(), date(2023, 12, 14)) == []
