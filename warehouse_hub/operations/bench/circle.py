"""A circle on the earth that every engine can test alike: by the straight line through the ground.

The one thing to get wrong: on the edge a sphere and the ellipsoid disagree by half a percent. The straight line
between two points of the ellipsoid needs three multiplications in any database, and for circles of a few hundred
kilometres differs from the geodesic by less than half a metre; `clear_radius` sees to it that no listing stands that
near the edge.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

_EQUATOR_KM: Final = 6378.137
_ECCENTRICITY2: Final = 0.00669437999014
_MEAN_RADIUS_KM: Final = 6371.0088
# Degrees of latitude are never shorter.
_KM_PER_DEGREE: Final = 110.0
_CLEAR_KM: Final = 0.001
_STEP_KM: Final = 0.01

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Circle:
    """Everything within `radius_km` of a point, which lies neither near a pole nor near the antimeridian."""

    latitude: float
    longitude: float
    radius_km: float

    @property
    def centre(self) -> tuple[float, float, float]:
        """The centre in kilometres from the middle of the earth."""
        x, y, z = in_space(self.latitude, self.longitude)
        return float(x), float(y), float(z)

    @property
    def chord2(self) -> float:
        """The square of the longest straight line from the centre to a point inside, in km²."""
        return float(_chord_km(self.radius_km) ** 2)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north of a box that holds the circle."""
        up = self.radius_km / _KM_PER_DEGREE
        side = up / math.cos(math.radians(abs(self.latitude) + up))
        return self.longitude - side, self.latitude - up, self.longitude + side, self.latitude + up

    def chords2(self, x: Floats, y: Floats, z: Floats) -> Floats:
        """The squares of the straight lines from the centre to many points."""
        at = self.centre
        return np.asarray((x - at[0]) ** 2 + (y - at[1]) ** 2 + (z - at[2]) ** 2)


def in_space(latitude: ArrayLike, longitude: ArrayLike) -> tuple[Any, Any, Any]:
    """Kilometres from the middle of the WGS-84 ellipsoid along its three axes; NaN for an unknown place."""
    phi, around = np.radians(latitude), np.radians(longitude)
    normal = _EQUATOR_KM / np.sqrt(1 - _ECCENTRICITY2 * np.sin(phi) ** 2)
    across = normal * np.cos(phi)
    return across * np.cos(around), across * np.sin(around), normal * (1 - _ECCENTRICITY2) * np.sin(phi)


def clear_radius(near: tuple[float, float], radius_km: float, latitudes: Floats, longitudes: Floats) -> float:
    """A radius hardly longer than the one given whose edge is a metre clear of every place."""
    km = np.sqrt(Circle(*near, radius_km).chords2(*in_space(latitudes, longitudes)))
    while bool((np.abs(km - _chord_km(radius_km)) < _CLEAR_KM).any()):
        radius_km = round(radius_km + _STEP_KM, 2)
    return radius_km


def _chord_km(radius_km: float) -> float:
    return 2 * _MEAN_RADIUS_KM * math.sin(radius_km / (2 * _MEAN_RADIUS_KM))
