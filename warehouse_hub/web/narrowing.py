"""The conditions of a search as links: each one in force can be taken off, each facet value ticked.

The one thing to get wrong: counts and ticks are of codes; labels are looked up only here, in the reader's language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for

from warehouse_hub.search.query import SearchQuery
from warehouse_hub.vocabulary.codes import RECORD_CLASSES, SERVICES
from warehouse_hub.vocabulary.region_sets import REGION_SETS
from warehouse_hub.web.display import country, kilometres, label, number
from warehouse_hub.web.locale import gettext as _
from warehouse_hub.web.locale import lang

FACETS = ("country", "region_set", "service", "record_class")
STANDING_OPEN = 8
# Paging is no condition; the dataset is carried by every link of the site by itself.
_UNWRITTEN = frozenset({"limit", "cursor", "dataset"})


@dataclass(frozen=True)
class Chip:
    """One condition in force and the address of the same search without it."""

    kind: str
    text: str
    remove: str


@dataclass(frozen=True)
class Option:
    """One value of a facet with how many results have it."""

    code: str
    text: str
    count: int
    ticked: bool


@dataclass(frozen=True)
class FacetGroup:
    """One facet; the first `short` options stand open, the rest folds."""

    name: str
    title: str
    options: tuple[Option, ...]
    short: int = STANDING_OPEN
    note: str = ""
    open: bool = True


def pairs(query: SearchQuery) -> list[tuple[str, str]]:
    """The conditions as query parameters in the names of the API."""
    return [
        (name, value)
        for name, values in query.to_params().items()
        if name not in _UNWRITTEN
        for value in values
    ]


def address(query: SearchQuery, *, said: str = "", page: int = 1) -> str:
    """The address of a search; `said` is the sentence that the conditions were read from."""
    asked: dict[str, Any] = {}
    for name, value in pairs(query):
        asked.setdefault(name, []).append(value)
    return url_for("home.search", **asked, said=said or None, page=page if page > 1 else None)


def without(query: SearchQuery, name: str, code: str | None = None) -> SearchQuery:
    """The search less one code of a list, or less the whole condition."""
    held = getattr(query, name)
    if code is not None:
        kept: dict[str, Any] = {name: tuple(one for one in held if one != code)}
        return replace(query, **kept)
    return replace(query, **{name: getattr(SearchQuery(), name)})


def without_place(query: SearchQuery) -> SearchQuery:
    """The search anywhere; an order by distance has no meaning then and goes too."""
    anywhere = replace(query, near=None, within_km=None)
    return replace(anywhere, sort=None) if query.sort == "distance" else anywhere


def chips(query: SearchQuery, said: str, place_name: str | None) -> tuple[Chip, ...]:
    """Every condition in force; `place_name` names the point that is searched around, when it has a name."""
    found = [Chip(_("Words"), query.q, address(without(query, "q"), said=said))] if query.q else []
    if query.near is not None:
        found.append(Chip(_("Place"), _around(query, place_name), address(without_place(query), said=said)))
    found += [
        Chip(title, write(code), address(without(query, name, code), said=said))
        for name, (title, write) in _coded().items()
        for code in getattr(query, name)
    ]
    if query.min_available_m2 is not None:
        text = _("at least %(area)s m²") % {"area": number(query.min_available_m2)}
        found.append(Chip(_("Available"), text, address(without(query, "min_available_m2"), said=said)))
    if query.bbox is not None:
        found.append(Chip(_("Map"), _("the area in view"), address(without(query, "bbox"), said=said)))
    return tuple(found)


def facet_groups(query: SearchQuery, counts: Mapping[str, Mapping[str, int]]) -> tuple[FacetGroup, ...]:
    """The facets with their counts: lists of fixed order keep it, countries and services go by count."""
    return tuple(
        group
        for name in FACETS
        if (group := _facet(name, getattr(query, name), counts.get(name, {}))).options
    )


def sorts(query: SearchQuery) -> tuple[tuple[str, str], ...]:
    """The orders that have a meaning for this search."""
    every = {
        "relevance": _("Best match"),
        "available": _("Available area"),
        "freshness": _("Newest first"),
        "name": _("Name"),
    }
    return (("distance", _("Distance")), *every.items()) if query.near is not None else tuple(every.items())


def _facet(name: str, held: tuple[str, ...], counted: Mapping[str, int]) -> FacetGroup:
    title, write = _coded()[name]
    note = ""
    if name == "region_set":
        codes = REGION_SETS.codes
        noted = ((each.label(lang()), each.note(lang())) for each in REGION_SETS)
        note = " ".join(
            _("%(name)s: %(note)s") % {"name": name, "note": text} for name, text in noted if text
        )
    elif name == "record_class":
        codes = RECORD_CLASSES.codes
    else:
        order = list(SERVICES.codes) if name == "service" else sorted(counted)
        present = dict.fromkeys([*held, *sorted(order, key=lambda code: -counted.get(code, 0))])
        codes = tuple(code for code in present if counted.get(code) or code in held)
    options = tuple(Option(code, write(code), counted.get(code, 0), code in held) for code in codes)
    return FacetGroup(name, title, options, note=note)


def _coded() -> dict[str, tuple[str, Callable[[str], str]]]:
    def of(code_list: str) -> Callable[[str], str]:
        return lambda code: label(code_list, code)

    return {
        "country": (_("Country or region"), country),
        "region_set": (_("Region"), lambda code: REGION_SETS.label(code, lang())),
        "service": (_("Service"), of("services")),
        "service_any": (_("Any of"), of("services")),
        "goods": (_("Goods"), of("goods_classes")),
        "platform": (_("Platform"), of("platforms")),
        "record_class": (_("Kind of record"), of("record_classes")),
    }


def _around(query: SearchQuery, place_name: str | None) -> str:
    latitude, longitude = query.near or (0.0, 0.0)
    name = place_name or f"{latitude:g}, {longitude:g}"
    if query.within_km is None:
        return _("near %(place)s") % {"place": name}
    return _("within %(km)s km of %(place)s") % {"km": kilometres(query.within_km), "place": name}
