"""Bubbles on the map, the same wherever the map is scrolled to.

Points fall into the cells of a grid that is anchored to the world at each zoom. Cells compete in the order of their
size: a cell that wins takes over every neighbour whose middle is nearer than a bubble's width, so no two bubbles
overlap. Where a bubble stands depends on all points that pass the filters, also those outside the box; its count is
of those inside. So scrolling changes counts at the edge but moves nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

BUBBLE_PX: Final = 52
WORLD_PX: Final = 256
MOST_FEATURES: Final = 2000
MOST_ZOOM: Final = 22
# A winner takes over at most its eight neighbours.
CELLS_OF_A_BUBBLE: Final = 9
# Whose bubble a point belongs to, and who else belongs to it, is settled within this many cells.
_RINGS: Final = 3

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Frame:
    """The part of the map that is drawn, in Web-Mercator coordinates from 0 to 1; `x_span` runs eastward."""

    x: float
    x_span: float
    y: float
    y_end: float


WORLD: Final = Frame(0.0, 1.0, 0.0, 1.0)


@dataclass(frozen=True)
class Bubbles:
    """Every bubble with a point inside: `of_point` names the bubble of each point, -1 where none is drawn.

    `x` and `y` are the bubbles' places, `single` whether all its points, drawn or not, share one place.
    """

    zoom: int
    of_point: Ints
    x: Floats
    y: Floats
    single: Mask


def bubbles(x: Floats, y: Floats, inside: Mask, frame: Frame, zoom: int) -> Bubbles:
    """Cluster points for a zoom, or for the nearest coarser one that draws at most 2,000 bubbles."""
    drawn: dict[int, Bubbles] = {}

    def too_many(each: int) -> bool:
        grid = _Grid(x, y, each)
        if len(np.unique(grid.key[inside])) > CELLS_OF_A_BUBBLE * MOST_FEATURES:
            return True
        drawn[each] = _cluster(grid, inside, frame)
        return len(drawn[each].x) > MOST_FEATURES

    zoom = max(0, min(zoom, MOST_ZOOM))
    if zoom == 0 or too_many(zoom):
        # Their number grows with the zoom: halve the range instead of trying each.
        zoom = max(0, bisect_left(range(zoom), True, key=too_many) - 1)
    return drawn[zoom] if zoom in drawn else _cluster(_Grid(x, y, zoom), inside, frame)


class _Grid:
    """The cells of all points at a zoom: at least a bubble wide, and a whole number of them around the world."""

    def __init__(self, x: Floats, y: Floats, zoom: int) -> None:
        self.zoom = zoom
        self.x, self.y = x % 1.0, np.clip(y, 0.0, np.nextafter(1.0, 0.0))
        self.size = WORLD_PX * 2**zoom // BUBBLE_PX
        self.column = np.minimum((self.x * self.size).astype(np.int64), self.size - 1)
        self.line = np.minimum((self.y * self.size).astype(np.int64), self.size - 1)
        self.key = self.line * self.size + self.column
        self.reach = BUBBLE_PX / (WORLD_PX * 2**zoom)


def _cluster(grid: _Grid, inside: Mask, frame: Frame) -> Bubbles:
    margin = 2 * _RINGS
    while True:
        region = _Region(grid, frame, margin)
        cells = _Cells(grid, region)
        owner = cells.owners()
        if owner is not None:
            return _drawn(grid, inside, region, cells, owner)
        # A chain of neighbours led out of sight: look further, in the end at the whole world.
        margin *= 4


class _Region:
    """The points in the cells of the frame and a margin around it."""

    def __init__(self, grid: _Grid, frame: Frame, margin: int) -> None:
        size = grid.size
        first = int(np.floor(frame.x * size)) - margin
        width = int(np.floor((frame.x + frame.x_span) * size)) - int(np.floor(frame.x * size)) + 2 * margin
        top = int(np.floor(frame.y * size)) - margin
        bottom = int(np.floor(frame.y_end * size)) + margin
        around = width >= size - 1
        across = (grid.column - first) % size
        chosen = (grid.line >= top) & (grid.line <= bottom)
        if not around:
            chosen &= across <= width
        self.points = np.flatnonzero(chosen)
        across, line = across[self.points], grid.line[self.points]
        far_across = np.full(len(across), size) if around else np.minimum(across, width - across)
        above = np.where(top <= 0, size, line - top)
        below = np.where(bottom >= size - 1, size, bottom - line)
        # How many cells each point is away from the nearest edge of what was looked at.
        self.depth = np.minimum(far_across, np.minimum(above, below))
        self.margin = margin


class _Cells:
    """The occupied cells of a region with their middles, their order, and which of them are too near each other."""

    def __init__(self, grid: _Grid, region: _Region) -> None:
        self.key, first, self.of_point, self.count = np.unique(
            grid.key[region.points], return_index=True, return_inverse=True, return_counts=True
        )
        self.depth = region.depth[first]
        self.settled_from = region.margin - _RINGS
        self.x = np.bincount(self.of_point, grid.x[region.points], len(self.key)) / self.count
        self.y = np.bincount(self.of_point, grid.y[region.points], len(self.key)) / self.count
        self.rank = np.empty(len(self.key), np.int64)
        self.rank[np.lexsort((self.key, -self.count))] = np.arange(len(self.key))
        self.near, self.far = self._neighbours(grid)

    def _neighbours(self, grid: _Grid) -> tuple[Ints, Ints]:
        """Pairs of cells, both ways round, whose middles are nearer than a bubble's width."""
        line, column = self.key // grid.size, self.key % grid.size
        pairs: list[tuple[Ints, Ints]] = [(np.zeros(0, np.int64), np.zeros(0, np.int64))]
        for down, right in ((0, 1), (1, -1), (1, 0), (1, 1)):
            wanted = (line + down) * grid.size + (column + right) % grid.size
            place = np.minimum(np.searchsorted(self.key, wanted), len(self.key) - 1)
            here = np.flatnonzero(self.key[place] == wanted)
            there = place[here]
            dx = self.x[here] - self.x[there]
            dx -= np.round(dx)
            close = np.hypot(dx, self.y[here] - self.y[there]) < grid.reach
            pairs += [(here[close], there[close]), (there[close], here[close])]
        return np.concatenate([pair[0] for pair in pairs]), np.concatenate([pair[1] for pair in pairs])

    def owners(self) -> Ints | None:
        """The winner each cell belongs to, itself if it wins; None when that hangs on cells out of sight.

        The result is that of going through the cells in their order one by one, found in a few rounds for all.
        """
        won = np.zeros(len(self.key), np.bool_)
        open_ = np.ones(len(self.key), np.bool_)
        # At the edge a stronger neighbour may be out of sight: such a cell can lose, but not be called a winner.
        sighted = self.depth > 0
        while True:
            live = open_[self.near] & open_[self.far]
            strongest = np.full(len(self.key), len(self.key))
            np.minimum.at(strongest, self.near[live], self.rank[self.far[live]])
            winners = open_ & sighted & (self.rank < strongest)
            if not winners.any():
                break
            won |= winners
            open_ &= ~winners
            open_[self.far[winners[self.near]]] = False
        if (open_ & (self.depth >= self.settled_from)).any():
            return None
        owner_rank = np.where(won, self.rank, len(self.key))
        taken = won[self.far] & ~won[self.near]
        np.minimum.at(owner_rank, self.near[taken], self.rank[self.far[taken]])
        of_rank = np.append(np.argsort(self.rank), -1)
        return of_rank[owner_rank]


def _drawn(grid: _Grid, inside: Mask, region: _Region, cells: _Cells, owner: Ints) -> Bubbles:
    owner_of_point = owner[cells.of_point]
    drawn = inside[region.points]
    winners, numbered = np.unique(owner_of_point[drawn], return_inverse=True)
    of_point = np.full(len(inside), -1, np.int64)
    of_point[region.points[drawn]] = numbered
    return Bubbles(
        zoom=grid.zoom,
        of_point=of_point,
        x=cells.x[winners],
        y=cells.y[winners],
        single=_same_place(grid, region, owner_of_point, winners),
    )


def _same_place(grid: _Grid, region: _Region, owner_of_point: Ints, winners: Ints) -> Mask:
    place = np.minimum(np.searchsorted(winners, owner_of_point), max(len(winners) - 1, 0))
    shown = np.flatnonzero(winners[place] == owner_of_point) if len(winners) else np.zeros(0, np.int64)
    bubble, points = place[shown], region.points[shown]
    same = np.ones(len(winners), np.bool_)
    for coordinate in (grid.x, grid.y):
        low, high = np.full(len(winners), np.inf), np.full(len(winners), -np.inf)
        np.minimum.at(low, bubble, coordinate[points])
        np.maximum.at(high, bubble, coordinate[points])
        same &= low == high
    return same
