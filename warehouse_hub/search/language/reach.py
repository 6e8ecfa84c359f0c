"""How far a named place reaches: a town has its surroundings, a state the land between its towns.

The one thing to get wrong: a state is no circle. The circle that takes in all of California takes in Las Vegas too, so
a state that bears a subdivision code is the outline of its towns; what is only part of one has a radius in a file.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from warehouse_hub.places.distance import haversine_km_between
from warehouse_hub.places.gazetteer import Place, default_gazetteer

NEAR_KM: Final = 100.0
_MARGIN_KM: Final = 3.0
_REACH_FILE: Final = Path(__file__).with_name("region_reach.csv")

Point = tuple[float, float]


@dataclass(frozen=True)
class Circle:
    """Everything within `km` of a point (latitude, longitude)."""

    centre: Point
    km: float


@dataclass(frozen=True)
class Outline:
    """Everything inside a polygon of (latitude, longitude) and inside the country, over whose border a corner may lie.

    `circle` is the smallest about the polygon's middle that holds it.
    """

    corners: tuple[Point, ...]
    country: str
    circle: Circle


@lru_cache(maxsize=512)
def reach_of(place: Place) -> Circle | Outline:
    """The part of the map that a place's name stands for where no distance is said."""
    centre = (place.latitude, place.longitude)
    if place.kind != "region":
        return Circle(centre, NEAR_KM)
    km = _parts_of_states().get(place.id)
    if km is not None:
        return Circle(centre, km)
    towns = _towns().get((place.country, place.subdivision), [])
    if len(towns) < 3:
        return Circle(centre, NEAR_KM)
    corners = _widened(_hull(towns))
    middle = _middle(corners)
    farthest = max(haversine_km_between(middle, corner) for corner in corners)
    return Outline(corners, place.country, Circle(middle, math.ceil(farthest)))


@cache
def _parts_of_states() -> dict[str, float]:
    with _REACH_FILE.open(encoding="utf-8", newline="") as lines:
        return {row["region"]: float(row["km"]) for row in csv.DictReader(lines)}


@cache
def _towns() -> dict[tuple[str, str | None], list[Point]]:
    """Where the towns of the states are that are regions of the gazetteer."""
    gazetteer = default_gazetteer()
    states: dict[tuple[str, str | None], list[Point]] = {
        (region.country, region.subdivision): []
        for region in gazetteer.of_kind("region")
        if region.subdivision
    }
    for town in gazetteer.largest(at_least=0):
        if (found := states.get((town.country, town.subdivision))) is not None:
            found.append((town.latitude, town.longitude))
    return states


def _hull(points: Sequence[Point]) -> list[Point]:
    """The convex hull by Andrew's monotone chain, taking degrees as a plane; states are small enough for that."""
    ordered = sorted(set(points))
    sides: list[list[Point]] = []
    for along in (ordered, ordered[::-1]):
        side: list[Point] = []
        for point in along:
            while len(side) > 1 and _turn(side[-2], side[-1], point) <= 0:
                side.pop()
            side.append(point)
        sides.append(side[:-1])
    return [*sides[0], *sides[1]]


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _widened(corners: Sequence[Point]) -> tuple[Point, ...]:
    """The corners moved outwards, since warehouses stand at the edge of the outermost towns."""
    middle = _middle(corners)
    moved = []
    for north, east in corners:
        factor = 1 + _MARGIN_KM / max(_MARGIN_KM, haversine_km_between(middle, (north, east)))
        moved.append(
            (
                round(middle[0] + (north - middle[0]) * factor, 3),
                round(middle[1] + (east - middle[1]) * factor, 3),
            )
        )
    return tuple(moved)


def _middle(corners: Sequence[Point]) -> Point:
    norths, easts = zip(*corners, strict=True)
    return round((min(norths) + max(norths)) / 2, 3), round((min(easts) + max(easts)) / 2, 3)
