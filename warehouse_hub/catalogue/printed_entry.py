"""One frozen entry as the PDF prints it: every value worded, Chinese first, what is unknown left to the template.

The one thing a reader would get wrong: the print shortens very long texts, because an entry may not be taller than
a page; the tables and the JSON of the same edition carry them whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from warehouse_hub.catalogue.rules.inclusion import PRINTED_BASES, Entry
from warehouse_hub.catalogue.table import amount
from warehouse_hub.vocabulary.codes import BASES

_ALWAYS_SHOWN = ("gross", "rentable", "available")
_URL = re.compile(r"https?://[!-~]+", re.ASCII)
_LONGEST = {"name": 90, "address": 160, "description": 200, "rate": 140, "source": 300, "list": 220}


def printed_entry(entry: Entry, number: int, change: str) -> dict[str, Any]:
    """The entry as number `number` of the edition; `change` is "本期新增", "本期有改动" or ""."""
    name, name_en = _main_and_second(entry["name"], entry["id"])
    where, where_en = _where(entry)
    operator, operator_en = _main_and_second(entry["operator"], "")
    services = entry["services"] or {}
    evidence = entry["evidence"]
    return {
        "n": number,
        "id": entry["id"],
        "name": _short(name, "name"),
        "name_en": _short(name_en, "name"),
        "change": change,
        "tags": [label["zh"] for label in (entry["record_class"], entry["stage"], entry["tenure"]) if label],
        "where": where,
        "where_en": where_en,
        "hub": _hub(entry["hub"]),
        "address": _short(entry["address"] or "", "address"),
        "operator": _short(operator, "name"),
        "operator_en": _short(operator_en, "name"),
        "operator_note": _operator_note(entry["operator"]),
        "services": _listed(services.get("offered"), "zh", "、"),
        "services_en": _listed(services.get("offered"), "en", ", "),
        "not_offered": _listed(services.get("not_offered"), "zh", "、"),
        "lines": _lines(entry),
        "sources": _sources(entry),
        "figures": _figures(entry),
        "grade": evidence["grade"]["code"],
        "grade_zh": evidence["grade"]["zh"],
        "grade_date": evidence["date"] or "",
    }


def area(value: str | Decimal) -> str:
    """An area in whole square metres with thousands separators."""
    return f"{Decimal(value).quantize(Decimal(1), ROUND_HALF_UP):,f}"


def _figures(entry: Entry) -> list[dict[str, Any]]:
    """The area column: gross, rentable, available, and commissioned where it is stated.

    A reported site shows only what was reported; with nothing reported, one line says so.
    """
    newest: dict[str, Mapping[str, Any]] = {}
    for line in sorted(entry["capacity"], key=lambda line: line["as_of"] or ""):
        if line["m2"] is not None:
            newest[line["basis"]["code"]] = line
    always = _ALWAYS_SHOWN if entry["chapter"] == "stated" else () if newest else ("gross",)
    return [
        _figure(basis, newest.get(basis)) for basis in PRINTED_BASES if basis in newest or basis in always
    ]


def _figure(basis: str, line: Mapping[str, Any] | None) -> dict[str, Any]:
    labels = (
        {"zh": BASES.label(basis, "zh"), "en": BASES.label(basis, "en")} if line is None else line["basis"]
    )
    if line is None:
        return {"zh": labels["zh"], "en": labels["en"], "value": None}
    original = "" if line["unit"]["code"] == "m2" else f"原文 {amount(line['value'])} {line['unit']['zh']}"
    shared = f"{line['shared_by']}处共用此数" if line["shared_by"] > 1 else ""
    lines = [(original, shared), (line["as_of"] or "日期未填报", line["grade"]["zh"])]
    return {
        "zh": labels["zh"],
        "en": labels["en"],
        "value": area(line["m2"]),
        "unit": "m²",
        "foot": ["　".join(filter(None, parts)) for parts in lines if any(parts)],
    }


def _other_capacity(capacity: Sequence[Mapping[str, Any]]) -> str:
    others = [line for line in capacity if line["m2"] is None]
    return "；".join(
        f"{line['basis']['zh']} {amount(line['value'])} {line['unit']['zh']}"
        + (f"（{line['as_of']}）" if line["as_of"] else "")
        for line in others
    )


def _where(entry: Entry) -> tuple[str, str]:
    city, city_en = _main_and_second(entry["city"], "城市未填报")
    subdivision = entry["subdivision"]
    if subdivision and city_en:
        return city, f"{city_en}, {subdivision}"
    return (f"{city}，{subdivision}" if subdivision else city), city_en


def _hub(hub: Mapping[str, Any] | None) -> str:
    if not hub:
        return ""
    return hub["name"] if hub["km"] is None else f"距{hub['name']} {hub['km']:g} 公里"


def _operator_note(operator: Mapping[str, Any] | None) -> str:
    if not operator:
        return ""
    district = operator["home_district"]
    told = [operator["parent"] or "", district["zh"] if district else ""]
    joined = "，".join(each for each in told if each)
    return f"（{joined}）" if joined else ""


def _lines(entry: Entry) -> list[list[dict[str, str]]]:
    """What stands below, several short facts in a line; a fact that nobody stated is left out."""
    lines = (
        (
            ("货类", _listed(entry["goods"], "zh", "、")),
            ("平台", _listed(entry["platforms"], "zh", "、")),
            ("语言", _listed(entry["languages"], "zh", "、")),
        ),
        (
            ("系统", _short("、".join(entry["systems"] or ()), "list")),
            ("启用", entry["opened"]),
            ("租约至", entry["lease_end"]),
            ("其他容量", _other_capacity(entry["capacity"])),
            ("储存价格", _price(entry.get("storage_price"))),
            ("价格提示", _short(entry["rate_hint"] or "", "rate")),
        ),
        (("说明", _short(entry["description"] or "", "description")),),
    )
    stated = [[{"zh": name, "text": text} for name, text in line if text] for line in lines]
    return [line for line in stated if line]


def _price(price: Mapping[str, Any] | None) -> str:
    return f"{amount(price['amount'])} {price['currency']['zh']}/{price['unit']['zh']} 起" if price else ""


def _sources(entry: Entry) -> list[dict[str, Any]]:
    named = [entry["evidence"]["source"], *(line["source"] for line in entry["capacity"])]
    parts = dict.fromkeys(part.strip() for text in named if text for part in re.split(r"\s*[;；]\s+", text))
    return [{"text": _short(part, "source"), "url": _is_url(part)} for part in parts if part]


def _is_url(text: str) -> bool:
    return _URL.fullmatch(text) is not None and len(text) <= _LONGEST["source"]


def _listed(labels: Iterable[Mapping[str, str]] | None, lang: str, by: str) -> str:
    return by.join(label[lang] for label in labels or ())


def _main_and_second(text: Mapping[str, Any] | None, otherwise: str) -> tuple[str, str]:
    """The Chinese text with the English beside it; the English alone where there is no other."""
    zh, en = (text["zh"], text["en"]) if text else (None, None)
    if not zh:
        return en or otherwise, ""
    return zh, en if en and en != zh else ""


def _short(text: str, kind: str) -> str:
    longest = _LONGEST[kind]
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
