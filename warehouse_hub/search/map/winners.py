"""Which cells become bubbles: each takes over the weaker cells around it whose middles are too near.

The rule: go through all cells of the world from the strongest to the weakest; one that nobody has taken yet wins,
and takes every weaker free cell nearer than a bubble's width. So no two winners are too near each other. More results
make a cell stronger; equals are told apart by a number drawn from their keys rather than by the keys themselves, or
a whole row of equal cells would hang on its far end.

Cells are wider than a bubble, so only the eight around a cell can be too near, and whether it wins hangs on the
stronger ones among those alone. What is easy to get wrong: a cell at the edge of what was looked at may have a
stronger neighbour out of sight. It can be taken but cannot be called a winner, and what hangs on it stays OPEN.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.kernels.compiled import inner, kernel
from warehouse_hub.search.map.position import WORLD_UNITS, disentangled, interleaved
from warehouse_hub.search.map.region import CELLS_AT_ZOOM_0, IN_SIGHT, WORLD_PX, Region, sight

BUBBLE_PX: Final = 52
NEIGHBOURS: Final = 8

OPEN: Final = 0
WON: Final = 1
TAKEN: Final = 2
# In the place of a cell's number.
NOBODY: Final = -1
UNKNOWN: Final = -2

Keys = NDArray[np.uint64]
Floats = NDArray[np.float64]
Number = int | np.int64
Numbers = NDArray[np.int64]
Marks = NDArray[np.int8]

# The four neighbours further on; the other four are these seen from the other side.
_ASIDE: Final = ((1, 0), (-1, 1), (0, 1), (1, 1))
# A place is known to the map unit it lies in, so two may be nearer by a unit's diagonal than they seem.
_DOUBT: Final = 2.0
_SCRAMBLE: Final = np.uint64(0x9E3779B97F4A7C15)
_HALF: Final = np.uint64(32)


@kernel
def neighbours(key: Keys, x: Floats, y: Floats, zoom: int) -> Numbers:
    """For each cell the numbers of those around it whose middles `x`, `y` (map units) are too near, else NOBODY."""
    side = CELLS_AT_ZOOM_0 << zoom
    reach = BUBBLE_PX * WORLD_UNITS / (WORLD_PX << zoom) + _DOUBT
    table = _numbered(key)
    near = np.full((len(key), NEIGHBOURS), NOBODY)
    for cell in range(len(key)):
        column, line = disentangled(key[cell])
        for direction, (right, down) in enumerate(_ASIDE):
            if line + down >= side:
                continue
            wanted = interleaved(np.uint64((column + right) & (side - 1)), np.uint64(line + down))
            other = _number_of(wanted, key, table)
            if other == NOBODY:
                continue
            across = abs(x[cell] - x[other])
            across = min(across, WORLD_UNITS - across)
            down_to = y[cell] - y[other]
            if across * across + down_to * down_to < reach * reach:
                near[cell, direction] = other
                near[other, direction + len(_ASIDE)] = cell
    return near


@kernel
def decided(key: Keys, count: Numbers, near: Numbers, region: Region) -> Marks:
    """WON or TAKEN for every cell, OPEN where that hangs on cells out of sight."""
    state = np.full(len(key), OPEN, np.int8)
    # How many stronger cells near it have not been taken yet: a cell wins as soon as there is none.
    rivals = np.zeros(len(key), np.int64)
    ready = np.empty(len(key), np.int64)
    waiting = 0
    for cell in range(len(key)):
        for other in near[cell]:
            rivals[cell] += other != NOBODY and stronger(other, cell, key, count)
        # A hidden rival that nobody ever takes.
        rivals[cell] += sight(region, key[cell]) < IN_SIGHT
        if rivals[cell] == 0:
            ready[waiting] = cell
            waiting += 1
    while waiting:
        waiting -= 1
        winner = ready[waiting]
        state[winner] = WON
        for loser in near[winner]:
            if loser == NOBODY or state[loser] == TAKEN:
                continue
            state[loser] = TAKEN
            for weaker in near[loser]:
                if weaker == NOBODY or state[weaker] != OPEN or stronger(weaker, loser, key, count):
                    continue
                rivals[weaker] -= 1
                if rivals[weaker] == 0:
                    ready[waiting] = weaker
                    waiting += 1
    return state


@kernel
def owners(key: Keys, count: Numbers, near: Numbers, state: Marks, region: Region) -> Numbers:
    """For each cell the winner that took it, itself if it won; UNKNOWN where that hangs on cells out of sight."""
    owner = np.full(len(key), UNKNOWN)
    for cell in range(len(key)):
        if state[cell] == WON:
            owner[cell] = cell
        elif state[cell] == TAKEN and sight(region, key[cell]) == IN_SIGHT:
            strongest = np.int64(NOBODY)
            for other in near[cell]:
                if other == NOBODY or state[other] == TAKEN:
                    continue
                if strongest == NOBODY or stronger(other, strongest, key, count):
                    strongest = other
            if state[strongest] == WON:
                owner[cell] = strongest
    return owner


@inner
def stronger(first: Number, second: Number, key: Keys, count: Numbers) -> bool:
    if count[first] != count[second]:
        return bool(count[first] > count[second])
    return bool(_scrambled(key[first]) < _scrambled(key[second]))


@inner
def _scrambled(key: np.uint64) -> np.uint64:
    """Another number for every key, without any order left."""
    key = (key ^ (key >> _HALF)) * _SCRAMBLE
    return (key ^ (key >> _HALF)) * _SCRAMBLE


@inner
def _numbered(key: Keys) -> Numbers:
    """A hash table from key to number: twice the size at least, a collision goes to the next free place."""
    size = 2
    while size < 2 * len(key):
        size *= 2
    table = np.full(size, NOBODY)
    for cell in range(len(key)):
        place = np.int64(_scrambled(key[cell])) & (size - 1)
        while table[place] != NOBODY:
            place = (place + 1) & (size - 1)
        table[place] = cell
    return table


@inner
def _number_of(wanted: np.uint64, key: Keys, table: Numbers) -> np.int64:
    place = np.int64(_scrambled(wanted)) & (len(table) - 1)
    while table[place] != NOBODY and key[table[place]] != wanted:
        place = (place + 1) & (len(table) - 1)
    return np.int64(table[place])
