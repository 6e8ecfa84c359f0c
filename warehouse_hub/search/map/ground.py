"""A part of the world that was looked at to draw a map: its rows, asked for once, and its cells at several zooms."""

from __future__ import annotations

import numpy as np

from warehouse_hub.search.geography.shapes import Box
from warehouse_hub.search.map.cells import Cells, coarser, occupied_cells
from warehouse_hub.search.map.region import Region, seen, whole_world
from warehouse_hub.search.map.source import Source


class Ground:
    """The rows that `source` tells of an extent, and the cells they fill; `inside` a cell is what lies in `box`.

    The extent is made of whole cells at its zoom, so it is at all finer ones, of which zooms may be asked for from
    the finer to the coarser.
    """

    def __init__(self, source: Source, box: Box | None, extent: Region) -> None:
        self._box = box
        self.extent = whole_world(0) if extent.whole else extent
        self.parts = [part.in_order() for part in source(extent.box)]
        self._finer: tuple[int, Cells] | None = None

    def cells(self, region: Region) -> Cells:
        """The occupied cells of a region in the extent."""
        if self._finer is None:
            cells = occupied_cells(self.parts, self.extent.finer(region.zoom), self._box)
        else:
            # A million rows are gone through once: coarser cells are sums of finer ones.
            zoom, cells = self._finer
            cells = coarser(cells, zoom - region.zoom)
        self._finer = region.zoom, cells
        return cells if region.whole else cells[seen(region, np.ascontiguousarray(cells["key"]))]
