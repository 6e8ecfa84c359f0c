"""A storage price as pages show it: as stated, what it comes to in yuan and by which rate, or why it does not compare.

The one thing to get wrong: a conversion never stands alone. It stands beside the price that was stated, with the rate
and its day.
"""

from __future__ import annotations

from dataclasses import dataclass

from warehouse_hub.directory.rules.exchange import Rate, Rates
from warehouse_hub.directory.rules.facts import ListingFacts
from warehouse_hub.directory.rules.storage_price import HOME_CURRENCY, StoragePrice
from warehouse_hub.vocabulary.codes import CURRENCIES, PRICE_UNITS
from warehouse_hub.vocabulary.text import format_number, format_price
from warehouse_hub.web.locale import gettext as _
from warehouse_hub.web.locale import lang


@dataclass(frozen=True)
class ShownPrice:
    """A price in words. `in_yuan` and `rate` stand where it was converted, `source` is the rate's; `remark` says why it
    stands last in an order by price.
    """

    stated: str | None
    in_yuan: str | None = None
    rate: str | None = None
    source: str | None = None
    remark: str | None = None


def shown_price(listing: ListingFacts, rates: Rates, compared: str | None = None) -> ShownPrice:
    """The price of a listing by these rates; `compared` is the unit that prices are in order by, if they are."""
    price = listing.price
    if price is None:
        in_words = _("in words only, not compared") if compared and listing.rate_hint else None
        return ShownPrice(None, remark=in_words)
    stated = price_text(price)
    converted = rates.converted(price)
    if converted is None:
        return ShownPrice(stated, remark=_("no exchange rate, not compared") if compared else None)
    remark = _("by another unit, not compared") if compared not in (None, price.unit) else None
    if converted.rate is None:
        return ShownPrice(stated, remark=remark)
    # To the fen, or to a hundredth of one where that would say too little.
    decimals = 2 if converted.cny >= 1 else 4
    in_yuan = format_price(lang(), converted.cny, HOME_CURRENCY, price.unit, decimals)
    return ShownPrice(
        stated,
        _("about %(price)s") % {"price": in_yuan},
        rate_text(converted.rate),
        converted.rate.source,
        remark,
    )


def price_text(price: StoragePrice) -> str:
    """0.45 美元/m³·天, USD 0.45 per m³ and day."""
    return format_price(lang(), price.amount, price.currency, price.unit)


def rate_text(rate: Rate) -> str:
    """By which rate a price was converted, and from when that is in force: 1 USD = 7.1 CNY from 2026-11-02."""
    return _("1 %(currency)s = %(rate)s CNY from %(day)s") % {
        "rate": format_number(lang(), rate.cny_for_one),
        "currency": CURRENCIES.label(rate.currency, lang()) if lang() == "zh" else rate.currency,
        "day": rate.valid_from.isoformat(),
    }


def unit_choices() -> tuple[tuple[str, str], ...]:
    """The units that prices can be in order by, with their labels."""
    return tuple((each.code, each.label(lang())) for each in PRICE_UNITS)
