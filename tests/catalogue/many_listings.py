"""Listings by the hundred, drawn with a fixed seed: enough to fill an edition with every kind of entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random

from warehouse_hub.directory.published import PublishedListing
from warehouse_hub.directory.rules.facts import Statement
from warehouse_hub.vocabulary.codes import GOODS_CLASSES, PLATFORMS, SERVICES

PLACES = (
    ("DE", "汉堡", "Hamburg", "HH", 53.55, 9.99, "汉堡港"),
    ("DE", "不来梅", "Bremen", "HB", 53.08, 8.81, "不来梅哈芬港"),
    ("PL", "罗兹", "Łódź", None, 51.77, 19.46, "罗兹铁路口岸"),
    ("PL", "格但斯克", "Gdańsk", None, 54.35, 18.65, "格但斯克港"),
    ("US", "佩里斯", "Perris", "CA", 33.78, -117.23, "长滩港"),
    ("US", "长滩", "Long Beach", "CA", 33.77, -118.19, "长滩港"),
    ("US", "萨凡纳", "Savannah", "GA", 32.08, -81.09, "萨凡纳港"),
    ("GB", "米尔顿凯恩斯", "Milton Keynes", None, 52.04, -0.76, "费利克斯托港"),
    ("TR", "伊斯坦布尔", "İstanbul", None, 41.01, 28.95, None),
    ("VN", "海防", "Hải Phòng", None, 20.86, 106.68, "海防港"),
    ("MY", "巴生港", "Port Klang", None, 3.0, 101.39, "巴生港"),
    ("AE", "迪拜", "Dubai", None, 25.2, 55.27, "杰贝阿里港"),
    ("JP", "千叶", "千葉市", None, 35.6, 140.1, "东京港"),
    ("TW", "桃园", "桃園", None, 24.99, 121.3, "桃园机场"),
    ("KE", None, "Mlolongo", None, -1.39, 36.94, None),
    ("UZ", "塔什干", "Tashkent", None, 41.3, 69.24, None),
    ("RU", "莫斯科", "Москва", None, 55.75, 37.62, None),
    ("CL", "圣地亚哥", "Santiago", None, -33.45, -70.67, "圣安东尼奥港"),
)
WORDS = ("一号仓", "综合仓", "保税仓", "冷链仓", "分拨中心", "大件仓")
GRADES = ("stated", "documented", "verified")


def many_listings(count: int, *, seed: int = 1, dataset: str = "demo") -> list[PublishedListing]:
    """`count` listings; about one in eight is only reported."""
    chance = Random(seed)
    return [_listing(chance, number, dataset) for number in range(1, count + 1)]


def _listing(chance: Random, number: int, dataset: str) -> PublishedListing:
    country, city_zh, city, subdivision, latitude, longitude, hub = chance.choice(PLACES)
    operator = chance.randint(1, 40)
    reported = chance.random() < 0.125
    listing = PublishedListing(
        id=f"DEMO-{country}-{number:04d}",
        dataset=dataset,
        revision=1,
        published_at=datetime(2026, 11, 1, tzinfo=UTC),
        site_group=None,
        operator_id=f"OP-{operator}",
        operator_zh=f"示例{'豫中郑汴洛'[operator % 5]}通供应链{operator}号公司",
        operator_en=f"Demo Yutong Supply Chain {operator}",
        operator_parent=None,
        enterprise_group=f"G-{operator}",
        home_district=chance.choice(("airport", "economic_development", "jinshui", None)),
        country=country,
        subdivision=subdivision,
        name_zh=f"示例{city_zh or '姆洛隆戈'}{chance.choice(WORDS)}",
        name_en=f"Demo {city} Warehouse No. {number}",
        city=city,
        city_zh=city_zh,
        address=chance.choice((None, f"{chance.randint(1, 400)} Harbour Road, {city}")),
        latitude=latitude,
        longitude=longitude,
        geocode_precision="city",
        hub=hub,
        hub_km=float(chance.randint(2, 130)) if hub else None,
        record_class=chance.choice(("public", "public", "public", "self", "third_party")),
        tenure=chance.choice(("lease", "own", "coop", None)),
        stage=chance.choice(("operating", "operating", "operating", "under_construction")),
        services={
            code: chance.random() < 0.8 for code in chance.sample(SERVICES.codes, chance.randint(0, 12))
        },
        goods=tuple(chance.sample(GOODS_CLASSES.codes, chance.randint(0, 6))),
        platforms=tuple(chance.sample(PLATFORMS.codes, chance.randint(0, 4))),
        languages=("zh", "en"),
        grade=chance.choice(GRADES),
        grade_date=date(2026, 10, chance.randint(1, 28)),
        lease_end=chance.choice((None, date(2029, 3, 31))),
        rate_hint=chance.choice((None, "仓租 6.2 欧元／m²·月，出库另计")),
        capacity=_capacity(chance),
    )
    if not reported:
        return listing
    return replace(
        listing,
        grade="reported",
        grade_date=None,
        operator_zh=None,
        operator_id=None,
        name_zh=None,
        services={},
        goods=(),
        platforms=(),
        languages=(),
        rate_hint=None,
        source=f"https://example.com/news/{number}/a-long-address-of-a-press-report-about-a-warehouse-{city.lower()}",
        capacity=listing.capacity[:1] and (reported_square_feet(chance.randint(50, 1200) * 1000),),
    )


def _capacity(chance: Random) -> tuple[Statement, ...]:
    if chance.random() < 0.1:
        return ()
    gross = chance.randint(12, 400) * 100
    rentable, available = gross * 8 // 10, gross * chance.randint(0, 6) // 10
    lines = [square_metres(gross, "gross"), square_metres(rentable, "rentable")]
    if chance.random() < 0.8:
        lines.append(square_metres(available, "available"))
    if chance.random() < 0.3:
        lines.append(Statement(Decimal(gross // 4), "pallet", "gross", date(2026, 10, 1), "stated"))
    return tuple(lines)


def square_metres(value: int, basis: str, grade: str = "stated") -> Statement:
    return Statement(Decimal(value), "m2", basis, date(2026, 10, 25), grade)


def reported_square_feet(
    value: int, *, shared_by: int = 1, source: str = "https://example.com/report"
) -> Statement:
    return Statement(Decimal(value), "ft2", "gross", None, "reported", source, f"{value:,} sq ft", shared_by)
