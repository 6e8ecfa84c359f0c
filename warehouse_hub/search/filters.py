"""Which rows a search keeps, and the counts beside its filters.

A facet leaves out the one filter of its own name and nothing else, so that each count is the number of results one
would get by choosing that value alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.code_bits import GOODS_BITS, PLATFORM_BITS, SERVICE_BITS
from warehouse_hub.search.columns import DATASETS, ColumnsSnapshot, Floats, listing_key
from warehouse_hub.search.country_numbers import COUNTRY_SLOTS, countries_table, country_of, region_tables
from warehouse_hub.search.geography import in_box, surface_km, within
from warehouse_hub.search.query import SearchQuery
from warehouse_hub.vocabulary.codes import RECORD_CLASSES
from warehouse_hub.vocabulary.region_sets import REGION_SETS

Mask = NDArray[np.bool_]

FACETS: Final = ("country", "service", "record_class", "region_set")


@dataclass(frozen=True)
class Selection:
    """`kept` passes every filter; `unplaced` would, had it coordinates; `km` is NaN where nothing was measured."""

    kept: Mask
    common: Mask
    own: dict[str, Mask | None]
    unplaced: Mask
    km: Floats | None


def eligible_rows(columns: ColumnsSnapshot, dataset: str) -> Mask:
    """The rows in print of one dataset."""
    return np.asarray(columns.live & (columns.dataset == DATASETS.index(dataset)))


def select(
    columns: ColumnsSnapshot, query: SearchQuery, today: date, eligible: Mask, matched: Mask | None
) -> Selection:
    """Apply every filter; `matched` are the rows that hold the text, None where no text was asked for."""
    common = _all([eligible, matched, *_simple(columns, query)], len(columns))
    own = _own_filters(columns, query, today)
    located = ~np.isnan(columns.latitude)
    unplaced = _all([common, *own.values(), ~located], len(columns))
    km = None
    if query.near is not None:
        km = surface_km(*query.near, columns.places)
        if query.within_km is not None:
            common = common & within(km, query.within_km, *query.near, columns.places)
    if query.bbox is not None:
        common = common & in_box(query.bbox, columns.latitude, columns.longitude)
    return Selection(_all([common, *own.values()], len(columns)), common, own, unplaced, km)


def facet_counts(columns: ColumnsSnapshot, selection: Selection, today: date) -> dict[str, dict[str, int]]:
    """For every facet the number of results under each of its codes; codes with none are left out."""
    rows = {name: np.flatnonzero(_without(selection, name)) for name in FACETS}
    countries = _countries(columns, rows["country"])
    by_region = _countries(columns, rows["region_set"])
    classes = np.bincount(columns.record_class[rows["record_class"]], minlength=256)
    tables = region_tables(today)
    return {
        "country": _positive(
            (country_of(number), count) for number, count in enumerate(countries.tolist()) if count
        ),
        "service": SERVICE_BITS.counts(columns.services_true[rows["service"]]),
        "record_class": _positive((code, classes[place]) for place, code in enumerate(RECORD_CLASSES.codes)),
        "region_set": _positive((code, by_region[tables[code]].sum()) for code in REGION_SETS.codes),
    }


def _simple(columns: ColumnsSnapshot, query: SearchQuery) -> list[Mask | None]:
    """The filters that no facet stands beside."""
    held_any = (
        (columns.services_true, SERVICE_BITS, query.service_any),
        (columns.goods, GOODS_BITS, query.goods),
        (columns.platforms, PLATFORM_BITS, query.platform),
    )
    masks: list[Mask | None] = [
        (column & np.uint64(bits.encode(codes))) != 0 if codes else None for column, bits, codes in held_any
    ]
    if query.min_available_m2 is not None:
        # NaN compares as False: what nobody stated is not enough.
        masks.append(columns.available_m2 >= query.min_available_m2)
    if query.ids:
        masks.append(np.isin(columns.key, np.array([listing_key(id_) for id_ in query.ids], np.uint64)))
    return masks


def _own_filters(columns: ColumnsSnapshot, query: SearchQuery, today: date) -> dict[str, Mask | None]:
    own: dict[str, Mask | None] = dict.fromkeys(FACETS)
    if query.country:
        own["country"] = countries_table(query.country)[columns.country]
    if query.region_set:
        tables = region_tables(today)
        own["region_set"] = np.logical_or.reduce([tables[code] for code in query.region_set])[columns.country]
    if query.service:
        bits = np.uint64(SERVICE_BITS.encode(query.service))
        own["service"] = (columns.services_true & bits) == bits
    if query.record_class:
        places = [RECORD_CLASSES.codes.index(code) for code in query.record_class]
        own["record_class"] = np.isin(columns.record_class, places)
    return own


def _without(selection: Selection, facet: str) -> Mask:
    others = (mask for name, mask in selection.own.items() if name != facet)
    return _all([selection.common, *others], len(selection.common))


def _all(masks: Iterable[Mask | None], rows: int) -> Mask:
    found: Mask | None = None
    for mask in masks:
        if mask is not None:
            found = mask if found is None else found & mask
    return np.ones(rows, np.bool_) if found is None else found


def _countries(columns: ColumnsSnapshot, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.bincount(columns.country[rows], minlength=COUNTRY_SLOTS)


def _positive(pairs: Iterable[tuple[str | None, Any]]) -> dict[str, int]:
    return {code: int(count) for code, count in pairs if code is not None and count}
