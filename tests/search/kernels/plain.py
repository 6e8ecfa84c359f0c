"""What the kernels do, said in plain NumPy and Python without a thought of speed."""

from __future__ import annotations

from collections import Counter

import numpy as np

from warehouse_hub.search.kernels.conditions import (
    AREA_BAND,
    CITY,
    COUNTRY,
    GOODS,
    GRADE,
    PLATFORMS,
    RECORD_CLASS,
    REGION,
    SERVICES,
)

SIZES = {COUNTRY: 677, REGION: 677, RECORD_CLASS: 256, GRADE: 256, AREA_BAND: 256}
NAMES = {
    COUNTRY: "country",
    REGION: "region",
    CITY: "city",
    RECORD_CLASS: "record_class",
    GRADE: "grade",
    AREA_BAND: "area_band",
    SERVICES: "services",
    GOODS: "goods",
    PLATFORMS: "platforms",
}


def listed(scores_by_row):
    """A mapping as a sorted list of rows and their scores."""
    rows = sorted(scores_by_row)
    return rows, [scores_by_row[row] for row in rows]


def meet(one, other):
    return listed({row: one[row] + other[row] for row in one.keys() & other.keys()})


def keep(one, rows):
    return listed({row: score for row, score in one.items() if row in rows})


def without(one, rows):
    return listed({row: score for row, score in one.items() if row not in rows})


def best_of_all(lists):
    return listed({row: max(one[row] for one in lists if row in one) for one in lists for row in one})


def own_filters(columns, asked):
    """For every facet which rows pass the filter of its own."""
    return {
        COUNTRY: looked_up(asked.country, columns.country),
        REGION: looked_up(asked.region, columns.country),
        CITY: looked_up(asked.city, columns.city),
        RECORD_CLASS: looked_up(asked.record_class, columns.record_class),
        GRADE: looked_up(asked.grade, columns.grade),
        AREA_BAND: looked_up(asked.area_band, columns.area_band),
        SERVICES: columns.services & np.uint64(asked.services_all) == np.uint64(asked.services_all),
        GOODS: holds_any(columns.goods, asked.goods_any),
        PLATFORMS: holds_any(columns.platforms, asked.platforms_any),
    }


def other_filters(columns, asked):
    """Which rows pass the filters that belong to no facet."""
    passes = columns.status == asked.status
    passes &= looked_up(asked.country_allowed, columns.country)
    passes &= looked_up(asked.record_class_allowed, columns.record_class)
    passes &= holds_any(columns.services, asked.services_any)
    passes &= columns.services & np.uint64(asked.services_none) == 0
    passes &= columns.goods & np.uint64(asked.goods_none) == 0
    passes &= columns.platforms & np.uint64(asked.platforms_none) == 0
    if asked.least_available_m2 > -np.inf:
        passes &= columns.available_m2 >= asked.least_available_m2
    if asked.most_available_m2 < np.inf:
        passes &= columns.available_m2 <= asked.most_available_m2
    if asked.most_port_km < np.inf:
        passes &= columns.port_km <= asked.most_port_km
    return passes


def looked_up(table, numbers):
    return np.ones(len(numbers), bool) if table is None else np.asarray(table, bool)[numbers]


def holds_any(words, bits):
    return words & np.uint64(bits) != 0 if bits else np.ones(len(words), bool)


def scan(columns, asked, wanted, candidates, cities):
    """The rows that are kept, and the counts of every wanted facet by its name."""
    own, others = own_filters(columns, asked), other_filters(columns, asked)
    candidate = np.zeros(len(columns.status), bool)
    candidate[candidates] = True
    kept = candidate & others & np.logical_and.reduce(list(own.values()))
    counts = {}
    for facet, name in NAMES.items():
        if not wanted & facet:
            size = 64 if facet >= SERVICES else SIZES.get(facet, 0)
            counts[name] = np.zeros(size, np.int64)
            continue
        lifted = np.logical_and.reduce([mask for other, mask in own.items() if other != facet])
        rows = np.flatnonzero(candidate & others & lifted)
        column = getattr(columns, "country" if facet == REGION else name)[rows]
        if facet >= SERVICES:
            held = Counter(bit for word in column.tolist() for bit in range(64) if word >> bit & 1)
            counts[name] = np.array([held[bit] for bit in range(64)], np.int64)
        else:
            counts[name] = np.bincount(column, minlength=SIZES.get(facet, cities))
    return np.flatnonzero(kept), counts


def relevance(rows, scores, grade, published_at, now, grade_points, fresh_points):
    keys = []
    for place, row in enumerate(rows.tolist()):
        days = (now - published_at[row]) / 86400
        oldest = len(fresh_points) - 1
        age = oldest if np.isnan(days) else int(min(max(days, 0), oldest))
        score = int(scores[place]) if len(scores) else 0
        keys.append(-float(score + int(grade_points[grade[row]]) + int(fresh_points[age])))
    return keys


def gathered(column, rows, descending):
    values = column[rows] * (-1.0 if descending else 1.0)
    return np.where(np.isnan(values), np.inf, values)


def top(keys, ties, most, after=None):
    """The places of the first in order after a key and tie, by sorting them all."""
    places = [
        place
        for place in range(len(keys))
        if after is None or (keys[place], int(ties[place])) > (after[0], int(after[1]))
    ]
    return sorted(places, key=lambda place: (keys[place], int(ties[place])))[:most]
