"""The names of places as a lexicon: which names are looked for in a text, and which only when something supports them.

A cautious name is a word of ordinary talk ("reading", 大分) or too small to be meant by chance; it counts only with a
capital and a preposition, or beside its own country. The value of a place's sense is its key in `Atlas.places`.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

from warehouse_hub.matching.reading.lexicon import WORDS_DIR, read_word_file
from warehouse_hub.matching.reading.normalise import fold_key, is_han
from warehouse_hub.places.gazetteer import Gazetteer, Place, default_gazetteer
from warehouse_hub.places.names import normalise_name

_MOST_CANDIDATES = 8
_LARGE = 500_000
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
        self._towns: dict[str, Place] = {}
        trusted = _collect(gazetteer, _SUPPLEMENT_ONLY)
        for key, places in _collect(gazetteer, 0).items():
            kept = [place for place in places if _is_searched(key, place, trusted.get(key, ()))]
            if kept:
                self._put(key, kept, cautious=_is_cautious(key, kept, trusted.get(key, ())))
        self._add_words(gazetteer, trusted)
        self._add_colloquial(gazetteer)
        lengths: dict[str, set[int]] = {}
        for key in self.names:
            lengths.setdefault(key[:2], set()).add(len(key))
        self.lengths = {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()}

    def _put(self, key: str, places: list[Place], *, cautious: bool, upper: bool = False) -> None:
        folded = key if key.isascii() else fold_key(key)
        known = self.names.get(folded)
        merged = (*known.places, *places) if known else tuple(places)
        self.names[folded] = NamedPlaces(
            tuple(dict.fromkeys(merged))[:_MOST_CANDIDATES],
            cautious and (known is None or known.cautious),
            upper,
        )

    def _add_words(self, gazetteer: Gazetteer, trusted: dict[str, list[Place]]) -> None:
        """Names that are ordinary words: kept where the place is its own primary name, and cautious."""
        for key, place in gazetteer.names(50_000, words=True):
            own = normalise_name(place.name) == key or place in trusted.get(key, ())
            if own and len(key) > 3 and key not in self.names and fold_key(key) not in self.names:
                self._put(key, [place], cautious=True)

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
    for key, place in gazetteer.names(at_least):
        found.setdefault(key, []).append(place)
    return found


def _is_searched(key: str, place: Place, trusted: list[Place] | tuple[Place, ...]) -> bool:
    if place in trusted or any(is_han(char) for char in key):
        return True
    if not key.isascii():
        return False
    if normalise_name(place.name) == key:
        return len(key) > 3 or place.population >= _LARGE
    return len(key) > 4 and place.population >= _LARGE


def _is_cautious(key: str, places: list[Place], trusted: list[Place] | tuple[Place, ...]) -> bool:
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
