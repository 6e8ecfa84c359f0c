"""Where a place stands on the map: Web-Mercator in fixed point, and as one number along a Z-order curve.

The world is 2**32 units wide and high, counted from 180° west eastward and from the northern edge southward, so a
unit is 9 mm at the equator. What is easy to get wrong: a place is known to the unit it lies in, not to its corner,
so the way back gives the middle of the unit.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from warehouse_hub.search.kernels.compiled import inner, kernel

WORLD_BITS: Final = 32
WORLD_UNITS: Final = 2**WORLD_BITS
UNLOCATED: Final = np.uint64(2**64 - 1)

Units = NDArray[np.uint32]
Mortons = NDArray[np.uint64]
Floats = NDArray[np.float64]

# Kept free so that no place has the Z-order number of an unknown one.
_LAST_UNIT: Final = 2**32 - 2
_MERCATOR_LIMIT: Final = 85.051128779806604

# A number's bits are drawn apart by halves: sixteen and sixteen, then eights, fours, twos and ones.
_ONE, _TWO, _FOUR, _EIGHT, _SIXTEEN = (np.uint64(bits) for bits in (1, 2, 4, 8, 16))
_HALVES: Final = np.uint64(0x00000000FFFFFFFF)
_SIXTEENS: Final = np.uint64(0x0000FFFF0000FFFF)
_EIGHTS: Final = np.uint64(0x00FF00FF00FF00FF)
_FOURS: Final = np.uint64(0x0F0F0F0F0F0F0F0F)
_TWOS: Final = np.uint64(0x3333333333333333)
_ONES: Final = np.uint64(0x5555555555555555)


def fixed_point(latitude: ArrayLike, longitude: ArrayLike) -> tuple[Units, Units]:
    """Columns of map positions, floor(mercator * 2**32) in 0 .. 2**32 - 2, for columns of degrees.

    Latitudes beyond the map's edge (85.05°) stand on the edge; a place with a NaN stands at (0, 0), where others
    may stand too: ask the latitude, or `morton_of`, whether it is known. Every place gets the same units whatever
    stands beside it in the column.
    """
    return _fixed_point(
        np.ascontiguousarray(latitude, np.float64).reshape(-1),
        np.ascontiguousarray(longitude, np.float64).reshape(-1),
    )


def morton_of(x: Units, y: Units, known: NDArray[np.bool_] | None = None) -> Mortons:
    """Bit 2k of x, bit 2k + 1 of y; UNLOCATED, which sorts last, where `known` is False."""
    x, y = np.ascontiguousarray(x, np.uint32), np.ascontiguousarray(y, np.uint32)
    morton = _morton_of(x, y)
    if known is not None:
        morton[~known] = UNLOCATED
    return morton


def units_of(morton: Mortons) -> tuple[Units, Units]:
    """The map positions that `morton_of` made Z-order numbers of."""
    return _units_of(np.ascontiguousarray(morton, np.uint64))


def degrees_of(x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
    """Latitudes and longitudes of the middles of units, or of means between them."""
    east = (np.asarray(x, np.float64) + 0.5) / WORLD_UNITS
    south = (np.asarray(y, np.float64) + 0.5) / WORLD_UNITS
    return np.degrees(np.arctan(np.sinh((0.5 - south) * 2 * np.pi))), east * 360.0 - 180.0


@inner
def interleaved(x: np.uint64, y: np.uint64) -> np.uint64:
    """The Z-order number of one pair of unsigned 64-bit numbers below 2**32."""
    return _apart(x) | (_apart(y) << _ONE)


@inner
def disentangled(morton: np.uint64) -> tuple[np.int64, np.int64]:
    """The pair of one Z-order number, both signed so that differences may be taken."""
    return np.int64(_together(morton)), np.int64(_together(morton >> _ONE))


@inner
def _apart(number: np.uint64) -> np.uint64:
    number = (number | (number << _SIXTEEN)) & _SIXTEENS
    number = (number | (number << _EIGHT)) & _EIGHTS
    number = (number | (number << _FOUR)) & _FOURS
    number = (number | (number << _TWO)) & _TWOS
    return (number | (number << _ONE)) & _ONES


@inner
def _together(number: np.uint64) -> np.uint64:
    number = number & _ONES
    number = (number | (number >> _ONE)) & _TWOS
    number = (number | (number >> _TWO)) & _FOURS
    number = (number | (number >> _FOUR)) & _EIGHTS
    number = (number | (number >> _EIGHT)) & _SIXTEENS
    return (number | (number >> _SIXTEEN)) & _HALVES


@kernel
def _morton_of(x: Units, y: Units) -> Mortons:
    morton = np.empty(len(x), np.uint64)
    for row in range(len(x)):
        morton[row] = interleaved(np.uint64(x[row]), np.uint64(y[row]))
    return morton


@kernel
def _units_of(morton: Mortons) -> tuple[Units, Units]:
    x, y = np.empty(len(morton), np.uint32), np.empty(len(morton), np.uint32)
    for row in range(len(morton)):
        x[row], y[row] = disentangled(morton[row])
    return x, y


@kernel
def _fixed_point(latitude: Floats, longitude: Floats) -> tuple[Units, Units]:
    x, y = np.zeros(len(latitude), np.uint32), np.zeros(len(latitude), np.uint32)
    for row in range(len(latitude)):
        if math.isnan(latitude[row]) or math.isnan(longitude[row]):
            continue
        phi = math.radians(min(max(latitude[row], -_MERCATOR_LIMIT), _MERCATOR_LIMIT))
        x[row] = _unit((longitude[row] + 180.0) / 360.0)
        y[row] = _unit(0.5 - math.asinh(math.tan(phi)) / (2 * math.pi))
    return x, y


@inner
def _unit(part: float) -> np.uint32:
    return np.uint32(min(max(math.floor(part * WORLD_UNITS), 0), _LAST_UNIT))
