"""Bilingual listings by the million from a seed: the same seed gives the same n-th listing everywhere.

The one thing to get wrong: a benchmark flatters an engine when words, places or areas are spread evenly. Countries,
towns, words and services are drawn with the weights that the published directories suggest, areas log-normally.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import islice
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.directory.rules.facts import ListingFacts, Statement
from warehouse_hub.operations.bench.sample_places import Town, towns
from warehouse_hub.operations.bench.sample_sentences import (
    BRAND_SYLLABLES,
    CHINESE_SENTENCES,
    ENGLISH_SENTENCES,
    KINDS,
)
from warehouse_hub.operations.bench.sample_words import chinese_words, english_words, zipf_ranks
from warehouse_hub.vocabulary.codes import GOODS_CLASSES, PLATFORMS, SERVICES

_BLOCK: Final = 1000
_WORDS: Final = 3
_LOCATED: Final = 0.93
_STATES_AVAILABLE: Final = 0.7
_OFTEN: Final = {
    "dropship": 0.7, "fba_transfer": 0.5, "returns": 0.45, "relabel": 0.4, "last_mile": 0.4, "first_leg": 0.3,
    "container_unload": 0.3, "customs": 0.25, "oversize": 0.2, "inspection": 0.15, "bonded": 0.12, "battery": 0.12,
    "kitting": 0.12, "tax": 0.1, "cold": 0.07,
}  # fmt: skip
_SELDOM: Final = 0.03
# One listing in so many that speaks of a service at all says that it has none.
_DENIED: Final = 0.08
_GOODS: Final = 0.08
_PLATFORMS: Final = 0.08
_GRADES: Final = ("reported", "stated", "documented", "verified")
_CLASSES: Final = ("public", "self", "third_party", "unknown", "lead")
_STAGES: Final = ("operating", "under_construction", "planned")
_TENURES: Final = ("lease", "own", "coop", None)
_SOURCE: Final = "演示数据（虚构） Demonstration data (fictitious)"
_RATE: Final = "演示价 6.2 欧元／m²·月，出库另计"

Uniform = NDArray[np.float64]


@dataclass(frozen=True)
class _Draws:
    """What chance says about a block of listings, a row each; drawn as arrays, which is quick."""

    town: list[int]
    kind: list[int]
    grade: list[int]
    record_class: list[int]
    stage: list[int]
    tenure: list[int]
    latitude: list[float]
    longitude: list[float]
    gross: list[int]
    share: list[float]
    other: list[list[float]]
    services: NDArray[np.bool_]
    denied: NDArray[np.bool_]
    goods: NDArray[np.bool_]
    platforms: NDArray[np.bool_]
    chinese: list[list[int]]
    english: list[list[int]]


def sample_key(number: int) -> str:
    """The warehouse id of the sample's n-th listing, counted from 1."""
    return f"BENCH-{number:07d}"


def sample_facts(count: int, *, seed: int) -> Iterator[tuple[str, ListingFacts]]:
    """`count` listings with their warehouse ids; a larger count only adds listings at the end."""
    return islice(_endless(seed), count)


@cache
def sample_version() -> str:
    """Changes whenever the same seed would give other listings, so that what was kept is known to be old."""
    return hashlib.blake2b(repr(list(sample_facts(20, seed=1))).encode(), digest_size=4).hexdigest()


def _endless(seed: int) -> Iterator[tuple[str, ListingFacts]]:
    random = np.random.Generator(np.random.PCG64(seed))
    number = 0
    while True:
        draws = _draws(random)
        for row in range(_BLOCK):
            number += 1
            yield sample_key(number), _facts(draws, row)


def _draws(random: np.random.Generator) -> _Draws:
    def several(wide: int) -> Uniform:
        return random.random((_BLOCK, wide))

    def one_of(*weights: float) -> Any:
        return np.searchsorted(np.cumsum(weights) / sum(weights), random.random(_BLOCK)).tolist()

    town = np.searchsorted(_town_shares(), random.random(_BLOCK))
    latitude, longitude = _scattered(_town_coordinates()[town], several(2))
    return _Draws(
        town=town.tolist(),
        kind=one_of(*(weight for _, _, weight in KINDS)),
        grade=one_of(30, 40, 20, 10),
        record_class=one_of(70, 12, 8, 7, 3),
        stage=one_of(91, 5, 4),
        tenure=one_of(55, 20, 10, 15),
        latitude=latitude.tolist(),
        longitude=longitude.tolist(),
        gross=_areas(several(2)).tolist(),
        share=random.random(_BLOCK).tolist(),
        other=several(9).tolist(),
        services=several(len(SERVICES)) < _service_chances(),
        denied=several(len(SERVICES)) < _DENIED,
        goods=several(len(GOODS_CLASSES)) < _GOODS,
        platforms=several(len(PLATFORMS)) < _PLATFORMS,
        chinese=zipf_ranks(several(_WORDS)).tolist(),
        english=zipf_ranks(several(_WORDS + 1)).tolist(),
    )


def _facts(draws: _Draws, row: int) -> ListingFacts:
    town, other = towns()[draws.town[row]], draws.other[row]
    name_zh, name_en = _names(town, draws.kind[row], other)
    located = other[3] < _LOCATED
    *words, road = (english_words()[rank] for rank in draws.english[row])
    return ListingFacts(
        country=town.place.country,
        name_zh=name_zh,
        name_en=name_en,
        subdivision=town.place.subdivision,
        city=town.place.name,
        city_zh=town.place.name_zh,
        address=f"{int(other[4] * 400) + 1} {road.title()} Road, {town.place.name}",
        latitude=draws.latitude[row] if located else None,
        longitude=draws.longitude[row] if located else None,
        geocode_precision="address" if located else "unknown",
        hub=town.port,
        hub_km=town.port_km,
        record_class=_CLASSES[draws.record_class[row]],
        tenure=_TENURES[draws.tenure[row]],
        stage=_STAGES[draws.stage[row]],
        services=_services(draws, row),
        goods=_codes(GOODS_CLASSES.codes, draws.goods[row]),
        platforms=_codes(PLATFORMS.codes, draws.platforms[row]),
        languages=("zh", "en"),
        rate_hint=_RATE if other[5] < 0.5 else None,
        description=_description(words, [chinese_words()[rank] for rank in draws.chinese[row]], other),
        grade=_GRADES[draws.grade[row]],
        grade_date=date(2026, int(other[6] * 10) + 1, 15),
        source=_SOURCE,
        capacity=_capacity(draws.gross[row], draws.share[row], date(2026, 10, int(other[6] * 28) + 1)),
    )


def _names(town: Town, kind: int, other: list[float]) -> tuple[str, str]:
    first, second = (BRAND_SYLLABLES[int(other[place] * len(BRAND_SYLLABLES))] for place in (0, 1))
    kind_zh, kind_en, _ = KINDS[kind]
    number = int(other[2] * 30) + 1
    brand = (first[1] + second[1]).title()
    return (
        f"示例{first[0]}{second[0]}{town.place.name_zh}{kind_zh}{number}号",
        f"Demo {brand} {town.place.name} {kind_en} {number}",
    )


def _description(english: list[str], chinese: list[str], other: list[float]) -> str:
    zh = CHINESE_SENTENCES[int(other[7] * len(CHINESE_SENTENCES))]
    en = ENGLISH_SENTENCES[int(other[8] * len(ENGLISH_SENTENCES))]
    return f"{zh}另有{'、'.join(chinese)}。 {en} Also {' '.join(english)}."


def _services(draws: _Draws, row: int) -> dict[str, bool]:
    denied = draws.denied[row]
    return {SERVICES.codes[place]: not denied[place] for place in draws.services[row].nonzero()[0].tolist()}


def _codes(codes: tuple[str, ...], held: NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple(codes[place] for place in held.nonzero()[0].tolist())


def _capacity(gross: int, share: float, day: date) -> tuple[Statement, ...]:
    areas = {"gross": gross, "rentable": gross * 8 // 10}
    if share < _STATES_AVAILABLE:
        areas["available"] = int(gross * share)
    return tuple(Statement(Decimal(value), "m2", basis, day) for basis, value in areas.items())


def _areas(uniform: Uniform) -> NDArray[np.int64]:
    """Gross areas in whole tens of m²: half of them below 5,400, one in a hundred above 70,000."""
    normal = np.sqrt(-2 * np.log1p(-uniform[:, 0])) * np.cos(2 * np.pi * uniform[:, 1])
    return np.asarray(np.round(np.exp(8.6 + 1.1 * normal) / 10).astype(np.int64) * 10 + 100)


def _scattered(around: Uniform, uniform: Uniform) -> tuple[Uniform, Uniform]:
    """Places around towns: half within 8 km of the centre, one in a hundred beyond 55 km; five decimals."""
    km, direction = -12 * np.log1p(-uniform[:, 0]), 2 * np.pi * uniform[:, 1]
    latitude = around[:, 0] + km / 111.2 * np.sin(direction)
    longitude = around[:, 1] + km / 111.2 * np.cos(direction) / np.cos(np.radians(around[:, 0]))
    return np.round(latitude, 5), np.round((longitude + 180) % 360 - 180, 5)


@cache
def _town_coordinates() -> Uniform:
    return np.array([(town.place.latitude, town.place.longitude) for town in towns()])


@cache
def _town_shares() -> Uniform:
    weights = np.array([town.weight for town in towns()])
    return np.asarray(np.cumsum(weights) / weights.sum())


@cache
def _service_chances() -> Uniform:
    return np.array([_OFTEN.get(code, _SELDOM) for code in SERVICES.codes])
