"""A query's filters in the form that the scan takes, and what it counted in the form that people read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.kernels import conditions as bits
from warehouse_hub.search.kernels.conditions import Conditions
from warehouse_hub.search.kernels.tally import Counts
from warehouse_hub.search.query import SearchQuery
from warehouse_hub.search.rows.cities import Cities
from warehouse_hub.search.rows.code_bits import GOODS_BITS, PLATFORM_BITS, SERVICE_BITS, CodeBits
from warehouse_hub.search.rows.country_numbers import (
    COUNTRY_SLOTS,
    NO_COUNTRY,
    countries_table,
    country_of,
    region_tables,
)
from warehouse_hub.search.rows.schema import BAND_CODES, STATUS
from warehouse_hub.vocabulary.codes import EVIDENCE_GRADES, RECORD_CLASSES
from warehouse_hub.vocabulary.region_sets import REGION_SETS

Table = NDArray[np.bool_]

_WANTED: Final[Mapping[str, int]] = {
    "country": bits.COUNTRY,
    "region_set": bits.REGION,
    "city": bits.CITY,
    "service": bits.SERVICES,
    "goods": bits.GOODS,
    "platform": bits.PLATFORMS,
    "record_class": bits.RECORD_CLASS,
    "grade": bits.GRADE,
    "area_band": bits.AREA_BAND,
}
FACETS: Final = tuple(_WANTED)
_COUNTRY_CODES: Final = [country_of(number) or "" for number in range(NO_COUNTRY)]
# A directory of the world has more towns than anybody reads.
MOST_CITIES: Final = 200

_CODE_LISTS: Final[Mapping[str, tuple[str, ...]]] = {
    "record_class": tuple(RECORD_CLASSES.codes),
    "grade": tuple(EVIDENCE_GRADES.codes),
    "area_band": BAND_CODES,
}
_BIT_LISTS: Final[Mapping[str, tuple[str, CodeBits]]] = {
    "service": ("services", SERVICE_BITS),
    "goods": ("goods", GOODS_BITS),
    "platform": ("platforms", PLATFORM_BITS),
}


def wanted_of(facets: Collection[str]) -> int:
    """The facets to count as the scan's bits; raises KeyError for one that there is not."""
    wanted = 0
    for facet in facets:
        wanted |= _WANTED[facet]
    return wanted


def conditions_of(query: SearchQuery, cities: Cities, today: date) -> Conditions:
    """Every filter but those of text and place."""
    asked: dict[str, Any] = {}
    if query.country:
        asked["country"] = _countries(query.country)
    if query.region_set:
        asked["region"] = _regions(query.region_set, today)
    if query.city:
        asked["city"] = _numbers(len(cities), (one for city in query.city for one in cities.matching(city)))
    for name, codes in _CODE_LISTS.items():
        if getattr(query, name):
            asked[name] = _codes(getattr(query, name), codes)
    if query.not_country or query.not_region_set:
        allowed = ~_countries(query.not_country)
        if query.not_region_set:
            allowed &= ~_regions(query.not_region_set, today)
        asked["country_allowed"] = allowed
    if query.not_record_class:
        asked["record_class_allowed"] = ~_codes(query.not_record_class, _CODE_LISTS["record_class"])
    return Conditions(
        status=STATUS[query.dataset],
        services_all=SERVICE_BITS.encode(query.service),
        services_any=SERVICE_BITS.encode(query.service_any),
        services_none=SERVICE_BITS.encode(query.not_service),
        goods_any=GOODS_BITS.encode(query.goods),
        goods_none=GOODS_BITS.encode(query.not_goods),
        platforms_any=PLATFORM_BITS.encode(query.platform),
        platforms_none=PLATFORM_BITS.encode(query.not_platform),
        least_available_m2=-np.inf if query.min_available_m2 is None else query.min_available_m2,
        most_available_m2=np.inf if query.max_available_m2 is None else query.max_available_m2,
        most_port_km=np.inf if query.port_within_km is None else query.port_within_km,
        **asked,
    )


def added(parts: Sequence[Counts]) -> Counts:
    """The counts of all parts together."""
    return (
        parts[0]
        if len(parts) == 1
        else Counts(*(np.sum(of_facet, axis=0) for of_facet in zip(*parts, strict=True)))
    )


def counted(
    facets: Collection[str], counts: Counts, cities: Cities, today: date
) -> dict[str, dict[str, int]]:
    """For every facet the number of results under each of its codes, those with none left out.

    Of the cities only the 200 with the most, the most first.
    """
    found: dict[str, dict[str, int]] = {}
    for facet in facets:
        if facet == "country":
            held = np.flatnonzero(counts.country[:NO_COUNTRY])
            found[facet] = dict(zip(_codes_of(held), counts.country[held].tolist(), strict=True))
        elif facet == "region_set":
            tables = region_tables(today)
            found[facet] = _positive(
                (code, int(counts.region[tables[code]].sum())) for code in REGION_SETS.codes
            )
        elif facet == "city":
            found[facet] = _cities(counts.city, cities)
        elif facet in _BIT_LISTS:
            name, codes = _BIT_LISTS[facet]
            found[facet] = _positive(zip(codes.codes, getattr(counts, name).tolist(), strict=False))
        else:
            found[facet] = _positive(zip(_CODE_LISTS[facet], getattr(counts, facet).tolist(), strict=False))
    return found


def _codes_of(numbers: NDArray[np.int64]) -> list[str]:
    return [_COUNTRY_CODES[number] for number in numbers.tolist()]


def _cities(counts: NDArray[np.int64], cities: Cities) -> dict[str, int]:
    held = np.flatnonzero(counts[1:]) + 1
    most = held[np.argsort(-counts[held], kind="stable")[:MOST_CITIES]]
    return {cities[number].code: int(counts[number]) for number in most.tolist()}


def _positive(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    return {code: count for code, count in pairs if count}


def _numbers(size: int, numbers: Iterable[int]) -> NDArray[np.uint8]:
    table = np.zeros(size, np.uint8)
    table[list(numbers)] = 1
    return table


@lru_cache(maxsize=256)
def _countries(codes: tuple[str, ...]) -> Table:
    return countries_table(codes)


@lru_cache(maxsize=256)
def _regions(codes: tuple[str, ...], today: date) -> Table:
    tables = region_tables(today)
    table: Table = np.logical_or.reduce([tables[code] for code in codes])
    return table


@lru_cache(maxsize=256)
def _codes(asked: tuple[str, ...], codes: tuple[str, ...]) -> Table:
    table = np.zeros(bits.CODES, np.bool_)
    table[[codes.index(code) for code in asked]] = True
    return table


if COUNTRY_SLOTS != bits.COUNTRIES:
    raise RuntimeError("the scan's tables do not fit the country numbers")
