"""The facets of a search: each value with how many results have it, to be ticked or taken off.

The one thing to get wrong: a value that was typed is in force although no parameter says so. It stands there ticked,
as a link that takes it out of the text: a tick box could not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from warehouse_hub.search.language.understood import Understood
from warehouse_hub.search.query import SearchQuery
from warehouse_hub.vocabulary.codes import AREA_BANDS, EVIDENCE_GRADES, RECORD_CLASSES, SERVICES
from warehouse_hub.vocabulary.region_sets import REGION_SETS
from warehouse_hub.web.condition_text import city_texts, code_text, kind_title
from warehouse_hub.web.locale import gettext as _
from warehouse_hub.web.locale import lang
from warehouse_hub.web.narrowing import without_piece

STANDING_OPEN: Final = 8
# The rest of the towns is found by typing their names.
MOST_CITIES: Final = 40
# In the order in which people narrow a search; those that are folded open when something in them is in force.
ORDER: Final = (
    "country",
    "city",
    "service",
    "area_band",
    "record_class",
    "grade",
    "region_set",
    "goods",
    "platform",
)
_FOLDED: Final = frozenset({"city", "region_set", "goods", "platform"})
_FIXED: Final[Mapping[str, tuple[str, ...]]] = {
    "region_set": REGION_SETS.codes,
    "record_class": RECORD_CLASSES.codes,
    "grade": tuple(reversed(EVIDENCE_GRADES.codes)),
    "area_band": AREA_BANDS.codes,
}


@dataclass(frozen=True)
class Option:
    """One value of a facet with how many results have it; `remove` is the address without it where it was typed."""

    code: str
    text: str
    count: int
    ticked: bool
    remove: str = ""


@dataclass(frozen=True)
class FacetGroup:
    """One facet; the first `short` options stand open, the rest folds."""

    name: str
    title: str
    options: tuple[Option, ...]
    short: int = STANDING_OPEN
    note: str = ""
    open: bool = True

    @property
    def in_force(self) -> int:
        return sum(option.ticked for option in self.options)


def facet_groups(
    query: SearchQuery,
    understood: Understood,
    counts: Mapping[str, Mapping[str, int]],
    address: Callable[[SearchQuery], str],
) -> tuple[FacetGroup, ...]:
    """The facets with their counts: lists of fixed order keep it, all others go by count.

    `query` is the search of the address, `understood` what its text means.
    """
    typed = {
        (piece.kind, code): piece
        for piece in understood.filters
        if isinstance(piece.value, tuple) and not piece.excluded
        for code in piece.value
    }

    def option(name: str, code: str, text: str) -> Option:
        piece = typed.get((name, code))
        remove = address(without_piece(query, understood, piece)) if piece else ""
        held = piece is not None or code in getattr(query, name)
        return Option(code, text, counts.get(name, {}).get(code, 0), held, remove)

    groups = []
    for name in ORDER:
        held = [code for kind, code in typed if kind == name] + list(getattr(query, name))
        codes = _codes(name, held, counts.get(name, {}))
        texts = city_texts(codes) if name == "city" else {}
        write = texts.__getitem__ if texts else code_text(name)
        options = tuple(option(name, code, write(code)) for code in codes)
        if not (any(one.count or one.ticked for one in options) or _has_bounds(name, query)):
            continue
        standing = len(options) if name in _FIXED else max(STANDING_OPEN, len(held))
        note = _note(name, len(counts.get(name, {})))
        opened = bool(held) or name not in _FOLDED
        groups.append(FacetGroup(name, kind_title(name), options, standing, note, opened))
    return tuple(groups)


def _has_bounds(name: str, query: SearchQuery) -> bool:
    """Whether fields of a facet hold a value, though none of its options does."""
    return name == "area_band" and (query.min_available_m2, query.max_available_m2) != (None, None)


def _codes(name: str, held: Iterable[str], counted: Mapping[str, int]) -> tuple[str, ...]:
    if name in _FIXED:
        return _FIXED[name]
    order = SERVICES.codes if name == "service" else counted
    by_count = sorted((code for code in order if counted.get(code)), key=lambda code: -counted[code])
    if name == "city":
        by_count = by_count[:MOST_CITIES]
    return tuple(dict.fromkeys([*held, *by_count]))


def _note(name: str, counted: int) -> str:
    if name == "region_set":
        noted = ((each.label(lang()), each.note(lang())) for each in REGION_SETS)
        return " ".join(
            _("%(name)s: %(note)s") % {"name": label, "note": note} for label, note in noted if note
        )
    if name == "city" and counted > MOST_CITIES:
        return _("The %(n)s with the most; type the name of any other.") % {"n": MOST_CITIES}
    return ""
