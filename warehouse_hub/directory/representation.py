"""A published listing as JSON: the one shape that the API, the command and an edition's neighbours speak.

Codes, not labels; decimals and dates as strings; unknown is null and a service nobody spoke of is absent.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from warehouse_hub.directory.published import PublishedListing
from warehouse_hub.directory.rules.facts import Statement


def summary_json(listing: PublishedListing) -> dict[str, Any]:
    """What a result list shows of a listing."""
    return {
        "id": listing.id,
        "dataset": listing.dataset,
        "name": listing.name("zh"),
        "name_zh": listing.name_zh,
        "name_en": listing.name_en,
        "operator": listing.operator("zh"),
        "country": listing.country,
        "subdivision": listing.subdivision,
        "city": listing.city,
        "city_zh": listing.city_zh,
        "latitude": listing.latitude,
        "longitude": listing.longitude,
        "geocode_precision": listing.geocode_precision,
        "record_class": listing.record_class,
        "stage": listing.stage,
        "services": dict(sorted(listing.services.items())),
        "total_m2": _text(listing.total_m2),
        "available_m2": _text(listing.available_m2),
        "grade": listing.grade,
        "grade_date": _text(listing.grade_date),
        "source": listing.source,
    }


def listing_json(listing: PublishedListing) -> dict[str, Any]:
    """Everything that is in print of a listing."""
    return {
        **summary_json(listing),
        "operator_zh": listing.operator_zh,
        "operator_en": listing.operator_en,
        "operator_parent": listing.operator_parent,
        "home_district": listing.home_district,
        "address": listing.address,
        "hub": listing.hub,
        "hub_km": listing.hub_km,
        "tenure": listing.tenure,
        "goods": list(listing.goods),
        "platforms": list(listing.platforms),
        "systems": list(listing.systems),
        "languages": list(listing.languages),
        "opened": _text(listing.opened),
        "lease_end": _text(listing.lease_end),
        "rate_hint": listing.rate_hint,
        "description": listing.description,
        "capacity": [statement_json(line) for line in listing.capacity],
        "evidence": {name: dict(mark) for name, mark in listing.evidence.items()},
        "revision": listing.revision,
        "published_at": listing.published_at.isoformat(),
    }


def statement_json(line: Statement) -> dict[str, Any]:
    """A capacity statement with everything that makes its number mean something."""
    return {
        "value": _text(line.value),
        "unit": line.unit,
        "basis": line.basis,
        "as_of": _text(line.as_of),
        "grade": line.grade,
        "source": line.source,
        "printed": line.printed,
        "shared_by": line.shared_by,
    }


def _text(value: object) -> str | None:
    return None if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)
