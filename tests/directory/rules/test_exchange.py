"""Which rate is in force, and what it makes of a price."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from warehouse_hub.directory.rules.exchange import Rate, Rates, rate_problems
from warehouse_hub.directory.rules.storage_price import StoragePrice

NINTH = Rate("EUR", date(2026, 11, 9), Decimal("7.9"), "公告")


def test_the_yuan_compares_without_any_rate_and_another_currency_with_nothing():
    assert Rates().of("CNY") == 1
    in_yuan = Rates().converted(StoragePrice(Decimal("3.5"), "CNY", "m3_day"))
    assert (in_yuan.cny, in_yuan.rate) == (Decimal("3.5"), None)
    assert Rates().converted(StoragePrice(Decimal("3.5"), "USD", "m3_day")) is None
    assert Rates().converted(None) is None


def test_a_conversion_tells_its_rate():
    converted = Rates({"EUR": NINTH}).converted(StoragePrice(Decimal("0.5"), "EUR", "m3_day"))
    assert (converted.cny, converted.rate) == (Decimal("3.95"), NINTH)


@pytest.mark.parametrize(
    ("currency", "cny", "source", "fault"),
    [
        ("USD", "7.1", "公告", None),
        ("VND", "0.0002812345", "公告", None),
        ("CNY", "1", "公告", ("currency", "rate.of_the_yuan")),
        ("XAU", "1", "公告", ("currency", "listing.unknown_code")),
        ("USD", "0", "公告", ("cny_for_one", "rate.out_of_range")),
        ("USD", "-7", "公告", ("cny_for_one", "rate.out_of_range")),
        ("USD", "NaN", "公告", ("cny_for_one", "rate.out_of_range")),
        ("USD", "100000", "公告", ("cny_for_one", "rate.out_of_range")),
        ("USD", "7.00000000001", "公告", ("cny_for_one", "rate.too_fine")),
        ("USD", "7", "x" * 501, ("source", "listing.text_too_long")),
    ],
)
def test_a_rate_that_cannot_be_kept_is_told(currency, cny, source, fault):
    found = [(problem.column, problem.code) for problem in rate_problems(currency, Decimal(cny), source)]
    assert found == ([fault] if fault else [])
