"""Distances, boxes and map coordinates over whole columns.

Distances follow the ellipsoid, not a sphere, so that the order of results and the edge of a radius agree with the
geodesic that is printed: a listing shown at 100.3 km in a search within 100 km is a wrong answer.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from warehouse_hub.places.distance import geodesic_km

Floats = NDArray[np.float64]

_EQUATOR_KM: Final = 6378.137
_FLATTENING: Final = 1 / 298.257223563
# Measured against the geodesic, Lambert's formula strays by up to 14 m at 10,000 km and 71 m at 16,000 km, and by any
# amount towards the antipode: there the auxiliary sphere is taken, which strays by up to 34 km. So nothing beyond
# FAR_KM is in its right order until it is settled.
_DOUBT_KM: Final = 0.1
_SPHERE_FROM_KM: Final = 15_500.0
FAR_KM: Final = 15_400.0
_MERCATOR_LIMIT: Final = 85.051128779806604


@dataclass(frozen=True)
class Box:
    """A part of the map in degrees; `west > east` crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True)
class Places:
    """Places as columns: degrees, and unit vectors of the auxiliary sphere from `auxiliary`; NaN where unknown."""

    latitude: Floats
    longitude: Floats
    sphere_x: Floats
    sphere_y: Floats
    sphere_z: Floats


def auxiliary(latitude: ArrayLike, longitude: ArrayLike) -> tuple[Any, Any, Any]:
    """The unit vector at the reduced latitude, which takes the trigonometry out of every later distance."""
    beta = np.arctan((1 - _FLATTENING) * np.tan(np.radians(latitude)))
    around = np.radians(longitude)
    return np.cos(beta) * np.cos(around), np.cos(beta) * np.sin(around), np.sin(beta)


def surface_km(latitude: float, longitude: float, places: Places) -> Floats:
    """Kilometres on the WGS-84 ellipsoid from one point to many by Lambert's formula; NaN for an unknown place.

    Within 100 m of the geodesic up to FAR_KM (10 m up to 5,000 km); `settle_far` puts right what lies beyond.
    """
    x, y, z = auxiliary(latitude, longitude)
    h = ((places.sphere_x - x) ** 2 + (places.sphere_y - y) ** 2 + (places.sphere_z - z) ** 2) / 4
    h = np.clip(h, 0.0, 1.0)
    sigma = 2 * np.arcsin(np.sqrt(h))
    sine = 2 * np.sqrt(h * (1 - h))
    cosines = math.hypot(x, y) * np.sqrt(places.sphere_x**2 + places.sphere_y**2)
    sines = z * places.sphere_z
    # Their bounds hold exactly; without them rounding is blown up between places that nearly touch.
    p, q = np.clip((1 - cosines + sines) / 2, 0.0, 1 - h), np.clip((1 - cosines - sines) / 2, 0.0, h)
    with np.errstate(divide="ignore", invalid="ignore"):
        correction = (sigma - sine) * p * (1 - q) / (1 - h) + (sigma + sine) * q * (1 - p) / h
        km: Floats = _EQUATOR_KM * (sigma - _FLATTENING / 2 * correction)
    km[h == 0] = 0.0
    return np.where(sigma * _EQUATOR_KM > _SPHERE_FROM_KM, sigma * _EQUATOR_KM, km)


def settle_far(
    km: Floats, latitude: float, longitude: float, places: Places, rows: NDArray[np.int64]
) -> None:
    """Put the geodesic in the place of every distance beyond FAR_KM among `rows`; slow, and seldom needed."""
    for place in rows[km[rows] > FAR_KM].tolist():
        km[place] = _exact(latitude, longitude, places, place)


def within(
    km: Floats, radius_km: float, latitude: float, longitude: float, places: Places
) -> NDArray[np.bool_]:
    """Which of the distances that `surface_km` gave are within a radius, those in doubt by the geodesic itself."""
    inside = np.asarray(km <= radius_km)
    doubtful = np.abs(km - radius_km) < _DOUBT_KM
    if radius_km > FAR_KM:
        doubtful |= km > FAR_KM
    for place in np.flatnonzero(doubtful):
        inside[place] = _exact(latitude, longitude, places, place) <= radius_km
    return inside


def in_box(box: Box, latitudes: Floats, longitudes: Floats) -> NDArray[np.bool_]:
    """Which places lie in the box, its edges included; an unknown place lies in none."""
    inside = (latitudes >= box.south) & (latitudes <= box.north)
    east_of_west, west_of_east = longitudes >= box.west, longitudes <= box.east
    if box.west > box.east:
        # On the antimeridian itself 180 and -180 are one place.
        return np.asarray(inside & (east_of_west | west_of_east))
    return np.asarray(inside & east_of_west & west_of_east)


def mercator(latitude: ArrayLike, longitude: ArrayLike) -> tuple[Any, Any]:
    """Web-Mercator coordinates, 0 to 1 from west to east and from north to south; NaN for an unknown place."""
    phi = np.radians(np.clip(latitude, -_MERCATOR_LIMIT, _MERCATOR_LIMIT))
    x = (np.asarray(longitude) + 180.0) / 360.0
    return x, 0.5 - np.arcsinh(np.tan(phi)) / (2 * np.pi)


def unmercator(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Latitudes and longitudes of Web-Mercator coordinates."""
    return np.degrees(np.arctan(np.sinh((0.5 - y) * 2 * np.pi))), x * 360.0 - 180.0


def _exact(latitude: float, longitude: float, places: Places, place: Any) -> float:
    return geodesic_km((latitude, longitude), (float(places.latitude[place]), float(places.longitude[place])))
