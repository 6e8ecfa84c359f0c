"""Distances on the earth: geodesic for the figures people read, haversine for ranking.

The two differ by up to 0.56 %, so a radius filter and a printed distance may disagree near the edge: filter and
rank with haversine, and print the geodesic of what was kept.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from geopy.distance import geodesic  # type: ignore[import-untyped]
from numpy.typing import ArrayLike, NDArray

EARTH_RADIUS_KM: Final = 6371.0088  # mean radius of the WGS-84 ellipsoid, IUGG


def geodesic_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Kilometres along the WGS-84 ellipsoid between two (latitude, longitude) points; the figure to print."""
    return float(geodesic(a, b).km)


def haversine_km(
    latitude: float, longitude: float, latitudes: ArrayLike, longitudes: ArrayLike
) -> NDArray[np.float64]:
    """Kilometres on a sphere from one point to many, in their order; right across the antimeridian.

    NaN coordinates give NaN distances: an unlocated place is neither near nor far.
    """
    phi = np.radians(np.asarray(latitudes, dtype=np.float64))
    phi0 = math.radians(latitude)
    half_dphi = (phi - phi0) / 2.0
    half_dlambda = np.radians(np.asarray(longitudes, dtype=np.float64) - longitude) / 2.0
    h = np.sin(half_dphi) ** 2 + math.cos(phi0) * np.cos(phi) * np.sin(half_dlambda) ** 2
    distances: NDArray[np.float64] = 2.0 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(h, 0.0, 1.0)))
    return distances


def haversine_km_between(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Kilometres on a sphere between two (latitude, longitude) points, without NumPy's cost for one pair."""
    phi_a, phi_b = math.radians(a[0]), math.radians(b[0])
    half_dlambda = math.radians(b[1] - a[1]) / 2.0
    h = math.sin((phi_b - phi_a) / 2.0) ** 2 + math.cos(phi_a) * math.cos(phi_b) * math.sin(half_dlambda) ** 2
    return 2.0 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, h)))
