"""Which warehouses a statistic counts, and the cells that the published tables are made of.

The one thing a reader would get wrong: the tables overlap. A country lies in several region sets, every public
warehouse lies in the total, and its operator's district cuts across both. So all tables of a month are one family.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.core.clock import Month
from warehouse_hub.vocabulary.codes import HOME_DISTRICTS, RECORD_CLASSES
from warehouse_hub.vocabulary.region_sets import REGION_SETS, members

Mask = NDArray[np.bool_]

TOTAL = "total"
BREAKDOWNS = ("region_set", "country", "record_class", "district")
UNKNOWN_DISTRICT = "unknown"
PUBLIC, LEAD = "public", "lead"
_COUNTED_STAGES = frozenset({None, "operating"})


@dataclass(frozen=True)
class Site:
    """A listed warehouse as the statistics see it.

    `group` is what disclosure control counts; None means that nobody knows who runs the site. `registered_m2` is the
    rentable area of the published listing, None when it states none of its own.
    """

    id: str
    country: str
    record_class: str
    stage: str | None = None
    group: str | None = None
    district: str | None = None
    site_group: str | None = None
    opened: date | None = None
    registered_m2: float | None = None


@dataclass(frozen=True)
class CellKey:
    """A cell of a published table: the breakdown it belongs to and its code; the total has the code ""."""

    by: str
    code: str


def counted(sites: Sequence[Site]) -> list[Site]:
    """The sites whose area counts, in their order.

    Planned, under construction, closed and leads do not. A record that shares a site group with a listed public
    warehouse lies inside it, and its area is that warehouse's already.
    """
    open_sites = [site for site in sites if site.stage in _COUNTED_STAGES and site.record_class != LEAD]
    public = {site.site_group for site in open_sites if site.record_class == PUBLIC and site.site_group}
    return [site for site in open_sites if site.record_class == PUBLIC or site.site_group not in public]


def cell_keys(sites: Sequence[Site]) -> list[CellKey]:
    """Every cell of every table in the order in which a page prints them.

    All region sets are there, with or without warehouses; of the others only those that have any.
    """
    public = [site for site in sites if site.record_class == PUBLIC]
    classes = {site.record_class for site in sites}
    districts = {_district(site) for site in public}
    return [
        CellKey(TOTAL, ""),
        *(CellKey("region_set", code) for code in REGION_SETS.codes),
        *(CellKey("country", code) for code in sorted({site.country for site in public})),
        *(CellKey("record_class", code) for code in RECORD_CLASSES.codes if code in classes),
        *(
            CellKey("district", code)
            for code in (*HOME_DISTRICTS.codes, UNKNOWN_DISTRICT)
            if code in districts
        ),
    ]


def memberships(sites: Sequence[Site], keys: Sequence[CellKey], month: Month) -> Mask:
    """Which site belongs to which cell, as cells by sites. All but the record classes are of public warehouses only.

    Region sets are those of the month's last day.
    """
    # Numbers compare a hundred times faster than texts, and a large register has many of both.
    names, country = np.unique(np.array([site.country for site in sites], dtype=str), return_inverse=True)
    classes = np.array([site.record_class for site in sites], dtype=str)
    districts, district = np.unique(
        np.array([_district(site) for site in sites], dtype=str), return_inverse=True
    )
    public = classes == PUBLIC
    rows = np.zeros((len(keys), len(sites)), dtype=bool)
    for place, key in enumerate(keys):
        if key.by == "record_class":
            rows[place] = classes == key.code
        elif key.by == "country":
            rows[place] = public & (names == key.code)[country]
        elif key.by == "district":
            rows[place] = public & (districts == key.code)[district]
        elif key.by == "region_set":
            rows[place] = public & np.isin(names, list(members(key.code, month.last_day)))[country]
        else:
            rows[place] = public
    return rows


def admission_order(sites: Sequence[Site], keys: Sequence[CellKey]) -> list[int]:
    """The order in which cells are let into print: the total, record classes, region sets, countries, districts.

    Within a breakdown the larger registered area goes first: it is public, so that the order tells nothing.
    """
    rank = {TOTAL: 0, "record_class": 1, "region_set": 2, "country": 3, "district": 4}
    month = Month(9999, 12)
    size = memberships(sites, keys, month) @ np.array([site.registered_m2 or 0.0 for site in sites])
    return sorted(range(len(keys)), key=lambda place: (rank[keys[place].by], -size[place], keys[place].code))


def _district(site: Site) -> str:
    return site.district or UNKNOWN_DISTRICT
