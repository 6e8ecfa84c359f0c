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

# Haversine and geodesic order two hubs differently only when they are nearly as far: settle it among this many.
_CONTENDERS = 4


def nearest_port(
    latitude: float, longitude: float, *, major_only: bool = True, gazetteer: Gazetteer | None = None
) -> tuple[Place, float]:
    """The port nearest to a WGS-84 point and the kilometres to it."""
    return _nearest(latitude, longitude, "port", major_only=major_only, gazetteer=gazetteer)


def nearest_airport(
    latitude: float, longitude: float, *, gazetteer: Gazetteer | None = None
) -> tuple[Place, float]:
    """The cargo airport of the supplement nearest to a WGS-84 point and the kilometres to it."""
    return _nearest(latitude, longitude, "airport", major_only=True, gazetteer=gazetteer)


def _nearest(
    latitude: float,
    longitude: float,
    kind: Literal["port", "airport"],
    *,
    major_only: bool,
    gazetteer: Gazetteer | None,
) -> tuple[Place, float]:
    hubs, latitudes, longitudes = _hubs(gazetteer or default_gazetteer(), kind, major_only)
    order = np.argsort(haversine_km(latitude, longitude, latitudes, longitudes), kind="stable")[:_CONTENDERS]
    contenders = [hubs[index] for index in order]
    measured = [
        (geodesic_km((latitude, longitude), (hub.latitude, hub.longitude)), hub) for hub in contenders
    ]
    kilometres, hub = min(measured, key=lambda pair: pair[0])
    return hub, kilometres


@functools.cache
def _hubs(
    gazetteer: Gazetteer,
    kind: Literal["port", "airport"],
    major_only: bool,  # noqa: FBT001 (a key of the cache)
) -> tuple[list[Place], NDArray[np.float64], NDArray[np.float64]]:
    hubs = gazetteer.of_kind(kind, supplement_only=major_only)
    return hubs, np.array([hub.latitude for hub in hubs]), np.array([hub.longitude for hub in hubs])
