"""A rectangle of cells: the part of the world that has to be looked at to draw a frame of the map.

Cells are 64 px wide at their zoom, 4 * 2**zoom around the world, and a cell is the upper bits of the Z-order number
of all places in it. Columns run on across the antimeridian, lines end at the poles.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.geography.shapes import Box
from warehouse_hub.search.kernels.compiled import inner, kernel
from warehouse_hub.search.map.position import WORLD_BITS, WORLD_UNITS, degrees_of, disentangled, fixed_point

WORLD_PX: Final = 256
CELLS_AT_ZOOM_0: Final = 4
# The width of a cell is two to the power of this many map units at zoom 0, and half as much at each finer one.
UNIT_BITS: Final = WORLD_BITS - 2

OUT_OF_SIGHT: Final = 0
AT_THE_EDGE: Final = 1
IN_SIGHT: Final = 2


class Region(NamedTuple):
    """`columns` many columns eastward from column `first`, the lines `top` to `bottom` with both."""

    zoom: int
    first: int
    columns: int
    top: int
    bottom: int

    @property
    def whole(self) -> bool:
        """Whether these are all cells of the world."""
        return self == whole_world(self.zoom)

    @property
    def size(self) -> int:
        """How many cells these are."""
        return self.columns * (self.bottom - self.top + 1)

    @property
    def box(self) -> Box | None:
        """A box that holds every place in these cells, and a hair more; None for the whole world."""
        if self.whole:
            return None
        side, unit = cells_around(self.zoom), UNIT_BITS - self.zoom
        y = [(self.top << unit) - 1, (self.bottom + 1) << unit]
        x = [(self.first << unit) - 1, (self.first + self.columns) << unit]
        (north, south), (west, east) = (
            each.tolist() for each in degrees_of(np.array(x) % WORLD_UNITS, np.array(y))
        )
        return Box(
            -180.0 if self.columns == side else west,
            -90.0 if self.bottom == side - 1 else south,
            180.0 if self.columns == side else east,
            90.0 if self.top == 0 else north,
        )

    def finer(self, zoom: int) -> Region:
        """The same part of the world in the cells of a zoom not coarser than its own."""
        more = zoom - self.zoom
        return Region(
            zoom,
            self.first << more,
            self.columns << more,
            self.top << more,
            (self.bottom + 1 << more) - 1,
        )


def cells_around(zoom: int) -> int:
    """How many cells the world is wide, and high."""
    return CELLS_AT_ZOOM_0 << zoom


def whole_world(zoom: int) -> Region:
    side = cells_around(zoom)
    return Region(zoom, 0, side, 0, side - 1)


def around(box: Box | None, zoom: int, margin: int) -> Region:
    """The cells that a box touches and `margin` more on every side; the world for None."""
    if box is None:
        return whole_world(zoom)
    side, bits = cells_around(zoom), UNIT_BITS - zoom
    x, y = fixed_point([box.north, box.south], [box.west, box.east])
    (west, east), (north, south) = (x >> np.uint32(bits)).tolist(), (y >> np.uint32(bits)).tolist()
    if box.west > box.east:
        east += side
    columns = east - west + 1 + 2 * margin
    first = (west - margin) % side if columns < side else 0
    return Region(zoom, first, min(columns, side), max(north - margin, 0), min(south + margin, side - 1))


@inner
def key_bits(zoom: int) -> np.uint64:
    """A place's Z-order number without its last so many bits is the key of its cell."""
    return np.uint64(2 * (UNIT_BITS - zoom))


@inner
def sight(region: Region, key: np.uint64) -> int:
    """OUT_OF_SIGHT for a cell outside; AT_THE_EDGE when a neighbour of it may be outside, else IN_SIGHT."""
    side = CELLS_AT_ZOOM_0 << region.zoom
    column, line = disentangled(key)
    across = (column - region.first) & (side - 1)
    if across >= region.columns or line < region.top or line > region.bottom:
        return OUT_OF_SIGHT
    if region.columns < side and not 0 < across < region.columns - 1:
        return AT_THE_EDGE
    if (line == region.top and line > 0) or (line == region.bottom and line < side - 1):
        return AT_THE_EDGE
    return IN_SIGHT


@kernel
def seen(region: Region, keys: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Which cells are not out of sight."""
    held = np.empty(len(keys), np.bool_)
    for number in range(len(keys)):
        held[number] = sight(region, keys[number]) != OUT_OF_SIGHT
    return held
