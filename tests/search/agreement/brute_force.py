"""Every answer of a search, from going through the listings one by one in plain Python.

Slow and obvious, and nothing of the engine is in it but the folding of spellings. What is easy to get wrong: a facet
is counted without its own filter but under all the others, exclusions among them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise

from pypinyin import lazy_pinyin
from search.agreement.even_odd import Point, in_polygon
from search.agreement.worth import worth

from warehouse_hub.core.database import Database
from warehouse_hub.directory.published import PublishedListing, published_listings
from warehouse_hub.places.distance import geodesic_km, haversine_km_between
from warehouse_hub.places.hubs import nearest_port
from warehouse_hub.search.query import SearchQuery
from warehouse_hub.search.text.analysis import fold
from warehouse_hub.vocabulary.region_sets import REGION_SETS, members

Condition = Callable[[PublishedListing, SearchQuery], bool]

NOTHING = SearchQuery()

TODAY = date(2026, 11, 23)
MEMBERS = {code: members(code, TODAY) for code in REGION_SETS.codes}
# The lower end belongs to a band, the upper end to the next one.
BANDS = ("lt1000", "1000-3000", "3000-10000", "10000-30000", "gte30000")
BAND_STARTS = (1_000, 3_000, 10_000, 30_000)
# A sphere and the ellipsoid differ by 0.56 % at most, so only near a radius does it take the slow geodesic.
SPHERE_ERROR = 0.006
# Orders by distance go by a formula that is so far off at most, near and far, for each of two neighbours.
NEAR_KM, NEAR_ERROR_KM, FAR_ERROR_KM = 5_000.0, 0.01, 0.065
TEXTS = ("name_zh", "name_en", "city", "city_zh", "description", "operator_zh", "operator_en")


@dataclass(frozen=True)
class Answer:
    """What a search must say about listings, apart from their order."""

    ids: frozenset[str]
    without_coordinates: int
    facets: dict[str, dict[str, int]]

    @property
    def total(self) -> int:
        return len(self.ids)


def in_print(database: Database) -> list[PublishedListing]:
    with database.reading() as session:
        return published_listings(session)


def answer(listings: Iterable[PublishedListing], query: SearchQuery) -> Answer:
    """Ids, facets and listings without a place, as the promises have them."""
    conditions = _asked(query)
    ids, unplaced, facets = set(), 0, {name: Counter() for name in VALUES}
    for listing in listings:
        if not _addressed(listing, query):
            continue
        failed = {name for name, holds in conditions.items() if not holds(listing, query)}
        unplaced += listing.latitude is None and failed <= PLACE
        if not failed:
            ids.add(listing.id)
        for name, values in VALUES.items():
            if failed <= {name}:
                facets[name].update(set(values(listing)))
    return Answer(frozenset(ids), unplaced, {name: dict(counts) for name, counts in facets.items()})


def kept(listings: Iterable[PublishedListing], query: SearchQuery) -> list[PublishedListing]:
    """The listings that pass every filter, in the order they came."""
    conditions = _asked(query).values()
    return [
        listing
        for listing in listings
        if _addressed(listing, query) and all(holds(listing, query) for holds in conditions)
    ]


def gross_m2(listings: Iterable[PublishedListing]) -> Decimal:
    """The sum of the gross areas that are stated."""
    return sum((listing.total_m2 for listing in listings if listing.total_m2 is not None), Decimal())


def misplaced(listings: list[PublishedListing], query: SearchQuery) -> list[tuple[str, str]]:
    """The neighbours in a list of results that stand the wrong way round under the query's order.

    By relevance nothing is said here.
    """
    return [(first.id, second.id) for first, second in pairwise(listings) if _wrong(first, second, query)]


def kilometres(listing: PublishedListing, query: SearchQuery) -> float | None:
    """The geodesic from the nearest centre; None without a centre or a place."""
    place = place_of(listing)
    if place is None or not query.centres:
        return None
    return min(_geodesic(centre, place) for centre in query.centres)


def city_code(listing: PublishedListing) -> str | None:
    city = listing.city or listing.city_zh
    return f"{listing.country}/{fold(city)}" if city else None


def place_of(listing: PublishedListing) -> Point | None:
    if listing.latitude is None or listing.longitude is None:
        return None
    return listing.latitude, listing.longitude


def says(listing: PublishedListing, word: str) -> bool:
    """Whether a listing's own words hold this one: Latin as a whole word, Chinese wherever it stands."""
    wanted = fold(word)
    texts = [fold(text) for name in TEXTS if (text := getattr(listing, name))]
    if _is_chinese(wanted):
        return any(wanted in text for text in texts)
    return any(wanted in re.findall(r"[^\W_]+", text) for text in texts)


def offered(listing: PublishedListing) -> set[str]:
    return {code for code, stated in listing.services.items() if stated}


def regions_of(listing: PublishedListing) -> set[str]:
    return {code for code, countries in MEMBERS.items() if listing.country in countries}


def band_of(listing: PublishedListing) -> str:
    area = listing.available_m2
    return "unknown" if area is None else BANDS[bisect_right(BAND_STARTS, area)]


# Facet: the values it counts a listing under.
VALUES = {
    "country": lambda listing: [listing.country],
    "region_set": regions_of,
    "city": lambda listing: [code for code in [city_code(listing)] if code],
    "service": offered,
    "goods": lambda listing: listing.goods,
    "platform": lambda listing: listing.platforms,
    "record_class": lambda listing: [listing.record_class],
    "area_band": lambda listing: [band_of(listing)],
    "grade": lambda listing: [listing.grade],
}


def _addressed(listing: PublishedListing, query: SearchQuery) -> bool:
    return listing.dataset == query.dataset and (not query.ids or listing.id in query.ids)


def _asked(query: SearchQuery) -> dict[str, Condition]:
    return {
        name: holds for name, holds in CONDITIONS.items() if getattr(query, name) != getattr(NOTHING, name)
    }


def _any(asked: tuple[str, ...], values: Iterable[str]) -> bool:
    return not asked or not set(asked).isdisjoint(values)


def _in_city(listing: PublishedListing, query: SearchQuery) -> bool:
    code = city_code(listing)
    names = {fold(name) for name in (listing.city, listing.city_zh) if name}
    return not query.city or code in query.city or not names.isdisjoint(query.city)


def _large_enough(listing: PublishedListing, query: SearchQuery) -> bool:
    area = listing.available_m2
    return query.min_available_m2 is None or (area is not None and float(area) >= query.min_available_m2)


def _small_enough(listing: PublishedListing, query: SearchQuery) -> bool:
    area = listing.available_m2
    return query.max_available_m2 is None or (area is not None and float(area) <= query.max_available_m2)


def _within(listing: PublishedListing, query: SearchQuery) -> bool:
    place = place_of(listing)
    if query.within_km is None or not query.centres:
        return True
    return place is not None and any(_reaches(centre, place, query.within_km) for centre in query.centres)


def _reaches(centre: Point, place: Point, radius_km: float) -> bool:
    roughly = haversine_km_between(centre, place)
    if roughly * (1 + SPHERE_ERROR) < radius_km:
        return True
    return roughly * (1 - SPHERE_ERROR) <= radius_km + NEAR_ERROR_KM and _geodesic(centre, place) <= radius_km


def _in_box(listing: PublishedListing, query: SearchQuery) -> bool:
    box, place = query.bbox, place_of(listing)
    if box is None or place is None:
        return box is None
    latitude, longitude = place
    across = (
        box.west <= longitude <= box.east
        if box.west <= box.east
        else longitude >= box.west or longitude <= box.east
    )
    return across and box.south <= latitude <= box.north


def _in_polygon(listing: PublishedListing, query: SearchQuery) -> bool:
    place = place_of(listing)
    return not query.polygon or (place is not None and in_polygon(place, query.polygon))


def _by_a_port(listing: PublishedListing, query: SearchQuery) -> bool:
    place = place_of(listing)
    if query.port_within_km is None:
        return True
    return place is not None and _port_km(place) <= query.port_within_km


# Filter: whether a listing meets it. Those with the name of a facet are that facet's own.
CONDITIONS = {
    "q": lambda listing, query: all(says(listing, word) for word in query.q.split()),
    "country": lambda listing, query: _any(query.country, [listing.country]),
    "region_set": lambda listing, query: _any(query.region_set, regions_of(listing)),
    "city": _in_city,
    "service": lambda listing, query: offered(listing).issuperset(query.service),
    "service_any": lambda listing, query: _any(query.service_any, offered(listing)),
    "goods": lambda listing, query: _any(query.goods, listing.goods),
    "platform": lambda listing, query: _any(query.platform, listing.platforms),
    "record_class": lambda listing, query: _any(query.record_class, [listing.record_class]),
    "area_band": lambda listing, query: _any(query.area_band, [band_of(listing)]),
    "grade": lambda listing, query: _any(query.grade, [listing.grade]),
    "not_country": lambda listing, query: listing.country not in query.not_country,
    "not_region_set": lambda listing, query: regions_of(listing).isdisjoint(query.not_region_set),
    "not_service": lambda listing, query: offered(listing).isdisjoint(query.not_service),
    "not_goods": lambda listing, query: set(listing.goods).isdisjoint(query.not_goods),
    "not_platform": lambda listing, query: set(listing.platforms).isdisjoint(query.not_platform),
    "not_record_class": lambda listing, query: listing.record_class not in query.not_record_class,
    "min_available_m2": _large_enough,
    "max_available_m2": _small_enough,
    "within_km": _within,
    "bbox": _in_box,
    "polygon": _in_polygon,
    "port_within_km": _by_a_port,
    "located": lambda listing, query: (place_of(listing) is not None) == query.located,
}
PLACE = {"within_km", "bbox", "polygon", "port_within_km", "located"}


def _wrong(first: PublishedListing, second: PublishedListing, query: SearchQuery) -> bool:
    if query.order == "relevance":
        return False
    if query.order == "name":
        return _sounds_later(first.name("zh"), second.name("zh"))
    one, other = (_rank(listing, query) for listing in (first, second))
    if one is None or other is None:
        return one is None and other is not None
    error_km = NEAR_ERROR_KM if other < NEAR_KM else FAR_ERROR_KM
    return one > other + (2 * error_km if query.order == "distance" else 0)


def _rank(listing: PublishedListing, query: SearchQuery) -> float | Decimal | None:
    """Smaller comes first; None for unknown, which comes last."""
    if query.order == "distance":
        return kilometres(listing, query)
    if query.order == "price":
        return worth(listing, query.price_unit)
    if query.order == "freshness":
        return -listing.published_at.timestamp()
    return None if listing.available_m2 is None else -float(listing.available_m2)


def _sounds_later(name: str, other: str) -> bool:
    """By the pinyin of the first character, or by the first letter where a name begins with one of A to Z."""
    if not all(_is_chinese(each[0]) or each[0].isascii() for each in (name, other)):
        return False
    if _is_chinese(name[0]) and _is_chinese(other[0]):
        return _pinyin(name) > _pinyin(other)
    first, second = (_pinyin(each) if _is_chinese(each[0]) else fold(each) for each in (name, other))
    return first[0] > second[0]


def _pinyin(name: str) -> str:
    return lazy_pinyin(name[0])[0]


def _is_chinese(text: str) -> bool:
    return all("\u4e00" <= character <= "\u9fff" for character in text)


@cache
def _geodesic(centre: Point, place: Point) -> float:
    return geodesic_km(centre, place)


@cache
def _port_km(place: Point) -> float:
    return nearest_port(*place)[1]
