"""Whether two engines gave the same answer: totals, facets, and the order of a page where it is well defined.

The one thing to get wrong: engines weigh words differently and break ties differently, so a page is compared by the
areas or distances that it is in order of, and a page by relevance only by its length.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy.orm import Session

from warehouse_hub.directory.published import PublishedListing, published_listings
from warehouse_hub.operations.bench.answer import HUB, Measured
from warehouse_hub.operations.bench.question import Found
from warehouse_hub.operations.bench.search_queries import Asked
from warehouse_hub.places.distance import geodesic_km

# Distances are compared to the centimetre.
_PLACES = 5


def disagreements(session: Session, asked: Asked, ours: Found, others: Mapping[str, Found]) -> Iterator[str]:
    """One line for everything in which another engine differs from ours."""
    expected = _keys(session, asked, ours.ids)
    for name, other in others.items():
        if other.total != ours.total:
            yield f"{asked.name}: {name} finds {other.total}, ours {ours.total}"
        for facet in sorted(ours.facets.keys() & other.facets.keys()):
            if dict(other.facets[facet]) != dict(ours.facets[facet]):
                yield f"{asked.name}: {name} counts facet {facet} differently"
        if _keys(session, asked, other.ids) != expected:
            yield f"{asked.name}: {name} has another page"


def drawn_differently(results: Sequence[Measured]) -> Iterator[str]:
    """One line for every part of the map in which another engine counts other places than ours."""
    ours = {one.query: one.total for one in results if one.engine == HUB}
    for one in results:
        if one.engine != HUB and one.total != ours[one.query]:
            yield f"{one.query}: {one.engine} counts {one.total}, ours {ours[one.query]}"


def _keys(session: Session, asked: Asked, ids: Sequence[str]) -> list[float | None]:
    by_id = {listing.id: listing for listing in published_listings(session, ids=ids)}
    return [_key(asked, by_id[listing]) for listing in ids]


def _key(asked: Asked, listing: PublishedListing) -> float | None:
    query = asked.query
    if query.order == "available":
        return None if listing.available_m2 is None else float(listing.available_m2)
    if query.order == "distance" and query.near is not None and listing.latitude is not None:
        here = (listing.latitude, listing.longitude or 0.0)
        return round(geodesic_km(query.near, here), _PLACES)
    return None
