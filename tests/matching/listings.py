"""Published listings as values, for matching without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from builders import in_print

from warehouse_hub.directory.published import PublishedListing
from warehouse_hub.directory.rules.facts import ListingFacts, Statement

DUISBURG = (51.4325, 6.7652)
VENLO = (51.3704, 6.1724)
HANOVER = (52.3705, 9.7332)
MUNICH = (48.1374, 11.5755)


def holds(value: int, unit: str = "m2", basis: str = "available", **facts: Any) -> Statement:
    """A capacity statement of a site's own."""
    return Statement(value=Decimal(value), unit=unit, basis=basis, as_of=date(2026, 11, 1), **facts)


def listing(key: str = "DEMO-DE-0001", **changes: Any) -> PublishedListing:
    """A public bonded warehouse in Duisburg with 3,000 m² to offer, unless changed."""
    latitude, longitude = changes.pop("at", DUISBURG)
    plain = ListingFacts(
        country="DE",
        name_en="Demo Rhein",
        latitude=latitude,
        longitude=longitude,
        geocode_precision="city",
        record_class="public",
        stage="operating",
        services={"bonded": True, "dropship": True, "cold": False},
        goods=("general", "hair"),
        platforms=("amazon",),
        grade="documented",
        grade_date=date(2026, 11, 1),
        capacity=(holds(3000), holds(8000, basis="gross")),
    )
    return in_print(plain, **{"id": key, "published_at": datetime(2026, 11, 1, tzinfo=UTC), **changes})
