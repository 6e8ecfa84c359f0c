"""A listing as the API writes it: codes, never labels; unknown is null, a service that nobody reported is absent."""

from __future__ import annotations

from typing import Any

from flask import url_for

from warehouse_hub.directory.published import PublishedListing
from warehouse_hub.directory.rules.facts import Statement


def summary(
    listing: PublishedListing, *, score: float | None = None, distance_km: float | None = None
) -> dict[str, Any]:
    """A row of a result list."""
    return {
        "id": listing.id,
        "name": listing.name_zh or listing.name_en,
        "name_zh": listing.name_zh,
        "name_en": listing.name_en,
        "country": listing.country,
        "city": listing.city,
        "city_zh": listing.city_zh,
        "latitude": listing.latitude,
        "longitude": listing.longitude,
        "record_class": listing.record_class,
        "stage": listing.stage,
        "operator_zh": listing.operator_zh,
        "operator_en": listing.operator_en,
        "services": dict(listing.services),
        "total_m2": _number(listing.total_m2),
        "rentable_m2": _number(listing.rentable_m2),
        "available_m2": _number(listing.available_m2),
        "grade": listing.grade,
        "grade_date": _day(listing.grade_date),
        "dataset": listing.dataset,
        "score": None if score is None else round(score, 6),
        "distance_km": None if distance_km is None else round(distance_km, 3),
        "address": url_for("warehouse.page", warehouse_id=listing.id, _external=True),
    }


def detail(listing: PublishedListing) -> dict[str, Any]:
    """One listing in full: evidence and every capacity statement."""
    return {
        **{
            name: value
            for name, value in summary(listing).items()
            if name not in {"score", "distance_km", "name"}
        },
        "revision": listing.revision,
        "published_at": listing.published_at.isoformat(),
        "subdivision": listing.subdivision,
        "street_address": listing.address,
        "geocode_precision": listing.geocode_precision,
        "hub": listing.hub,
        "hub_km": listing.hub_km,
        "tenure": listing.tenure,
        "site_group": listing.site_group,
        "home_district": listing.home_district,
        "operator_parent": listing.operator_parent,
        "goods": list(listing.goods),
        "platforms": list(listing.platforms),
        "systems": list(listing.systems),
        "languages": list(listing.languages),
        "opened": _day(listing.opened),
        "lease_end": _day(listing.lease_end),
        "rate_hint": listing.rate_hint,
        "description": listing.description,
        "source": listing.source,
        "evidence": {name: dict(value) for name, value in listing.evidence.items()},
        "capacity": [statement(line) for line in listing.capacity],
    }


def statement(line: Statement) -> dict[str, Any]:
    """A capacity statement: never a bare number."""
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


def _number(value: Any) -> int | float | None:
    if value is None:
        return None
    rounded = round(float(value), 2)
    return int(rounded) if rounded == int(rounded) else rounded


def _day(value: Any) -> str | None:
    return None if value is None else str(value.isoformat())
