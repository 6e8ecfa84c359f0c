"""Listings as rows: the values of the columns for a whole batch at once.

One listing at a time would spend its time in NumPy calls on single numbers; a rebuild converts hundreds together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from decimal import Decimal

import numpy as np

from warehouse_hub.directory.published import PublishedListing
from warehouse_hub.search.geography.distance import auxiliary
from warehouse_hub.search.geography.ports import port_km
from warehouse_hub.search.map.position import fixed_point, morton_of
from warehouse_hub.search.rows.cities import Cities
from warehouse_hub.search.rows.code_bits import GOODS_BITS, PLATFORM_BITS, SERVICE_BITS
from warehouse_hub.search.rows.country_numbers import country_number
from warehouse_hub.search.rows.schema import BAND_CODES, NO_CODE, STATUS, TYPES, Arrays
from warehouse_hub.vocabulary.area_bands import area_band
from warehouse_hub.vocabulary.codes import CURRENCIES, EVIDENCE_GRADES, PRICE_UNITS, RECORD_CLASSES

_KINDS = {name: np.dtype(kind) for name, kind in TYPES.items()}
_CLASS = {code: place for place, code in enumerate(RECORD_CLASSES.codes)}
_GRADE = {code: place for place, code in enumerate(EVIDENCE_GRADES.codes)}
_CURRENCY = {code: place for place, code in enumerate(CURRENCIES.codes)}
_PRICE_UNIT = {code: place for place, code in enumerate(PRICE_UNITS.codes)}
_BAND = {code: place for place, code in enumerate(BAND_CODES)}


def columns_of(listings: Sequence[PublishedListing], digests: Sequence[int], cities: Cities) -> Arrays:
    """The columns of these listings in their order; new towns are added to `cities`."""
    located = [one.latitude is not None and one.longitude is not None for one in listings]
    latitude = np.array(
        [one.latitude if on else np.nan for one, on in zip(listings, located, strict=True)], "f8"
    )
    longitude = np.array(
        [one.longitude if on else np.nan for one, on in zip(listings, located, strict=True)], "f8"
    )
    sphere_x, sphere_y, sphere_z = auxiliary(latitude, longitude)
    map_x, map_y = fixed_point(latitude, longitude)
    available = [_number(one.available_m2) for one in listings]
    columns = {
        "status": [STATUS[one.dataset] for one in listings],
        "key": [listing_key(one.id) for one in listings],
        "country": [country_number(one.country) for one in listings],
        "city": [cities.number(one.country, one.city, one.city_zh) for one in listings],
        "record_class": [_CLASS.get(one.record_class, NO_CODE) for one in listings],
        "grade": [_GRADE.get(one.grade, NO_CODE) for one in listings],
        "area_band": [_BAND[area_band(None if np.isnan(area) else area)] for area in available],
        "services": [
            SERVICE_BITS.encode(code for code, stated in one.services.items() if stated is True)
            for one in listings
        ],
        "goods": [GOODS_BITS.encode(one.goods) for one in listings],
        "platforms": [PLATFORM_BITS.encode(one.platforms) for one in listings],
        "available_m2": available,
        "total_m2": [_number(one.total_m2) for one in listings],
        "latitude": latitude,
        "longitude": longitude,
        "sphere_x": sphere_x,
        "sphere_y": sphere_y,
        "sphere_z": sphere_z,
        "map_x": map_x,
        "map_y": map_y,
        "morton": morton_of(map_x, map_y, ~np.isnan(latitude)),
        "port_km": port_km(latitude, longitude),
        "price": [_number(one.storage_price) for one in listings],
        "price_currency": [_CURRENCY.get(one.storage_price_currency or "", NO_CODE) for one in listings],
        "price_unit": [_PRICE_UNIT.get(one.storage_price_unit or "", NO_CODE) for one in listings],
        "published_at": [one.published_at.timestamp() for one in listings],
        "revision": [one.revision for one in listings],
        "digest": digests,
    }
    return {name: np.ascontiguousarray(columns[name], kind) for name, kind in _KINDS.items()}


def listing_key(listing_id: str) -> int:
    """A number for an id that is the same in every process: it finds rows and breaks ties."""
    return int.from_bytes(hashlib.blake2b(listing_id.encode(), digest_size=8).digest(), "big")


def _number(value: float | Decimal | None) -> float:
    return np.nan if value is None else float(value)
