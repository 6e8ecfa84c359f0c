"""A search in the terms of a database, so that no peer has to know the product's own query.

The one thing to get wrong: a facet is counted without the filter of its own name, by the product and so by every peer,
or two engines answer different questions and one of them the cheaper.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol, runtime_checkable

from warehouse_hub.operations.bench.circle import Circle
from warehouse_hub.operations.bench.sample_text import AskedWord, asked_words
from warehouse_hub.operations.bench.search_queries import Asked
from warehouse_hub.vocabulary.codes import GOODS_CLASSES, SERVICES
from warehouse_hub.vocabulary.countries import COUNTRIES
from warehouse_hub.vocabulary.region_sets import members

FACETS: Final = ("country", "service", "goods")
# The values of each facet, in the order of the numbers and bits that peers know them by.
CODES: Final[Mapping[str, tuple[str, ...]]] = {
    "country": COUNTRIES.codes,
    "service": SERVICES.codes,
    "goods": GOODS_CLASSES.codes,
}

Box = tuple[float, float, float, float]
Counts = Mapping[str, int]


@dataclass(frozen=True)
class Question:
    """`country` and `service` are the filters that a facet stands beside; services are bits as `service_bits` has them.

    `region` are the countries of the region sets, None where none was asked for. `order` is relevance, distance or
    available.
    """

    words: tuple[AskedWord, ...]
    country: tuple[str, ...]
    service: int
    service_any: int
    region: tuple[str, ...] | None
    min_available_m2: float | None
    circle: Circle | None
    order: str
    offset: int

    @classmethod
    def of(cls, asked: Asked, today: date) -> Question:
        """The same question as a search of the product asks on that day."""
        query = asked.query
        within = {country for code in query.region_set for country in members(code, today)}
        circle = None
        if query.near is not None and query.within_km is not None:
            circle = Circle(*query.near, query.within_km)
        return cls(
            words=asked_words(query.q),
            country=query.country,
            service=service_bits(query.service),
            service_any=service_bits(query.service_any),
            region=tuple(sorted(within)) if query.region_set else None,
            min_available_m2=query.min_available_m2,
            circle=circle,
            order=query.order,
            offset=asked.offset,
        )

    @property
    def lifted(self) -> tuple[str, ...]:
        """The facets that are not counted among the results, because a filter of their own name is set."""
        return tuple(name for name, asked in (("country", self.country), ("service", self.service)) if asked)


@dataclass(frozen=True)
class Found:
    """What every engine answers: how many there are, counts by facet without zeros, the ids of one page in order."""

    total: int
    facets: Mapping[str, Counts]
    ids: tuple[str, ...]


class Peer(Protocol):
    """An engine that holds the sample and is asked by one thread."""

    def search(self, question: Question) -> Found: ...

    def close(self) -> None: ...


@runtime_checkable
class MapPeer(Protocol):
    """An engine that can count places by the cells of a fixed grid."""

    def grid(self, box: Box | None, cell: float) -> tuple[int, int]:
        """How many places there are in a box of the map (the world without one), and in how many cells `cell` degrees
        wide.
        """
        ...


def service_bits(codes: Iterable[str]) -> int:
    """One bit for each service, in the order of the vocabulary."""
    return sum(_SERVICE_BITS[code] for code in set(codes))


def goods_bits(codes: Iterable[str]) -> int:
    """One bit for each goods class, in the order of the vocabulary."""
    return sum(_GOODS_BITS[code] for code in set(codes))


def places_of(bits: int) -> list[int]:
    """Which bits are set, counted from 0."""
    return [place for place in range(bits.bit_length()) if bits >> place & 1]


def positive(codes: Sequence[str], counts: Iterable[int]) -> dict[str, int]:
    """Counts by code without the zeros, as a facet has them."""
    return {code: int(count) for code, count in zip(codes, counts, strict=True) if count}


_SERVICE_BITS: Final = {code: 1 << place for place, code in enumerate(SERVICES.codes)}
_GOODS_BITS: Final = {code: 1 << place for place, code in enumerate(GOODS_CLASSES.codes)}
