"""Parts of the world that a search is held to, and the boxes that surely hold them.

What is easy to get wrong: near a pole a circle takes in every longitude, and across the antimeridian a shape is two
boxes; `boxes()` never gives one with `west > east`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.geography.ellipsoid import POLE_KM, geographic, reduced

# Degrees, a tenth of a millimetre, and radians, 6 mm: more than rounding can move an edge.
_HAIR: Final = 1e-9
_HAIR_ANGLE: Final = 1e-9


@dataclass(frozen=True)
class Box:
    """Degrees, edges included; `west > east` crosses the antimeridian, on which 180 and -180 are then one place."""

    west: float
    south: float
    east: float
    north: float

    def boxes(self) -> tuple[Box, ...]:
        """Itself, in two parts where it crosses the antimeridian."""
        if self.west <= self.east:
            return (self,)
        return (
            Box(self.west, self.south, 180.0, self.north),
            Box(-180.0, self.south, self.east, self.north),
        )


WORLD: Final = Box(-180.0, -90.0, 180.0, 90.0)


@dataclass(frozen=True)
class Circle:
    """Everything within so many kilometres of geodesic."""

    latitude: float
    longitude: float
    km: float

    def boxes(self) -> tuple[Box, ...]:
        """Boxes that hold the circle, by the cap of the auxiliary sphere that holds it."""
        angle = self.km / POLE_KM + _HAIR_ANGLE
        beta = reduced(self.latitude)
        south, north = beta - angle, beta + angle
        if south <= -math.pi / 2 or north >= math.pi / 2:
            low = -90.0 if south <= -math.pi / 2 else geographic(south)
            high = 90.0 if north >= math.pi / 2 else geographic(north)
            return (Box(-180.0, low, 180.0, high),)
        half = math.degrees(math.asin(min(math.sin(angle) / math.cos(beta), 1.0)))
        return _around(self.longitude - half, geographic(south), self.longitude + half, geographic(north))


@dataclass(frozen=True)
class Polygon:
    """A ring of at least one (latitude, longitude) point, closed or not, drawn on a map whose degrees are squares.

    A place is inside when a line from it crosses the ring an odd number of times; places on the ring are inside. An
    edge goes the shorter way round, so one of more than 180 degrees of longitude needs a point between. A ring around
    a pole is read as drawn on that map: from its last point it goes straight back to its first, the long way, and what
    lies between that line and the others is inside; the pole itself is not meant.
    """

    points: tuple[tuple[float, float], ...]

    def ring(self) -> NDArray[np.float64]:
        """float64[n + 1, 2]: the closed ring, its longitudes running on past 180 instead of jumping back."""
        ring, turns = [], 0
        before = self.points[0][1]
        for latitude, longitude in self.points:
            if abs(longitude - before) > 180:
                turns += 1 if longitude < before else -1
            before = longitude
            ring.append((latitude, longitude + 360.0 * turns))
        return np.array([*ring, ring[0]], np.float64)

    def boxes(self) -> tuple[Box, ...]:
        """Boxes that hold the ring."""
        (south, west), (north, east) = self.ring().min(axis=0).tolist(), self.ring().max(axis=0).tolist()
        return _around(west, south, east, north)


Shape = Box | Circle | Polygon


def _around(west: float, south: float, east: float, north: float) -> tuple[Box, ...]:
    """Boxes a hair wider than this one, whose longitudes may run on past 180 or -180."""
    west, south, east, north = west - _HAIR, max(south - _HAIR, -90.0), east + _HAIR, min(north + _HAIR, 90.0)
    if east - west >= 360:
        return (Box(-180.0, south, 180.0, north),)
    turns = 360.0 * math.floor((west + 180) / 360)
    west, east = west - turns, east - turns
    return Box(west, south, east if east <= 180 else east - 360, north).boxes()
