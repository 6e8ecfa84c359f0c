"""The search filters as they stand in an address: read, written, taken off one by one.

The one thing to get wrong: the names are a promise (the command and the API use the same ones), and an unreadable
value is refused with its name rather than dropped, or a shared address would quietly show something else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from warehouse_hub.core.errors import InvalidInput, Problem
from warehouse_hub.vocabulary.codes import GOODS_CLASSES, PLATFORMS, RECORD_CLASSES, SERVICES, CodeList
from warehouse_hub.vocabulary.countries import COUNTRIES
from warehouse_hub.vocabulary.region_sets import REGION_SETS

SORTS = ("relevance", "distance", "available", "area", "updated")
LONGEST_TEXT = 400
FARTHEST_KM = Decimal(20_000)
_COUNTRY_CODES = frozenset(country.code for country in COUNTRIES)


@dataclass(frozen=True)
class Terms:
    """One search. Lists are in the order of the address; everything absent is not asked for."""

    q: str = ""
    country: tuple[str, ...] = ()
    region_set: tuple[str, ...] = ()
    service: tuple[str, ...] = ()
    service_any: tuple[str, ...] = ()
    goods: tuple[str, ...] = ()
    platform: tuple[str, ...] = ()
    record_class: tuple[str, ...] = ()
    min_available_m2: Decimal | None = None
    near: tuple[float, float] | None = None
    within_km: Decimal | None = None
    bbox: tuple[float, float, float, float] | None = None
    sort: str = ""

    def without(self, name: str, value: str | None = None) -> Terms:
        """These terms less one value of a list, or less the whole field."""
        held = getattr(self, name)
        if value is not None and isinstance(held, tuple):
            return replace(self, **{name: tuple(one for one in held if one != value)})
        return replace(self, **{name: _EMPTY[name]})

    def having(self, **changes: Any) -> Terms:
        """These terms with some fields replaced."""
        return replace(self, **changes)

    def pairs(self) -> list[tuple[str, str]]:
        """The terms as query parameters, repeated where a field is a list; nothing for what is not asked."""
        return [(spec.name, text) for spec in fields(self) for text in _texts(spec.name, getattr(self, spec.name))]

    def written(self, **more: str) -> str:
        """The query string, `more` at its end ("" when nothing is asked)."""
        return urlencode([*self.pairs(), *more.items()])

    @property
    def is_empty(self) -> bool:
        """Whether nothing narrows the search."""
        return self.having(sort="") == Terms()


_EMPTY = {spec.name: spec.default for spec in fields(Terms)}
_CODED: Mapping[str, CodeList[Any]] = {
    "region_set": REGION_SETS,
    "service": SERVICES,
    "service_any": SERVICES,
    "goods": GOODS_CLASSES,
    "platform": PLATFORMS,
    "record_class": RECORD_CLASSES,
}


def read_terms(args: MultiDict[str, str]) -> Terms:
    """The terms of a query string. Raises InvalidInput("search.unreadable") that lists every unreadable parameter."""
    problems: list[Problem] = []
    found: dict[str, Any] = {"q": " ".join(args.get("q", "").split())[:LONGEST_TEXT]}
    countries = _listed(args, "country", upper=True)
    problems += [_bad("country", code) for code in countries if code not in _COUNTRY_CODES]
    found["country"] = countries
    for name, known in _CODED.items():
        values = _listed(args, name, upper=name == "region_set")
        problems += [_bad(name, code) for code in values if code not in known]
        found[name] = values
    for name, read in _READERS.items():
        text = args.get(name, "").strip()
        if text:
            try:
                found[name] = read(text)
            except (ValueError, InvalidOperation):
                problems.append(_bad(name, text))
    if problems:
        raise InvalidInput("search.unreadable", problems, names=", ".join(sorted({p.column or "" for p in problems})))
    return Terms(**found)


def _listed(args: MultiDict[str, str], name: str, *, upper: bool) -> tuple[str, ...]:
    values = [part.strip() for text in args.getlist(name) for part in text.split(",")]
    return tuple(dict.fromkeys(value.upper() if upper else value for value in values if value))


def _bad(name: str, value: str) -> Problem:
    return Problem("search.unreadable", column=name, facts={"value": value[:60]})


def _area(text: str) -> Decimal:
    value = Decimal(text.replace(",", ""))
    if not value.is_finite() or value < 0 or value > 10**9:
        raise ValueError(text)
    return value


def _radius(text: str) -> Decimal:
    value = Decimal(text)
    if not value.is_finite() or not 0 < value <= FARTHEST_KM:
        raise ValueError(text)
    return value


def _point(text: str) -> tuple[float, float]:
    latitude, longitude = (float(part) for part in text.split(","))
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError(text)
    return latitude, longitude


def _box(text: str) -> tuple[float, float, float, float]:
    west, south, east, north = (float(part) for part in text.split(","))
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise ValueError(text)
    return west, south, east, north


def _sort(text: str) -> str:
    if text not in SORTS:
        raise ValueError(text)
    return text


_READERS: Mapping[str, Any] = {
    "min_available_m2": _area,
    "near": _point,
    "within_km": _radius,
    "bbox": _box,
    "sort": _sort,
}


def _texts(name: str, value: Any) -> list[str]:
    if value is None or value == "" or value == ():
        return []
    if name in {"near", "bbox"}:
        return [",".join(f"{degrees:g}" if name == "near" else f"{degrees:.4f}" for degrees in value)]
    if isinstance(value, tuple):
        return list(value)
    return [f"{value:f}" if isinstance(value, Decimal) else str(value)]
