"""What a scan reads and asks: the columns of a part, conditions as people set them, and these as its loops test them.

A facet's own filter and a filter that no facet stands beside are different things even over the same column: the
first is lifted while its facet is counted, the second never is. So each filter has a mark that it leaves on the rows
that fail it. Every facet has a mark of its own, and a filter of no facet leaves two marks at once: then a row without
marks is kept, a row with exactly one counts in that facet alone, and a row with more counts nowhere.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.kernels.arrays import Bytes, Floats, Numbers, Shorts, Words, exact

COUNTRIES: Final = 677
CODES: Final = 256

# A facet's bit in `wanted`, and the mark of a row that fails the facet's own filter.
COUNTRY: Final = 1
REGION: Final = 2
CITY: Final = 4
RECORD_CLASS: Final = 8
GRADE: Final = 16
AREA_BAND: Final = 32
SERVICES: Final = 64
GOODS: Final = 128
PLATFORMS: Final = 256
# The mark of a row that fails a filter of no facet.
FAILED: Final = 0xC000

_NO_MARKS: Final[Shorts] = np.zeros(0, np.uint16)
_NO_CITIES: Final[Bytes] = np.zeros(0, np.uint8)


class ScanColumns(NamedTuple):
    """The columns of a part that a scan looks at, all of one length. NaN is unknown."""

    status: Bytes
    country: Shorts
    city: Numbers
    record_class: Bytes
    grade: Bytes
    area_band: Bytes
    services: Words
    goods: Words
    platforms: Words
    available_m2: Floats
    port_km: Floats


class Conditions(NamedTuple):
    """What is asked of a row; what is left out is not asked.

    Tables say for each number that a column may hold whether it passes: 677 for countries and regions (which look at
    the country number), one for each city, 256 for codes. Masks ask for bits, 0 for none. Bounds are met by what is
    known only: NaN is neither enough nor near.
    """

    status: int
    # Each facet's own filter.
    country: NDArray[Any] | None = None
    region: NDArray[Any] | None = None
    city: NDArray[Any] | None = None
    record_class: NDArray[Any] | None = None
    grade: NDArray[Any] | None = None
    area_band: NDArray[Any] | None = None
    services_all: int = 0
    goods_any: int = 0
    platforms_any: int = 0
    # Filters of no facet.
    country_allowed: NDArray[Any] | None = None
    record_class_allowed: NDArray[Any] | None = None
    services_any: int = 0
    services_none: int = 0
    goods_none: int = 0
    platforms_none: int = 0
    least_available_m2: float = -np.inf
    most_available_m2: float = np.inf
    most_port_km: float = np.inf


class Tests(NamedTuple):
    """Conditions as loops test them: tables of the marks that a number leaves, without an entry where nothing is asked.

    `words` and `word_marks` have a line for services, goods and platforms: the bits of which all, any and none are
    asked, and the marks for "not all" and for "not any". `bounds` has one for the available area and the distance to a
    port. `own` are the facets that are counted although a filter of their own is set.
    """

    status: np.uint8
    country: Shorts
    city: Bytes
    city_mark: np.uint16
    record_class: Shorts
    grade: Shorts
    area_band: Shorts
    words: Words
    word_marks: Shorts
    bounds: Floats
    own: int


def tests_of(asked: Conditions, wanted: int) -> Tests:
    """The tests of a scan that counts the `wanted` facets; a table of a wrong length is a ValueError."""
    bits = (
        (asked.services_all, asked.services_any, asked.services_none),
        (0, asked.goods_any, asked.goods_none),
        (0, asked.platforms_any, asked.platforms_none),
    )
    words, word_marks = _words(bits, wanted)
    return Tests(
        status=np.uint8(asked.status),
        country=_marks(
            COUNTRIES,
            (asked.country, _mark(COUNTRY, wanted)),
            (asked.region, _mark(REGION, wanted)),
            (asked.country_allowed, FAILED),
        ),
        city=_NO_CITIES if asked.city is None else exact(asked.city, np.uint8),
        city_mark=np.uint16(0 if asked.city is None else _mark(CITY, wanted)),
        record_class=_marks(
            CODES,
            (asked.record_class, _mark(RECORD_CLASS, wanted)),
            (asked.record_class_allowed, FAILED),
        ),
        grade=_marks(CODES, (asked.grade, _mark(GRADE, wanted))),
        area_band=_marks(CODES, (asked.area_band, _mark(AREA_BAND, wanted))),
        words=words,
        word_marks=word_marks,
        bounds=_bounds(
            float(asked.least_available_m2), float(asked.most_available_m2), float(asked.most_port_km)
        ),
        own=int(wanted) & _own_filters(asked),
    )


def _own_filters(asked: Conditions) -> int:
    """The facets whose own filter is set."""
    return (
        (asked.country is not None) * COUNTRY
        | (asked.region is not None) * REGION
        | (asked.city is not None) * CITY
        | (asked.record_class is not None) * RECORD_CLASS
        | (asked.grade is not None) * GRADE
        | (asked.area_band is not None) * AREA_BAND
        | (asked.services_all != 0) * SERVICES
        | (asked.goods_any != 0) * GOODS
        | (asked.platforms_any != 0) * PLATFORMS
    )


def _mark(facet: int, wanted: int) -> int:
    """The mark of a facet's own filter; where the facet is not counted, that is a filter like others."""
    return facet if wanted & facet else FAILED


# The same few combinations come again and again, and making small arrays is slow.
@lru_cache(maxsize=512)
def _words(bits: tuple[tuple[int, ...], ...], wanted: int) -> tuple[Words, Shorts]:
    marks = (
        (_mark(SERVICES, wanted), FAILED),
        (FAILED, _mark(GOODS, wanted)),
        (FAILED, _mark(PLATFORMS, wanted)),
    )
    return np.array(bits, np.uint64), np.array(marks, np.uint16)


@lru_cache(maxsize=512)
def _bounds(least_m2: float, most_m2: float, most_port_km: float) -> Floats:
    return np.array(((least_m2, most_m2), (-np.inf, most_port_km)), np.float64)


def _marks(size: int, *filters: tuple[NDArray[Any] | None, int]) -> Shorts:
    marks = _NO_MARKS
    for passes, mark in filters:
        if passes is None:
            continue
        if len(passes) != size:
            raise ValueError(f"a table of {len(passes)} where {size} numbers are possible")
        marks = np.zeros(size, np.uint16) if marks is _NO_MARKS else marks
        marks[passes == 0] |= np.uint16(mark)
    return marks
