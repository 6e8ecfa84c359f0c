"""A listing as the API writes it: the product's own JSON shape, with the address of its page."""

from __future__ import annotations

from typing import Any

from flask import url_for

from warehouse_hub.directory.published import PublishedListing
from warehouse_hub.directory.representation import listing_json, summary_json


def summary(
    listing: PublishedListing, *, score: float | None = None, distance_km: float | None = None
) -> dict[str, Any]:
    """A row of a result list."""
    return {**summary_json(listing, score=score, distance_km=distance_km), "address": _page_of(listing)}


def detail(listing: PublishedListing) -> dict[str, Any]:
    """One listing in full: evidence and every capacity statement."""
    return {**listing_json(listing), "address": _page_of(listing)}


def _page_of(listing: PublishedListing) -> str:
    address: str = url_for("warehouse.page", warehouse_id=listing.id, _external=True)
    return address
