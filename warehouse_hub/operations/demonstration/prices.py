"""Fictitious storage prices, and fictitious rates that order them.

The one thing to get wrong: a rate here is no market rate. It is a round figure whose source says that it is invented,
and it stands in the demonstration dataset, which real prices are never ordered by. The New Zealand dollar has none, so
that what cannot be compared can be seen.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from warehouse_hub.directory.rules.exchange import Rate
from warehouse_hub.directory.rules.storage_price import StoragePrice
from warehouse_hub.operations.demonstration.sites import Site

RATE_SOURCE: Final = "演示汇率（虚构） Demonstration rate (fictitious)"
_VALID_FROM: Final = date(2026, 1, 1)
_CNY_FOR_ONE: Final = {
    "USD": "7",
    "EUR": "8",
    "GBP": "9",
    "CAD": "5",
    "CHF": "8.5",
    "SGD": "5.5",
    "AUD": "4.8",
    "JPY": "0.05",
    "KRW": "0.005",
}
_CURRENCIES: Final = {
    "$": "USD",
    "US$": "USD",
    "C$": "CAD",
    "€": "EUR",
    "£": "GBP",
    "CHF": "CHF",
    "S$": "SGD",
    "A$": "AUD",
    "NZ$": "NZD",
    "¥": "JPY",
    "₩": "KRW",
}
# How many of the market's own units of area make a square metre.
_A_SQUARE_METRE: Final = {"m2": 1.0, "ft2": 10.7639, "tsubo": 0.3025}
# What a cubic metre costs a day, and a pallet a month, of what a square metre costs a month.
_UNITS: Final = {"m3_day": 45.0, "m2_month": 40.0, "pallet_month": 15.0}
_SHARE: Final = {"m3_day": 0.055, "m2_month": 1.0, "pallet_month": 1.4}


def demo_rates() -> tuple[Rate, ...]:
    """Every demonstration rate."""
    return tuple(
        Rate(currency, _VALID_FROM, Decimal(cny), RATE_SOURCE) for currency, cny in _CNY_FOR_ONE.items()
    )


def demo_price(site: Site, rent: float) -> StoragePrice | None:
    """What storing at a site costs at least, where `rent` is a month of the market's unit of area; None for some."""
    if not site.draw.happens("storage price", 0.85):
        return None
    unit = site.draw.one("price unit", _UNITS)
    amount = rent * _A_SQUARE_METRE[site.market.area_unit] * _SHARE[unit]
    written = f"{amount:.0f}" if amount >= 100 else f"{amount:.2f}"
    return StoragePrice(Decimal(written), _CURRENCIES[site.market.currency], unit)
