"""WGS-84 and its auxiliary sphere, on which a place is a unit vector at its reduced latitude.

The angle between two such vectors bounds the distance on both sides: POLE_KM * angle <= km <= EQUATOR_KM * angle,
because a step on the ellipsoid, sqrt((a² sin²β + b² cos²β) dβ² + a² cos²β dλ²), is between b and a times the same step
on the sphere. What is easy to get wrong: the sphere's latitude is not the map's; at 45° they are 0.1° apart.
"""

from __future__ import annotations

import math
from typing import Final

from warehouse_hub.search.kernels.compiled import inner

EQUATOR_KM: Final = 6378.137
FLATTENING: Final = 1 / 298.257223563
POLE_KM: Final = EQUATOR_KM * (1 - FLATTENING)


def reduced(latitude: float) -> float:
    """The reduced latitude, in radians, of a geographic one in degrees."""
    return math.atan((1 - FLATTENING) * math.tan(math.radians(latitude)))


def geographic(beta: float) -> float:
    """The geographic latitude in degrees of a reduced one in radians."""
    return math.degrees(math.atan(math.tan(beta) / (1 - FLATTENING)))


@inner
def haversine(x: float, y: float, z: float, other_x: float, other_y: float, other_z: float) -> float:
    """sin²(angle / 2) between two unit vectors, a quarter of their squared chord: it grows with the angle, and
    tells near from far without trigonometry."""
    return ((x - other_x) ** 2 + (y - other_y) ** 2 + (z - other_z) ** 2) / 4


@inner
def lambert_km(x: float, y: float, z: float, other_x: float, other_y: float, other_z: float) -> float:
    """Kilometres between two places by Lambert's formula (1942), of first order in the flattening.

    Measured against the geodesic it strays by 1.41 millionths of the distance up to 10,000 km, by 4.4 millionths at
    15,400 km, and by any amount towards the antipode, for which it must not be asked.
    """
    h = min(haversine(x, y, z, other_x, other_y, other_z), 1.0)
    if h == 0.0:
        return 0.0
    sigma = 2 * math.asin(math.sqrt(h))
    sine = 2 * math.sqrt(h * (1 - h))
    cosines = math.sqrt((x * x + y * y) * (other_x * other_x + other_y * other_y))
    sines = z * other_z
    # p and q are the squared sine and cosine of half the sum and half the difference of latitude. Their bounds hold
    # exactly; without them rounding is blown up between places that nearly touch.
    p = min(max((1 - cosines + sines) / 2, 0.0), 1 - h)
    q = min(max((1 - cosines - sines) / 2, 0.0), h)
    bent = (sigma - sine) * p * (1 - q) / (1 - h) + (sigma + sine) * q * (1 - p) / h
    return EQUATOR_KM * (sigma - FLATTENING / 2 * bent)
