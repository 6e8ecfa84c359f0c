"""The map of a search: bubbles and points with their counts, as plain structures ready for GeoJSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.geography.shapes import Box
from warehouse_hub.search.kernels.compiled import kernel
from warehouse_hub.search.map.bubbles import middles
from warehouse_hub.search.map.drawing import Drawing, drawn
from warehouse_hub.search.map.position import degrees_of
from warehouse_hub.search.map.region import key_bits
from warehouse_hub.search.map.source import Source
from warehouse_hub.vocabulary.codes import RECORD_CLASSES

MOST_IDS_OF_A_POINT: Final = 100
_CLASSES: Final = RECORD_CLASSES.codes


@dataclass(frozen=True, slots=True)
class MapFeature:
    """A point with the ids of the listings at its place (at most 100, sorted), or a bubble with the box that opens it.

    A point has no `bounds`; those of a bubble are the least that hold all it counts. `by_record_class` has no zeros.
    """

    latitude: float
    longitude: float
    count: int
    by_record_class: Mapping[str, int]
    ids: tuple[str, ...]
    bounds: Box | None


@dataclass(frozen=True)
class MapResult:
    """`total` is the sum of all counts: the results with a place in the box. `zoom` is the one drawn for, coarser
    than the one asked for where more than 2,000 features would have been needed.
    """

    features: tuple[MapFeature, ...]
    total: int
    without_coordinates: int
    zoom: int

    def geojson(self) -> dict[str, Any]:
        return {
            "type": "FeatureCollection",
            "features": [_geojson(feature) for feature in self.features],
            "total": self.total,
            "without_coordinates": self.without_coordinates,
            "zoom": self.zoom,
        }


def map_of(source: Source, box: Box | None, zoom: int, without_coordinates: int) -> MapResult:
    """The results a source tells of as bubbles and points in `box`, the world for None, for a zoom from 0 to 22."""
    drawing = drawn(source, box, zoom)
    return MapResult(
        features=_features(drawing),
        total=int(drawing.bubbles["inside"].sum()),
        without_coordinates=without_coordinates,
        zoom=drawing.zoom,
    )


def _features(drawing: Drawing) -> tuple[MapFeature, ...]:
    # Whole columns become Python values at once: NumPy calls on single ones would take most of the time.
    bubbles = drawing.bubbles
    points = bubbles["single"]
    latitude, longitude = degrees_of(*middles(bubbles))
    ids = iter(_ids_of_points(drawing))
    return tuple(
        MapFeature(north, east, count, by_class, next(ids) if point else (), None if point else Box(*bounds))
        for north, east, count, by_class, bounds, point in zip(
            np.where(points, bubbles["latitude"], latitude).tolist(),
            np.where(points, bubbles["longitude"], longitude).tolist(),
            bubbles["inside"].tolist(),
            map(_by_class, bubbles["classes"].tolist()),
            zip(*(bubbles[edge].tolist() for edge in ("west", "south", "east", "north")), strict=True),
            points.tolist(),
            strict=True,
        )
    )


def _by_class(counts: list[int]) -> dict[str, int]:
    return {code: count for code, count in zip(_CLASSES, counts, strict=True) if count}


def _ids_of_points(drawing: Drawing) -> list[tuple[str, ...]]:
    """For each point in its turn the ids of the first rows there, those of the first part before the next one's."""
    keys = np.ascontiguousarray(drawing.bubbles["key"][drawing.bubbles["single"]])
    found: list[list[str]] = [[] for _ in keys]
    for part in drawing.parts:
        starts, ends = _runs(part.columns.morton, part.rows, keys, drawing.zoom)
        for ids, start, end in zip(found, starts.tolist(), ends.tolist(), strict=True):
            ids.extend(map(part.ids, part.rows[start:end][: MOST_IDS_OF_A_POINT - len(ids)].tolist()))
    return [tuple(sorted(ids)) for ids in found]


@kernel
def _runs(
    morton: NDArray[np.uint64], rows: NDArray[np.uint32], keys: NDArray[np.uint64], zoom: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where in `rows` the rows of each cell begin and end."""
    runs, bits = np.empty((2, len(keys)), np.int64), key_bits(zoom)
    for number in range(len(keys)):
        for side in range(2):
            low, high = 0, len(rows)
            while low < high:
                middle = (low + high) // 2
                if morton[rows[middle]] >> bits < keys[number] + np.uint64(side):
                    low = middle + 1
                else:
                    high = middle
            runs[side, number] = low
    return runs[0], runs[1]


def _geojson(feature: MapFeature) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "kind": "point" if feature.bounds is None else "cluster",
        "count": feature.count,
        "by_record_class": dict(feature.by_record_class),
        "ids": list(feature.ids),
    }
    if feature.bounds is not None:
        box = feature.bounds
        properties["bounds"] = [box.west, box.south, box.east, box.north]
    geometry = {"type": "Point", "coordinates": [feature.longitude, feature.latitude]}
    return {"type": "Feature", "geometry": geometry, "properties": properties}
