"""The hub of a site: the port or airport nearest to a point, with the geodesic distance that is printed.

Nearest as the crow flies, not by road: a site in Tashkent gets a port on the Caspian. Major ports are those of the
supplement, which a forwarder would name; the minor ones of the sea-ports package serve only "any port at all".
"""

from __future__ import annotations

import functools
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.places.distance import geodesic_km, haversine_km
from warehouse_hub.places.gazetteer import Gazetteer, Place, default_gazetteer

# Haversine is within 0.56 % of the geodesic, so a hub that is farther by more than twice that is not the nearer one.
_NO_NEARER = 1.012


def nearest_port(
    latitude: float, longitude: float, *, major_only: bool = True, gazetteer: Gazetteer | None = None
) -> tuple[Place, float]:
    """The port nearest to a WGS-84 point and the kilometres to it."""
    return _nearest(latitude, longitude, "port", 1, major_only=major_only, gazetteer=gazetteer)[0]


def nearest_ports(
    latitude: float,
    longitude: float,
    most: int = 3,
    *,
    major_only: bool = True,
    gazetteer: Gazetteer | None = None,
) -> tuple[tuple[Place, float], ...]:
    """The ports nearest to a WGS-84 point, nearest first, each with the kilometres to it."""
    return _nearest(latitude, longitude, "port", most, major_only=major_only, gazetteer=gazetteer)


def nearest_airport(
    latitude: float, longitude: float, *, gazetteer: Gazetteer | None = None
) -> tuple[Place, float]:
    """The cargo airport of the supplement nearest to a WGS-84 point and the kilometres to it."""
    return _nearest(latitude, longitude, "airport", 1, major_only=True, gazetteer=gazetteer)[0]


def _nearest(
    latitude: float,
    longitude: float,
    kind: Literal["port", "airport"],
    most: int,
    *,
    major_only: bool,
    gazetteer: Gazetteer | None,
) -> tuple[tuple[Place, float], ...]:
    hubs, latitudes, longitudes = _hubs(gazetteer or default_gazetteer(), kind, major_only)
    quick = haversine_km(latitude, longitude, latitudes, longitudes)
    edge = np.sort(quick)[:most][-1] * _NO_NEARER
    measured = [
        (hubs[index], geodesic_km((latitude, longitude), (hubs[index].latitude, hubs[index].longitude)))
        for index in np.flatnonzero(quick <= edge).tolist()
    ]
    return tuple(sorted(measured, key=lambda pair: pair[1])[:most])


@functools.cache
def _hubs(
    gazetteer: Gazetteer,
    kind: Literal["port", "airport"],
    major_only: bool,  # noqa: FBT001 (a key of the cache)
) -> tuple[list[Place], NDArray[np.float64], NDArray[np.float64]]:
    hubs = gazetteer.of_kind(kind, supplement_only=major_only)
    return hubs, np.array([hub.latitude for hub in hubs]), np.array([hub.longitude for hub in hubs])
