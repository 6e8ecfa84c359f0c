"""A frozen edition as the content of its PDF: cover, contents, chapters, changes, index, imprint.

The one thing a reader would get wrong: an edition without a day of publication is a draft for the person who is to
sign it; it prints with a mark across every page, and the legal basis is that of the day it would be signed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from warehouse_hub.catalogue.imprint import DEMO_MARK, DRAFT_MARK
from warehouse_hub.catalogue.pinyin import initial, sounds
from warehouse_hub.catalogue.printed_entry import printed_entry
from warehouse_hub.catalogue.printed_overview import cover_counts, overview
from warehouse_hub.catalogue.rules.inclusion import CHAPTERS, STATED, Entry, legal_bases_at
from warehouse_hub.catalogue.wording import BASES_EXPLAINED, CHAPTER_WORDING, FIELD_NAMES, GRADES_EXPLAINED
from warehouse_hub.core.clock import civil_date
from warehouse_hub.press.printable import printable

_LISTED_CHANGES = 400


def printed_content(
    content: Mapping[str, Any], *, published: date | None, content_sha256: str
) -> dict[str, Any]:
    """What the template prints, every text of strangers made printable; `published` None makes a draft."""
    numbered = list(enumerate(content["entries"], start=1))
    numbers = {entry["id"]: number for number, entry in numbered}
    printed = {
        "number": content["number"],
        "title": content["title"],
        "period": content["period"],
        "correction": content["correction"],
        "issuer": content["issuer"],
        "disclaimer": content["disclaimer"],
        "marks": marks_of(content, published),
        "cover": {"counts": cover_counts(content["counts"]), "lines": _cover_lines(content, published)},
        "grades": GRADES_EXPLAINED,
        "bases": BASES_EXPLAINED,
        "overview": overview(content),
        "chapters": [_chapter(code, numbered, content["compared_with"]) for code in CHAPTERS],
        "changes": _changes(content, numbers),
        "index": _index(numbered),
        "imprint": _imprint(content, published, content_sha256),
    }
    return dict(_printable(printed))


def marks_of(content: Mapping[str, Any], published: date | None) -> list[str]:
    """What is printed across every page and stands in every file; empty for a real, published edition."""
    demonstration = [DEMO_MARK] if content["demonstration"] else []
    return demonstration + ([DRAFT_MARK] if published is None else [])


def bases_in_force(content: Mapping[str, Any], published: date | None) -> list[Mapping[str, Any]]:
    """The legal bases that the edition may cite: in force when its period begins and on the day it is published."""
    at_start = legal_bases_at(content["legal_bases"], date.fromisoformat(content["period"]["first_day"]))
    return legal_bases_at(at_start, published or prepared_on(content))


def prepared_on(content: Mapping[str, Any]) -> date:
    """The civil date of the preparation."""
    return civil_date(datetime.fromisoformat(content["prepared_at"]))


def _cover_lines(content: Mapping[str, Any], published: date | None) -> list[dict[str, str]]:
    dataset = ("演示数据，全部虚构", "fictitious") if content["demonstration"] else ("真实数据", "real")
    day = published.isoformat() if published else "尚未签发"
    return [
        {"zh": "数据集", "en": f"Dataset: {dataset[1]}", "value": dataset[0]},
        {"zh": "数据截至", "en": "Data cut-off", "value": content["cut_off"]},
        {"zh": "编制日期", "en": "Prepared", "value": prepared_on(content).isoformat()},
        {"zh": "发布日期", "en": "Published", "value": day},
    ]


def _chapter(
    code: str, numbered: Sequence[tuple[int, Entry]], comparison: Mapping[str, Any] | None
) -> dict[str, Any]:
    mine = [(number, entry) for number, entry in numbered if entry["chapter"] == code]
    countries = [
        {
            "code": country_code,
            **_names(here[0][1]["country"]),
            "entries": [printed_entry(entry, n, _change(entry["id"], comparison)) for n, entry in here],
        }
        for country_code, here in (
            (key, list(group)) for key, group in groupby(mine, key=lambda pair: pair[1]["country"]["code"])
        )
    ]
    return {
        "code": code,
        "count": len(mine),
        "countries": countries,
        "warning": code != STATED,
        **CHAPTER_WORDING[code],
    }


def _change(entry_id: str, comparison: Mapping[str, Any] | None) -> str:
    if comparison is None:
        return ""
    if entry_id in comparison["added"]:
        return "本期新增"
    return "本期有改动" if entry_id in comparison["changed"] else ""


def _changes(content: Mapping[str, Any], numbers: Mapping[str, int]) -> dict[str, Any] | None:
    comparison = content["compared_with"]
    if comparison is None:
        return None
    entries = {entry["id"]: entry for entry in content["entries"]}

    def named(entry: Mapping[str, Any]) -> dict[str, Any]:
        name = entry["name"]["zh"] or entry["name"]["en"]
        return {"name": name, "country": entry["country"]["zh"], "n": numbers.get(entry["id"], 0)}

    changed = [
        {
            **named(entries[key]),
            "fields": "、".join(FIELD_NAMES.get(one["field"], one["field"]) for one in fields),
        }
        for key, fields in comparison["changed"].items()
    ]
    return {
        "number": comparison["number"],
        "added": [named(entries[key]) for key in comparison["added"]],
        "removed": [named(entry) for entry in comparison["removed"]],
        "changed": changed[:_LISTED_CHANGES],
    }


def _index(numbered: Iterable[tuple[int, Entry]]) -> list[dict[str, Any]]:
    """Cities under the letter they sound with, each with the numbers of its entries."""
    cities: dict[tuple[str, str, str], list[int]] = {}
    for number, entry in numbered:
        city = entry["city"]
        if city:
            zh, en = city["zh"] or "", city["en"] or ""
            cities.setdefault((zh or en, en if zh else "", entry["country"]["zh"]), []).append(number)
    ordered = sorted(cities.items(), key=lambda item: (initial(item[0][0]), sounds(item[0][0]), item[0]))
    return [
        {
            "letter": letter,
            "cities": [
                {"name": name, "name_en": name_en, "country": country, "entries": found}
                for (name, name_en, country), found in group
            ],
        }
        for letter, group in groupby(ordered, key=lambda item: initial(item[0][0]))
    ]


def _imprint(content: Mapping[str, Any], published: date | None, content_sha256: str) -> list[dict[str, str]]:
    issuer, period = content["issuer"], content["period"]
    status = "" if issuer["sealed"] else f"（{issuer['status_zh']}）"
    bases = [f"{basis['number']}　{basis['clause_zh']}" for basis in bases_in_force(content, published)]
    comparison = content["compared_with"]
    day = published.isoformat() if published else "尚未签发"
    return [
        {"zh": "期号", "en": "Number", "value": content["number"]},
        {
            "zh": "所属时期",
            "en": "Period",
            "value": f"{period['zh']}（{period['first_day']} 至 {period['last_day']}）",
        },
        {"zh": "编制单位", "en": "Issuing body", "value": f"{issuer['zh']}{status}"},
        {"zh": "依据", "en": "Legal basis", "value": "；".join(bases) or "本期不引用文件依据"},
        {"zh": "编制日期", "en": "Prepared", "value": prepared_on(content).isoformat()},
        {"zh": "发布日期", "en": "Published", "value": day},
        {"zh": "数据截至", "en": "Data cut-off", "value": content["cut_off"]},
        {
            "zh": "对比期次",
            "en": "Compared with",
            "value": comparison["number"] if comparison else "本系列首期",
        },
        {"zh": "区域集版本", "en": "Region sets", "value": content["region_sets"]["version"]},
        {"zh": "内容指纹", "en": "SHA-256 of the content", "value": content_sha256},
        {
            "zh": "更正办法",
            "en": "Corrections",
            "value": f"发布后不再改动；更正另出 {_next_correction(content)}，并指回本期",
        },
        {"zh": "校验", "en": "Verification", "value": "同期 manifest.json 列有每个文件的 SHA-256 与字节数"},
    ]


def _next_correction(content: Mapping[str, Any]) -> str:
    first = content["number"].removesuffix(f"-R{content['correction']}")
    return f"{first}-R{content['correction'] + 1}"


def _names(label: Mapping[str, str]) -> dict[str, str]:
    return {"zh": label["zh"], "en": label["en"]}


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        # An ideographic space is a space to `printable`; in our own wording it separates columns.
        return "　".join(printable(part) for part in value.split("　"))
    if isinstance(value, Mapping):
        return {key: _printable(item) for key, item in value.items()}
    return [_printable(item) for item in value] if isinstance(value, list | tuple) else value
