"""Worlds of places for the tests of geography: towns with many listings, and the places where formulas give out."""

from __future__ import annotations

import numpy as np

from warehouse_hub.places.distance import geodesic_km
from warehouse_hub.search.geography.distance import PlaceColumns, auxiliary
from warehouse_hub.search.map.position import fixed_point, morton_of

# Poles, the antimeridian from both sides, the map's edge, the equator, two rows at one place, and an unknown place.
AWKWARD = [
    (90.0, 0.0),
    (90.0, 135.0),
    (-90.0, 7.0),
    (0.0, 180.0),
    (0.0, -180.0),
    (51.0, 180.0),
    (51.0, -180.0),
    (51.0, 179.9999999),
    (85.06, 20.0),
    (88.0, -100.0),
    (-89.5, 179.0),
    (0.0, 0.0),
    (0.0, 1e-9),
    (0.0, 0.0),
    (np.nan, np.nan),
]


def places_at(points) -> PlaceColumns:
    """Columns with a row for each (latitude, longitude)."""
    latitude, longitude = (np.array(column, float) for column in zip(*points, strict=True))
    return PlaceColumns(latitude, longitude, *auxiliary(latitude, longitude))


def world(rows: int, seed: int = 0) -> PlaceColumns:
    """Places around 300 towns all over the world, in no order, one in fifty unknown, the awkward ones among them."""
    random = np.random.default_rng(seed)
    towns = np.stack((random.uniform(-75, 75, 300), random.uniform(-180, 180, 300)), axis=1)
    points = towns[random.integers(0, 300, rows)] + random.normal(0, 0.5, (rows, 2))
    points[:, 1] = (points[:, 1] + 180) % 360 - 180
    points[random.random(rows) < 0.02] = np.nan
    points[: len(AWKWARD)] = AWKWARD
    return places_at(random.permutation(points))


def in_map_order(places: PlaceColumns):
    """The same places along the Z-order curve, and the sorted column of it."""
    morton = morton_of(*fixed_point(places.latitude, places.longitude), ~np.isnan(places.latitude))
    order = np.argsort(morton, kind="stable")
    columns = (getattr(places, name)[order] for name in PlaceColumns.__dataclass_fields__)
    return PlaceColumns(*columns), morton[order]


def geodesics(places: PlaceColumns, *points) -> np.ndarray:
    """The oracle: kilometres of geodesic from every row to the nearest of the points, NaN for an unknown place."""
    rows = zip(places.latitude.tolist(), places.longitude.tolist(), strict=True)
    return np.array(
        [np.nan if np.isnan(here[0]) else min(geodesic_km(point, here) for point in points) for here in rows]
    )
