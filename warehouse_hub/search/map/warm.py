"""Every compiled loop of the map once, on next to nothing: else the first to open a map waits for the compiler."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from warehouse_hub.search.geography.shapes import Box
from warehouse_hub.search.map.features import map_of
from warehouse_hub.search.map.position import fixed_point, morton_of, units_of
from warehouse_hub.search.map.source import Located, MapColumns


def warm() -> None:
    """Load what is compiled already, compile what is not."""
    latitude, longitude = np.zeros(1), np.zeros(1)
    map_x, map_y = fixed_point(latitude, longitude)
    morton = morton_of(map_x, map_y)
    units_of(morton)
    columns = MapColumns(morton, map_x, map_y, latitude, longitude, record_class=np.zeros(1, np.uint8))
    part = Located(columns, rows=np.zeros(1, np.uint32), ordered=True, ids=str)
    for box in (None, Box(-1.0, -1.0, 1.0, 1.0)):
        map_of(lambda _: [part, replace(part, ordered=False)], box, 18, 0)
