"""What search filters by, as NumPy columns with one row for one wording of one listing.

Rows are only ever added and switched off: an edit is a new row and the end of the old one. So a snapshot taken
before an edit stays whole under the threads that still read it, and taking one costs a copy of the switches alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.directory.published import PublishedListing
from warehouse_hub.search.code_bits import GOODS_BITS, PLATFORM_BITS, SERVICE_BITS
from warehouse_hub.search.country_numbers import country_number
from warehouse_hub.search.geography import Places, auxiliary, mercator
from warehouse_hub.vocabulary.codes import EVIDENCE_GRADES, RECORD_CLASSES

DATASETS: Final = ("real", "demo")
NO_CODE: Final = 255

_TYPES: Final[dict[str, str]] = {
    "key": "u8",
    "dataset": "u1",
    "country": "u2",
    "record_class": "u1",
    "grade": "u1",
    "services_true": "u8",
    "services_false": "u8",
    "goods": "u8",
    "platforms": "u8",
    "available_m2": "f8",
    "total_m2": "f8",
    "latitude": "f8",
    "longitude": "f8",
    "sphere_x": "f8",
    "sphere_y": "f8",
    "sphere_z": "f8",
    "map_x": "f8",
    "map_y": "f8",
    "published_at": "f8",
    "revision": "i4",
}

Row = dict[str, Any]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ColumnsSnapshot:
    """All columns at one moment; rows with `live` False are of the past. NaN is unknown, never 0."""

    version: int
    ids: list[str]
    names: list[str]
    live: NDArray[np.bool_]
    key: NDArray[np.uint64]
    dataset: NDArray[np.uint8]
    country: NDArray[np.uint16]
    record_class: NDArray[np.uint8]
    grade: NDArray[np.uint8]
    services_true: NDArray[np.uint64]
    services_false: NDArray[np.uint64]
    goods: NDArray[np.uint64]
    platforms: NDArray[np.uint64]
    available_m2: Floats
    total_m2: Floats
    latitude: Floats
    longitude: Floats
    sphere_x: Floats
    sphere_y: Floats
    sphere_z: Floats
    map_x: Floats
    map_y: Floats
    published_at: Floats
    revision: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.live)

    @property
    def places(self) -> Places:
        return Places(self.latitude, self.longitude, self.sphere_x, self.sphere_y, self.sphere_z)

    def row(self, number: int) -> Row:
        """One row as plain values, as `row_of` gives them."""
        return {name: getattr(self, name)[number].item() for name in _TYPES}


class Columns:
    """The growing columns behind the snapshots; one thread at a time may change them."""

    def __init__(self) -> None:
        self._arrays: dict[str, NDArray[Any]] = {name: np.zeros(1024, kind) for name, kind in _TYPES.items()}
        self._live: NDArray[np.bool_] = np.zeros(1024, np.bool_)
        self._ids: list[str] = []
        self._names: list[str] = []
        self._row_of: dict[str, int] = {}
        self._version = 0

    def put(self, listing: PublishedListing) -> int:
        """Add the listing, or put this wording in the place of the one before; the number of its row."""
        number = len(self._ids)
        if number == len(self._live):
            self._grow()
        for name, value in row_of(listing).items():
            self._arrays[name][number] = value
        self._ids.append(listing.id)
        self._names.append(listing.name("zh"))
        self.remove(listing.id)
        self._live[number] = True
        self._row_of[listing.id] = number
        return number

    def remove(self, listing_id: str) -> None:
        """Take the listing out, if it is in."""
        number = self._row_of.pop(listing_id, None)
        if number is not None:
            self._live[number] = False

    @property
    def row_numbers(self) -> Mapping[str, int]:
        """The live row of every listing in print."""
        return self._row_of

    @property
    def wasted(self) -> bool:
        """Whether most rows are of the past."""
        return len(self._ids) > 2 * len(self._row_of) + 1000

    def snapshot(self) -> ColumnsSnapshot:
        """The present state, which later changes leave as it is."""
        self._version += 1
        count = len(self._ids)
        views = {name: array[:count] for name, array in self._arrays.items()}
        return ColumnsSnapshot(
            version=self._version, ids=self._ids, names=self._names, live=self._live[:count].copy(), **views
        )

    def compacted(self) -> Columns:
        """The same listings without the rows of the past, under new numbers."""
        fresh = Columns()
        rows = sorted(self._row_of.values())
        fresh._arrays = {name: array[rows] for name, array in self._arrays.items()}
        fresh._live = np.ones(len(rows), np.bool_)
        fresh._ids = [self._ids[row] for row in rows]
        fresh._names = [self._names[row] for row in rows]
        fresh._row_of = {id_: number for number, id_ in enumerate(fresh._ids)}
        fresh._version = self._version
        fresh._grow()
        return fresh

    def _grow(self) -> None:
        # New arrays rather than resized ones: snapshots go on reading the old.
        self._arrays = {name: _doubled(array) for name, array in self._arrays.items()}
        self._live = _doubled(self._live)


def row_of(listing: PublishedListing) -> Row:
    """The values of a listing's row."""
    located = listing.latitude is not None and listing.longitude is not None
    latitude, longitude = (listing.latitude, listing.longitude) if located else (None, None)
    where = _number(latitude), _number(longitude)
    map_x, map_y = mercator(*where)
    sphere_x, sphere_y, sphere_z = auxiliary(*where)
    return {
        "key": listing_key(listing.id),
        "dataset": DATASETS.index(listing.dataset),
        "country": country_number(listing.country),
        "record_class": _place(RECORD_CLASSES.codes, listing.record_class),
        "grade": _place(EVIDENCE_GRADES.codes, listing.grade),
        "services_true": SERVICE_BITS.encode(
            code for code, stated in listing.services.items() if stated is True
        ),
        "services_false": SERVICE_BITS.encode(
            code for code, stated in listing.services.items() if stated is False
        ),
        "goods": GOODS_BITS.encode(listing.goods),
        "platforms": PLATFORM_BITS.encode(listing.platforms),
        "available_m2": _number(listing.available_m2),
        "total_m2": _number(listing.total_m2),
        "latitude": where[0],
        "longitude": where[1],
        "sphere_x": float(sphere_x),
        "sphere_y": float(sphere_y),
        "sphere_z": float(sphere_z),
        "map_x": float(map_x),
        "map_y": float(map_y),
        "published_at": listing.published_at.timestamp(),
        "revision": listing.revision,
    }


def listing_key(listing_id: str) -> int:
    """A number for an id that is the same in every process: it breaks ties and finds rows."""
    return int.from_bytes(hashlib.blake2b(listing_id.encode(), digest_size=8).digest(), "big")


def _number(value: float | Decimal | None) -> float:
    return np.nan if value is None else float(value)


def _place(codes: tuple[str, ...], code: str) -> int:
    return codes.index(code) if code in codes else NO_CODE


def _doubled(array: NDArray[Any]) -> NDArray[Any]:
    larger = np.zeros(2 * len(array) + 1024, array.dtype)
    larger[: len(array)] = array
    return larger
