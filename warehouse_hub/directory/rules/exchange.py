"""Comparing prices of several currencies: rates into yuan, each in force from a day on until the next of its currency.

The one thing to get wrong: a currency without a rate compares with nothing. Its prices stay unconverted; none is
taken to be worth the same number of yuan.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from warehouse_hub.core.errors import Problem
from warehouse_hub.directory.rules.storage_price import HOME_CURRENCY, StoragePrice
from warehouse_hub.vocabulary.codes import CURRENCIES

RATE_DECIMALS: Final = 10
RATE_BELOW: Final = Decimal(100_000)
LONGEST_SOURCE: Final = 500


@dataclass(frozen=True)
class Rate:
    """So many yuan for one of `currency`, from the civil date `valid_from` on."""

    currency: str
    valid_from: date
    cny_for_one: Decimal
    source: str


@dataclass(frozen=True)
class Converted:
    """A price in yuan for one unit; `rate` is None where it was stated in yuan."""

    cny: Decimal
    rate: Rate | None


@dataclass(frozen=True)
class Rates:
    """The rate of each currency that is in force on one day."""

    by_currency: Mapping[str, Rate] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Tells these rates from others that are worth something else."""
        worth = sorted(
            f"{rate.currency} {rate.cny_for_one.normalize()}" for rate in self.by_currency.values()
        )
        return hashlib.blake2b("\n".join(worth).encode(), digest_size=6).hexdigest()

    def of(self, currency: str) -> Decimal | None:
        """Yuan for one of `currency`; 1 for the yuan itself, None where no rate is kept."""
        if currency == HOME_CURRENCY:
            return Decimal(1)
        rate = self.by_currency.get(currency)
        return None if rate is None else rate.cny_for_one

    def converted(self, price: StoragePrice | None) -> Converted | None:
        """A price in yuan, not rounded; None for no price and for one whose currency has no rate."""
        cny_for_one = None if price is None else self.of(price.currency)
        if price is None or cny_for_one is None:
            return None
        return Converted(price.amount * cny_for_one, self.by_currency.get(price.currency))


def rate_problems(currency: str, cny_for_one: Decimal, source: str) -> Iterator[Problem]:
    """What forbids a rate from being kept; nothing for a good one."""
    if currency not in CURRENCIES:
        yield Problem("listing.unknown_code", column="currency", facts={"value": currency})
    elif currency == HOME_CURRENCY:
        yield Problem("rate.of_the_yuan", column="currency")
    if not cny_for_one.is_finite() or not 0 < cny_for_one < RATE_BELOW:
        yield Problem("rate.out_of_range", column="cny_for_one", facts={"below": f"{RATE_BELOW:,}"})
    elif cny_for_one != round(cny_for_one, RATE_DECIMALS):
        yield Problem("rate.too_fine", column="cny_for_one", facts={"most": RATE_DECIMALS})
    if len(source) > LONGEST_SOURCE:
        yield Problem("listing.text_too_long", column="source", facts={"most": LONGEST_SOURCE})
