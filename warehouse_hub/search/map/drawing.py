"""The bubbles of a frame: looked for in as little of the world as settles them, no finer than can be drawn.

What is drawn has to be the same whatever frame it is drawn in. So cells around the frame are looked at too, and more
of them while a chain of neighbours leads out of sight, in the end the whole world.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.geography.shapes import Box
from warehouse_hub.search.kernels.compiled import kernel
from warehouse_hub.search.map.bubbles import Bubbles, bubbles_of
from warehouse_hub.search.map.cells import Edges, within
from warehouse_hub.search.map.ground import Ground
from warehouse_hub.search.map.region import Region, around, key_bits
from warehouse_hub.search.map.source import Located, Source
from warehouse_hub.search.map.winners import NEIGHBOURS

MOST_FEATURES: Final = 2000
MOST_ZOOM: Final = 22
# Seldom do more than a few cells in a row hang on each other.
_MARGIN: Final = 6
_WIDER: Final = 4
# A zoom further out has a quarter of the cells.
_COARSER: Final = 2
# A bubble takes no more cells than its own and those around it. Their middles are in a square of twice its width,
# which is less than a cell of the next coarser zoom is wide, so they are in four of those at most.
_MOST_CELLS: Final = (NEIGHBOURS + 1) * MOST_FEATURES
_MOST_COARSER_CELLS: Final = 4 * MOST_FEATURES


@dataclass(frozen=True)
class Drawing:
    """At most 2,000 bubbles in the order of their keys, the zoom they are drawn for, and the rows they are made of."""

    zoom: int
    bubbles: Bubbles
    parts: Sequence[Located]


def drawn(source: Source, box: Box | None, zoom: int) -> Drawing:
    """The frame `box` for a zoom from 0 to 22, or for the nearest coarser one that needs no more than 2,000 bubbles."""
    zoom, margin = max(0, min(zoom, MOST_ZOOM)), _MARGIN
    ground = Ground(source, box, _extent(box, zoom, margin))
    if ground.extent.finer(zoom).size > _MOST_CELLS:
        for part in ground.parts:
            columns = part.columns
            zoom = _finest(
                columns.morton, columns.latitude, columns.longitude, part.rows, Edges.of(box), zoom
            )
    while True:
        if zoom < ground.extent.zoom:
            ground = Ground(source, box, _extent(box, zoom, margin))
        region = around(box, zoom, margin)
        bubbles = bubbles_of(ground.cells(region), region)
        if bubbles is None:
            margin *= _WIDER
            ground = Ground(source, box, around(box, zoom, margin))
        elif len(bubbles) > MOST_FEATURES:
            zoom -= 1
        else:
            return Drawing(zoom, bubbles, ground.parts)


def _extent(box: Box | None, zoom: int, margin: int) -> Region:
    """What to look at for a zoom, and for the coarser ones that may have to be tried."""
    extent = around(box, zoom, margin)
    if extent.size <= MOST_FEATURES:
        return extent
    return around(box, max(zoom - _COARSER, 0), margin)


@kernel
def _finest(
    morton: NDArray[np.uint64],
    latitude: NDArray[np.float64],
    longitude: NDArray[np.float64],
    rows: NDArray[np.uint32],
    edges: Edges,
    zoom: int,
) -> int:
    """The finest zoom up to `zoom` where the rows in the box fill so few cells that 2,000 bubbles might take them all.

    Two places that follow each other are in two cells at each zoom down to where their Z-order numbers part.
    """
    filled = np.zeros(zoom + 1, np.int64)
    everywhere = edges.south == -np.inf
    # The first place opens no cell where the cell of number 0 is its own: one too few does no harm.
    last = np.uint64(0)
    for row in rows:
        if not (everywhere or within(edges, latitude[row], longitude[row])):
            continue
        parting = morton[row] ^ last
        last = morton[row]
        each = zoom
        while each >= 0 and parting >> key_bits(each):
            filled[each] += 1
            each -= 1
        while filled[zoom] > _MOST_CELLS or (zoom > 0 and filled[zoom - 1] > _MOST_COARSER_CELLS):
            zoom -= 1
    return zoom
