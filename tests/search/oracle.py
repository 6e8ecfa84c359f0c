"""Search by going through every listing one by one: slow, plain, and what the engine is held against."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from search.fleet import TOWNS

from warehouse_hub.directory.published import PublishedListing
from warehouse_hub.places.distance import geodesic_km
from warehouse_hub.search.language.understanding import understand
from warehouse_hub.search.query import SearchQuery
from warehouse_hub.search.text.fields import indexed_text
from warehouse_hub.vocabulary.codes import RECORD_CLASSES, SERVICES
from warehouse_hub.vocabulary.region_sets import REGION_SETS, members

TODAY = date(2026, 11, 23)
MEMBERS = {code: members(code, TODAY) for code in REGION_SETS.codes}
FACET_CODES = {
    "country": [*[town[0] for town in TOWNS], "CN", "FR"],
    "service": SERVICES.codes,
    "record_class": RECORD_CLASSES.codes,
    "region_set": REGION_SETS.codes,
}


def passes(listing: PublishedListing, query: SearchQuery) -> bool:
    return _plain(listing, query) and _in_place(listing, query)


def unplaced(listing: PublishedListing, query: SearchQuery) -> bool:
    return _plain(listing, query) and listing.latitude is None


def facets(listings: list[PublishedListing], query: SearchQuery) -> dict[str, dict[str, int]]:
    """Each count is the total of the same search with that one value chosen."""
    counts = {}
    for name, codes in FACET_CODES.items():
        others = [listing for listing in listings if passes(listing, replace(query, **{name: ()}))]
        chosen = {
            code: results(others, SearchQuery(dataset=query.dataset, **{name: (code,)})) for code in codes
        }
        counts[name] = {code: len(found) for code, found in chosen.items() if found}
    return counts


def results(listings: list[PublishedListing], query: SearchQuery) -> set[str]:
    return {listing.id for listing in listings if passes(listing, query)}


def _plain(listing: PublishedListing, query: SearchQuery) -> bool:
    offered = {code for code, stated in listing.services.items() if stated}
    countries = [MEMBERS[code] for code in query.region_set]
    return (
        listing.dataset == query.dataset
        and (not query.ids or listing.id in query.ids)
        and (not query.country or listing.country in query.country)
        and (not countries or any(listing.country in some for some in countries))
        and offered.issuperset(query.service)
        and (not query.service_any or bool(offered & set(query.service_any)))
        and (not query.goods or bool(set(listing.goods) & set(query.goods)))
        and (not query.platform or bool(set(listing.platforms) & set(query.platform)))
        and (not query.record_class or listing.record_class in query.record_class)
        and (
            query.min_available_m2 is None
            or (listing.available_m2 is not None and float(listing.available_m2) >= query.min_available_m2)
        )
        and _says(listing, query.q)
    )


def _says(listing: PublishedListing, text: str) -> bool:
    words = understand(text, literal=True).words
    tokens = _tokens(listing) if words else frozenset()
    return all(tokens >= set(word.tokens) or tokens & set(word.instead) for word in words)


def _in_place(listing: PublishedListing, query: SearchQuery) -> bool:
    if query.within_km is None and query.bbox is None:
        return True
    if listing.latitude is None or listing.longitude is None:
        return False
    near = (
        query.within_km is None
        or query.near is None
        or (geodesic_km(query.near, (listing.latitude, listing.longitude)) <= query.within_km)
    )
    if query.bbox is None:
        return near
    west, east = query.bbox.west, query.bbox.east
    across = (
        west <= listing.longitude <= east
        if west <= east
        else listing.longitude >= west or listing.longitude <= east
    )
    return near and across and query.bbox.south <= listing.latitude <= query.bbox.north


_SAID: dict[str, frozenset[str]] = {}


def _tokens(listing: PublishedListing) -> frozenset[str]:
    key = f"{listing.dataset} {listing.id} {listing.revision}"
    if key not in _SAID:
        _SAID[key] = frozenset(indexed_text(listing).impacts)
    return _SAID[key]
