"""Which bare words are places, and which place such a word means.

Every town of the gazetteer is understood where a place is asked for (`near:`, `city:`); a bare word only where its
name is well known, since there is a town for nearly every word. The one thing to get wrong: a name is rarely one
place. The first of `candidates` is taken, but the others must stay known.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final, NamedTuple, get_args

from warehouse_hub.places.gazetteer import ALTERNATE, Gazetteer, Kind, Place, default_gazetteer
from warehouse_hub.places.locating import Ambiguous, Located, distinct, locate
from warehouse_hub.places.names import is_han, normalise_name
from warehouse_hub.search.language.words import canonical
from warehouse_hub.search.text.analysis import fold
from warehouse_hub.vocabulary.countries import HOME

# From so many people on a town is known by name although no forwarder keeps a warehouse there.
KNOWN_FROM: Final = 1_000_000
KNOWN_AT_HOME_FROM: Final = 500_000
_MOST_CANDIDATES: Final = 12
_LONGEST: Final = 100
_ENDINGS: Final = ("州", "省")


class KnownName(NamedTuple):
    """A name by which a bare word is understood: the gazetteer's key, how it is written, and its likeliest place.

    `is_own` tells the place's own names from what else it is called.
    """

    key: str
    written: str
    place: Place
    is_own: bool


@cache
def _names() -> tuple[dict[str, KnownName], frozenset[str]]:
    # An instance of our own: what it reads to find the names is not needed afterwards.
    gazetteer = Gazetteer()
    known: dict[str, KnownName] = {}
    home: set[str] = set()
    for key, place in gazetteer.names(KNOWN_AT_HOME_FROM, alternates=False):
        if place.country == HOME:
            if is_han(key) and len(key) > 1:
                home.add(canonical(key))
        elif _is_known(key, place, is_hub=place.id in hub_ids()):
            for name in _spellings(key, place):
                # The best place of a name comes first.
                known.setdefault(
                    canonical(name),
                    KnownName(key, _written(name, place), place, _is_own(name, place)),
                )
    return known, frozenset(home - known.keys())


def known_names() -> dict[str, KnownName]:
    """The names that a bare word is understood by, by their canonical spelling."""
    return _names()[0]


def home_names() -> frozenset[str]:
    """Names of large Chinese cities. No warehouse of the directory is there, so they are text, uncut."""
    return _names()[1]


def _is_known(key: str, place: Place, *, is_hub: bool) -> bool:
    if is_han(key):
        return (
            len(key) > 2 or (len(key) == 2 and is_hub) if is_hub or place.population >= KNOWN_FROM else False
        )
    if not is_hub:
        return place.population >= KNOWN_FROM and len(key) > 4 and key == normalise_name(place.name)
    # LAX and NRW are said; three letters of a town are a word of some language.
    return len(key) > 3 or place.kind in ("airport", "region")


def _spellings(key: str, place: Place) -> Iterator[str]:
    yield key
    if place.kind == "region" and len(key) > 3 and key.endswith(_ENDINGS):
        yield key[:-1]


def _is_own(name: str, place: Place) -> bool:
    return canonical(name) in (canonical(place.name), canonical(place.name_zh or ""))


def _written(name: str, place: Place) -> str:
    """A key as people write it: the gazetteer keeps it in small letters."""
    if canonical(place.name) == canonical(name):
        return place.name
    return name if is_han(name) else name.upper() if len(name) == 3 else name.title()


@cache
def hub_ids() -> frozenset[str]:
    """The places of the hand-written supplement, which forwarders name."""
    gazetteer = default_gazetteer()
    return frozenset(
        place.id for kind in get_args(Kind) for place in gazetteer.of_kind(kind, supplement_only=True)
    )


@lru_cache(maxsize=4096)
def candidates(key: str) -> tuple[Place, ...]:
    """Every really different place that is properly called so, those that forwarders name before larger ones."""
    matches = default_gazetteer().matches(key)
    places = [match.place for match in matches if match.rank < ALTERNATE] or [
        match.place for match in matches
    ]
    return _in_order(places)


@lru_cache(maxsize=1024)
def places_meant(written: str) -> tuple[Place, ...]:
    """The places that a person can mean where a place is asked for, best first: "Perris, CA", "汉堡（德国）", 漢堡."""
    if len(written) > _LONGEST:
        return ()
    match locate(written):
        case Located(place=place):
            return (place,)
        case Ambiguous(candidates=places):
            return _in_order(list(places))
    return candidates(written) or candidates(fold(written))


def _in_order(places: list[Place]) -> tuple[Place, ...]:
    return tuple(sorted(distinct(places), key=lambda place: place.id not in hub_ids())[:_MOST_CANDIDATES])
