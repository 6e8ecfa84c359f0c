"""The columns of a part: their names, types, and what stands where a fact is unknown.

NaN is unknown and never 0; a row whose `status` is DEAD is the past wording of a listing and counts nowhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.vocabulary.codes import AREA_BANDS, CURRENCIES, PRICE_UNITS

# A change here makes every stored segment one of another format.
SCHEMA_VERSION: Final = 2
# Of prices the places in these lists are stored: another list makes another format too.
PLACES_DIGEST: Final = hashlib.blake2b(
    repr((CURRENCIES.codes, PRICE_UNITS.codes)).encode(), digest_size=4
).hexdigest()

DEAD: Final = 0
STATUS: Final = {"real": 1, "demo": 2}
NO_CODE: Final = 255
NO_CITY: Final = 0

TYPES: Final[Mapping[str, str]] = {
    "status": "u1",
    "key": "u8",
    "country": "u2",
    "city": "u4",
    "record_class": "u1",
    "grade": "u1",
    "area_band": "u1",
    "services": "u8",
    "goods": "u8",
    "platforms": "u8",
    "available_m2": "f8",
    "total_m2": "f8",
    "latitude": "f8",
    "longitude": "f8",
    "sphere_x": "f8",
    "sphere_y": "f8",
    "sphere_z": "f8",
    "map_x": "u4",
    "map_y": "u4",
    "morton": "u8",
    "port_km": "f8",
    "price": "f8",
    "price_currency": "u1",
    "price_unit": "u1",
    "published_at": "f8",
    "revision": "i4",
    "digest": "u8",
}

Arrays = dict[str, NDArray[Any]]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Columns:
    """Every column of one part at one moment, all of one length.

    `morton` is the place on the map as one number along a Z-order curve, UNLOCATED where it is not known;
    `digest` tells two texts of a listing apart; `city` counts in the part's table of cities. `price` is what storing
    costs at least, for one unit and in the currency that stand beside it as places in their lists.
    """

    status: NDArray[np.uint8]
    key: NDArray[np.uint64]
    country: NDArray[np.uint16]
    city: NDArray[np.uint32]
    record_class: NDArray[np.uint8]
    grade: NDArray[np.uint8]
    area_band: NDArray[np.uint8]
    services: NDArray[np.uint64]
    goods: NDArray[np.uint64]
    platforms: NDArray[np.uint64]
    available_m2: Floats
    total_m2: Floats
    latitude: Floats
    longitude: Floats
    sphere_x: Floats
    sphere_y: Floats
    sphere_z: Floats
    map_x: NDArray[np.uint32]
    map_y: NDArray[np.uint32]
    morton: NDArray[np.uint64]
    port_km: Floats
    price: Floats
    price_currency: NDArray[np.uint8]
    price_unit: NDArray[np.uint8]
    published_at: Floats
    revision: NDArray[np.int32]
    digest: NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.status)

    def row(self, number: int) -> dict[str, Any]:
        """One row as plain values."""
        return {name: getattr(self, name)[number].item() for name in TYPES}


def empty_arrays(rows: int) -> Arrays:
    """Columns of zeros, to be filled."""
    return {name: np.zeros(rows, kind) for name, kind in TYPES.items()}


BAND_CODES: Final = tuple(AREA_BANDS.codes)
