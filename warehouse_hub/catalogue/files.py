"""The files of an edition, each made from its frozen text and its day of publication, and from nothing else.

The one thing a reader would get wrong: bytes must never depend on the clock, on the machine or on the directory,
because a lost folder is made again and has to match the recorded hashes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from warehouse_hub.catalogue.imprint import DEMO_MARK
from warehouse_hub.catalogue.printed_edition import bases_in_force, marks_of, prepared_on, printed_content
from warehouse_hub.catalogue.rules.inclusion import has_known_place
from warehouse_hub.catalogue.table import columns_of, rows_of
from warehouse_hub.catalogue.wording import BASES_EXPLAINED, CHAPTER_WORDING, GRADES_EXPLAINED
from warehouse_hub.core.clock import civil_date
from warehouse_hub.core.resources import resource
from warehouse_hub.press.columns import DICTIONARY, dictionary_rows
from warehouse_hub.press.csv_file import csv_bytes
from warehouse_hub.press.freeze import digest, thaw
from warehouse_hub.press.geojson_file import Place, geojson_bytes
from warehouse_hub.press.json_file import json_bytes
from warehouse_hub.press.manifest import MANIFEST, manifest_bytes
from warehouse_hub.press.pdf_file import pdf_bytes
from warehouse_hub.press.xlsx_file import Imprint, Notes, Sheet, xlsx_bytes

PDF = "catalogue.pdf"


def files_of(frozen_text: str, *, published_at: datetime) -> dict[str, bytes]:
    """Every file of the edition, name to content, its manifest included; the same input gives the same bytes.

    Raises RuleViolation("document.unprintable") when the PDF cannot be set.
    """
    content = thaw(frozen_text)
    fingerprint = digest(frozen_text)
    rows = rows_of(content["entries"], dataset_mark(content))
    columns = columns_of(content["schema"])
    files = {
        PDF: _pdf(content, fingerprint, published_at),
        "catalogue.xlsx": _xlsx(content, rows, fingerprint, published_at),
        "catalogue.csv": csv_bytes(columns, rows),
        "catalogue.json": json_bytes({**_facts(content, fingerprint, published_at), **content}),
        "catalogue.geojson": _geojson(content, fingerprint, published_at),
        "data-dictionary.csv": csv_bytes(DICTIONARY, dictionary_rows(columns)),
        "changes.json": json_bytes(_changes(content)),
    }
    facts = _facts(content, fingerprint, published_at)
    files[MANIFEST] = manifest_bytes(content["number"], files, **facts)
    return files


def draft_pdf(frozen_text: str, *, prepared_at: datetime) -> bytes:
    """The PDF for the person who is to sign, marked as a draft on every page."""
    content = thaw(frozen_text)
    printed = printed_content(content, published=None, content_sha256=digest(frozen_text))
    return pdf_bytes(_template(), printed, issued=prepared_at)


def dataset_mark(content: Mapping[str, Any]) -> str:
    """What the dataset column says in every row."""
    return DEMO_MARK if content["demonstration"] else "real"


def _pdf(content: Mapping[str, Any], fingerprint: str, published_at: datetime) -> bytes:
    printed = printed_content(content, published=civil_date(published_at), content_sha256=fingerprint)
    return pdf_bytes(_template(), printed, issued=published_at)


def _template() -> Any:
    return resource("templates", "print", "catalogue.typ")


def _facts(content: Mapping[str, Any], fingerprint: str, published_at: datetime) -> dict[str, Any]:
    """What every file for machines says of the edition; the mark only where there is one."""
    marks = marks_of(content, civil_date(published_at))
    return {
        **({"mark": "；".join(marks)} if marks else {}),
        "number": content["number"],
        "dataset": content["dataset"],
        "title": content["title"],
        "published_at": published_at,
        "content_sha256": fingerprint,
    }


def _geojson(content: Mapping[str, Any], fingerprint: str, published_at: datetime) -> bytes:
    mark = dataset_mark(content)
    return geojson_bytes(
        (_place(entry, mark) for entry in content["entries"]), _facts(content, fingerprint, published_at)
    )


def _place(entry: Mapping[str, Any], mark: str) -> Place:
    location = entry["location"] or {}
    known = bool(location) and has_known_place(location["precision"])
    return Place(
        id=entry["id"],
        longitude=location["longitude"] if known else None,
        latitude=location["latitude"] if known else None,
        properties={
            "dataset": mark,
            "chapter": entry["chapter"],
            "name": entry["name"],
            "country": entry["country"],
            "city": entry["city"],
            "place_precision": location.get("precision", "unknown"),
            "record_class": entry["record_class"],
            "stage": entry["stage"],
            "operator": entry["operator"],
            "services": entry["services"],
            "capacity": entry["capacity"],
            "evidence": entry["evidence"],
        },
    )


def _changes(content: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "number": content["number"],
        "dataset": dataset_mark(content),
        "compared_with": content["compared_with"],
    }


def _xlsx(content: Mapping[str, Any], rows: Any, fingerprint: str, published_at: datetime) -> bytes:
    marks = marks_of(content, civil_date(published_at))
    title = "　".join([content["title"]["zh"], content["number"], *marks])
    imprint = Imprint(title=title, issuer=_issuer(content), issued=published_at, running_head=title)
    sheet_title = f"名录 {DEMO_MARK}" if content["demonstration"] else "名录 Catalogue"
    sheets = [Sheet(sheet_title, columns_of(content["schema"]), rows, frozen_columns=4)]
    return xlsx_bytes(imprint, sheets, Notes("说明 Notes", _notes(content, fingerprint, published_at)))


def _issuer(content: Mapping[str, Any]) -> str:
    issuer = content["issuer"]
    return str(issuer["zh"]) if issuer["sealed"] else f"{issuer['zh']}（{issuer['status_zh']}）"


def _notes(
    content: Mapping[str, Any], fingerprint: str, published_at: datetime
) -> list[tuple[str, list[str]]]:
    published = civil_date(published_at)
    bases = [f"{basis['number']}　{basis['clause_zh']}" for basis in bases_in_force(content, published)]
    dataset = f"{DEMO_MARK}：全部虚构 fictitious" if content["demonstration"] else "真实数据 real"
    sources = sorted({source for entry in content["entries"] for source in _sources(entry)})
    return [
        (
            "本期 This edition",
            [
                f"期号 {content['number']}　{content['title']['en']}",
                f"编制单位 {_issuer(content)}　{content['issuer']['en']}",
                f"数据集 {dataset}",
                f"数据截至 {content['cut_off']}　编制 {prepared_on(content)}　发布 {published}",
                f"依据 {'；'.join(bases) or '本期不引用文件依据'}",
                f"内容指纹 SHA-256 {fingerprint}",
            ],
        ),
        ("声明 Disclaimer", [content["disclaimer"]["zh"], content["disclaimer"]["en"]]),
        (
            "章 Chapters",
            [f"{each['zh']}。{each['note_zh']} {each['note_en']}" for each in CHAPTER_WORDING.values()],
        ),
        (
            "证据等级 Evidence grades",
            [f"{g['zh']} {g['en']}：{g['meaning_zh']} {g['meaning_en']}" for g in GRADES_EXPLAINED],
        ),
        (
            "口径 Bases",
            [
                *(f"{b['zh']} {b['en']}：{b['meaning_zh']} {b['meaning_en']}" for b in BASES_EXPLAINED),
                "空格表示未填报，不等于零。An empty cell means not stated, never zero.",
            ],
        ),
        ("来源 Sources", sources or ["企业申报 Stated by the operators"]),
    ]


def _sources(entry: Mapping[str, Any]) -> list[str]:
    named = [entry["evidence"]["source"], *(line["source"] for line in entry["capacity"])]
    return [source for source in named if source]
