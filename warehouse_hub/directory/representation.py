"""A published listing as JSON: the one shape that the API and the command speak.

Codes, never labels; figures as numbers, dates as text; unknown is null, and a service nobody spoke of is absent.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from warehouse_hub.directory.published import PublishedListing
from warehouse_hub.directory.rules.exchange import Rate, Rates
from warehouse_hub.directory.rules.facts import Statement


def summary_json(
    listing: PublishedListing,
    *,
    score: float | None = None,
    distance_km: float | None = None,
    rates: Rates | None = None,
) -> dict[str, Any]:
    """A row of a result list. Areas in m²; `distance_km` from the point that was asked for, else null.

    A price is for one unit; in yuan, and by which rate, where `rates` has one.
    """
    return {
        "id": listing.id,
        "name": listing.name("zh"),
        "name_zh": listing.name_zh,
        "name_en": listing.name_en,
        "country": listing.country,
        "subdivision": listing.subdivision,
        "city": listing.city,
        "city_zh": listing.city_zh,
        "latitude": listing.latitude,
        "longitude": listing.longitude,
        "record_class": listing.record_class,
        "stage": listing.stage,
        "operator_zh": listing.operator_zh,
        "operator_en": listing.operator_en,
        "services": dict(sorted(listing.services.items())),
        "total_m2": _number(listing.total_m2),
        "rentable_m2": _number(listing.rentable_m2),
        "available_m2": _number(listing.available_m2),
        **price_json(listing, rates),
        "grade": listing.grade,
        "grade_date": _day(listing.grade_date),
        "dataset": listing.dataset,
        "score": None if score is None else round(score, 6),
        "distance_km": None if distance_km is None else round(distance_km, 3),
    }


def listing_json(listing: PublishedListing, rates: Rates | None = None) -> dict[str, Any]:
    """Everything that is in print of a listing, with its evidence and every capacity statement."""
    found = summary_json(listing, rates=rates)
    return {
        **{name: value for name, value in found.items() if name not in {"score", "distance_km"}},
        "operator_parent": listing.operator_parent,
        "home_district": listing.home_district,
        "street_address": listing.address,
        "geocode_precision": listing.geocode_precision,
        "hub": listing.hub,
        "hub_km": listing.hub_km,
        "tenure": listing.tenure,
        "site_group": listing.site_group,
        "goods": list(listing.goods),
        "platforms": list(listing.platforms),
        "systems": list(listing.systems),
        "languages": list(listing.languages),
        "opened": _day(listing.opened),
        "lease_end": _day(listing.lease_end),
        "rate_hint": listing.rate_hint,
        "description": listing.description,
        "source": listing.source,
        "evidence": {name: dict(mark) for name, mark in listing.evidence.items()},
        "capacity": [statement_json(line) for line in listing.capacity],
        "revision": listing.revision,
        "published_at": listing.published_at.isoformat(),
    }


def price_json(listing: PublishedListing, rates: Rates | None = None) -> dict[str, Any]:
    """What storing costs at least, all null where nobody said; `storage_price_rate` is null for a price in yuan."""
    price = listing.price
    converted = (rates or Rates()).converted(price)
    return {
        "storage_price": _amount(price.amount) if price else None,
        "storage_price_currency": price.currency if price else None,
        "storage_price_unit": price.unit if price else None,
        "storage_price_cny": _amount(converted.cny) if converted else None,
        "storage_price_rate": _rate(converted.rate) if converted and converted.rate else None,
    }


def statement_json(line: Statement) -> dict[str, Any]:
    """A capacity statement with everything that makes its number mean something; `m2` is null when it is no area."""
    return {
        "value": _number(line.value),
        "unit": line.unit,
        "basis": line.basis,
        "as_of": _day(line.as_of),
        "grade": line.grade,
        "source": line.source,
        "printed": line.printed,
        "shared_by": line.shared_by,
        "m2": _number(line.area_m2),
    }


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    rounded = round(value, 2)
    return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)


def _amount(value: Decimal) -> int | float:
    """Money as a number, to a hundredth of a cent."""
    rounded = round(value, 4)
    return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)


def _rate(rate: Rate) -> dict[str, Any]:
    return {
        "cny_for_one": float(rate.cny_for_one),
        "valid_from": rate.valid_from.isoformat(),
        "source": rate.source,
    }


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
