"""Results to draw on a map, and frames to draw them in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from warehouse_hub.search.geography.shapes import Box
from warehouse_hub.search.map.position import WORLD_UNITS, degrees_of, fixed_point, morton_of
from warehouse_hub.search.map.source import Located, MapColumns, Source


def located(
    latitude: Sequence[float],
    longitude: Sequence[float],
    *,
    record_class: Sequence[int] | None = None,
    ids: Sequence[str] | None = None,
    ordered: bool = True,
) -> Located:
    """All these places as one part, in Z-order or as they come."""
    latitude, longitude = np.array(latitude, "f8"), np.array(longitude, "f8")
    classes = np.zeros(len(latitude), "u1") if record_class is None else np.array(record_class, "u1")
    names = [f"W{number}" for number in range(len(latitude))] if ids is None else list(ids)
    x, y = fixed_point(latitude, longitude)
    morton = morton_of(x, y)
    order = np.argsort(morton, kind="stable") if ordered else np.arange(len(morton))
    return Located(
        MapColumns(*(each[order] for each in (morton, x, y, latitude, longitude, classes))),
        rows=np.arange(len(order), dtype=np.uint32),
        ordered=ordered,
        ids=[names[number] for number in order].__getitem__,
    )


def scattered(count: int, seed: int, spread: float, **how: bool) -> Located:
    """Heaps of very different size, some of them on one spot, around the antimeridian and by the poles too.

    `spread` is a part of the world: 0.001 is a large city.
    """
    rng = np.random.default_rng(seed)
    middles = rng.random((12, 2))
    middles[:3] = (0.0, 0.5), (0.999, 0.001), (0.3, 0.999)
    heap = np.minimum(rng.geometric(0.3, count) - 1, 11)
    x, y = (middles[heap] + rng.normal(0, spread, (count, 2)) * (rng.random((count, 1)) < 0.8)).T
    latitude, longitude = degrees_of(x % 1.0 * WORLD_UNITS, np.clip(y, 0.0, 1.0) * WORLD_UNITS)
    return located(latitude, np.clip(longitude, -180, 180), record_class=rng.integers(0, 5, count), **how)


def source_of(*parts: Located) -> Source:
    """What lies in the box that is asked for and nothing else."""

    def source(box: Box | None) -> list[Located]:
        return [replace(part, rows=part.rows[lying_in(box, part)]) for part in parts]

    return source


def recorded(part: Located) -> tuple[list[Box | None], Source]:
    """A source of this part, and the boxes that it has been asked for."""
    asked: list[Box | None] = []

    def source(box: Box | None) -> Sequence[Located]:
        asked.append(box)
        return source_of(part)(box)

    return asked, source


def lying_in(box: Box | None, part: Located) -> np.ndarray:
    """Which of the part's results lie in a box, its edges included."""
    latitude, longitude = part.columns.latitude[part.rows], part.columns.longitude[part.rows]
    if box is None:
        return np.ones(len(part.rows), bool)
    east_of_west, west_of_east = longitude >= box.west, longitude <= box.east
    between = east_of_west | west_of_east if box.west > box.east else east_of_west & west_of_east
    return (latitude >= box.south) & (latitude <= box.north) & between


def random_view(rng: np.random.Generator) -> tuple[Box | None, int]:
    """A box that more or less fits its zoom, at times across the antimeridian, at times the world."""
    zoom = int(rng.integers(0, 23))
    if rng.random() < 0.05:
        return None, zoom
    width = min(0.9, rng.random() * 3 * 2.0 ** -rng.integers(0, zoom + 2))
    x, y = rng.random(2)
    return frame(x, x + width, y, y + 0.7 * width), zoom


def frame(x: float, x_end: float, y: float, y_end: float) -> Box:
    """The box from north-west to south-east in parts of the map, which may run on across the antimeridian."""
    (north, south), (west, east) = degrees_of(
        np.array([x, x_end]) % 1.0 * WORLD_UNITS, np.clip([y, y_end], 0.0, 1.0) * WORLD_UNITS
    )
    return Box(float(west), float(south), float(east), float(north))
