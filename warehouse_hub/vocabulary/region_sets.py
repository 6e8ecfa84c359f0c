"""Region sets: dated tables of countries (US, EU, ASEAN, RCEP, Belt and Road).

The one thing a reader would get wrong: both dates are inclusive. The United Kingdom is a member of the EU on
2020-01-31 and no longer on 2020-02-01. An empty start is *unknown*, not "always": such a country counts as a
member at every date, and `undated` names it so that a page can say so.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from warehouse_hub.core.errors import NotFound
from warehouse_hub.vocabulary.codes import VOCABULARY, Code, CodeList, load, rows_of, split_words


@dataclass(frozen=True)
class RegionSet(Code):
    """A code with a note that must stand wherever the set is printed ("" where there is none)."""

    note_zh: str = ""
    note_en: str = ""

    def note(self, lang: str) -> str:
        return self.note_en if lang == "en" else self.note_zh


@dataclass(frozen=True)
class Membership:
    """One row of the table; `valid_from` and `valid_to` are the first and the last day, None where unknown or open."""

    region_set: str
    iso2: str
    valid_from: date | None
    valid_to: date | None
    source: str

    def holds(self, at: date) -> bool:
        started = self.valid_from is None or self.valid_from <= at
        return started and (self.valid_to is None or at <= self.valid_to)


def _region_set(row: dict[str, str]) -> RegionSet:
    return RegionSet(
        row["code"],
        row["zh"],
        row["en"],
        words_zh=split_words(row["words_zh"]),
        words_en=split_words(row["words_en"]),
        note_zh=row["note_zh"],
        note_en=row["note_en"],
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def version_of(rows: list[dict[str, str]]) -> str:
    """Twelve hexadecimal digits that name the contents of a table."""
    # Over the cells, not the bytes: a checkout with other line ends is the same version.
    lines = "\n".join("\x1f".join(row.values()) for row in rows)
    return hashlib.sha256(lines.encode()).hexdigest()[:12]


_ROWS = rows_of(VOCABULARY / "region_sets.csv")

MEMBERSHIPS: tuple[Membership, ...] = tuple(
    Membership(row["set"], row["iso2"], _day(row["valid_from"]), _day(row["valid_to"]), row["source"])
    for row in _ROWS
)
REGION_SETS: CodeList[RegionSet] = load("region_sets", VOCABULARY / "region_set_labels.csv", _region_set)
VERSION = version_of(_ROWS)


def members(code: str, at: date) -> frozenset[str]:
    """The ISO codes of the set on the civil date `at`, those of unknown start included.

    Raises NotFound("region_set.unknown").
    """
    return frozenset(row.iso2 for row in _rows_at(code, at))


def undated(code: str, at: date) -> frozenset[str]:
    """Those members at `at` whose start is unknown; a single-country set has nothing to date.

    Raises NotFound("region_set.unknown").
    """
    rows = _rows_at(code, at)
    return frozenset(row.iso2 for row in rows if row.valid_from is None and row.iso2 != code)


def sets_of(iso2: str, at: date) -> tuple[str, ...]:
    """The sets a country is in on `at`, in the order of the list."""
    held = {row.region_set for row in MEMBERSHIPS if row.iso2 == iso2 and row.holds(at)}
    return tuple(code for code in REGION_SETS.codes if code in held)


def _rows_at(code: str, at: date) -> list[Membership]:
    if code not in REGION_SETS:
        raise NotFound("region_set.unknown", region_set=code)
    return [row for row in MEMBERSHIPS if row.region_set == code and row.holds(at)]
