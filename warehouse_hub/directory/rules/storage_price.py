"""A storage price: the lowest that an operator asks for storing, as an amount, its currency and what it is for.

The one thing to get wrong: none of the three means anything alone, and no price is not a price of 0; who states none
is asked for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from warehouse_hub.core.errors import Problem
from warehouse_hub.vocabulary.codes import CURRENCIES, PRICE_UNITS

HOME_CURRENCY: Final = "CNY"
# A month of a pallet in the smallest currency there is stays far below it; a price for a whole building does not.
BELOW: Final = Decimal(100_000_000)
DECIMALS: Final = 4
PRICE_FIELDS: Final = ("storage_price", "storage_price_currency", "storage_price_unit")


@dataclass(frozen=True)
class StoragePrice:
    """`amount` of `currency` (ISO 4217) for one `unit` (a code of PRICE_UNITS)."""

    amount: Decimal
    currency: str
    unit: str


def price_problems(amount: Decimal | None, currency: str | None, unit: str | None) -> Iterator[Problem]:
    """What forbids a price from standing like this; nothing for a whole price and for none at all.

    `price.incomplete` names each part that is missing beside another; `price.not_positive`, `price.too_large` and
    `price.too_fine` tell of the amount, `listing.unknown_code` of a currency or unit that no list has.
    """
    stated = dict(zip(PRICE_FIELDS, (amount, currency, unit), strict=True))
    if any(value is not None for value in stated.values()):
        yield from (Problem("price.incomplete", column=name) for name in _missing(stated))
    if amount is not None:
        yield from _amount_problems(amount)
    if currency is not None and currency not in CURRENCIES:
        yield _unknown("storage_price_currency", currency)
    if unit is not None and unit not in PRICE_UNITS:
        yield _unknown("storage_price_unit", unit)


def _missing(stated: dict[str, Decimal | str | None]) -> Iterator[str]:
    return (name for name, value in stated.items() if value is None)


def _amount_problems(amount: Decimal) -> Iterator[Problem]:
    if not amount.is_finite() or amount <= 0:
        yield Problem("price.not_positive", column="storage_price", facts={"value": str(amount)})
    elif amount >= BELOW:
        yield Problem("price.too_large", column="storage_price", facts={"below": f"{BELOW:,}"})
    elif amount != round(amount, DECIMALS):
        yield Problem("price.too_fine", column="storage_price", facts={"most": DECIMALS})


def _unknown(column: str, code: str) -> Problem:
    return Problem("listing.unknown_code", column=column, facts={"value": code})
