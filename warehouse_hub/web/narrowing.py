"""The conditions of a search as addresses: the same search with one of them taken off, or another added.

The one thing to get wrong: an order by distance and a radius mean nothing once the last point is gone; they go too.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from flask import g, url_for

from warehouse_hub.search.language.reach import Circle, Outline
from warehouse_hub.search.language.understood import Piece, Understood
from warehouse_hub.search.parameters import Point
from warehouse_hub.search.query import SearchQuery
from warehouse_hub.web.locale import dataset

# Paging is no condition; the dataset is carried by every link of the site by itself.
_UNWRITTEN = frozenset({"limit", "cursor", "dataset"})


def pairs(query: SearchQuery) -> list[tuple[str, str]]:
    """The conditions as query parameters in the names of the API."""
    return [
        (name, value)
        for name, values in query.to_params().items()
        if name not in _UNWRITTEN
        for value in values
    ]


def parameters(query: SearchQuery, said: str) -> list[tuple[str, str]]:
    """Everything that an address of this search holds, `said` being the sentence it was read from."""
    more = [("said", said)] if said else []
    if dataset() == "demo":
        more.append(("dataset", "demo"))
    return [*pairs(query), *more]


def address(query: SearchQuery, *, said: str = "", page: int = 1, unlocated: bool = False) -> str:
    """The address of a search; `unlocated` is for those of its results that have no coordinates."""
    asked = parameters(query, said)
    if unlocated:
        asked.append(("unlocated", "1"))
    if page > 1:
        asked.append(("page", str(page)))
    # One page writes dozens of them, and finding the way to the same route each time costs more than all else.
    base = g.get("search_page") or g.setdefault("search_page", url_for("home.search", dataset=None))
    return f"{base}?{urlencode(asked)}" if asked else base


def without(query: SearchQuery, name: str, code: str | None = None) -> SearchQuery:
    """The search less one code of a list, or less the whole condition."""
    if code is None:
        return replace(query, **{name: getattr(SearchQuery(), name)})
    kept: dict[str, Any] = {name: tuple(one for one in getattr(query, name) if one != code)}
    return replace(query, **kept)


def without_centre(query: SearchQuery, centre: Point, *, others_typed: bool = False) -> SearchQuery:
    """The search about the other points alone; `others_typed` where the text names one."""
    left = tuple(each for each in query.centres if each != centre)
    changed = replace(query, near=left[0] if left else None, also_near=left[1:])
    return changed if left or others_typed else _anywhere(changed)


def without_piece(query: SearchQuery, understood: Understood, piece: Piece) -> SearchQuery:
    """The search with a stretch of its text cut out; what its parameters say of the same codes goes with it."""
    changed = replace(query, q=understood.without(piece))
    if isinstance(piece.value, Circle | Outline):
        places = [one for one in understood.filters if isinstance(one.value, Circle | Outline)]
        return changed if len(places) > 1 or query.centres else _anywhere(changed)
    name = f"not_{piece.kind}" if piece.excluded else piece.kind
    if isinstance(piece.value, tuple):
        for code in piece.value:
            changed = without(changed, name, code)
    return changed


def _anywhere(query: SearchQuery) -> SearchQuery:
    nowhere = replace(query, within_km=None)
    return replace(nowhere, sort=None) if query.sort == "distance" else nowhere
