"""Where the fictitious warehouses stand: real logistics towns, made-up streets, the hub next to each."""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from warehouse_hub.operations.demonstration.draw import Draw
from warehouse_hub.operations.demonstration.operators import ACCOUNT_OPERATOR_ID, DemoOperator, demo_operators
from warehouse_hub.places.gazetteer import Place
from warehouse_hub.places.geocoder import Located, locate
from warehouse_hub.places.hubs import nearest_airport, nearest_port

_HERE = Path(__file__).parent
# A hub farther away than this says nothing about a site.
_FAR_FROM_HUB_KM = 250
_KM_PER_DEGREE = 111.2
# The operator with a demonstration account has these, whoever else is near.
_ACCOUNT_SITES = frozenset({"DEMO-DE-0001", "DEMO-DE-0009", "DEMO-PL-0001", "DEMO-US-0001", "DEMO-US-0007"})


@dataclass(frozen=True)
class Market:
    """What is usual in a country; `rent` is a month's for one unit of area."""

    country: str
    region: str
    area_unit: str
    currency: str
    rent: float
    platforms: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Site:
    """One fictitious warehouse's place, and who runs it."""

    warehouse_id: str
    number_in_town: int
    market: Market
    town: Place
    operator: DemoOperator
    latitude: float
    longitude: float
    hub: str | None
    hub_km: float | None

    @property
    def first_in_country(self) -> bool:
        return self.warehouse_id.endswith("-0001")

    @property
    def draw(self) -> Draw:
        return Draw(self.warehouse_id)


@cache
def sites() -> tuple[Site, ...]:
    """Every site, by country and town in the order of towns.csv."""
    return tuple(_sites())


def _sites() -> Iterator[Site]:
    markets = _markets()
    in_country: Counter[str] = Counter()
    for line in _lines("towns.csv"):
        market = markets[line["country"]]
        town = _town(line["town"], market.country, line["subdivision"] or None)
        for number in range(1, int(line["listings"]) + 1):
            in_country[market.country] += 1
            key = f"DEMO-{market.country}-{in_country[market.country]:04d}"
            yield _site(key, number, market, town)


def _site(key: str, number: int, market: Market, town: Place) -> Site:
    draw = Draw(key)
    bearing, away = draw.between("bearing", 0, 2 * math.pi), draw.between("away", 0.8, 6.0)
    latitude = town.latitude + away * math.cos(bearing) / _KM_PER_DEGREE
    longitude = town.longitude + away * math.sin(bearing) / (
        _KM_PER_DEGREE * math.cos(math.radians(town.latitude))
    )
    hub, hub_km = _hub_near(latitude, longitude)
    return Site(
        warehouse_id=key,
        number_in_town=number,
        market=market,
        town=town,
        operator=_operator_at(key, market),
        latitude=round(latitude, 5),
        longitude=round(longitude, 5),
        hub=hub,
        hub_km=hub_km,
    )


def _hub_near(latitude: float, longitude: float) -> tuple[str | None, float | None]:
    """The port, else the airport, that a lorry reaches within the day; neither where both are farther."""
    for nearest in (nearest_port, nearest_airport):
        hub, km = nearest(latitude, longitude)
        if km <= _FAR_FROM_HUB_KM:
            return f"{hub.name_zh} {hub.name}" if hub.name_zh else hub.name, round(km, 1)
    return None, None


def _operator_at(key: str, market: Market) -> DemoOperator:
    """Operators keep to one part of the world, except every sixth; the first ones have more warehouses."""
    operators = demo_operators()
    if key in _ACCOUNT_SITES:
        return next(each for each in operators if each.id == ACCOUNT_OPERATOR_ID)
    weights: dict[DemoOperator, float] = {}
    for place, operator in enumerate(operators):
        at_home = Draw(operator.id).one("region", _region_weights()) == market.region
        weights[operator] = (6.0 if at_home else 1.0 if place % 6 == 0 else 0.05) / (1 + place / 30)
    return Draw(key).one("operator", weights)


@cache
def _region_weights() -> dict[str, float]:
    markets = _markets()
    found: Counter[str] = Counter()
    for line in _lines("towns.csv"):
        found[markets[line["country"]].region] += int(line["listings"])
    return dict(found)


@cache
def _markets() -> dict[str, Market]:
    return {
        line["country"]: Market(
            country=line["country"],
            region=line["region"],
            area_unit=line["area_unit"],
            currency=line["currency"],
            rent=float(line["rent"]),
            platforms=tuple(line["platforms"].split("|")),
            languages=tuple(line["languages"].split("|")),
        )
        for line in _lines("markets.csv")
    }


def _town(name: str, country: str, subdivision: str | None) -> Place:
    found = locate(name, country=country, subdivision=subdivision)
    if isinstance(found, Located):
        return found.place
    raise LookupError(f"{name}, {country} is not one town of the gazetteer")


def _lines(name: str) -> list[dict[str, str]]:
    with (_HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
