"""Which listings stand in an edition, in which chapter, in which order.

The one thing a reader would get wrong: the chapter follows the evidence, not the record class. What only the press
reported is no enterprise's word, however exact, and stands apart under 公开报道，未经企业确认.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from warehouse_hub.vocabulary.countries import is_overseas

STATED, REPORTED = "stated", "reported"
CHAPTERS = (STATED, REPORTED)

# What the operator fills for statistics is never printed: see the purpose wall in the statistics law.
PRINTED_BASES = ("gross", "rentable", "commissioned", "available")
# Sites that nobody can use yet stand in the catalogue and in no total.
_NOT_YET = ("planned", "under_construction")
_KNOWN_WITHIN = ("address", "city")

Entry = Mapping[str, Any]


def qualifies(*, country: str, record_class: str, stage: str | None) -> bool:
    """Whether a published listing stands in the catalogue: overseas, a warehouse (no lead), not closed."""
    return is_overseas(country) and record_class != "lead" and stage != "closed"


def chapter_of(grade: str) -> str:
    """STATED for what an enterprise stated (or better), REPORTED for what only public sources say."""
    return REPORTED if grade == "reported" else STATED


def counts_towards_totals(stage: str | None) -> bool:
    """Whether the area of a site at that stage is counted: not while it is planned or being built."""
    return stage not in _NOT_YET


def has_known_place(precision: str) -> bool:
    """Whether coordinates say where the site is; the middle of a country does not."""
    return precision in _KNOWN_WITHIN


def in_order(entries: Iterable[Entry], sounds: Callable[[str], str]) -> list[Entry]:
    """Entries by chapter, then by country, city and name as they sound (`sounds` gives pinyin), then by id.

    An unknown city comes last in its country.
    """

    def key(entry: Entry) -> tuple[Any, ...]:
        city = _either(entry["city"])
        return (
            CHAPTERS.index(entry["chapter"]),
            sounds(entry["country"]["zh"]),
            entry["country"]["code"],
            not city,
            sounds(city),
            sounds(_either(entry["name"])),
            entry["id"],
        )

    return sorted(entries, key=key)


def legal_bases_at(bases: Iterable[Mapping[str, Any]], day: date) -> list[Mapping[str, Any]]:
    """The bases in force on `day`; `valid_from` and `valid_until` are ISO dates, both inclusive, None is open."""
    text = day.isoformat()
    return [
        basis for basis in bases if (basis["valid_from"] or text) <= text <= (basis["valid_until"] or text)
    ]


def _either(text: Mapping[str, str | None] | None) -> str:
    return (text.get("zh") or text.get("en") or "") if text else ""
