"""The same map in the plainest way, for judging the fast one."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from warehouse_hub.search.geography.shapes import Box
from warehouse_hub.search.map.features import MapFeature
from warehouse_hub.search.map.position import degrees_of
from warehouse_hub.search.map.source import Located
from warehouse_hub.vocabulary.codes import RECORD_CLASSES

WORLD = 2**32
EVERYWHERE = Box(-180.0, -90.0, 180.0, 90.0)
Cell = tuple[int, int]


@dataclass(frozen=True)
class Place:
    latitude: float
    longitude: float
    record_class: int
    id: str
    x: int
    y: int


def places_of(*parts: Located) -> list[Place]:
    return [
        Place(
            float(part.columns.latitude[row]),
            float(part.columns.longitude[row]),
            int(part.columns.record_class[row]),
            part.ids(row),
            int(part.columns.map_x[row]),
            int(part.columns.map_y[row]),
        )
        for part in parts
        for row in part.rows.tolist()
    ]


def lies_in(box: Box | None, place: Place) -> bool:
    box = box or EVERYWHERE
    if not box.south <= place.latitude <= box.north:
        return False
    if box.west > box.east:
        return place.longitude >= box.west or place.longitude <= box.east
    return box.west <= place.longitude <= box.east


def bubbles(places: Sequence[Place], zoom: int) -> dict[Cell, dict[Cell, list[Place]]]:
    """The winning cells with the cells they took: from the strongest on, each takes what is near and still free."""
    free: dict[Cell, list[Place]] = defaultdict(list)
    for place in places:
        free[place.x >> (30 - zoom), place.y >> (30 - zoom)].append(place)
    middle = {cell: mean(held) for cell, held in free.items()}
    side, reach = 4 * 2**zoom, 52 * 2 ** (24 - zoom) + 2
    found = {}
    for winner in sorted(free, key=lambda cell: (-len(free[cell]), scrambled(interleaved(*cell)))):
        if winner in free:
            around = {
                ((winner[0] + right) % side, winner[1] + down) for right in (-1, 0, 1) for down in (-1, 0, 1)
            }
            near = [
                cell
                for cell in around & free.keys()
                if cell == winner or apart(middle[winner], middle[cell]) < reach
            ]
            found[winner] = {cell: free.pop(cell) for cell in near}
    return found


def plain_map(places: Sequence[Place], box: Box | None, zoom: int) -> list[MapFeature]:
    """Every feature with a place in the box, however many."""
    features = []
    for winner, cells in bubbles(places, zoom).items():
        everyone = [place for held in cells.values() for place in held]
        drawn = [
            (turn(winner, cell), place)
            for cell, held in cells.items()
            for place in held
            if lies_in(box, place)
        ]
        if drawn:
            features.append(feature(mean(cells[winner]), everyone, drawn))
    return features


def feature(middle: tuple[float, float], everyone: list[Place], drawn: list[tuple[int, Place]]) -> MapFeature:
    classes: dict[str, int] = {}
    for _, place in drawn:
        code = RECORD_CLASSES.codes[place.record_class]
        classes[code] = classes.get(code, 0) + 1
    spots = {(place.latitude, place.longitude) for place in everyone}
    if len(spots) == 1:
        ids = tuple(sorted(place.id for _, place in drawn))
        return MapFeature(*spots.pop(), len(drawn), classes, ids, None)
    longitudes = sorted((turn, place.longitude) for turn, place in drawn)
    latitudes = sorted(place.latitude for _, place in drawn)
    bounds = Box(longitudes[0][1], latitudes[0], longitudes[-1][1], latitudes[-1])
    latitude, longitude = degrees_of([middle[0]], [middle[1]])
    return MapFeature(float(latitude[0]), float(longitude[0]), len(drawn), classes, (), bounds)


def turn(winner: Cell, taken: Cell) -> int:
    """Whether the way to a neighbour leads across the antimeridian: 1 eastward, -1 westward."""
    east = taken[0] - winner[0]
    return 0 if abs(east) <= 1 else -1 if east > 0 else 1


def mean(places: Sequence[Place]) -> tuple[float, float]:
    return sum(place.x for place in places) / len(places), sum(place.y for place in places) / len(places)


def apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    across = abs(one[0] - other[0])
    return math.hypot(min(across, WORLD - across), one[1] - other[1])


def pixels_apart(features: Sequence[MapFeature], zoom: int) -> np.ndarray:
    """How far the map draws any two features from each other, the short way around the world."""
    x = np.array([feature.longitude + 180 for feature in features]) / 360
    latitude = np.clip([feature.latitude for feature in features], -85.05112877980659, 85.05112877980659)
    y = 0.5 - np.arcsinh(np.tan(np.radians(latitude))) / (2 * np.pi)
    across = np.abs(x[:, None] - x)
    return np.hypot(np.minimum(across, 1 - across), y[:, None] - y) * 256 * 2**zoom


def interleaved(x: int, y: int) -> int:
    # Binary digits read as digits of base 4 have a gap after each.
    return int(f"{x:b}", 4) | int(f"{y:b}", 4) << 1


def scrambled(key: int) -> int:
    for _ in range(2):
        key = (key ^ key >> 32) * 0x9E3779B97F4A7C15 % 2**64
    return key


def by_place(features: Sequence[MapFeature]) -> list[MapFeature]:
    return sorted(features, key=lambda one: (one.longitude, one.latitude))
