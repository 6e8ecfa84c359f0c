"""What a text was understood to ask: its pieces in order, the filters among them, and the text that is left.

The one thing to get wrong: `rest` is what `words` and `phrases` were read from, literally. Whoever takes the filters
out of a text must keep `rest` with `literal` set, or the rest would be understood a second time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final

from warehouse_hub.search.language.amounts import Bounds
from warehouse_hub.search.language.reach import Circle, Outline
from warehouse_hub.search.language.words import Phrase, Word
from warehouse_hub.search.parameters import MOST_CENTRES
from warehouse_hub.search.query import SearchQuery

Value = tuple[str, ...] | Bounds | Circle | Outline

CODE_KINDS: Final = ("country", "region_set", "service", "goods", "platform", "record_class")
FILTER_KINDS: Final = (*CODE_KINDS, "city", "grade", "area", "near", "region")
TEXT_KINDS: Final = ("word", "prefix", "phrase", "unread")


@dataclass(frozen=True)
class Sense:
    """One filter that a text can mean: its labels without "not", and `written`, a text that means this alone.

    `kind` is of FILTER_KINDS. `value` holds the codes of a closed list or of cities, Bounds of an area, a Circle for
    `near`, an Outline for `region`.
    """

    kind: str
    value: Value
    label_zh: str
    label_en: str
    written: str

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of a value that holds some."""
        return self.value if isinstance(self.value, tuple) else ()


@dataclass(frozen=True)
class Piece:
    """A stretch of the text, `start` to `end`, that is one condition, and what else it could have meant.

    `kind` is of FILTER_KINDS, or of TEXT_KINDS with an empty value: "unread" is a value that its key does not know,
    looked for as text.
    """

    kind: str
    text: str
    start: int
    end: int
    excluded: bool = False
    value: Value = ()
    label_zh: str = ""
    label_en: str = ""
    alternatives: tuple[Sense, ...] = ()

    @property
    def is_filter(self) -> bool:
        return self.kind in FILTER_KINDS


@dataclass(frozen=True)
class Understood:
    """A text as it was read. `unread` are the `key:value` of which the value was not understood, as typed."""

    text: str
    pieces: tuple[Piece, ...] = ()
    rest: str = ""
    words: tuple[Word, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    excluded_words: tuple[Word, ...] = ()
    excluded_phrases: tuple[Phrase, ...] = ()
    unread: tuple[str, ...] = field(default=())

    @cached_property
    def filters(self) -> tuple[Piece, ...]:
        """The pieces that are filters, in the order of the text."""
        return tuple(piece for piece in self.pieces if piece.is_filter)

    def applied_to(self, query: SearchQuery) -> SearchQuery:
        """`query` with these filters added and the text that is left, to be read literally; itself without any.

        Codes join those of the query, places its centres (ten at most). Where both state a bound the narrower one
        holds; the query's own radius and polygon stay. A state that is the only place said becomes the polygon, with
        its country beside it; among other places it is the circle that holds it.
        """
        if not self.filters:
            return query
        changes: dict[str, Any] = {"q": self.rest, "literal": bool(self.rest)}
        for piece in self.filters:
            if isinstance(piece.value, tuple):
                name = f"not_{piece.kind}" if piece.excluded else piece.kind
                changes[name] = _joined(changes.get(name, getattr(query, name)), piece.value)
            elif isinstance(piece.value, Bounds):
                changes |= _narrowed(changes, query, piece.value)
        places = [piece.value for piece in self.filters if isinstance(piece.value, Circle | Outline)]
        state = places[0] if len(places) == 1 and isinstance(places[0], Outline) else None
        if state is not None and query.polygon in ((), state.corners):
            changes["country"] = _joined(changes.get("country", query.country), (state.country,))
            return replace(query, **changes, polygon=state.corners)
        return replace(query, **changes, **_centred(places, query))

    def without(self, piece: Piece) -> str:
        """The text with a piece cut out, as taking its chip off does."""
        before, after = self.text[: piece.start].rstrip(), self.text[piece.end :].lstrip()
        return f"{before} {after}".strip()

    def with_sense(self, piece: Piece, sense: Sense) -> str:
        """The text in which a piece says unmistakably what it could have meant instead."""
        minus = "-" if piece.excluded else ""
        return f"{self.text[: piece.start].rstrip()} {minus}{sense.written} {self.text[piece.end :].lstrip()}".strip()


def _centred(places: Sequence[Circle | Outline], query: SearchQuery) -> dict[str, Any]:
    circles = [place.circle if isinstance(place, Outline) else place for place in places]
    if not circles:
        return {}
    first, *others = _joined(query.centres, tuple(circle.centre for circle in circles))[:MOST_CENTRES]
    radius = max(circle.km for circle in circles) if query.within_km is None else query.within_km
    return {"near": first, "also_near": tuple(others), "within_km": radius}


def _joined(first: tuple[Any, ...], second: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _narrowed(changes: dict[str, Any], query: SearchQuery, bounds: Bounds) -> Iterator[tuple[str, float]]:
    for name, bound, narrower in (
        ("min_available_m2", bounds.least, max),
        ("max_available_m2", bounds.most, min),
    ):
        if bound is not None:
            known = changes.get(name, getattr(query, name))
            yield name, bound if known is None else narrower(known, bound)
