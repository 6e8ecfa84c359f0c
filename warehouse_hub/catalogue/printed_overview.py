"""The figures on the cover and on the overview pages of an edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from warehouse_hub.catalogue.printed_entry import area
from warehouse_hub.catalogue.rules.inclusion import REPORTED, STATED

_MYRIAD = Decimal(10_000)
_CARDS = ("gross", "rentable", "available")


def cover_counts(counts: Mapping[str, Any]) -> list[dict[str, str]]:
    """Four figures: what enterprises state, what is reported, countries, and the area that enterprises state."""
    stated, reported = counts["chapters"][STATED], counts["chapters"][REPORTED]
    value, unit, zh, en = _cover_area(stated["totals"], reported["totals"])
    return [
        {"value": str(stated["entries"]), "unit": "座", "zh": "企业申报", "en": "Stated by enterprises"},
        {"value": str(reported["entries"]), "unit": "处", "zh": "公开报道", "en": "Publicly reported"},
        {
            "value": str(counts["countries"]),
            "unit": "个",
            "zh": "国家（地区）",
            "en": "Countries and regions",
        },
        {"value": value, "unit": unit, "zh": zh, "en": en},
    ]


def _cover_area(
    stated: Sequence[Mapping[str, Any]], reported: Sequence[Mapping[str, Any]]
) -> tuple[str, str, str, str]:
    """Value, unit and wording of the one area on the cover: the best that somebody vouches for."""
    choices = (
        (_total(stated, "rentable"), "可租面积，已去重", "Rentable area, counted once"),
        (_total(stated, "gross"), "总面积，已去重", "Gross area, counted once"),
        (_total(reported, "gross"), "报道总面积，未经确认", "Gross area as reported"),
    )
    for total, zh, en in choices:
        if total:
            return *_in_myriads(total["value"]), zh, en
    return "—", "", "面积未填报", "No area stated"


def overview(content: Mapping[str, Any]) -> dict[str, Any]:
    """The overview pages: each chapter's figures apart, then tables by country and by region set."""
    counts, regions = content["counts"], content["region_sets"]
    return {
        "chapters": [
            _chapter("第一章　企业申报", "Chapter 1: stated by enterprises", counts["chapters"][STATED], ""),
            _chapter(
                "第二章　公开报道，未经企业确认",
                "Chapter 2: publicly reported, not confirmed",
                counts["chapters"][REPORTED],
                "本章数字出自所列公开来源，不与第一章合计。",
            ),
        ],
        "countries": [_country(row) for row in counts["by_country"]],
        "regions": [
            {key: each[key] for key in ("zh", "en", "note_zh", "note_en", "entries")}
            for each in regions["sets"]
        ],
        "region_version": regions["version"],
        "region_at": regions["at"],
    }


def _chapter(zh: str, en: str, counts: Mapping[str, Any], remark: str) -> dict[str, Any]:
    waiting = counts["not_yet_operating"]
    foot = f"公共仓 {counts['public']} 座" + (f"；规划中或在建 {waiting} 座" if waiting else "")
    cards = [
        {"zh": "条目", "en": "Entries", "value": str(counts["entries"]), "unit": "座", "foot": foot},
        {
            "zh": "国家（地区）",
            "en": "Countries and regions",
            "value": str(counts["countries"]),
            "unit": "个",
            "foot": "按汉语拼音排序",
        },
    ]
    for basis in _CARDS:
        total = _total(counts["totals"], basis)
        if total:
            told = f"{total['sites']} 处填报，已去重"
            label = total["basis"]
            cards.append(
                {
                    "zh": label["zh"],
                    "en": label["en"],
                    "value": area(total["value"]),
                    "unit": "m²",
                    "foot": told,
                }
            )
    others = [_worded(total) for total in counts["totals"] if total["unit"]["code"] != "m2"]
    if others:
        remark = f"其他容量（不与面积相加）：{'；'.join(others)}。{remark}"
    return {"zh": zh, "en": en, "cards": cards, "remark": remark}


def _country(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "zh": row["country"]["zh"],
        "en": row["country"]["en"],
        "stated": str(row[STATED]),
        "public": str(row["public"]),
        "reported": str(row[REPORTED]),
        "gross": _cell(row["totals"], "gross", row[STATED]),
        "rentable": _cell(row["totals"], "rentable", row[STATED]),
        "reported_gross": _cell(row["reported_totals"], "gross", row[REPORTED]),
    }


def _cell(totals: Sequence[Mapping[str, Any]], basis: str, entries: int) -> str | None:
    """The area, a dash where there is no entry at all, None where there are entries that state none."""
    total = _total(totals, basis)
    return area(total["value"]) if total else None if entries else "—"


def _worded(total: Mapping[str, Any]) -> str:
    return f"{total['basis']['zh']} {Decimal(total['value']):,f} {total['unit']['zh']}（{total['sites']} 处）"


def _total(totals: Sequence[Mapping[str, Any]], basis: str) -> Mapping[str, Any] | None:
    return next((t for t in totals if t["unit"]["code"] == "m2" and t["basis"]["code"] == basis), None)


def _in_myriads(value: str) -> tuple[str, str]:
    exact = Decimal(value)
    if exact < _MYRIAD:
        return area(exact), "m²"
    return f"{(exact / _MYRIAD).quantize(Decimal('0.1'), ROUND_HALF_UP):,f}", "万 m²"
