"""The fictitious directory: some four hundred listings of ninety operators in over fifty countries.

Everything is invented but the towns; every name, address and price says that it is a demonstration.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from warehouse_hub.directory.rules.facts import ListingFacts
from warehouse_hub.operations.demonstration.capacity import BASE_DATE, Size, size_of, statements
from warehouse_hub.operations.demonstration.operators import DemoOperator
from warehouse_hub.operations.demonstration.prices import demo_price
from warehouse_hub.operations.demonstration.services import goods_at, services_at
from warehouse_hub.operations.demonstration.sites import Site, sites
from warehouse_hub.operations.demonstration.wording import description_of

_CLASSES = {"public": 70.0, "self": 12.0, "third_party": 8.0, "unknown": 7.0, "lead": 3.0}
_TENURES: dict[str | None, float] = {"lease": 62.0, "own": 17.0, "coop": 12.0, "acquired": 5.0, None: 4.0}
_STAGES: dict[str | None, float] = {"operating": 91.0, "under_construction": 4.0, "planned": 3.0, None: 2.0}
_GRADES = {"stated": 55.0, "documented": 25.0, "verified": 20.0}
_SYSTEMS = ("示例WMS", "示例OMS", "示例ERP接口", "示例TMS")
SOURCE = "演示数据（虚构） Demonstration data (fictitious)"


@dataclass(frozen=True)
class DemoListing:
    """One fictitious listing. `operator` is None for a rentable site, which nobody operates yet."""

    warehouse_id: str
    operator: DemoOperator | None
    facts: ListingFacts
    size: Size


@cache
def demo_listings() -> tuple[DemoListing, ...]:
    """Every listing, ordered by country and town; the same on every machine and in every run."""
    return tuple(_listing(site) for site in sites())


def _listing(site: Site) -> DemoListing:
    draw = site.draw
    # The first site of a country is public and works, so that small markets have something to offer.
    record_class = "public" if site.first_in_country else draw.one("class", _CLASSES)
    lead = record_class == "lead"
    stage = None if lead else "operating" if site.first_in_country else draw.one("stage", _STAGES)
    tenure = None if lead else draw.one("tenure", _TENURES)
    works = stage in {"operating", None}
    size = size_of(draw)
    grade = "stated" if lead else draw.one("grade", _GRADES)
    offers = lead or (works and record_class in {"public", "unknown"} and draw.happens("offers", 0.85))
    operator = None if lead else site.operator
    rent = site.market.rent * draw.between("rate", 0.8, 1.3) if offers and draw.happens("rate", 0.8) else None
    price = None if rent is None else demo_price(site, rent)
    facts = ListingFacts(
        country=site.market.country,
        name_zh=_name_zh(site, operator),
        name_en=_name_en(site, operator),
        subdivision=site.town.subdivision,
        city=site.town.name,
        city_zh=site.town.name_zh,
        address=f"Demo Street {draw.whole('street', 1, 240)}, {site.town.name}（示例地址）",
        latitude=site.latitude,
        longitude=site.longitude,
        geocode_precision="address",
        hub=site.hub,
        hub_km=site.hub_km,
        record_class=record_class,
        tenure=tenure,
        stage=stage,
        services={} if lead else services_at(site, record_class),
        goods=() if lead else goods_at(site),
        platforms=() if lead else _platforms(site),
        systems=() if lead else draw.some("systems", _SYSTEMS, draw.whole("systems", 0, 3)),
        languages=() if lead else _languages(site),
        opened=_opened(site) if works and not lead else None,
        lease_end=_lease_end(site) if tenure == "lease" and works else None,
        rate_hint=None if rent is None else _rate(site, rent),
        storage_price=price.amount if price else None,
        storage_price_currency=price.currency if price else None,
        storage_price_unit=price.unit if price else None,
        grade=grade,
        grade_date=BASE_DATE - timedelta(days=draw.whole("grade date", 5, 360)),
        source=SOURCE,
        capacity=statements(draw, size, unit=site.market.area_unit, grade=grade, offers=offers, works=works),
    )
    return DemoListing(site.warehouse_id, operator, description_of(facts), size)


def _name_zh(site: Site, operator: DemoOperator | None) -> str:
    town = site.town.name_zh or site.town.name
    if operator is None:
        return f"示例{town}可租点位{site.number_in_town}号"
    return f"示例{operator.word_zh}{town}{site.number_in_town}号仓"


def _name_en(site: Site, operator: DemoOperator | None) -> str:
    if operator is None:
        return f"Demo rentable site {site.town.name} {site.number_in_town}"
    return f"Demo {operator.word_en} {site.town.name} Warehouse {site.number_in_town}"


def _platforms(site: Site) -> tuple[str, ...]:
    usual = site.market.platforms
    most = min(len(usual), site.draw.whole("platforms", 1, 5))
    return tuple(sorted(site.draw.some("platforms", usual, most), key=usual.index))


def _languages(site: Site) -> tuple[str, ...]:
    spoken = ["zh", *site.market.languages]
    if "en" not in spoken and site.draw.happens("english", 0.4):
        spoken.append("en")
    return tuple(spoken)


def _opened(site: Site) -> date:
    return date(2015, 1, 1) + timedelta(days=site.draw.whole("opened", 0, 4050))


def _lease_end(site: Site) -> date:
    return date(2027, 1, 31) + timedelta(days=site.draw.whole("lease end", 0, 2900))


def _rate(site: Site, amount: float) -> str:
    market = site.market
    written = f"{amount:,.0f}" if amount >= 100 else f"{amount:.2f}"
    unit = {"ft2": "sq ft", "tsubo": "坪", "m2": "m²"}[market.area_unit]
    return f"演示价 Demo {market.currency}{'' if len(market.currency) < 3 else ' '}{written}/{unit}·月 (mo)"
