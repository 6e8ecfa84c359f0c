"""Every condition in force as a chip that can be taken off: what was typed, in its order, then what was ticked.

The one thing to get wrong: a condition that was both typed and ticked is one chip, and taking it off takes off both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from warehouse_hub.search.language.understood import Piece, Understood
from warehouse_hub.search.parameters import CODE_LISTS
from warehouse_hub.search.query import SearchQuery
from warehouse_hub.web.condition_text import (
    area_text,
    circle_text,
    code_text,
    kind_title,
    negated,
    sense_text,
)
from warehouse_hub.web.display import kilometres, number
from warehouse_hub.web.locale import gettext as _
from warehouse_hub.web.locale import ngettext
from warehouse_hub.web.narrowing import without, without_centre, without_piece

Address = Callable[[SearchQuery], str]


@dataclass(frozen=True)
class Chip:
    """One condition in force, the same search without it (`less`), and the address of that.

    `typed` is the stretch of the text that it was read from; `others` what that could have meant instead, with the
    addresses that say so. `unread` is set where the text names a filter whose value nobody knows.
    """

    kind: str
    text: str
    less: SearchQuery
    remove: str
    typed: str = ""
    others: tuple[tuple[str, str], ...] = ()
    unread: bool = False


def chips(
    query: SearchQuery,
    understood: Understood,
    address: Address,
    place_name: Callable[[tuple[float, float]], str | None],
) -> tuple[Chip, ...]:
    """The conditions of `query`, whose text is that of `understood`; `place_name` may know what a point is called."""
    typed = {(piece.kind, piece.excluded, code) for piece in understood.filters for code in _codes(piece)}
    return (
        *_typed(query, understood, address),
        *_places(query, understood, address, place_name),
        *_ticked(query, typed, address),
        *_bounds(query, address),
    )


def _typed(query: SearchQuery, understood: Understood, address: Address) -> Iterator[Chip]:
    for piece in _joined_words(understood):
        less = without_piece(query, understood, piece)
        if not piece.is_filter:
            text = (
                _("not the words %(text)s") % {"text": piece.text.lstrip("-－")}
                if piece.excluded
                else piece.text
            )
            unread = piece.kind == "unread"
            yield Chip(kind_title(piece.kind), text, less, address(less), piece.text, unread=unread)
            continue
        others = tuple(
            (sense_text(sense), address(replace(query, q=understood.with_sense(piece, sense))))
            for sense in piece.alternatives
        )
        text = negated(sense_text(piece)) if piece.excluded else sense_text(piece)
        yield Chip(kind_title(piece.kind), text, less, address(less), piece.text, others)


def _joined_words(understood: Understood) -> Iterator[Piece]:
    """The pieces, words that stand side by side taken as one."""
    held: Piece | None = None
    for piece in understood.pieces:
        if held and _is_plain(held) and _is_plain(piece):
            between = understood.text[held.end : piece.start]
            if re.fullmatch(r"\s*", between):
                held = replace(held, text=understood.text[held.start : piece.end], end=piece.end)
                continue
        if held:
            yield held
        held = piece
    if held:
        yield held


def _is_plain(piece: Piece) -> bool:
    return piece.kind == "word" and not piece.excluded


def _codes(piece: Piece) -> tuple[str, ...]:
    return piece.value if isinstance(piece.value, tuple) else ()


def _places(
    query: SearchQuery,
    understood: Understood,
    address: Address,
    place_name: Callable[[tuple[float, float]], str | None],
) -> Iterator[Chip]:
    others_typed = any(piece.kind in ("near", "region") for piece in understood.filters)
    for centre in query.centres:
        text = circle_text(centre, query.within_km, place_name(centre))
        less = without_centre(query, centre, others_typed=others_typed)
        yield Chip(kind_title("near"), text, less, address(less))


def _ticked(query: SearchQuery, typed: set[tuple[str, bool, str]], address: Address) -> Iterator[Chip]:
    for name in (*CODE_LISTS, "city"):
        kind = name.removeprefix("not_")
        excluded = kind != name
        for code in getattr(query, name):
            if (kind, excluded, code) in typed:
                continue
            text = code_text(kind)(code)
            less = without(query, name, code)
            yield Chip(kind_title(kind), negated(text) if excluded else text, less, address(less))


def _bounds(query: SearchQuery, address: Address) -> Iterator[Chip]:
    def chip(kind: str, text: str, less: SearchQuery) -> Chip:
        return Chip(kind, text, less, address(less))

    least, most = query.min_available_m2, query.max_available_m2
    if least is not None or most is not None:
        anything = replace(query, min_available_m2=None, max_available_m2=None)
        yield chip(kind_title("area"), area_text(least, most), anything)
    if query.port_within_km is not None:
        text = _("within %(km)s km") % {"km": kilometres(query.port_within_km)}
        yield chip(_("To a major port"), text, without(query, "port_within_km"))
    if query.polygon:
        yield chip(_("Map"), _("the outlined area"), without(query, "polygon"))
    if query.bbox is not None:
        yield chip(_("Map"), _("the area in view"), without(query, "bbox"))
    if query.located is not None:
        text = _("with coordinates") if query.located else _("without coordinates")
        yield chip(_("Only"), text, without(query, "located"))
    if query.ids:
        told = ngettext("%(n)s chosen entry", "%(n)s chosen entries", len(query.ids))
        yield chip(_("Only"), told % {"n": number(len(query.ids))}, without(query, "ids"))
