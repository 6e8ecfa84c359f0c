"""What a storage price needs to mean something."""

from __future__ import annotations

from decimal import Decimal

import pytest
from builders import hamburg_bonded

from warehouse_hub.directory.rules.facts import changes_between, problems_of
from warehouse_hub.directory.rules.storage_price import StoragePrice, price_problems


def faults(amount, currency, unit) -> list[tuple[str, str]]:
    stated = None if amount is None else Decimal(amount)
    return [(problem.column, problem.code) for problem in price_problems(stated, currency, unit)]


def test_a_whole_price_and_no_price_at_all_are_both_fine():
    assert faults("0.45", "USD", "m3_day") == []
    assert faults(None, None, None) == []


@pytest.mark.parametrize(
    ("stated", "missing"),
    [
        (("0.45", None, None), ["storage_price_currency", "storage_price_unit"]),
        (("0.45", "USD", None), ["storage_price_unit"]),
        ((None, "USD", "m3_day"), ["storage_price"]),
        ((None, None, "m3_day"), ["storage_price", "storage_price_currency"]),
    ],
)
def test_each_part_that_is_missing_beside_another_is_named(stated, missing):
    assert faults(*stated) == [(name, "price.incomplete") for name in missing]


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ("0", "price.not_positive"),
        ("-1", "price.not_positive"),
        ("NaN", "price.not_positive"),
        ("sNaN", "price.not_positive"),
        ("Infinity", "price.not_positive"),
        ("0.00001", "price.too_fine"),
        ("1.23456", "price.too_fine"),
        ("100000000", "price.too_large"),
        ("1E+400000", "price.too_large"),
    ],
)
def test_an_amount_that_is_no_price_is_refused(amount, code):
    assert faults(amount, "USD", "m3_day") == [("storage_price", code)]


@pytest.mark.parametrize("amount", ["0.0001", "99999999.9999", "1.230000"])
def test_the_ends_of_what_a_price_may_be(amount):
    assert faults(amount, "VND", "pallet_month") == []


def test_a_currency_or_unit_of_no_list_is_refused():
    assert faults("1", "XAU", "acre_year") == [
        ("storage_price_currency", "listing.unknown_code"),
        ("storage_price_unit", "listing.unknown_code"),
    ]


def test_a_listing_without_a_price_has_none_and_not_zero():
    assert hamburg_bonded().price is None
    priced = hamburg_bonded(
        storage_price=Decimal("8.5"), storage_price_currency="EUR", storage_price_unit="m2_month"
    )
    assert priced.price == StoragePrice(Decimal("8.5"), "EUR", "m2_month")
    assert problems_of(priced) == []
    assert [change.field for change in changes_between(hamburg_bonded(), priced)] == [
        "storage_price",
        "storage_price_currency",
        "storage_price_unit",
    ]
    half = hamburg_bonded(storage_price=Decimal(1))
    assert half.price is None
    assert {problem.code for problem in problems_of(half)} == {"price.incomplete"}
