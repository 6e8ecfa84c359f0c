"""Gates: what excludes, what is left to confirm, and what passes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from matching.listings import holds, listing

from warehouse_hub.matching.need import Budget, NamedPlace, Need, Period, QuantityRange
from warehouse_hub.matching.rules.candidate import Candidate
from warehouse_hub.matching.rules.gates import DEFAULT_RADIUS_KM, Verdict, findings, question_of

DUISBURG = NamedPlace("Duisburg", "杜伊斯堡", "DE", 51.4325, 6.7652)
EU = {"EU": frozenset({"DE", "NL", "PL"})}


def judge(need, listed, km=None):
    """(verdict, code) of everything the gates find."""
    question = question_of(need, EU)
    return [
        (found.verdict, found.fact.code) for found in findings(question, Candidate(listed, km, "Duisburg"))
    ]


def fails(need, listed, km=None):
    return [code for verdict, code in judge(need, listed, km) if verdict is Verdict.FAIL]


def confirms(need, listed, km=None):
    return [code for verdict, code in judge(need, listed, km) if verdict is Verdict.CONFIRM]


def test_a_listing_that_states_all_that_is_asked_has_nothing_against_it():
    need = Need(
        countries=("DE",),
        places=(DUISBURG,),
        services=("bonded",),
        goods_classes=("hair",),
        platforms=("amazon",),
        record_class=("public",),
        quantity=QuantityRange("m2", Decimal(2000)),
    )

    assert judge(need, listing(), 0.0) == []


def test_a_service_is_required_refused_or_to_be_confirmed():
    assert judge(Need(services=("bonded",)), listing()) == []
    assert fails(Need(services=("cold",)), listing()) == ["match.service_not_offered"]
    assert confirms(Need(services=("returns",)), listing()) == ["match.service_unknown"]


def test_an_excluded_service_excludes_only_who_offers_it():
    need = Need(excluded_services=("hazmat",))

    assert fails(need, listing(services={"hazmat": True})) == ["match.service_excluded"]
    assert judge(need, listing(services={"hazmat": False})) == []
    assert judge(need, listing(services={})) == []


def test_a_preferred_service_never_excludes():
    assert judge(Need(services_preferred=("cold", "returns")), listing()) == []


def test_a_place_without_a_radius_means_a_hundred_kilometres():
    need = Need(places=(DUISBURG,))

    assert DEFAULT_RADIUS_KM == 100
    assert judge(need, listing(), 99.0) == []
    assert fails(need, listing(), 101.0) == ["match.too_far"]
    assert judge(Need(places=(DUISBURG,), within_km=Decimal(150)), listing(), 101.0) == []


def test_a_country_with_no_place_of_its_own_counts_as_a_whole():
    need = Need(countries=("DE", "NL"), places=(DUISBURG,))

    assert judge(need, listing(country="NL"), 190.0) == []
    assert fails(need, listing(country="DE"), 190.0) == ["match.too_far"]


def test_a_stated_radius_holds_in_every_country():
    need = Need(countries=("DE", "NL"), places=(DUISBURG,), within_km=Decimal(150))

    assert fails(need, listing(country="NL"), 190.0) == ["match.too_far"]


def test_beside_a_region_set_a_place_only_ranks():
    need = Need(region_sets=("EU",), countries=("DE",), places=(DUISBURG,))

    assert judge(need, listing(country="PL"), 900.0) == []
    assert fails(need, listing(country="GB"), 500.0) == ["match.other_country"]


def test_a_listing_without_exact_coordinates_is_to_be_confirmed_not_excluded():
    need = Need(places=(DUISBURG,))

    assert confirms(need, listing(latitude=None, longitude=None)) == ["match.location_imprecise"]
    assert confirms(need, listing(geocode_precision="country")) == ["match.location_imprecise"]


def test_an_excluded_country_excludes_inside_its_region_set():
    need = Need(region_sets=("EU",), excluded_countries=("DE",))

    assert fails(need, listing()) == ["match.country_excluded"]
    assert judge(need, listing(country="NL")) == []


@pytest.mark.parametrize(
    ("goods", "failed", "to_confirm"),
    [
        (("toys",), [], []),
        ((), [], ["match.goods_unknown"]),
        (("general",), [], ["match.goods_unknown"]),
        (("food",), ["match.goods_not_handled"], []),
    ],
)
def test_goods_that_a_stated_list_lacks_exclude_and_an_empty_list_says_nothing(goods, failed, to_confirm):
    need = Need(goods_classes=("toys",))

    assert fails(need, listing(goods=goods)) == failed
    assert confirms(need, listing(goods=goods)) == to_confirm


def test_one_of_several_platforms_is_enough_and_the_others_are_to_be_confirmed():
    need = Need(platforms=("amazon", "otto"))

    assert confirms(need, listing()) == ["match.platform_unknown"]
    assert fails(need, listing(platforms=("ebay",))) == ["match.platform_not_served"]
    assert confirms(need, listing(platforms=())) == ["match.platform_unknown"]


def test_a_lead_is_no_warehouse():
    assert fails(Need(), listing(record_class="lead")) == ["match.is_a_lead"]


def test_a_record_class_is_met_missed_or_unknown():
    need = Need(record_class=("public",))

    assert judge(need, listing()) == []
    assert fails(need, listing(record_class="self")) == ["match.other_record_class"]
    assert confirms(need, listing(record_class="unknown")) == ["match.record_class_unknown"]
    assert confirms(Need(), listing(record_class="self")) == ["match.own_use"]


def test_quantities_are_compared_in_one_kind_of_unit_only():
    two_thousand = Need(quantity=QuantityRange("m2", Decimal(2000)))

    assert fails(two_thousand, listing(capacity=(holds(1500),))) == ["match.too_little"]
    assert judge(two_thousand, listing(capacity=(holds(30_000, "ft2"),))) == []
    assert confirms(two_thousand, listing(capacity=(holds(9000, "pallet"),))) == ["match.capacity_unknown"]
    assert confirms(two_thousand, listing(capacity=())) == ["match.capacity_unknown"]


def test_another_basis_never_stands_in_for_what_is_available_but_a_whole_that_is_too_small_excludes():
    need = Need(quantity=QuantityRange("m2", Decimal(2000)))

    assert confirms(need, listing(capacity=(holds(9000, basis="gross"),))) == ["match.capacity_unknown"]
    assert fails(need, listing(capacity=(holds(900, basis="gross"),))) == ["match.site_too_small"]
    shared = listing(capacity=(holds(900, basis="gross", shared_by=3),))
    assert confirms(need, shared) == ["match.capacity_unknown"]


def test_the_latest_statement_of_availability_counts():
    need = Need(quantity=QuantityRange("m2", Decimal(2000)))
    old = holds(9000)
    new = holds(100).__class__(Decimal(100), "m2", "available", date(2026, 11, 20))

    assert fails(need, listing(capacity=(old, new))) == ["match.too_little"]


def test_a_greatest_amount_is_met_by_any_room_at_all():
    need = Need(quantity=QuantityRange("m2", None, Decimal(300)))

    assert judge(need, listing(capacity=(holds(50),))) == []
    assert fails(need, listing(capacity=(holds(0),))) == ["match.too_little"]


def test_stages_and_leases():
    need = Need(period=Period(date(2027, 3, 1), date(2028, 2, 29)))

    assert fails(need, listing(stage="closed")) == ["match.closed"]
    assert confirms(need, listing(stage="planned")) == ["match.not_yet_operating"]
    assert fails(need, listing(lease_end=date(2027, 1, 1))) == ["match.lease_ends_before"]
    assert confirms(need, listing(lease_end=date(2027, 9, 1))) == ["match.lease_ends_within"]


def test_a_price_is_to_be_asked():
    assert confirms(Need(budget=Budget(Decimal(6), "USD")), listing()) == ["match.price_to_ask"]
