"""Decide which one place a written place is, or say why it cannot be one.

An ambiguous name ("Ontario", "Springfield") comes back with its candidates and is never guessed: a warehouse shown on
the wrong continent is worse than one that is asked about. Streets are not resolved; the best precision is "city".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final, Literal

from warehouse_hub.places.distance import haversine_km_between
from warehouse_hub.places.gazetteer import ALTERNATE, Gazetteer, NameMatch, Place, default_gazetteer
from warehouse_hub.vocabulary.countries import find_country

Precision = Literal["city", "region"]

# Two records in one country this close are one place, split by GeoNames or by us.
SAME_PLACE_KM: Final = 15.0

_SITES = re.compile(r"[;；\n]+")
_BRACKETED = re.compile(r"[(（]([^()（）]*)[)）]")
_PARTS = re.compile(r"[,，、]+")
_POSTCODE = re.compile(r"\b\d{4,6}(?:-\d{4})?\b")
_SURROUNDINGS = re.compile(r"\s+(?:area|region)$|(?:附近|周边|地区|一带)$", re.IGNORECASE)


@dataclass(frozen=True)
class Located:
    """Exactly one place. `ignored` are the parts of the text that took no part, such as the street."""

    place: Place
    precision: Precision
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ambiguous:
    """Several places bear the name; `candidates` are best first, for a person to choose from."""

    name: str
    candidates: tuple[Place, ...]


@dataclass(frozen=True)
class NotLocated:
    """No place of that name where the text says it is."""

    text: str


@dataclass(frozen=True)
class _Hint:
    """What a part such as "CA", "Georgia" or "英国" says about the whereabouts: any one of these."""

    subdivisions: frozenset[tuple[str, str]]
    countries: frozenset[str]


def locate(
    text: str,
    *,
    country: str | None = None,
    subdivision: str | None = None,
    gazetteer: Gazetteer | None = None,
) -> Located | Ambiguous | NotLocated:
    """Find the one place that `text` names, within `country` (ISO 3166-1) and `subdivision` when they are known.

    Reads "Perris, CA 92571", "汉堡（德国）" and "728 W Rider St, Perris, CA": the last part that names a town is the
    place, states and countries narrow it down. A name is not ambiguous when one candidate remains, counting as one:
    records of the same place; a town and the region around it; a port and its town. Alternate names count only where
    no place is properly called so. A state or country that contradicts every candidate gives NotLocated, never the
    next best place; two sites parted by a semicolon are Ambiguous.
    """
    chosen = gazetteer or default_gazetteer()
    sites = [site for site in _SITES.split(text) if site.strip()]
    outcomes = [_locate_one(site, country, subdivision, chosen) for site in sites]
    if len(outcomes) == 1:
        return outcomes[0]
    places = distinct([outcome.place for outcome in outcomes if isinstance(outcome, Located)])
    return Ambiguous(text, tuple(places)) if len(places) > 1 else NotLocated(text)


def _locate_one(
    text: str, country: str | None, subdivision: str | None, gazetteer: Gazetteer
) -> Located | Ambiguous | NotLocated:
    bracketed = _parts(",".join(_BRACKETED.findall(text)))
    parts = _parts(_BRACKETED.sub(",", text))
    told = [(part, _hint(part, gazetteer)) for part in bracketed]
    hints = [hint for _, hint in told if hint is not None]
    # What stands in brackets explains the name before it: it is the place only where that name is none.
    parts = [part for part, hint in told if hint is None] + parts
    unread: list[str] = []
    while parts:
        name = parts.pop()
        hint = _hint(name, gazetteer)
        if hint is not None and _some_town_within(parts, hint, gazetteer, country):
            hints.append(hint)
            continue
        bare = _SURROUNDINGS.sub("", name)
        if matches := gazetteer.matches(bare, country=country, subdivision=subdivision):
            if not hints and country is None and _means_a_country(hint, matches):
                return NotLocated(text)
            outcome = _decide(name, matches, hints, (*parts, *reversed(unread)))
            if isinstance(outcome, Located) and bare != name:
                return replace(outcome, precision="region")
            return outcome
        if hint is not None:
            hints.append(hint)
        else:
            unread.append(name)
    return NotLocated(text)


def _means_a_country(hint: _Hint | None, matches: list[NameMatch]) -> bool:
    """Whether a name without a town is a country's too: "Georgia" alone is no point."""
    return hint is not None and bool(hint.countries) and all(m.place.kind == "region" for m in matches)


def _parts(text: str) -> list[str]:
    return [part for part in (_POSTCODE.sub("", part).strip() for part in _PARTS.split(text)) if part]


def _decide(
    name: str, matches: list[NameMatch], hints: list[_Hint], ignored: tuple[str, ...]
) -> Located | Ambiguous | NotLocated:
    proper = [match.place for match in matches if match.rank < ALTERNATE]
    places = proper or [match.place for match in matches]
    for hint in hints:
        within = [p for p in places if p.subdivision and (p.country, p.subdivision) in hint.subdivisions]
        places = within or [p for p in places if p.country in hint.countries]
    candidates = distinct(places)
    if not candidates:
        return NotLocated(name)
    if len(candidates) > 1:
        return Ambiguous(name, tuple(candidates))
    return Located(candidates[0], precision_of(candidates[0]), ignored)


def distinct(places: list[Place]) -> list[Place]:
    """The candidates that are really different places, in their order: see `locate` for what counts as one."""
    kept: list[Place] = []
    towns = {place.id for place in places}
    for place in places:
        around = [
            other
            for other in places
            if other.kind != "region"
            and (other.country, other.subdivision) == (place.country, place.subdivision)
        ]
        if place.town in towns or (place.kind == "region" and place.subdivision and around):
            continue
        if not any(_same_place(place, other) for other in kept):
            kept.append(place)
    return kept


def precision_of(place: Place) -> Precision:
    """How exactly the place's point stands for something inside it."""
    return "region" if place.kind == "region" else "city"


def _same_place(a: Place, b: Place) -> bool:
    close = haversine_km_between((a.latitude, a.longitude), (b.latitude, b.longitude)) <= SAME_PLACE_KM
    return close and a.country == b.country


def _hint(part: str, gazetteer: Gazetteer) -> _Hint | None:
    regions = {
        (place.country, place.subdivision)
        for place in gazetteer.find(part)
        if place.kind == "region" and place.subdivision
    }
    if part.isascii() and part.isupper() and len(part) in (2, 3):
        regions |= {(country, part) for country in gazetteer.countries_with_subdivision(part)}
    named = find_country(part)
    countries = frozenset({named} if named else ())
    return _Hint(frozenset(regions), countries) if regions or countries else None


def _some_town_within(parts: list[str], hint: _Hint, gazetteer: Gazetteer, country: str | None) -> bool:
    """Whether a part further left is a town that this hint can narrow down, so that it is not the place itself."""
    return any(
        (place.country, place.subdivision) in hint.subdivisions or place.country in hint.countries
        for part in parts
        for place in gazetteer.find(part, country=country)
    )
