"""The exchange rates of the invented directories, and what a price is worth by them, in plain arithmetic.

The days are chosen to be got wrong: a rate of yesterday, one of today and one of tomorrow.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from builders import EDITOR, noon

from warehouse_hub.core.database import Database
from warehouse_hub.directory.exchange_rates import keep
from warehouse_hub.directory.rules.exchange import Rate

INVENTED = {
    "real": [
        Rate("USD", date(2025, 3, 1), Decimal("7.2"), "test"),
        Rate("EUR", date(2026, 11, 22), Decimal("5.9"), "test"),
        Rate("EUR", date(2026, 11, 23), Decimal("8.1"), "test"),
        Rate("EUR", date(2026, 11, 24), Decimal(99), "test"),
        Rate("JPY", date(2026, 1, 1), Decimal("0.0487123456"), "test"),
        Rate("GBP", date(2026, 11, 24), Decimal(9), "test"),
    ],
    "demo": [Rate("EUR", date(2026, 1, 1), Decimal("0.5"), "test")],
}
# What of these is in force on 2026-11-23.
CNY_FOR_ONE = {
    "real": {"CNY": 1, "USD": Decimal("7.2"), "EUR": Decimal("8.1"), "JPY": Decimal("0.0487123456")},
    "demo": {"CNY": 1, "EUR": Decimal("0.5")},
}
AMOUNTS = ["0.0001", "0.44", "0.45", "0.5", "3.6", "8.1", "28", "79.9", "99999999.9999"]
CURRENCIES = ["CNY", "CNY", "USD", "EUR", "JPY", "GBP", "THB"]
UNITS = ["m3_day", "m3_day", "m2_month", "pallet_month"]


def keep_invented_rates(database: Database) -> None:
    """In both datasets; repeating it changes nothing."""
    with database.unit_of_work(noon) as uow:
        for dataset, rates in INVENTED.items():
            keep(uow, rates, dataset=dataset, actor=EDITOR)


def worth(listing, unit: str) -> Decimal | None:
    """Yuan for one unit; None where nothing can be said."""
    cny_for_one = CNY_FOR_ONE[listing.dataset].get(listing.storage_price_currency)
    if listing.storage_price is None or listing.storage_price_unit != unit or cny_for_one is None:
        return None
    return listing.storage_price * cny_for_one
