"""The map of a search: the same filters as the list, over one moment of the directory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from warehouse_hub.search.engine import SearchEngine
from warehouse_hub.search.found import PartFound
from warehouse_hub.search.geography.shapes import Box
from warehouse_hub.search.map.features import MapResult, map_of
from warehouse_hub.search.map.source import Located, MapColumns
from warehouse_hub.search.query import SearchQuery


def map_features(engine: SearchEngine, query: SearchQuery, zoom: int) -> MapResult:
    """The results of `query` in its `bbox` (the world without one) as bubbles and points for a zoom from 0 to 22."""
    view = engine.view()
    lost: list[int] = []

    def results_in(box: Box | None) -> Sequence[Located]:
        found = engine.find(replace(query, bbox=box, sort=None), view=view)
        lost.append(found.without_coordinates)
        return [_located(part) for part in found.parts]

    drawn = map_of(results_in, query.bbox, zoom, 0)
    return replace(drawn, without_coordinates=lost[0])


def _located(found: PartFound) -> Located:
    part, rows = found.part, found.rows
    columns = part.columns
    if part.in_map_order:
        rows = rows[: np.searchsorted(rows, np.uint32(part.located))]
    else:
        rows = rows[~np.isnan(columns.latitude[rows])]
    told = MapColumns(
        columns.morton,
        columns.map_x,
        columns.map_y,
        columns.latitude,
        columns.longitude,
        columns.record_class,
    )
    return Located(told, rows, part.in_map_order, part.ids.__getitem__)
