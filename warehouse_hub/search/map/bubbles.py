"""Cells gathered into the bubbles that are drawn: those that took a result in the box."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.kernels.compiled import inner, kernel
from warehouse_hub.search.map.cells import Cells
from warehouse_hub.search.map.position import disentangled
from warehouse_hub.search.map.region import Region
from warehouse_hub.search.map.winners import NOBODY, UNKNOWN, Floats, Numbers, decided, neighbours, owners

Bubbles = NDArray[Any]


def bubbles_of(cells: Cells, region: Region) -> Bubbles | None:
    """The winning cells with what they took; None when that hangs on cells outside the region.

    `inside`, `classes` and the bounds are those of all cells a bubble took, `west > east` across the antimeridian;
    `single` says whether all it took, in the box or not, stands at the one place `latitude`, `longitude`. `key`,
    `count` and the sums, and so the middle where it stands, stay those of the winning cell.
    """
    key, count = np.ascontiguousarray(cells["key"]), np.ascontiguousarray(cells["count"])
    near = neighbours(key, *middles(cells), region.zoom)
    owner = owners(key, count, near, decided(key, count, near, region), region)
    settled, bubbles = _gathered(cells, owner, near)
    return bubbles if settled else None


def middles(cells: Cells) -> tuple[Floats, Floats]:
    """The mean positions of what is in each cell, in map units."""
    return cells["sum_x"] / cells["count"], cells["sum_y"] / cells["count"]


@kernel
def _gathered(cells: Cells, owner: Numbers, near: Numbers) -> tuple[bool, Bubbles]:
    number = np.full(len(cells), NOBODY)
    for cell in range(len(cells)):
        if cells[cell].inside and owner[cell] == UNKNOWN:
            return False, np.zeros(0, cells.dtype)
        if cells[cell].inside:
            number[owner[cell]] = 0
    drawn = np.flatnonzero(number != NOBODY)
    bubbles = np.zeros(len(drawn), cells.dtype)
    # How often the bounds of a bubble go around the world to the east of its own cell: -1, 0 or 1.
    turns = np.empty((len(drawn), 2), np.int64)
    for place, winner in enumerate(drawn):
        number[winner] = place
        settled, single = _alone(winner, cells, owner, near)
        if not settled:
            return False, np.zeros(0, cells.dtype)
        _start(bubbles[place], turns[place], cells[winner], single)
    for cell in range(len(cells)):
        if cells[cell].inside:
            place = number[owner[cell]]
            _take(bubbles[place], turns[place], cells[cell])
    return True, bubbles


@inner
def _alone(winner: np.intp, cells: Cells, owner: Numbers, near: Numbers) -> tuple[bool, bool]:
    """Whether it is settled, and true, that all that the winner took stands at one place."""
    if not cells[winner].single:
        return True, False
    for other in near[winner]:
        if other != NOBODY and owner[other] == UNKNOWN:
            return False, False
        if other != NOBODY and owner[other] == winner:
            return True, False
    return True, True


@inner
def _start(bubble: Any, turns: Numbers, winner: Any, single: bool) -> None:  # noqa: FBT001
    bubble.key, bubble.count, bubble.single = winner.key, winner.count, single
    bubble.sum_x, bubble.sum_y = winner.sum_x, winner.sum_y
    bubble.latitude, bubble.longitude = winner.latitude, winner.longitude
    bubble.south, bubble.north = np.inf, -np.inf
    turns[0], turns[1] = 2, -2


@inner
def _take(bubble: Any, turns: Numbers, cell: Any) -> None:
    bubble.inside += cell.inside
    for each in range(len(bubble.classes)):
        bubble.classes[each] += cell.classes[each]
    bubble.south, bubble.north = min(bubble.south, cell.south), max(bubble.north, cell.north)
    turn = _turn(bubble.key, cell.key)
    if _before(turn, cell.west, turns[0], bubble.west):
        turns[0], bubble.west = turn, cell.west
    if _before(turns[1], bubble.east, turn, cell.east):
        turns[1], bubble.east = turn, cell.east


@inner
def _before(turn: int, degrees: float, other_turn: int, other_degrees: float) -> bool:
    return turn < other_turn or (turn == other_turn and degrees < other_degrees)


@inner
def _turn(winner: np.uint64, taken: np.uint64) -> int:
    """1 where the way from a winner to a cell beside it leads eastward across the antimeridian, -1 westward."""
    east = disentangled(taken)[0] - disentangled(winner)[0]
    if abs(east) <= 1:
        return 0
    return -1 if east > 0 else 1
