"""The names of places as a lexicon: which names are looked for in a text, and which only when something supports them.

A cautious name is a word of ordinary talk ("reading", 大分) or too small to be meant by chance; it counts only with a
capital and a preposition, or beside its own country. The value of a place's sense is its key in `Atlas.places`.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from warehouse_hub.matching.reading.lexicon import WORDS_DIR, read_word_file
from warehouse_hub.matching.reading.normalise import fold_key, is_han
from warehouse_hub.places.gazetteer import Gazetteer, Place, common_words, default_gazetteer
from warehouse_hub.places.names import normalise_name

_MOST_CANDIDATES = 8
_LARGE, _KNOWN = 500_000, 50_000
_SUPPLEMENT_ONLY = 10**10
# Short Han names of these countries are words of Chinese (太平, 光明, 上尾) far oftener than destinations.
_HAN_WRITTEN = frozenset({"JP", "KR", "KP", "VN", "TW", "HK", "MO", "SG", "MY", "MN", "CN"})


@dataclass(frozen=True)
class NamedPlaces:
    """The places a key may mean, best first; `cautious` keys need support from the text."""

    places: tuple[Place, ...]
    cautious: bool = False
    upper: bool = False


class Atlas:
    """All place names of the gazetteer and the colloquial ones, folded."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.names: dict[str, NamedPlaces] = {}
        self.lengths: dict[str, tuple[int, ...]] = {}
        trusted = _collect(gazetteer, _SUPPLEMENT_ONLY)
        words = common_words()
        own_keys: dict[str, str] = {}
        for key, places in _collect(gazetteer, 0).items():
            known = trusted.get(key, ())
            kept = [place for place in places if _is_searched(key, place, known, own_keys)]
            if key in words or (len(key) < 3 and key.isascii()):
                kept = [place for place in kept if _is_meant(key, place, known, own_keys)]
            if kept:
                self._put(key, kept, cautious=key in words or _is_cautious(key, kept, known))
        self._add_colloquial(gazetteer)
        lengths: dict[str, set[int]] = {}
        for key in self.names:
            lengths.setdefault(key[:2], set()).add(len(key))
        self.lengths = {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()}

    def _put(self, key: str, places: list[Place], *, cautious: bool) -> None:
        folded = key if key.isascii() else fold_key(key)
        known = self.names.get(folded)
        if known is not None:
            places = list(dict.fromkeys((*known.places, *places)))
            cautious = cautious and known.cautious
        self.names[folded] = NamedPlaces(tuple(places[:_MOST_CANDIDATES]), cautious)

    def _add_colloquial(self, gazetteer: Gazetteer) -> None:
        for word, kind, value, flags in read_word_file(WORDS_DIR / "places.tsv"):
            if kind != "place":
                continue
            name, country = value.rsplit(",", 1)
            found = gazetteer.find(name, country=country)
            if not found:
                continue
            folded = fold_key(word)
            known = self.names.get(folded)
            others = [place for place in (known.places if known else ()) if place.id != found[0].id]
            self.names[folded] = NamedPlaces((found[0], *others)[:_MOST_CANDIDATES], upper="upper" in flags)


def _collect(gazetteer: Gazetteer, at_least: int) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for key, place in gazetteer.names(at_least, words=True):
        found.setdefault(key, []).append(place)
    return found


def _own_key(place: Place, own_keys: dict[str, str]) -> str:
    """The place's own name as a key; kept, since a place has many names and folding is slow."""
    key = own_keys.get(place.id)
    if key is None:
        key = own_keys[place.id] = normalise_name(place.name)
    return key


def _is_searched(key: str, place: Place, trusted: Sequence[Place], own_keys: dict[str, str]) -> bool:
    if place in trusted or is_han(key[0]):
        return True
    if not key.isascii():
        return False
    if len(key) > 4 and place.population >= _LARGE:
        return True
    return (len(key) > 3 or place.population >= _LARGE) and _own_key(place, own_keys) == key


def _is_meant(key: str, place: Place, trusted: Sequence[Place], own_keys: dict[str, str]) -> bool:
    """Whether a place is known enough for a name that is an ordinary word as well."""
    own = place in trusted or _own_key(place, own_keys) == key
    return own and place.population >= _KNOWN and len(key) > 3


def _is_cautious(key: str, places: list[Place], trusted: Sequence[Place]) -> bool:
    best = places[0]
    if best.country == "CN":
        return False
    if is_han(key[0]):
        if len(key) > 2 or best.population >= _LARGE:
            return len(key) < 2
        if trusted:
            return False
        return best.country in _HAN_WRITTEN or best.population < 150_000
    return not trusted and " " not in key and best.population < 60_000 and best.kind != "region"


@functools.cache
def default_atlas() -> Atlas:
    """The names of the bundled gazetteer; building it takes about a second, once a process."""
    return Atlas(default_gazetteer())


@functools.cache
def town_of(place: Place) -> Place:
    """The town that a port or an airport belongs to, which is what "near Savannah port" means."""
    return default_gazetteer().town_of(place) if place.kind in ("port", "airport") else place
