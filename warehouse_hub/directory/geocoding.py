"""Put a listing on the map from what it says about its place, offline; never by guessing.

The one thing to get wrong: a state or a country also has a point, its middle, where no warehouse stands. So only a
town gives coordinates; an ambiguous or unknown town, a region or a country leaves them unknown.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from warehouse_hub.core.errors import Problem
from warehouse_hub.directory.rules.facts import ListingFacts
from warehouse_hub.places.distance import haversine_km_between
from warehouse_hub.places.geocoder import Ambiguous, Located, NotLocated, locate

# A point this far from the town it is said to stand in has a slip in it: swapped, or a sign or a digit wrong.
FAR_KM = 200.0
# Far from the town as written, and near it the other way round: there is no doubt what happened.
SWAPPED = "place.coordinates_swapped"
# "Houston TX": the state without its comma.
_STATE_BEHIND = re.compile(r"(.*\w)\s+([A-Z]{2})")


def located(facts: ListingFacts) -> tuple[ListingFacts, tuple[Problem, ...]]:
    """The same facts with coordinates, precision and both names of the town as far as they are certain; and warnings.

    Coordinates that were stated are kept. Warnings: "place.ambiguous" with candidates, "place.unknown",
    "place.far_from_city", and SWAPPED, for which a row is to be refused.
    """
    found = _find(facts.country, facts.subdivision, facts.city or facts.city_zh)
    warnings: list[Problem] = []
    if isinstance(found, Located) and found.precision == "city":
        facts = _named(facts, found)
    if facts.latitude is not None and facts.longitude is not None:
        if isinstance(found, Located) and found.precision == "city":
            point = (found.place.latitude, found.place.longitude)
            apart = haversine_km_between((facts.latitude, facts.longitude), point)
            if apart > FAR_KM:
                there = haversine_km_between((facts.longitude, facts.latitude), point)
                code = SWAPPED if there <= FAR_KM else "place.far_from_city"
                warnings.append(Problem(code, column="latitude", facts={"km": round(apart)}))
        if facts.geocode_precision == "unknown":
            facts = replace(facts, geocode_precision="address" if facts.address else "city")
        return facts, tuple(warnings)
    if isinstance(found, Located) and found.precision == "city":
        place = found.place
        return replace(
            facts, latitude=place.latitude, longitude=place.longitude, geocode_precision="city"
        ), tuple(warnings)
    if isinstance(found, Ambiguous):
        candidates = [", ".join(filter(None, (p.name, p.subdivision, p.country))) for p in found.candidates]
        warnings.append(Problem("place.ambiguous", column="city", facts={"candidates": candidates}))
    elif isinstance(found, NotLocated):
        warnings.append(Problem("place.unknown", column="city", facts={"text": found.text}))
    return _coarse(facts, found), tuple(warnings)


def _coarse(facts: ListingFacts, found: Located | Ambiguous | NotLocated | None) -> ListingFacts:
    """As exact as the state, if one is known, else as the country; a state's name becomes its code."""
    if facts.subdivision is None and not isinstance(found, Located):
        return replace(facts, geocode_precision="country")
    region = found if isinstance(found, Located) else _find(facts.country, None, facts.subdivision)
    code = region.place.subdivision if isinstance(region, Located) and region.precision == "region" else None
    return replace(facts, geocode_precision="region", subdivision=code or facts.subdivision)


def _named(facts: ListingFacts, found: Located) -> ListingFacts:
    """Fill in the town's other name and its state; "Perris, CA" becomes the town and the state that it says."""
    place = found.place
    city = facts.city
    if city is None or ("," in city and not found.ignored):
        city = place.name
    return replace(
        facts,
        city=city,
        city_zh=facts.city_zh or place.name_zh,
        subdivision=place.subdivision or facts.subdivision,
    )


@lru_cache(maxsize=4096)
def _find(country: str, subdivision: str | None, city: str | None) -> Located | Ambiguous | NotLocated | None:
    if not city or not country:
        return None
    # A state is written as a code or as a name in either language, so it goes in with the text.
    text = f"{city}, {subdivision}" if subdivision else city
    found = locate(text, country=country)
    if isinstance(found, NotLocated):
        other = _otherwise_written(text)
        again = locate(other, country=country) if other else found
        found = again if isinstance(again, Located) else found
    return found


def _otherwise_written(text: str) -> str | None:
    """洛杉矶市 is 洛杉矶, and "Houston TX" is "Houston, TX"."""
    if match := _STATE_BEHIND.fullmatch(text):
        return f"{match[1]}, {match[2]}"
    return text.removesuffix("市") if text.endswith("市") and len(text) > 2 else None
