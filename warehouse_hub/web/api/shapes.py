"""A listing as the API writes it: the product's own JSON shape, with the address of its page."""

from __future__ import annotations

from typing import Any

from flask import url_for

from warehouse_hub.directory.published import PublishedListing
from warehouse_hub.directory.representation import listing_json, summary_json
from warehouse_hub.directory.rules.exchange import Rates
from warehouse_hub.places.hubs import nearest_ports


def summary(
    listing: PublishedListing,
    *,
    score: float | None = None,
    distance_km: float | None = None,
    rates: Rates | None = None,
) -> dict[str, Any]:
    """A row of a result list; prices in yuan by `rates`."""
    told = summary_json(listing, score=score, distance_km=distance_km, rates=rates)
    return {**told, "address": _page_of(listing)}


def detail(listing: PublishedListing, rates: Rates) -> dict[str, Any]:
    """One listing in full: evidence, every capacity statement, and the three nearest major ports."""
    return {**listing_json(listing, rates), "nearest_ports": _ports(listing), "address": _page_of(listing)}


def _ports(listing: PublishedListing) -> list[dict[str, Any]]:
    """Nearest first, by the geodesic from the listing's point, which may be no more than its town's centre."""
    if listing.latitude is None or listing.longitude is None:
        return []
    return [
        {
            "id": port.id,
            "name": port.name,
            "name_zh": port.name_zh,
            "country": port.country,
            "latitude": port.latitude,
            "longitude": port.longitude,
            "distance_km": round(km, 3),
        }
        for port, km in nearest_ports(listing.latitude, listing.longitude)
    ]


def _page_of(listing: PublishedListing) -> str:
    address: str = url_for("warehouse.page", warehouse_id=listing.id, _external=True)
    return address
