"""The order by price: yuan for one unit, by the rates in force on one day.

The one thing to get wrong: a price for another unit is no price here. What a pallet costs a month says nothing of
what a cubic metre costs a day, so it stands last with the unknown ones.
"""

from __future__ import annotations

import threading
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.core.database import Database
from warehouse_hub.directory.exchange_rates import rates_on
from warehouse_hub.directory.rules.exchange import Rates
from warehouse_hub.search.rows.schema import NO_CODE, Columns
from warehouse_hub.vocabulary.codes import CURRENCIES, PRICE_UNITS

Floats = NDArray[np.float64]
Rows = NDArray[np.uint32]

_UNIT_PLACES: Final = {code: place for place, code in enumerate(PRICE_UNITS.codes)}
_MOST_DAYS: Final = 16
# Finer than the prices and the rates that are kept, coarser than what a product of two floats is wrong by.
_DECIMALS: Final = 9


@dataclass(frozen=True)
class Pricing:
    """What an order by price compares: yuan for one `unit` (a code of PRICE_UNITS), by the `rates` of one day."""

    unit: str
    rates: Rates


def price_keys(columns: Columns, rows: Rows, pricing: Pricing) -> Floats:
    """Keys of rows by price, the lowest first; infinity, which is last, for another unit, no price or no rate."""
    keys = np.full(len(rows), np.inf)
    places = rows.astype(np.intp)
    by_unit = np.flatnonzero(columns.price_unit[places] == _UNIT_PLACES[pricing.unit])
    places = places[by_unit]
    worth = columns.price[places] * _cny_by_place(pricing.rates)[columns.price_currency[places]]
    # Rounded, so that what is the same price in two currencies is a tie; to fmin NaN is more than infinity.
    keys[by_unit] = np.fmin(np.round(worth, _DECIMALS), np.inf)
    return keys


def _cny_by_place(rates: Rates) -> Floats:
    """Yuan for one of each currency by its place in the list, NaN where no rate is kept."""
    found = np.full(NO_CODE + 1, np.nan)
    for place, code in enumerate(CURRENCIES.codes):
        cny_for_one = rates.of(code)
        if cny_for_one is not None:
            found[place] = float(cny_for_one)
    return found


class RatesAtHand:
    """The rates in force on a day, read again only after a commit; safe for the threads of a process."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._mark: Hashable = None
        self._known: dict[tuple[str, date], Rates] = {}

    def on(self, dataset: str, day: date) -> Rates:
        """What `rates_on` tells, including every commit that stood before this call."""
        # Taken before reading: what is committed in between only makes the next call read again.
        mark = self._database.watch.mark()
        with self._lock:
            if mark == self._mark and (dataset, day) in self._known:
                return self._known[dataset, day]
        with self._database.reading() as session:
            rates = rates_on(session, dataset, day)
        with self._lock:
            if mark != self._mark or len(self._known) >= _MOST_DAYS:
                self._mark, self._known = mark, {}
            self._known[dataset, day] = rates
        return rates
