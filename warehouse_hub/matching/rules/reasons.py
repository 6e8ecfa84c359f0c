"""Why a listing fits: the facts that speak for it, as codes. What speaks against it comes from the gates."""

from __future__ import annotations

from warehouse_hub.matching.need import Need
from warehouse_hub.matching.rules.candidate import Candidate, Fact
from warehouse_hub.matching.rules.capacity import available_in


def reasons(need: Need, candidate: Candidate) -> tuple[Fact, ...]:
    """The facts in favour, the most telling first; only what the listing states, never what is merely unknown."""
    listing = candidate.listing
    found: list[Fact] = []
    if candidate.nearest_km is not None:
        found.append(
            Fact(
                "match.near",
                {"place": candidate.nearest_place, "distance_km": round(candidate.nearest_km, 1)},
            )
        )
    elif listing.country in need.countries:
        found.append(Fact("match.in_country", {"country": listing.country}))
    if need.quantity is not None:
        available = available_in(listing.capacity, need.quantity.unit)
        if available is not None:
            found.append(Fact("match.has_room", {"available": available, "unit": need.quantity.unit}))
    offered = tuple(code for code in need.services if listing.services.get(code) is True)
    preferred = tuple(code for code in need.services_preferred if listing.services.get(code) is True)
    goods = tuple(code for code in need.goods_classes if code in listing.goods)
    platforms = tuple(code for code in need.platforms if code in listing.platforms)
    for code, name, codes in (
        ("match.offers", "services", offered),
        ("match.offers_preferred", "services", preferred),
        ("match.handles", "goods", goods),
        ("match.serves", "platforms", platforms),
    ):
        if codes:
            found.append(Fact(code, {name: codes}))
    if listing.record_class == "public":
        found.append(Fact("match.is_public"))
    if listing.grade in ("documented", "verified"):
        found.append(Fact("match.evidence", {"grade": listing.grade, "date": listing.grade_date}))
    return tuple(found)
