"""Matching a need against the listings in print."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from builders import hamburg_bonded, publish
from matching.judged import TODAY, read
from matching.listings import HANOVER, MUNICH, VENLO, holds, listing

from warehouse_hub.matching.need import NamedPlace, Need, QuantityRange
from warehouse_hub.matching.need_json import need_from_json
from warehouse_hub.matching.reading import read_needs
from warehouse_hub.matching.rules.candidate import Fact
from warehouse_hub.matching.service import match
from warehouse_hub.matching.wording import worded, worded_ambiguity

DUISBURG = NamedPlace("Duisburg", "杜伊斯堡", "DE", 51.4325, 6.7652)
LISTINGS = [
    listing("A"),
    listing("B", services={"dropship": True}),
    listing("C", at=HANOVER),
    listing("D", services={"bonded": False}),
    listing("E", country="NL", at=VENLO),
    listing("F", record_class="lead"),
    listing("G", country="PL", at=(52.2, 21.0)),
    listing("H", services={"bonded": False}, at=MUNICH),
    replace(listing("R"), dataset="real"),
]


def matched(need, listings=LISTINGS, **options):
    return match(listings, need, dataset="demo", today=TODAY, **options)


def test_who_states_a_service_ranks_above_who_leaves_it_open():
    result = matched(Need(countries=("DE",), services=("bonded",)))

    assert [item.id for item in result.items] == ["A", "C", "B"]
    assert [fact.code for fact in result.items[-1].to_confirm] == ["match.service_unknown"]


def test_a_site_at_the_other_end_of_the_country_is_no_near_miss():
    need = Need(countries=("DE",), places=(DUISBURG,))
    result = matched(need, [listing("near", at=HANOVER), listing("far", at=MUNICH)])

    assert [miss.id for miss in result.near_misses] == ["near"]


def test_near_misses_fail_exactly_one_gate_and_say_which():
    result = matched(Need(countries=("DE",), places=(DUISBURG,), services=("bonded",)))

    assert [item.id for item in result.items] == ["A", "B"]
    assert {miss.id: miss.excluded_by.code for miss in result.near_misses} == {
        "C": "match.too_far",
        "D": "match.service_not_offered",
        "E": "match.other_country",
        "F": "match.is_a_lead",
    }


def test_the_other_dataset_never_appears():
    assert "R" not in {item.id for item in matched(Need()).items}
    assert [item.id for item in match(LISTINGS, Need(), dataset="real", today=TODAY).items] == ["R"]


def test_ties_are_broken_by_id_and_the_order_of_listings_does_not_matter():
    twins = [listing(key) for key in ("T3", "T1", "T2")]

    assert [item.id for item in matched(Need(), twins).items] == ["T1", "T2", "T3"]
    assert matched(Need(), twins[::-1]) == matched(Need(), twins)


def test_the_total_counts_all_that_fit_beyond_the_limit():
    result = matched(Need(countries=("DE",)), limit=1)

    assert (result.total, len(result.items)) == (5, 1)


def test_the_same_need_in_both_languages_ranks_alike():
    (chinese,) = read("求德国杜伊斯堡附近公共保税仓,一件代发,2000平米,亚马逊,假发")
    (english,) = read(
        "Need a public bonded warehouse near Duisburg Germany, dropship, 2000 sqm, Amazon, wigs"
    )
    results = [matched(need_from_json(need)) for need in (chinese, english)]

    assert results[0].items == results[1].items
    assert results[0].near_misses == results[1].near_misses


def test_distances_are_printed_in_kilometres_to_the_nearest_place():
    near_both = Need(places=(NamedPlace("Munich", None, "DE", *MUNICH), DUISBURG))

    assert {item.id: item.distance_km for item in matched(near_both).items}["A"] == pytest.approx(
        0.0, abs=0.1
    )
    assert matched(Need(countries=("DE",))).items[0].distance_km is None


def test_a_result_is_plain_json_with_reasons_and_things_to_confirm():
    need = read_needs("德国杜伊斯堡保税仓 2000平 退换货", today=TODAY).needs[0]
    answer = json.loads(json.dumps(matched(need).to_json()))

    assert answer["total"] == len(answer["items"])
    assert {"id", "score", "components", "reasons", "to_confirm", "distance_km"} <= answer["items"][0].keys()
    assert {"id", "excluded_by", "facts"} <= answer["near_misses"][0].keys()


def test_every_reason_has_words_in_both_languages():
    need = read_needs(
        "欧盟杜伊斯堡公共保税仓 2000平 退换货 不要危险品 亚马逊 OTTO 玩具 预算5欧/平/月", today=TODAY
    ).needs[0]
    odd = [
        listing(
            "S1",
            stage="planned",
            geocode_precision="country",
            record_class="unknown",
            capacity=(),
            goods=(),
            platforms=(),
        ),
        listing("S2", services={"bonded": True, "returns": True, "hazmat": True}, platforms=("otto",)),
        listing("S3", capacity=(holds(10),), platforms=("otto",)),
    ]
    result = matched(need, [*LISTINGS, *odd])
    facts = [
        *(fact for item in result.items for fact in (*item.reasons, *item.to_confirm)),
        *(miss.excluded_by for miss in result.near_misses),
    ]

    assert len({fact.code for fact in facts}) > 8
    for fact in facts:
        for lang in ("zh", "en"):
            assert worded(fact, lang) not in ("", fact.code)


def test_a_sentence_names_things_by_their_labels():
    assert (
        worded(Fact("match.service_unknown", {"service": "fba_transfer"}), "en") == "FBA transfer: not stated"
    )
    assert "匈牙利" in worded(Fact("match.other_country", {"country": "HU"}), "zh")


def test_thousands_of_listings_are_matched_at_once():
    many = [listing(f"M{number:05d}", at=(40 + number % 20, number % 30)) for number in range(3000)]
    result = matched(
        Need(countries=("DE",), places=(DUISBURG,), quantity=QuantityRange("m2", Decimal(100))), many
    )

    assert result.total + len(result.near_misses) > 0


def test_listings_come_from_the_directory_when_a_session_is_given(sqlite_database):
    publish(sqlite_database, "DEMO-DE-0001", hamburg_bonded(), dataset="demo")
    need = read_needs("汉堡保税仓 1000平", today=TODAY).needs[0]
    with sqlite_database.unit_of_work() as uow:
        result = match(uow.session, need, dataset="demo", today=TODAY)

    assert [item.id for item in result.items] == ["DEMO-DE-0001"]


def test_an_ambiguous_place_is_told_with_its_namesakes():
    (ambiguity,) = read_needs("need a warehouse in Birmingham", today=TODAY).ambiguities

    assert "Birmingham,US" in worded_ambiguity(ambiguity, "en")
