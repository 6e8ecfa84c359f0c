"""What a stretch of the text may become, before its neighbours have been asked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from warehouse_hub.places.gazetteer import Place
from warehouse_hub.search.language import senses
from warehouse_hub.search.language.cutting import Segment
from warehouse_hub.search.language.known_places import candidates
from warehouse_hub.search.language.lexicon import Entry
from warehouse_hub.search.language.understood import Sense
from warehouse_hub.vocabulary.countries import HOME


@dataclass
class Draft:
    """A stretch of what was typed, `start` to `end`.

    A "filter" has senses, best first; a "place" has namesakes, best first, and perhaps the distance said with it.
    "text" is looked for as `rest` says it; "silent" text, "negation" and "needless" only where nothing else is asked.
    """

    role: Literal["filter", "place", "distance", "text", "silent", "negation", "needless"]
    start: int
    end: int
    rest: str = ""
    kind: str = "word"
    excluded: bool = False
    senses: tuple[Sense, ...] = ()
    places: tuple[Place, ...] = ()
    km: float | None = None

    def become_text(self) -> None:
        self.role, self.kind = "text", "word"


def draft_of(typed: str, segment: Segment) -> Draft:
    """The draft of a segment of bare text."""
    start, end = segment.start, segment.end
    rest = typed[start:end]
    if segment.role in ("text", "negation", "needless"):
        return Draft(segment.role, start, end, rest)
    if segment.entry is None:
        return Draft("silent", start, end, rest)
    meant, places = _meant(segment.entry)
    if not (meant or places):
        return Draft("text", start, end, rest)
    return Draft("filter" if meant else "place", start, end, rest, senses=meant, places=places)


@lru_cache(maxsize=4096)
def _meant(entry: Entry) -> tuple[tuple[Sense, ...], tuple[Place, ...]]:
    """What a name means as codes, and the places abroad that it means besides."""
    meanings = entry.meanings
    if any(kind == "country" for kind, _ in meanings):
        # The set of one country is that country.
        meanings = tuple(
            each for each in meanings if each.kind == "country" or each.code not in _codes(entry)
        )
    countries = _codes(entry)
    places = candidates(entry.place) if entry.place else ()
    return (
        tuple(senses.of_codes(kind, (code,)) for kind, code in meanings),
        tuple(place for place in places if place.country not in (*countries, HOME)),
    )


def _codes(entry: Entry) -> tuple[str, ...]:
    return tuple(code for kind, code in entry.meanings if kind == "country")
