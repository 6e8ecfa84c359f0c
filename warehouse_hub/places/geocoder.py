"""geopy's geocoder interface over the bundled gazetteer, for whatever already speaks geopy.

geopy's `geocode` promises a best guess, so whoever calls it reads `raw["candidates"]` before believing the point;
an import calls `locate`, which does not guess. Neither resolves streets: the best precision is "city".
"""

from __future__ import annotations

from typing import Any

import numpy as np
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder  # type: ignore[import-untyped]
from geopy.location import Location  # type: ignore[import-untyped]
from geopy.point import Point  # type: ignore[import-untyped]
from numpy.typing import NDArray

from warehouse_hub.places.distance import geodesic_km, haversine_km
from warehouse_hub.places.gazetteer import Gazetteer, Place, default_gazetteer
from warehouse_hub.places.locating import Ambiguous, Located, NotLocated, Precision, locate, precision_of

__all__ = ["Ambiguous", "Located", "NotLocated", "OfflineGeocoder", "Precision", "locate"]


class OfflineGeocoder(Geocoder):  # type: ignore[misc]  # geopy ships no types
    """geopy's interface over the bundled gazetteer; never touches the network."""

    def __init__(self, gazetteer: Gazetteer | None = None, **options: Any) -> None:
        super().__init__(**options)
        self._gazetteer = gazetteer or default_gazetteer()
        self._towns: tuple[list[Place], NDArray[np.float64]] | None = None

    def geocode(
        self,
        query: str,
        exactly_one: bool = True,  # noqa: FBT001, FBT002 (geopy's signature)
        *,
        country: str | None = None,
        subdivision: str | None = None,
        timeout: Any = DEFAULT_SENTINEL,
    ) -> Location | list[Location] | None:
        """The best place, or all candidates best first when not `exactly_one`; None when there is none.

        `raw` carries provider, precision, the number of candidates, whether they are ambiguous, and the place's codes.
        """
        outcome = locate(query, country=country, subdivision=subdivision, gazetteer=self._gazetteer)
        if isinstance(outcome, NotLocated):
            return None
        places = [outcome.place] if isinstance(outcome, Located) else list(outcome.candidates)
        locations = [_location(place, candidates=len(places)) for place in places]
        return locations[0] if exactly_one else locations

    def reverse(
        self,
        query: Any,
        exactly_one: bool = True,  # noqa: FBT001, FBT002 (geopy's signature)
        *,
        timeout: Any = DEFAULT_SENTINEL,
        limit: int = 5,
    ) -> Location | list[Location] | None:
        """The nearest town of the gazetteer, or the `limit` nearest; `raw["distance_km"]` says how near.

        Takes whatever geopy takes as a point, (latitude, longitude) among it. The nearest town can lie across a border.
        """
        point = Point(query)
        towns, coordinates = self._all_towns()
        order = np.argsort(
            haversine_km(point.latitude, point.longitude, coordinates[:, 0], coordinates[:, 1])
        )
        locations = [
            _location(
                towns[index],
                candidates=1,
                distance_km=geodesic_km((point.latitude, point.longitude), tuple(coordinates[index])),
            )
            for index in order[: 1 if exactly_one else limit]
        ]
        return locations[0] if exactly_one else locations

    def _all_towns(self) -> tuple[list[Place], NDArray[np.float64]]:
        if self._towns is None:
            towns = self._gazetteer.largest(at_least=1)
            self._towns = towns, np.array([(town.latitude, town.longitude) for town in towns])
        return self._towns


def _location(place: Place, *, candidates: int, **more: Any) -> Location:
    address = ", ".join(part for part in (place.name, place.subdivision, place.country) if part)
    raw = {
        "provider": f"gazetteer:{place.provider}",
        "precision": precision_of(place),
        "candidates": candidates,
        "ambiguous": candidates > 1,
        "place_id": place.id,
        "name": place.name,
        "name_zh": place.name_zh,
        "country": place.country,
        "subdivision": place.subdivision,
        "kind": place.kind,
        **more,
    }
    return Location(address, (place.latitude, place.longitude), raw)
