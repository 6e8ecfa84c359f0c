"""Distances from one or several centres over columns of places.

Distances follow the ellipsoid, not a sphere, so that the order of results and the edge of a radius agree with the
geodesic that is printed: a listing shown at 100.3 km in a search within 100 km is a wrong answer. What is easy to get
wrong: `within_circles` alone lets rows in that are in doubt; `settled` puts them right, `within_km` does both.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from warehouse_hub.places.distance import geodesic_km
from warehouse_hub.search.geography.candidates import Candidates, Rows, Spans, rows_in
from warehouse_hub.search.geography.ellipsoid import (
    EQUATOR_KM,
    POLE_KM,
    haversine,
    lambert_km,
    reduced,
)
from warehouse_hub.search.geography.far import far_km
from warehouse_hub.search.kernels.compiled import inner, kernel

Floats = NDArray[np.float64]
Point = tuple[float, float]

FAR_KM: Final = 15_400.0
_FAR: Final = math.sin(FAR_KM / EQUATOR_KM / 2) ** 2
_DOUBT: Final = 1e-5  # of a distance: more than twice what Lambert's formula strays by at its worst
_DOUBT_KM: Final = 1e-6  # ten times what `far_km` strays by
_HALFWAY_ROUND_KM: Final = 20_100.0
_ROUNDING: Final = 1e-15  # of a chord between unit vectors
_SAMPLED: Final = 64
# A centre whose chord is longer by more than the ellipsoid's axes differ is not the nearest.
_NO_NEARER: Final = 1.001 * (EQUATOR_KM / POLE_KM) ** 2


class Places(Protocol):
    """Places as columns: degrees, and unit vectors of the auxiliary sphere from `auxiliary`; NaN where unknown."""

    @property
    def latitude(self) -> Floats: ...
    @property
    def longitude(self) -> Floats: ...
    @property
    def sphere_x(self) -> Floats: ...
    @property
    def sphere_y(self) -> Floats: ...
    @property
    def sphere_z(self) -> Floats: ...


@dataclass(frozen=True)
class PlaceColumns:
    """Places that are columns of nothing else."""

    latitude: Floats
    longitude: Floats
    sphere_x: Floats
    sphere_y: Floats
    sphere_z: Floats


def auxiliary(latitude: ArrayLike, longitude: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Unit vectors at the reduced latitude, which take the trigonometry out of every later distance.

    Three float64[n] for columns of degrees, NaN where either is. Equal places get equal vectors.
    """
    return _auxiliary(
        np.ascontiguousarray(latitude, np.float64).reshape(-1),
        np.ascontiguousarray(longitude, np.float64).reshape(-1),
    )


def centres_of(points: Sequence[Point]) -> Floats:
    """float64[c, 3] for (latitude, longitude) points: the centres that the kernels take."""
    degrees = np.array(points, np.float64).reshape(-1, 2)
    return np.ascontiguousarray(np.stack(auxiliary(degrees[:, 0], degrees[:, 1]), axis=1))


def within_km(
    places: Places, candidates: Candidates, points: Sequence[Point], radius_km: float
) -> tuple[Rows, Floats]:
    """The candidates whose geodesic to the nearest point is at most the radius, in their order, and kilometres.

    The rows are exact. The kilometres stray as those of `distances` do, but never beyond the radius.
    """
    rows, km, doubtful = within_circles(places, candidates, centres_of(points), radius_km)
    return settled(rows, km, doubtful, places, points, radius_km)


def within_circles(
    places: Places, candidates: Candidates, centres: Floats, radius_km: float
) -> tuple[Rows, Floats, NDArray[np.int64]]:
    """Candidates that are, or may be, within the radius of a centre; kilometres to the nearest; and the indices in
    those two where only the geodesic can tell. No candidate that is left out is within."""
    radius = min(float(radius_km), _HALFWAY_ROUND_KM)
    rows, haversines = _in_reach(*_sphere(places), *candidates, centres, _reach(radius))
    km = _surface_km(*_sphere(places), rows, haversines, centres, 0.0, np.inf, radius)
    return _up_to(rows, km, radius)


def settled(
    rows: Rows,
    km: Floats,
    doubtful: NDArray[np.int64],
    places: Places,
    points: Sequence[Point],
    radius_km: float,
) -> tuple[Rows, Floats]:
    """What `within_circles` gave, decided by the geodesic where it was in doubt; `km` itself is written to.

    About 0.2 ms for every place in doubt; listings that share one are settled together.
    """
    if not len(doubtful):
        return rows, km
    known: dict[Point, float] = {}
    for index in doubtful.tolist():
        row = rows[index]
        here = float(places.latitude[row]), float(places.longitude[row])
        if here not in known:
            known[here] = min(geodesic_km(point, here) for point in points)
        km[index] = known[here]
    kept = km <= radius_km
    return rows[kept], km[kept]


def distances(places: Places, candidates: Candidates, centres: Floats) -> Floats:
    """Kilometres from every candidate to the nearest of at least one centre, NaN for an unknown place.

    Within 70 m of the geodesic at any distance (8 m up to 5,000 km), and within 1 mm beyond FAR_KM.
    """
    rows, haversines = _in_reach(*_sphere(places), *candidates, centres, np.inf)
    return _surface_km(*_sphere(places), rows, haversines, centres, 0.0, np.inf, np.inf)


def page_distances(
    places: Places, candidates: Candidates, centres: Floats, most: int, beyond_km: float = 0.0
) -> Floats:
    """As `distances`, for a page of an order by distance: exact where it may be one of the `most` that follow upon
    `beyond_km`, or equal to it; elsewhere rough to 0.4 %, but on the right side of all those.

    A million rows take less than half the time of `distances`, and a tenth where many are at the far side of the earth.
    """
    rows, haversines = _in_reach(*_sphere(places), *candidates, centres, np.inf)
    before = math.sin(min(beyond_km * (1 - _DOUBT) / EQUATOR_KM, math.pi) / 2) ** 2
    # The most-th to follow in a sample is no nearer than the most-th of all.
    sample = haversines[:: max(1, len(haversines) // (most * _SAMPLED))]
    sample = sample[sample > _reach(beyond_km * (1 + _DOUBT))]
    reach = np.inf
    if len(sample) >= most:
        reach = float(np.partition(sample, most - 1)[most - 1]) * _NO_NEARER + _ROUNDING**2
    return _surface_km(*_sphere(places), rows, haversines, centres, before, reach, np.inf)


def _sphere(places: Places) -> tuple[Floats, Floats, Floats]:
    return places.sphere_x, places.sphere_y, places.sphere_z


_reduced = inner(reduced)


@kernel
def _auxiliary(latitude: Floats, longitude: Floats) -> tuple[Floats, Floats, Floats]:
    x, y, z = np.empty(len(latitude)), np.empty(len(latitude)), np.empty(len(latitude))
    for row in range(len(latitude)):
        beta, around = _reduced(latitude[row]), math.radians(longitude[row])
        x[row] = math.cos(beta) * math.cos(around)
        y[row] = math.cos(beta) * math.sin(around)
        # A place has both coordinates or none.
        z[row] = math.sin(beta) if around == around else np.nan  # noqa: PLR0124
    return x, y, z


def _reach(km: float) -> float:
    """The haversine on the auxiliary sphere beyond which nothing is within so many kilometres."""
    angle = min(km / POLE_KM, math.pi)
    return (math.sin(angle / 2) + _ROUNDING) ** 2


@kernel
def _in_reach(
    x: Floats, y: Floats, z: Floats, rows: Rows, spans: Spans, centres: Floats, reach: float
) -> tuple[Rows, Floats]:
    """The candidates whose haversine to the nearest centre is within reach, and that haversine.

    It is infinite for an unknown place, which is in no reach but an infinite one.
    """
    count = rows_in(spans)
    found, haversines, reached = np.empty(count, np.uint32), np.empty(count), 0
    for span in range(len(spans)):
        for place in range(spans[span, 0], spans[span, 1]):
            row = np.int64(rows[place]) if len(rows) else place
            nearest = np.inf
            for centre in range(len(centres)):
                h = haversine(
                    x[row], y[row], z[row], centres[centre, 0], centres[centre, 1], centres[centre, 2]
                )
                if h < nearest:  # noqa: PLR1730 (min() of a NaN may be the NaN)
                    nearest = h
            if nearest <= reach:
                found[reached], haversines[reached] = row, nearest
                reached += 1
    return found[:reached], haversines[:reached]


@kernel
def _surface_km(
    x: Floats,
    y: Floats,
    z: Floats,
    rows: Rows,
    haversines: Floats,
    centres: Floats,
    before: float,
    reach: float,
    edge: float,
) -> Floats:
    """Kilometres to the nearest centre, given its haversine on the auxiliary sphere; NaN where that is infinite.

    Below the haversine `before` and beyond `reach` only the bound that the sphere gives on the side of what lies
    between; to the millimetre where Lambert's formula does not tell on which side of `edge` a place lies.
    """
    km, doubt = np.empty(len(rows)), edge * _DOUBT
    for place in range(len(rows)):
        row, nearest = rows[place], np.inf
        if not before <= haversines[place] <= reach:
            axis = EQUATOR_KM if haversines[place] < before else POLE_KM
            angle = 2 * math.asin(math.sqrt(min(haversines[place], 1.0)))
            km[place] = axis * angle if haversines[place] < np.inf else np.nan
            continue
        contending = haversines[place] * _NO_NEARER + _ROUNDING**2
        for centre in range(len(centres)):
            cx, cy, cz = centres[centre, 0], centres[centre, 1], centres[centre, 2]
            h = haversine(x[row], y[row], z[row], cx, cy, cz)
            if not h <= contending:  # nor is a NaN
                continue
            found = np.inf if h > _FAR else lambert_km(x[row], y[row], z[row], cx, cy, cz)
            if h > _FAR or edge - doubt <= found <= edge + doubt:
                found = far_km(x[row], y[row], z[row], cx, cy, cz)
            nearest = min(nearest, found)
        km[place] = nearest if nearest < np.inf else np.nan
    return km


@kernel
def _up_to(rows: Rows, km: Floats, radius: float) -> tuple[Rows, Floats, NDArray[np.int64]]:
    """The rows not surely beyond the radius, their kilometres, and where among them those are that are in doubt."""
    kept, kept_km, doubtful = np.empty_like(rows), np.empty_like(km), np.empty(len(rows), np.int64)
    inside, unsure = 0, 0
    for place in range(len(rows)):
        if km[place] <= radius + _DOUBT_KM:
            kept[inside], kept_km[inside] = rows[place], km[place]
            if km[place] >= radius - _DOUBT_KM:
                doubtful[unsure] = inside
                unsure += 1
            inside += 1
    return kept[:inside], kept_km[:inside], doubtful[:unsure]
