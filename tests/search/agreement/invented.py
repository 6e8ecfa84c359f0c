"""Invented warehouses and invented questions, from a seed.

The words are ones that no label, place or code list holds, so that what a listing says is only what it was given.
"""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

from builders import square_metres
from search.agreement import worth
from search.fleet import TOWNS, some_facts

from warehouse_hub.directory.rules.facts import ListingFacts
from warehouse_hub.search.query import SORTS, SearchQuery
from warehouse_hub.search.text.analysis import fold
from warehouse_hub.vocabulary.codes import (
    AREA_BANDS,
    EVIDENCE_GRADES,
    GOODS_CLASSES,
    PLATFORMS,
    RECORD_CLASSES,
    SERVICES,
)

WORDS = ("Quillwharf", "zephyrdock", "brámblegate", "琥珀", "麒麟", "翡翠", "鹦鹉")
COUNTRIES = [*dict.fromkeys(town[0] for town in TOWNS), "FR"]
REGIONS = ["US", "EU", "ASEAN", "RCEP", "BRI"]
CITIES = [f"{town[0]}/{fold(town[1])}" for town in TOWNS] + ["hamburg", fold("Łódź"), "FR/nowhere"]
# Where longitudes meet and where they end, beside the towns.
CORNERS_OF_THE_WORLD = [
    (-17.0, 180.0),
    (-17.0, -180.0),
    (90.0, 25.0),
    (-90.0, 0.0),
    (89.9, -140.0),
    (0.0, 0.5),
]
AREAS = ["999.99", "1000", "1000.01", "2999.5", "3000", "10000", "30000", "0"]


def invented_facts(rng: random.Random, number: int) -> ListingFacts:
    """A warehouse that differs from the next in every way a filter can tell."""
    facts = some_facts(rng, number)
    words = rng.sample(WORDS, rng.randrange(5))
    facts = replace(facts, description=rng.choice([" ", "，", "。 "]).join(words) or None)
    if rng.random() < 0.1:
        facts = replace(facts, city=None, city_zh=None)
    if rng.random() < 0.15 and facts.latitude is not None:
        latitude, longitude = rng.choice(CORNERS_OF_THE_WORLD)
        facts = replace(facts, latitude=latitude, longitude=longitude)
    if rng.random() < 0.3:
        stated = (square_metres("90000.5", "gross"), square_metres(rng.choice(AREAS), "available"))
        facts = replace(facts, capacity=stated)
    return replace(facts, **_price(rng)) if rng.random() < 0.7 else facts


def invented_query(rng: random.Random, ids: list[str]) -> SearchQuery:
    """A question with up to four conditions, in some order, about some of the ids at times."""
    asked = {"dataset": rng.choice(["real", "real", "real", "demo"]), "limit": rng.choice([1, 7, 20, 100])}
    for condition in rng.sample(CONDITIONS, rng.choice([0, 1, 1, 2, 2, 3, 4])):
        asked |= condition(rng)
    if ids and rng.random() < 0.05:
        asked["ids"] = tuple(rng.sample(ids, min(len(ids), 30)))
    sorts = SORTS if "near" in asked else [sort for sort in SORTS if sort != "distance"]
    sort = rng.choice([None, "price", *sorts])
    if sort == "price":
        asked["price_unit"] = rng.choice(worth.UNITS)
    return SearchQuery(**asked, sort=sort)


def box(west: float, south: float, east: float, north: float):
    """A box as a map asks for it."""
    return SearchQuery.from_params({"bbox": f"{west!r},{south!r},{east!r},{north!r}"}).bbox


def some_of(codes, most: int):
    """A condition's values: one to `most` of a list of codes."""
    return lambda rng: tuple(rng.sample(list(codes), rng.randint(1, most)))


def _price(rng: random.Random) -> dict:
    return {
        "storage_price": Decimal(rng.choice(worth.AMOUNTS)),
        "storage_price_currency": rng.choice(worth.CURRENCIES),
        "storage_price_unit": rng.choice(worth.UNITS),
    }


def _text(rng: random.Random) -> dict:
    words = rng.sample(WORDS, rng.choice([1, 1, 2]))
    return {"q": " ".join(rng.choice([word, word.upper()]) for word in words), "literal": True}


def _around(rng: random.Random) -> dict:
    centres = [_somewhere(rng) for _ in range(rng.choice([1, 1, 2, 3]))]
    radius = rng.choice([None, 0.0, 25.0, 100.0, 500.0, 3_000.0, 9_000.0, 19_900.0])
    return {"near": centres[0], "also_near": tuple(dict.fromkeys(centres[1:])), "within_km": radius}


def _somewhere(rng: random.Random) -> tuple[float, float]:
    places = [(town[3], town[4]) for town in TOWNS]
    return rng.choice([*places, *places, *CORNERS_OF_THE_WORLD])


def _in_a_box(rng: random.Random) -> dict:
    west, east = rng.sample([-180.0, -118.0, -20.0, 8.25, 30.0, 101.0, 175.0, 180.0], 2)
    south, north = sorted(rng.sample([-90.0, -60.0, -17.0, 0.0, 33.5, 52.0, 60.0, 90.0], 2))
    return {"bbox": box(west, south, east, north)}


def _in_a_polygon(rng: random.Random) -> dict:
    """Corners around a town in any order, so that the ring crosses itself at times."""
    latitude, longitude = rng.choice([(town[3], town[4]) for town in TOWNS])
    spread = rng.choice([0.01, 1.0, 8.0, 25.0])
    corners = [
        (latitude + rng.uniform(-spread, spread), longitude + rng.uniform(-spread, spread))
        for _ in range(rng.randint(3, 9))
    ]
    return {"polygon": tuple(corners)}


def _area(rng: random.Random) -> dict:
    least = rng.choice([None, 0.0, 999.99, 1000.0, 5000.0])
    most = rng.choice([None, 0.0, 2999.5, 3000.0, 20_000.0])
    return {"min_available_m2": least, "max_available_m2": most}


def _coded(name: str, values) -> object:
    return lambda rng: {name: values(rng)}


CONDITIONS = [
    _text,
    _text,
    _around,
    _around,
    _in_a_box,
    _in_a_polygon,
    _area,
    _coded("port_within_km", lambda rng: rng.choice([5.0, 50.0, 300.0, 2_000.0])),
    _coded("located", lambda rng: rng.random() < 0.5),
    _coded("country", some_of(COUNTRIES, 3)),
    _coded("region_set", some_of(REGIONS, 2)),
    _coded("city", some_of(CITIES, 3)),
    _coded("service", some_of(SERVICES.codes, 2)),
    _coded("service_any", some_of(SERVICES.codes, 3)),
    _coded("goods", some_of(GOODS_CLASSES.codes, 8)),
    _coded("platform", some_of(PLATFORMS.codes, 8)),
    _coded("record_class", some_of(RECORD_CLASSES.codes, 3)),
    _coded("area_band", some_of(AREA_BANDS.codes, 3)),
    _coded("grade", some_of(EVIDENCE_GRADES.codes, 2)),
    _coded("not_country", some_of(COUNTRIES, 3)),
    _coded("not_region_set", some_of(REGIONS, 1)),
    _coded("not_service", some_of(SERVICES.codes, 3)),
    _coded("not_goods", some_of(GOODS_CLASSES.codes, 3)),
    _coded("not_platform", some_of(PLATFORMS.codes, 3)),
    _coded("not_record_class", some_of(RECORD_CLASSES.codes, 2)),
]
