"""The content of an edition: everything its files will ever say, except the day it is published.

The one thing a reader would get wrong: files are made from this, never from the directory, so that an edition
regenerated years later is the edition that was signed, with the labels of its day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from warehouse_hub.catalogue.entries import basis_label
from warehouse_hub.catalogue.imprint import (
    DISCLAIMER_EN,
    DISCLAIMER_ZH,
    TITLE_EN,
    TITLE_ZH,
    issuer,
    legal_bases,
)
from warehouse_hub.catalogue.rules.changes import changes_between
from warehouse_hub.catalogue.rules.inclusion import CHAPTERS, REPORTED, STATED, Entry, counts_towards_totals
from warehouse_hub.catalogue.rules.totals import Figure, Holding, totals_of
from warehouse_hub.press.freeze import canonical, thaw
from warehouse_hub.press.number import IssueNumber
from warehouse_hub.vocabulary.codes import UNITS
from warehouse_hub.vocabulary.region_sets import REGION_SETS, VERSION

# What an entry may hold; `table.columns_of` knows which columns the editions of an earlier one have.
SCHEMA = "warehouse-hub/edition/2"


def content_of(
    number: IssueNumber,
    dataset: str,
    entries: Sequence[Entry],
    *,
    prepared_at: datetime,
    cut_off: date,
    earlier: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """The content of the edition `number` with `entries` in their printed order.

    `earlier` is the thawed content of the edition it is compared with, None for the first of its line.
    """
    return {
        "schema": SCHEMA,
        "number": str(number),
        "series": number.series,
        "dataset": dataset,
        "demonstration": dataset == "demo",
        "correction": number.revision,
        "period": {
            "code": str(number.period),
            "first_day": number.period.first_day,
            "last_day": number.period.last_day,
            "zh": number.period.label("zh"),
            "en": number.period.label("en"),
        },
        "title": _title(number),
        "issuer": issuer(),
        "legal_bases": list(legal_bases()),
        "disclaimer": {"zh": DISCLAIMER_ZH, "en": DISCLAIMER_EN},
        "prepared_at": prepared_at,
        "cut_off": cut_off,
        "region_sets": _region_sets(entries, cut_off),
        "counts": counts_of(entries),
        "compared_with": _comparison(entries, earlier),
        "entries": list(entries),
    }


def counts_of(entries: Sequence[Entry]) -> dict[str, Any]:
    """How much is in an edition: sites, countries, operators, and totals of each chapter on their own.

    What enterprises state and what the press reports is never added up.
    """
    return {
        "entries": len(entries),
        "countries": len({entry["country"]["code"] for entry in entries}),
        "operators": len({entry["operator"]["id"] for entry in entries if entry["operator"]}),
        "chapters": {name: _chapter_counts(_of(entries, name)) for name in CHAPTERS},
        "by_country": _by_country(entries),
    }


def holding_of(entry: Entry) -> Holding:
    """An entry, frozen or fresh, as totals see it."""
    return Holding(
        id=entry["id"],
        site_group=entry["site_group"],
        record_class=entry["record_class"]["code"],
        grade=entry["evidence"]["grade"]["code"],
        figures=tuple(_figure(line) for line in entry["capacity"]),
    )


def _figure(line: Mapping[str, Any]) -> Figure:
    as_of = line["as_of"]
    return Figure(
        value=Decimal(line["value"]),
        unit=line["unit"]["code"],
        basis=line["basis"]["code"],
        as_of=date.fromisoformat(as_of) if isinstance(as_of, str) else as_of,
        source=line["source"],
        shared_by=line["shared_by"],
    )


def _chapter_counts(entries: Sequence[Entry]) -> dict[str, Any]:
    return {
        "entries": len(entries),
        "countries": len({entry["country"]["code"] for entry in entries}),
        "public": sum(entry["record_class"]["code"] == "public" for entry in entries),
        "not_yet_operating": sum(not counts_towards_totals(_stage(entry)) for entry in entries),
        "totals": _totals(entries),
    }


def _totals(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    counted = [holding_of(entry) for entry in entries if counts_towards_totals(_stage(entry))]
    return [
        {
            "value": total.value,
            "unit": {
                "code": total.unit,
                "zh": UNITS.label(total.unit, "zh"),
                "en": UNITS.label(total.unit, "en"),
            },
            "basis": basis_label(total.basis, total.unit),
            "sites": total.sites,
        }
        for total in totals_of(counted)
    ]


def _by_country(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """A row a country, in the order of the first chapter that has it printed, which is alphabetical by sound."""
    countries = {entry["country"]["code"]: entry for entry in entries}
    rows = []
    for code, entry in sorted(countries.items(), key=lambda item: (item[1]["sounds"]["country"], item[0])):
        here = [each for each in entries if each["country"]["code"] == code]
        stated, reported = _of(here, STATED), _of(here, REPORTED)
        rows.append(
            {
                "country": entry["country"],
                STATED: len(stated),
                REPORTED: len(reported),
                "public": sum(each["record_class"]["code"] == "public" for each in stated),
                "totals": _totals(stated),
                "reported_totals": _totals(reported),
            }
        )
    return rows


def _region_sets(entries: Sequence[Entry], cut_off: date) -> dict[str, Any]:
    sets = [
        {
            "code": each.code,
            "zh": each.zh,
            "en": each.en,
            "note_zh": each.note_zh,
            "note_en": each.note_en,
            "entries": sum(each.code in entry["region_sets"] for entry in entries),
        }
        for each in REGION_SETS
    ]
    return {"version": VERSION, "at": cut_off, "sets": sets}


def _comparison(entries: Sequence[Entry], earlier: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if earlier is None:
        return None
    found = changes_between(earlier["entries"], thawed(entries))
    gone = {entry["id"]: entry for entry in earlier["entries"]}
    return {
        "number": earlier["number"],
        "added": list(found.added),
        "removed": [
            {key: gone[each][key] for key in ("id", "name", "country", "city")} for each in found.removed
        ],
        "changed": {
            each: [{"field": one.field, "before": one.before, "after": one.after} for one in fields]
            for each, fields in found.changed.items()
        },
    }


def thawed(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Fresh entries as they will read once frozen, to be compared with frozen ones."""
    return list(thaw(canonical(list(entries))))


def _title(number: IssueNumber) -> dict[str, str]:
    zh = f"{TITLE_ZH}　{number.period.label('zh')}"
    en = f"{TITLE_EN}, {number.period.label('en')}"
    if number.revision:
        return {"zh": f"{zh}（第{number.revision}次更正）", "en": f"{en} (correction {number.revision})"}
    return {"zh": zh, "en": en}


def _of(entries: Iterable[Entry], chapter: str) -> list[Entry]:
    return [entry for entry in entries if entry["chapter"] == chapter]


def _stage(entry: Entry) -> str | None:
    return entry["stage"]["code"] if entry["stage"] else None
