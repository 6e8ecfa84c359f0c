"""The occupied cells of a region: how much is in each, and what of it lies in the box that is drawn.

Rows along the Z-order curve fall into cells of any zoom as runs, so that one pass over them is enough; cells of a
coarser zoom, and of several parts, are sums of these. Sums are of whole numbers, so the middle of a cell is the same
to the last bit however its rows came together. `count`, the sums and `single` are of all results in the cell,
`inside`, `classes` and the bounds of those in the box.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.geography.shapes import Box
from warehouse_hub.search.kernels.compiled import inner, kernel
from warehouse_hub.search.map.region import Region, key_bits, sight
from warehouse_hub.search.map.source import Located, MapColumns
from warehouse_hub.vocabulary.codes import RECORD_CLASSES

CELL: Final = np.dtype(
    [
        ("key", "u8"),
        ("count", "i8"),
        # Of a million places at most 2**52, far from the end of the number.
        ("sum_x", "i8"),
        ("sum_y", "i8"),
        # Whether all stand at one place, and where the first one stands.
        ("single", "?"),
        ("latitude", "f8"),
        ("longitude", "f8"),
        ("inside", "i8"),
        ("classes", "i8", (len(RECORD_CLASSES),)),
        # No cell crosses the antimeridian, so its bounds are plain extremes.
        ("west", "f8"),
        ("south", "f8"),
        ("east", "f8"),
        ("north", "f8"),
    ],
    align=True,
)

Cells = NDArray[Any]
Rows = NDArray[np.uint32]
# What compiled code makes takes its form from here, so that it is compiled anew when there are other classes.
_NO_CELLS: Final = np.zeros(0, CELL)


class Edges(NamedTuple):
    """A box in the form that compiled functions take; the edges of the whole world lie beyond every place."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def of(cls, box: Box | None) -> Edges:
        if box is None:
            return cls(-np.inf, -np.inf, np.inf, np.inf)
        return cls(float(box.west), float(box.south), float(box.east), float(box.north))


def occupied_cells(parts: Sequence[Located], region: Region, box: Box | None) -> Cells:
    """The cells of the region that hold a row of any part, in the order of their keys; every part in order."""
    found = [_filled(part.columns, part.rows, region, Edges.of(box), _NO_CELLS) for part in parts]
    found = [cells for cells in found if len(cells)] or [_NO_CELLS]
    if len(found) == 1:
        return found[0]
    together = np.concatenate(found)
    return _summed(together[np.argsort(together["key"], kind="stable")], np.uint64(0))


def coarser(cells: Cells, zooms: int) -> Cells:
    """The cells so many zooms further out; whole only where all their quarters were in the region."""
    return _summed(cells, np.uint64(2 * zooms)) if zooms else cells


@inner
def within(edges: Edges, latitude: float, longitude: float) -> bool:
    """Whether a place lies in the box with these edges, on an edge too."""
    if not edges.south <= latitude <= edges.north:
        return False
    if edges.west > edges.east:
        return longitude >= edges.west or longitude <= edges.east
    return edges.west <= longitude <= edges.east


@kernel
def _filled(columns: MapColumns, rows: Rows, region: Region, edges: Edges, form: Cells) -> Cells:
    morton, bits = columns.morton, key_bits(region.zoom)
    runs = 0
    for place in range(len(rows)):
        runs += place == 0 or morton[rows[place]] >> bits != morton[rows[place - 1]] >> bits
    cells = np.zeros(runs, form.dtype)
    filled = start = 0
    while start < len(rows):
        key, end = morton[rows[start]] >> bits, start + 1
        while end < len(rows) and morton[rows[end]] >> bits == key:
            end += 1
        if sight(region, key):
            cells[filled].key = key
            _fill(cells[filled], columns, rows[start:end], edges)
            filled += 1
        start = end
    return cells[:filled]


@inner
def _fill(cell: Any, columns: MapColumns, rows: Rows, edges: Edges) -> None:
    # In local variables, which stay in registers where the fields of a cell would not.
    place = columns.latitude[rows[0]], columns.longitude[rows[0]]
    sum_x = sum_y = inside = 0
    single = True
    west, south, east, north = np.inf, np.inf, -np.inf, -np.inf
    for row in rows:
        latitude, longitude = columns.latitude[row], columns.longitude[row]
        sum_x += columns.map_x[row]
        sum_y += columns.map_y[row]
        single &= (latitude, longitude) == place
        if not within(edges, latitude, longitude):
            continue
        inside += 1
        if columns.record_class[row] < len(cell.classes):
            cell.classes[columns.record_class[row]] += 1
        west, east = min(west, longitude), max(east, longitude)
        south, north = min(south, latitude), max(north, latitude)
    cell.count, cell.sum_x, cell.sum_y, cell.inside = len(rows), sum_x, sum_y, inside
    cell.single, cell.latitude, cell.longitude = single, place[0], place[1]
    cell.west, cell.south, cell.east, cell.north = west, south, east, north


@kernel
def _summed(cells: Cells, bits: np.uint64) -> Cells:
    """Cells that share a key without its last bits are made one; they have to stand in order."""
    sums = np.zeros(len(cells), cells.dtype)
    number = -1
    for cell in cells:
        if number < 0 or cell.key >> bits != sums[number].key:
            number += 1
            sums[number] = cell
            sums[number].key = cell.key >> bits
            continue
        total = sums[number]
        total.single &= cell.single and (cell.latitude, cell.longitude) == (total.latitude, total.longitude)
        total.count += cell.count
        total.sum_x += cell.sum_x
        total.sum_y += cell.sum_y
        total.inside += cell.inside
        for each in range(len(total.classes)):
            total.classes[each] += cell.classes[each]
        total.west, total.east = min(total.west, cell.west), max(total.east, cell.east)
        total.south, total.north = min(total.south, cell.south), max(total.north, cell.north)
    return sums[: number + 1]
