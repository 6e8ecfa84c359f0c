"""The eight searches that are measured, put together from listings of the sample that the seed picks.

The one thing to get wrong: queries that never change can be tuned for. Every word, place, service and country here is
taken from some listing of the sample, so another seed asks something else, and something is always found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from random import Random
from typing import Any, Final

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from warehouse_hub.core.clock import civil_date
from warehouse_hub.core.errors import RuleViolation
from warehouse_hub.directory.models import Listing, Revision
from warehouse_hub.directory.published import PublishedListing, published_listings
from warehouse_hub.operations.bench.circle import clear_radius
from warehouse_hub.operations.bench.installation import DATASET, NOW
from warehouse_hub.operations.bench.sample import sample_key
from warehouse_hub.search.query import SearchQuery
from warehouse_hub.vocabulary.codes import GOODS_CLASSES, SERVICES
from warehouse_hub.vocabulary.region_sets import members

PAGE_LENGTH: Final = 20
FAR_PAGE: Final = 51
NEAR_KM, FAR_KM = 50.0, 300.0
# So many listings are looked at, at most, for the ones that the queries are made of.
_LOOKED_AT: Final = 400
_REGIONS: Final = ("EU", "US", "RCEP")
_CHINESE: Final = re.compile("[\u4e00-\u9fff]{2,4}")
_ENGLISH: Final = re.compile("[A-Za-z]{4,}")
# A market of this many warehouses in a hundred or more, for the searches without a text.
_LARGE_MARKETS: Final = ("US", "DE", "GB", "JP", "FR", "CA", "AU")


@dataclass(frozen=True)
class Asked:
    """A search by name; `offset` results stand on the pages before the one that is asked for."""

    name: str
    query: SearchQuery
    offset: int = 0


def searches(session: Session, rows: int, seed: int) -> tuple[Asked, ...]:
    """The eight searches over the first `rows` listings of the sample, which must be in print.

    Raises RuleViolation("bench.too_few_rows") when no listing gives one of them; a thousand listings always do.
    """
    return tuple(_Drawn(session, rows, seed).searches())


class _Drawn:
    """Listings in the order in which chance presents them, and the searches that they give."""

    def __init__(self, session: Session, rows: int, seed: int) -> None:
        self._session = session
        self._random = Random(seed)  # noqa: S311 (a sample, not a secret)
        numbers = self._random.sample(range(1, rows + 1), min(rows, _LOOKED_AT))
        found = {one.id: one for one in published_listings(session, ids=map(sample_key, numbers))}
        self._listings = [found[sample_key(number)] for number in numbers]

    def searches(self) -> Iterator[Asked]:
        for name, query in (
            ("three Chinese words", self._three_chinese_words()),
            ("four English words", self._four_english_words()),
            ("a word in every listing", SearchQuery(q="海外仓")),
            ("text, region, services, area", self._text_and_filters()),
            ("filters alone", self._filters_alone()),
            ("50 km, by distance", self._by_distance()),
            ("text and 300 km", self._text_and_circle()),
        ):
            yield Asked(name, _of_dataset(query))
        yield Asked(
            f"text and region, page {FAR_PAGE}",
            _of_dataset(self._text_and_region()),
            (FAR_PAGE - 1) * PAGE_LENGTH,
        )

    def _three_chinese_words(self) -> SearchQuery:
        def words(one: PublishedListing) -> list[str]:
            goods = _chinese([GOODS_CLASSES.label(code, "zh") for code in one.goods])
            return [*_chinese([one.city_zh or ""]), *_service_words(one)[:1], *goods[:1]]

        return SearchQuery(q=" ".join(words(self._first(lambda one: len(words(one)) == 3))))

    def _four_english_words(self) -> SearchQuery:
        def words(one: PublishedListing) -> list[str]:
            kind = _ENGLISH.findall((one.name_en or "").removeprefix(f"Demo {one.city}"))
            said = [word for code in _held(one) for word in _ENGLISH.findall(SERVICES.label(code, "en"))]
            town = [one.city.lower()] if one.city and _ENGLISH.fullmatch(one.city) else []
            return [*town, *dict.fromkeys(word.lower() for word in [*said[:2], *kind[-1:]])]

        return SearchQuery(q=" ".join(words(self._first(lambda one: len(words(one)) == 4))))

    def _text_and_filters(self) -> SearchQuery:
        one = self._first(
            lambda one: (
                len(_service_words(one)) >= 3
                and one.country in self._members("EU")
                and bool(one.available_m2)
            )
        )
        services = [code for code in _held(one) if _chinese([SERVICES.label(code, "zh")])][:2]
        area = float(min(2000, int(one.available_m2 or 0) // 100 * 100))
        return SearchQuery(
            q=" ".join(_service_words(one)[:3]),
            region_set=("EU",),
            service=tuple(services),
            min_available_m2=area,
        )

    def _filters_alone(self) -> SearchQuery:
        one = self._first(
            lambda one: (
                one.country in _LARGE_MARKETS and len(_held(one)) >= 2 and (one.available_m2 or 0) >= 100
            )
        )
        area = float(min(5000, int(one.available_m2 or 0) // 100 * 100))
        return SearchQuery(
            country=(one.country,),
            service_any=tuple(_held(one)[-2:]),
            min_available_m2=area,
            sort="available",
        )

    def _by_distance(self) -> SearchQuery:
        one = self._first(lambda one: _is_central(one) and bool(_held(one)))
        return self._around(SearchQuery(service=(_held(one)[0],)), one, NEAR_KM)

    def _text_and_circle(self) -> SearchQuery:
        def words(one: PublishedListing) -> list[str]:
            said = [_ENGLISH.findall(SERVICES.label(code, "en")) for code in _held(one)]
            return next(([word.lower() for word in each] for each in said if len(each) == 2), [])

        one = self._first(lambda one: _is_central(one) and bool(words(one)))
        return self._around(SearchQuery(q=" ".join(words(one))), one, FAR_KM)

    def _text_and_region(self) -> SearchQuery:
        region = self._random.choice(_REGIONS)
        one = self._first(lambda one: one.country in self._members(region) and bool(_service_words(one)))
        return SearchQuery(q=f"仓库 {_service_words(one)[0]}", region_set=(region,))

    def _around(self, query: SearchQuery, one: PublishedListing, km: float) -> SearchQuery:
        """The query around a listing, the radius such that no listing stands on the edge."""
        near = (round(one.latitude or 0.0, 2), round(one.longitude or 0.0, 2))
        return replace(query, near=near, within_km=clear_radius(near, km, *self._coordinates))

    @cached_property
    def _coordinates(self) -> Any:
        """The latitudes of all listings that have a place, and their longitudes."""
        query = (
            select(Revision.latitude, Revision.longitude)
            .join(Listing, Listing.published_revision_id == Revision.id)
            .where(Revision.latitude.is_not(None))
        )
        return np.array([tuple(row) for row in self._session.execute(query)], np.float64).reshape(-1, 2).T

    def _members(self, region: str) -> frozenset[str]:
        return frozenset(members(region, civil_date(NOW)))

    def _first(self, fits: Callable[[PublishedListing], bool]) -> PublishedListing:
        """A listing that fits; each search begins to look somewhere else."""
        self._random.shuffle(self._listings)
        for one in self._listings:
            if fits(one):
                return one
        raise RuleViolation("bench.too_few_rows", rows=len(self._listings))


def _is_central(one: PublishedListing) -> bool:
    return one.latitude is not None and one.country in _LARGE_MARKETS


def _of_dataset(query: SearchQuery) -> SearchQuery:
    # Literally, for no peer knows that a word can be the name of a filter.
    return replace(query, dataset=DATASET, limit=PAGE_LENGTH, literal=True)


def _held(one: PublishedListing) -> list[str]:
    return [code for code, stated in one.services.items() if stated]


def _service_words(one: PublishedListing) -> list[str]:
    return _chinese([SERVICES.label(code, "zh") for code in _held(one)])


def _chinese(labels: Sequence[str]) -> list[str]:
    return [label for label in labels if _CHINESE.fullmatch(label)]
