"""Warehouses by the hundred for the tests of search, different every way a filter can tell."""

from __future__ import annotations

import random

from builders import EDITOR, noon, square_metres

from warehouse_hub.core.database import Database
from warehouse_hub.directory.listings import suspend
from warehouse_hub.directory.mass_publication import Wording, publish_many
from warehouse_hub.directory.models import Listing
from warehouse_hub.directory.rules.facts import ListingFacts
from warehouse_hub.vocabulary.codes import (
    EVIDENCE_GRADES,
    GOODS_CLASSES,
    PLATFORMS,
    RECORD_CLASSES,
    SERVICES,
)

TOWNS = [
    ("DE", "Hamburg", "汉堡", 53.55, 9.99),
    ("DE", "Duisburg", "杜伊斯堡", 51.43, 6.76),
    ("US", "Los Angeles", "洛杉矶", 33.74, -118.26),
    ("US", "Savannah", "萨凡纳", 32.08, -81.09),
    ("PL", "Łódź", "罗兹", 51.76, 19.46),
    ("TH", "Laem Chabang", "林查班", 13.08, 100.88),
    ("FJ", "Suva", "苏瓦", -17.0, 180.0),
    ("NZ", "Auckland", "奥克兰", -36.85, 174.76),
    ("KZ", "Almaty", "阿拉木图", 43.24, 76.89),
    ("GB", "Rugby", "拉格比", 52.37, -1.26),
]
WORDS = [
    "保税仓储",
    "恒温",
    "临近港口",
    "夜间作业",
    "cold storage",
    "Rhine terminal",
    "white glove",
    "退货",
    "谷仓",
]


def some_facts(rng: random.Random, number: int) -> ListingFacts:
    country, city, city_zh, latitude, longitude = rng.choice(TOWNS)
    located = rng.random() < 0.85
    spread = rng.choice([0.0, 0.001, 0.3, 4.0])
    gross = rng.randrange(500, 60_000)
    available = rng.choice([None, 0, gross // 4, gross // 2])
    return ListingFacts(
        country=country,
        name_zh=f"{city_zh}{rng.choice('甲乙丙丁')}{number}号仓" if rng.random() < 0.8 else None,
        name_en=f"{city} Site {number}",
        city=city,
        city_zh=city_zh,
        latitude=latitude + rng.uniform(-spread, spread) if located else None,
        longitude=_wrapped(longitude + rng.uniform(-spread, spread)) if located else None,
        geocode_precision="address" if located else "unknown",
        record_class=rng.choice(RECORD_CLASSES.codes),
        services={code: rng.random() < 0.7 for code in rng.sample(SERVICES.codes, rng.randrange(8))},
        goods=tuple(rng.sample(GOODS_CLASSES.codes, rng.randrange(4))),
        platforms=tuple(rng.sample(PLATFORMS.codes, rng.randrange(4))),
        description=" ".join(rng.sample(WORDS, rng.randrange(4))) or None,
        grade=rng.choice(EVIDENCE_GRADES.codes),
        capacity=_capacity(gross, available),
    )


def _capacity(gross: int, available: int | None):
    stated = [square_metres(gross, "gross")]
    return (*stated, square_metres(available, "available")) if available is not None else tuple(stated)


def _wrapped(longitude: float) -> float:
    return (longitude + 180) % 360 - 180


def publish_fleet(database: Database, count: int, *, seed: int = 1, dataset: str = "real", prefix: str = "W"):
    """Put `count` different listings in print at once."""
    rng = random.Random(seed)
    wordings = [Wording(f"{prefix}{number:05d}", some_facts(rng, number)) for number in range(count)]
    with database.unit_of_work(noon) as uow:
        publish_many(uow, wordings, dataset=dataset, actor=EDITOR)
    return wordings


def reword(database: Database, warehouse_id: str, facts: ListingFacts) -> None:
    """Put another wording of a warehouse in print."""
    with database.unit_of_work(noon) as uow:
        dataset = uow.get(Listing, warehouse_id).dataset
        publish_many(uow, [Wording(warehouse_id, facts)], dataset=dataset, actor=EDITOR)


def take_out(database: Database, warehouse_id: str) -> None:
    """Take a listing out of print."""
    with database.unit_of_work(noon) as uow:
        suspend(uow, warehouse_id, actor=EDITOR, note="test")
