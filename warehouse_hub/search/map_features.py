"""The map of a search: bubbles and points with their counts, as plain structures ready for GeoJSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.clusters import WORLD, Bubbles, Frame, bubbles
from warehouse_hub.search.columns import ColumnsSnapshot
from warehouse_hub.search.engine import SearchEngine
from warehouse_hub.search.geography import Box, in_box, mercator, unmercator
from warehouse_hub.search.query import SearchQuery
from warehouse_hub.vocabulary.codes import RECORD_CLASSES

MOST_IDS_OF_A_POINT: Final = 100

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class MapFeature:
    """A point with the ids of all listings at its place (at most 100), or a bubble with the box that opens it."""

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


def map_features(engine: SearchEngine, query: SearchQuery, zoom: int) -> MapResult:
    """The results of `query` in its `bbox` (the world without one) as bubbles and points for a zoom from 0 to 22."""
    found = engine.find(replace(query, bbox=None))
    columns = found.columns
    rows = np.flatnonzero(found.selection.kept & ~np.isnan(columns.latitude))
    inside, frame = np.ones(len(rows), np.bool_), WORLD
    if query.bbox is not None:
        inside = in_box(query.bbox, columns.latitude[rows], columns.longitude[rows])
        frame = _frame(query.bbox)
    drawn = bubbles(columns.map_x[rows], columns.map_y[rows], inside, frame, zoom)
    return MapResult(
        features=_features(columns, rows, drawn),
        total=int(np.count_nonzero(inside)),
        without_coordinates=int(np.count_nonzero(found.selection.unplaced)),
        zoom=drawn.zoom,
    )


def _frame(box: Box) -> Frame:
    (west, top), (east, bottom) = mercator(box.north, box.west), mercator(box.south, box.east)
    span = 1.0 if (box.west, box.east) == (-180.0, 180.0) else float((east - west) % 1.0)
    return Frame(float(west), span, float(top), float(bottom))


def _features(columns: ColumnsSnapshot, rows: Ints, drawn: Bubbles) -> tuple[MapFeature, ...]:
    shown = np.flatnonzero(drawn.of_point >= 0)
    order = shown[np.argsort(drawn.of_point[shown], kind="stable")]
    if not len(order):
        return ()
    bubble, members = drawn.of_point[order], rows[order]
    starts = np.flatnonzero(np.diff(bubble, prepend=-1))
    boxes = _bounds(columns, members, bubble, drawn, starts)
    latitude, longitude = unmercator(drawn.x, drawn.y)
    return tuple(
        _feature(columns, part, single=bool(single), box=box, middle=(float(lat), float(lon)))
        for part, single, box, lat, lon in zip(
            np.split(members, starts[1:]), drawn.single, boxes, latitude, longitude, strict=True
        )
    )


def _feature(
    columns: ColumnsSnapshot, rows: Ints, *, single: bool, box: Box, middle: tuple[float, float]
) -> MapFeature:
    classes = np.bincount(columns.record_class[rows], minlength=len(RECORD_CLASSES.codes))
    by_class = {code: int(count) for code, count in zip(RECORD_CLASSES.codes, classes, strict=False) if count}
    if single:
        place = (float(columns.latitude[rows[0]]), float(columns.longitude[rows[0]]))
        ids = tuple(sorted(columns.ids[row] for row in rows.tolist())[:MOST_IDS_OF_A_POINT])
        return MapFeature(*place, len(rows), by_class, ids, None)
    return MapFeature(*middle, len(rows), by_class, (), box)


def _bounds(columns: ColumnsSnapshot, rows: Ints, bubble: Ints, drawn: Bubbles, starts: Ints) -> list[Box]:
    """The box around the members of every bubble, measured from its middle so that it may cross the antimeridian."""
    latitude, x = columns.latitude[rows], columns.map_x[rows]
    east = x - drawn.x[bubble]
    east -= np.round(east)
    return [
        Box(_longitude(middle + least), float(south), _longitude(middle + most), float(north))
        for middle, least, most, south, north in zip(
            drawn.x.tolist(),
            np.minimum.reduceat(east, starts).tolist(),
            np.maximum.reduceat(east, starts).tolist(),
            np.minimum.reduceat(latitude, starts).tolist(),
            np.maximum.reduceat(latitude, starts).tolist(),
            strict=True,
        )
    ]


def _longitude(x: float) -> float:
    return x % 1.0 * 360.0 - 180.0


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
