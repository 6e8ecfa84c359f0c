"""The catalogue as one flat table: a row an entry, for csv, xlsx and the data dictionary.

The one thing a reader would get wrong: an area column holds this record's own statement on that basis in m², so the
columns must not simply be added up; the totals of the edition count a shared figure and a shared building once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from warehouse_hub.catalogue.rules.inclusion import REPORTED, Entry, has_known_place
from warehouse_hub.press.columns import Cell, Column, Row

_M2_NOTE = (
    "本条记录自己的声明；合计须按 site_group 与 shared_by 去重",
    "This record's own statement; totals count a site once",
)

COLUMNS = (
    Column("id", "编号", "Id", "code", 14),
    Column(
        "dataset",
        "数据集",
        "Dataset",
        "code",
        12,
        note_zh="演示 DEMO 表示全部虚构",
        note_en="DEMO is fictitious",
    ),
    Column("chapter", "章", "Chapter", width=16, note_zh="企业申报；公开报道，未经企业确认"),
    Column("name_zh", "名称（中文）", "Name (Chinese)", width=28),
    Column("name_en", "名称（英文）", "Name (English)", width=28),
    Column("operator_zh", "运营主体（中文）", "Operator (Chinese)", width=24),
    Column("operator_en", "运营主体（英文）", "Operator (English)", width=24),
    Column("home_district", "注册区县", "Home district", width=14),
    Column("country", "国家（地区）代码", "Country or region code", "code", 10, note_en="ISO 3166-1 alpha-2"),
    Column("country_zh", "国家（地区）", "Country or region (Chinese)", width=14),
    Column("country_en", "国家（地区）英文", "Country or region", width=16),
    Column("region_sets", "区域集", "Region sets", "code", 16, note_zh="按数据截至日的成员"),
    Column("subdivision", "一级行政区", "Subdivision", "code", 10),
    Column("city_zh", "城市（中文）", "City (Chinese)", width=14),
    Column("city_en", "城市（英文）", "City", width=16),
    Column("address", "地址", "Address", width=34),
    Column("latitude", "纬度", "Latitude", "coordinate", 11, "°", "WGS-84", "WGS 84"),
    Column("longitude", "经度", "Longitude", "coordinate", 11, "°", "WGS-84", "WGS 84"),
    Column("place_precision", "位置精度", "Place precision", "code", 10),
    Column("hub", "枢纽", "Hub", width=18),
    Column("hub_km", "距枢纽", "Distance to the hub", "number", 9, "km", "直线距离", "Straight line"),
    Column("record_class", "记录类别", "Record class", width=12),
    Column("tenure", "建设方式", "Tenure", width=10),
    Column("stage", "状态", "Stage", width=10),
    Column("gross_m2", "总面积", "Gross area", "number", 12, "m²", *_M2_NOTE),
    Column("rentable_m2", "可租面积", "Rentable area", "number", 12, "m²", *_M2_NOTE),
    Column("commissioned_m2", "已投入使用面积", "Commissioned area", "number", 12, "m²", *_M2_NOTE),
    Column("available_m2", "可用面积", "Available area", "number", 12, "m²", *_M2_NOTE),
    Column(
        "capacity", "容量声明", "Capacity as stated", width=40, note_zh="数值、单位、口径、日期、证据等级"
    ),
    Column("site_group", "同址组", "Site group", "code", 12, note_zh="同组面积只计一次"),
    Column("shared_by", "共用家数", "Shared by", "integer", 8, note_zh="几处共用同一个已公布数字；1 为自有"),
    Column("services", "提供的服务", "Services offered", width=36),
    Column("services_not_offered", "不提供的服务", "Services not offered", width=20),
    Column("goods", "货类", "Goods handled", width=24),
    Column("platforms", "平台", "Platforms", width=20),
    Column("systems", "系统", "Systems", width=16),
    Column("languages", "语言", "Languages", width=16),
    Column("opened", "启用日期", "Opened", "date", 12),
    Column("lease_end", "租约到期", "Lease end", "date", 12),
    Column("rate_hint", "价格提示", "Price hint", width=24),
    Column(
        "storage_price",
        "储存价格",
        "Storage price",
        "number",
        12,
        note_zh="最低价；币种与单位见后两列，未换算",
        note_en="The lowest, as stated; currency and unit follow",
    ),
    Column("storage_price_currency", "储存价格币种", "Currency of the price", "code", 8, note_en="ISO 4217"),
    Column(
        "storage_price_unit",
        "储存价格单位",
        "Unit of the price",
        "code",
        12,
        note_zh="m3_day 立方米·天，m2_month 平方米·月，pallet_month 托·月",
        note_en="m3_day: m³ and day; m2_month: m² and month; pallet_month: pallet and month",
    ),
    Column("description", "说明", "Description", width=40),
    Column("grade", "证据等级", "Evidence grade", width=12),
    Column("grade_date", "证据日期", "Evidence date", "date", 12),
    Column("source", "来源", "Source", width=36),
    Column("service_codes", "服务代码", "Service codes", "code", 30),
    Column("goods_codes", "货类代码", "Goods codes", "code", 20),
    Column("platform_codes", "平台代码", "Platform codes", "code", 20),
)

# A file that is made again has to be the file that was signed: the columns of later schemas are not in it.
_NOT_IN = {
    "warehouse-hub/edition/1": frozenset({"storage_price", "storage_price_currency", "storage_price_unit"})
}
_CHAPTER_NAMES = {REPORTED: "公开报道，未经企业确认"}


def columns_of(schema: str) -> tuple[Column, ...]:
    """The columns that the files of an edition of this schema have."""
    return tuple(column for column in COLUMNS if column.key not in _NOT_IN.get(schema, ()))


def rows_of(entries: Iterable[Entry], mark: str) -> list[Row]:
    """A row an entry, keyed by the columns' keys; unknown is None. `mark` fills the dataset column."""
    return [_row(entry, mark) for entry in entries]


def _row(entry: Entry, mark: str) -> dict[str, Cell]:
    operator, evidence = entry["operator"] or {}, entry["evidence"]
    return {
        "id": entry["id"],
        "dataset": mark,
        "chapter": _CHAPTER_NAMES.get(entry["chapter"], "企业申报"),
        **_named("name", entry["name"]),
        **_named("operator", entry["operator"]),
        "home_district": _zh(operator.get("home_district")),
        "country": entry["country"]["code"],
        **_named("country", entry["country"]),
        "region_sets": _joined(entry["region_sets"]),
        "subdivision": entry["subdivision"],
        **_named("city", entry["city"]),
        "address": entry["address"],
        **_place(entry),
        "record_class": _zh(entry["record_class"]),
        "tenure": _zh(entry["tenure"]),
        "stage": _zh(entry["stage"]),
        **_areas(entry["capacity"]),
        **_offers(entry),
        "opened": _day(entry["opened"]),
        "lease_end": _day(entry["lease_end"]),
        "rate_hint": entry["rate_hint"],
        **_price(entry.get("storage_price")),
        "description": entry["description"],
        "grade": _zh(evidence["grade"]),
        "grade_date": _day(evidence["date"]),
        "source": evidence["source"],
        "site_group": entry["site_group"],
    }


def _place(entry: Entry) -> dict[str, Cell]:
    location, hub = entry["location"] or {}, entry["hub"] or {}
    precision = location.get("precision")
    known = precision is not None and has_known_place(precision)
    return {
        "latitude": location.get("latitude") if known else None,
        "longitude": location.get("longitude") if known else None,
        "place_precision": precision,
        "hub": hub.get("name"),
        "hub_km": hub.get("km"),
    }


def _areas(capacity: Sequence[Mapping[str, Any]]) -> dict[str, Cell]:
    areas: dict[str, Cell] = {}
    newest_first = sorted(capacity, key=lambda line: line["as_of"] or "", reverse=True)
    for line in newest_first:
        if line["m2"] is not None:
            areas.setdefault(f"{line['basis']['code']}_m2", Decimal(line["m2"]))
    return {
        **areas,
        "capacity": _joined([figure_text(line) for line in capacity], "；"),
        "shared_by": max((line["shared_by"] for line in capacity), default=None),
    }


def _price(price: Mapping[str, Any] | None) -> dict[str, Cell]:
    if price is None:
        return {}
    return {
        "storage_price": Decimal(price["amount"]),
        "storage_price_currency": price["currency"]["code"],
        "storage_price_unit": price["unit"]["code"],
    }


def _offers(entry: Entry) -> dict[str, Cell]:
    services = entry["services"] or {}
    return {
        "services": _labels(services.get("offered")),
        "services_not_offered": _labels(services.get("not_offered")),
        "goods": _labels(entry["goods"]),
        "platforms": _labels(entry["platforms"]),
        "systems": _joined(entry["systems"]),
        "languages": _labels(entry["languages"]),
        "service_codes": _codes(services.get("offered")),
        "goods_codes": _codes(entry["goods"]),
        "platform_codes": _codes(entry["platforms"]),
    }


def figure_text(line: Mapping[str, Any]) -> str:
    """A capacity statement in one line: 可租面积 6,400 m²（2026-11-01，材料核验）."""
    shared = [f"{line['shared_by']}处共用此数"] if line["shared_by"] > 1 else []
    told = "，".join([line["as_of"] or "日期未填报", line["grade"]["zh"], *shared])
    return f"{line['basis']['zh']} {amount(line['value'])} {line['unit']['zh']}（{told}）"


def amount(value: str) -> str:
    """A frozen decimal with thousands separators."""
    return f"{Decimal(value):,f}"


def _named(key: str, text: Mapping[str, Any] | None) -> dict[str, Cell]:
    return {f"{key}_zh": text["zh"], f"{key}_en": text["en"]} if text else {}


def _zh(label: Mapping[str, str] | None) -> str | None:
    return label["zh"] if label else None


def _labels(labels: Sequence[Mapping[str, str]] | None) -> str | None:
    return _joined([label["zh"] for label in labels], "、") if labels else None


def _codes(labels: Sequence[Mapping[str, str]] | None) -> str | None:
    return _joined([label["code"] for label in labels]) if labels else None


def _joined(items: Sequence[str] | None, by: str = "|") -> str | None:
    return by.join(items) if items else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
