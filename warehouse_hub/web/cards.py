"""A listing as a card of a result list: what decides, and how it meets what was asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from warehouse_hub.directory.published import PublishedListing
from warehouse_hub.directory.rules.exchange import Rates
from warehouse_hub.vocabulary.codes import SERVICES
from warehouse_hub.web.display import ShownFigure, deciding_figure
from warehouse_hub.web.prices import ShownPrice, shown_price

# How long a grade counts as fresh: a report in the press as long as a check on site, the operator's own word least.
FRESH_DAYS = {"reported": 365, "stated": 90, "documented": 180, "verified": 365}
SERVICES_ON_A_CARD = 6


@dataclass(frozen=True)
class Requirement:
    """One service and whether it is offered: True, False, or None when nobody said."""

    code: str
    offered: bool | None


@dataclass(frozen=True)
class Card:
    """One row of a result list. `number` is the pin's number on the map; `price` is in yuan too where the order is by
    price.
    """

    number: int
    listing: PublishedListing
    figure: ShownFigure | None
    price: ShownPrice
    requirements: tuple[Requirement, ...]
    more_services: int
    distance_km: float | None
    aged: bool

    @property
    def located(self) -> bool:
        return self.listing.latitude is not None and self.listing.longitude is not None


def card(
    number: int,
    listing: PublishedListing,
    *,
    asked: Sequence[str] = (),
    distance_km: float | None = None,
    today: date,
    rates: Rates | None = None,
    compared: str | None = None,
) -> Card:
    """The card of `listing`: the services that were asked for, or else the first that it offers.

    `rates` are those of an order by price, `compared` the unit of that order.
    """
    requirements = requirements_of(listing, asked)
    offered = sum(1 for state in listing.services.values() if state)
    return Card(
        number=number,
        listing=listing,
        figure=deciding_figure(listing),
        price=shown_price(listing, rates or Rates(), compared),
        requirements=requirements,
        more_services=0 if asked else max(0, offered - len(requirements)),
        distance_km=distance_km,
        aged=is_aged(listing.grade, listing.grade_date, today),
    )


def requirements_of(listing: PublishedListing, asked: Iterable[str]) -> tuple[Requirement, ...]:
    """How the listing stands to what was asked; without a question, what it offers in the order of the vocabulary."""
    wanted = tuple(asked)
    if wanted:
        return tuple(Requirement(code, listing.services.get(code)) for code in wanted)
    offered = [code for code in SERVICES.codes if listing.services.get(code)]
    return tuple(Requirement(code, True) for code in offered[:SERVICES_ON_A_CARD])


def is_aged(grade: str, day: date | None, today: date) -> bool:
    """Whether evidence of that grade and date is out of date; without a date it cannot be told and is not claimed."""
    return day is not None and day < today - timedelta(days=FRESH_DAYS.get(grade, 365))
