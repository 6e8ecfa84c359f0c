"""Bilingual listings by the thousand from a seed: the same seed and number give the same listings everywhere.

The one thing to get wrong: a benchmark flatters an engine when words are spread evenly. Countries, words and services
are drawn with the weights that the published directories suggest: a few markets hold most warehouses.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from random import Random
from typing import Final

from warehouse_hub.directory.rules.facts import ListingFacts, Statement
from warehouse_hub.vocabulary.codes import GOODS_CLASSES, PLATFORMS, SERVICES

_TOWNS: Final = (
    ("US", "Perris", "佩里斯", 33.78, -117.23, "长滩港", 14),
    ("US", "Savannah", "萨凡纳", 32.08, -81.09, "萨凡纳港", 8),
    ("US", "Edison", "爱迪生", 40.52, -74.41, "纽约港", 9),
    ("US", "Houston", "休斯敦", 29.76, -95.37, "休斯敦港", 5),
    ("DE", "Hamburg", "汉堡", 53.55, 9.99, "汉堡港", 9),
    ("DE", "Duisburg", "杜伊斯堡", 51.43, 6.76, "杜伊斯堡港", 6),
    ("GB", "Rugby", "拉格比", 52.37, -1.26, "费利克斯托港", 8),
    ("PL", "Łódź", "罗兹", 51.76, 19.46, "罗兹铁路口岸", 6),
    ("FR", "Le Havre", "勒阿弗尔", 49.49, 0.11, "勒阿弗尔港", 3),
    ("ES", "Zaragoza", "萨拉戈萨", 41.65, -0.88, None, 3),
    ("CZ", "Praha", "布拉格", 50.08, 14.44, None, 2),
    ("CA", "Mississauga", "密西沙加", 43.59, -79.64, "多伦多机场", 4),
    ("AU", "Melbourne", "墨尔本", -37.81, 144.96, "墨尔本港", 3),
    ("JP", "Chiba", "千叶", 35.61, 140.12, "东京港", 5),
    ("KR", "Incheon", "仁川", 37.46, 126.71, "仁川港", 3),
    ("VN", "Hải Phòng", "海防", 20.86, 106.68, "海防港", 3),
    ("MY", "Port Klang", "巴生港", 3.0, 101.39, "巴生港", 3),
    ("TH", "Laem Chabang", "林查班", 13.08, 100.88, "林查班港", 3),
    ("RU", "Москва", "莫斯科", 55.75, 37.62, None, 5),
    ("KZ", "Almaty", "阿拉木图", 43.24, 76.89, None, 2),
    ("AE", "Dubai", "迪拜", 25.2, 55.27, "杰贝阿里港", 3),
    ("MX", "Querétaro", "克雷塔罗", 20.59, -100.39, None, 2),
    ("BR", "São Paulo", "圣保罗", -23.55, -46.63, "桑托斯港", 2),
    ("KE", "Mlolongo", "姆洛隆戈", -1.39, 36.94, None, 1),
)
_KINDS: Final = (
    ("综合仓", "Fulfilment Centre"),
    ("保税仓", "Bonded Warehouse"),
    ("冷链仓", "Cold Storage"),
    ("分拨中心", "Distribution Hub"),
    ("大件仓", "Oversize Depot"),
)
_NAMES: Final = ("豫通", "中原", "汴海", "洛川", "嵩岳", "商都", "金水", "航港")
_NAMES_EN: Final = ("Yutong", "Zhongyuan", "Bianhai", "Luochuan", "Songyue", "Shangdu", "Jinshui", "Hanggang")
_SENTENCES: Final = (
    "仓库紧邻高速公路出口，支持夜间收货与周末出库。",
    "自有车队负责港口提柜，拆柜后四十八小时内上架。",
    "配备恒温区与防静电地面，适合电子产品与化妆品。",
    "系统对接主流电商平台，订单自动同步并回传轨迹。",
    "退货可在仓内质检、换标、重新包装后二次上架。",
    "提供一件代发与批量转运，旺季可临时扩仓。",
    "Night shifts handle inbound containers within two working days.",
    "Sprinklers, cameras and bonded cages are checked by the insurer every year.",
    "Orders received before noon leave the dock on the same day.",
    "Pallet racking reaches eleven metres with narrow aisle trucks.",
    "Bilingual staff answer exporters in Chinese and English.",
    "Returns are graded, photographed and restocked or destroyed on request.",
)
_USUAL: Final = ("dropship", "fba_transfer", "returns", "relabel", "last_mile", "bonded", "cold", "oversize")


def sample_facts(count: int, *, seed: int) -> Iterator[tuple[str, ListingFacts]]:
    """`count` listings with their warehouse ids."""
    draw = Random(seed)  # noqa: S311 (a sample, not a secret)
    weights = [town[-1] for town in _TOWNS]
    for number in range(1, count + 1):
        yield f"BENCH-{number:07d}", _facts(draw, number, draw.choices(_TOWNS, weights)[0])


def _facts(
    draw: Random, number: int, town: tuple[str, str, str, float, float, str | None, int]
) -> ListingFacts:
    country, city, city_zh, latitude, longitude, hub, _ = town
    kind_zh, kind_en = draw.choice(_KINDS)
    name = draw.randrange(len(_NAMES))
    gross = draw.randint(8, 600) * 100
    located, spread = draw.random() < 0.9, draw.choice((0.0, 0.02, 0.3, 2.5))
    return ListingFacts(
        country=country,
        name_zh=f"示例{_NAMES[name]}{city_zh}{kind_zh}{number}号",
        name_en=f"Demo {_NAMES_EN[name]} {city} {kind_en} {number}",
        city=city,
        city_zh=city_zh,
        address=f"{draw.randint(1, 400)} Harbour Road, {city}",
        latitude=latitude + draw.uniform(-spread, spread) if located else None,
        longitude=longitude + draw.uniform(-spread, spread) if located else None,
        geocode_precision="address" if located else "unknown",
        hub=hub,
        hub_km=float(draw.randint(2, 130)) if hub else None,
        record_class=draw.choices(("public", "self", "third_party", "unknown", "lead"), (70, 12, 8, 7, 3))[0],
        tenure=draw.choice(("lease", "lease", "own", "coop", None)),
        stage=draw.choices(("operating", "under_construction", "planned"), (91, 5, 4))[0],
        services=_services(draw),
        goods=tuple(draw.sample(GOODS_CLASSES.codes, draw.randint(0, 6))),
        platforms=tuple(draw.sample(PLATFORMS.codes, draw.randint(0, 4))),
        languages=("zh", "en"),
        rate_hint=draw.choice((None, "演示价 6.2 欧元／m²·月，出库另计")),
        description=" ".join(draw.sample(_SENTENCES, draw.randint(1, 4))),
        grade=draw.choice(("reported", "stated", "documented", "verified")),
        grade_date=date(2026, draw.randint(1, 10), draw.randint(1, 28)),
        source="演示数据（虚构） Demonstration data (fictitious)",
        capacity=_capacity(draw, gross),
    )


def _services(draw: Random) -> dict[str, bool]:
    asked = {*draw.sample(_USUAL, draw.randint(2, 6)), *draw.sample(SERVICES.codes, draw.randint(0, 6))}
    return {code: draw.random() < 0.75 for code in SERVICES.codes if code in asked}


def _capacity(draw: Random, gross: int) -> tuple[Statement, ...]:
    areas = {"gross": gross, "rentable": gross * 8 // 10}
    if draw.random() < 0.7:
        areas["available"] = gross * draw.randint(0, 6) // 10
    day = date(2026, 10, draw.randint(1, 28))
    return tuple(Statement(Decimal(value), "m2", basis, day) for basis, value in areas.items())
