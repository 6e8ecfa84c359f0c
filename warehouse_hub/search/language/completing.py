"""What the word that is being typed may become: names of the vocabulary, countries, places, words of listings.

Chinese names are also found by their pinyin and its initials, as they stand in the field before the input method has
made characters of them. The one thing to get wrong: a name may have begun words ago ("los ang"), so longer endings of
the text are tried before shorter ones.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import takewhile
from typing import Final, NamedTuple

from warehouse_hub.search.language import senses
from warehouse_hub.search.language.keys import KEYS
from warehouse_hub.search.language.known_places import known_names
from warehouse_hub.search.language.lists import word_list
from warehouse_hub.search.language.sounds import spelt
from warehouse_hub.search.language.understanding import understand
from warehouse_hub.search.language.words import canonical
from warehouse_hub.search.text.analysis import fold
from warehouse_hub.vocabulary.countries import HOME, Country

MOST: Final = 8
SHORTEST_PINYIN: Final = 2
# No name is longer, and what stands before it does not change it.
_MOST_READ: Final = 100
_KEYED: Final = re.compile(r'(?:^|[\s,，;；、])[-－]?([^\W\d_]+(?:_[^\W\d_]+)*)[:：﹕](["“]?)([^\s"“”:：]*)$')
_LAST_WORDS: Final = re.compile(r'[^\s"“”「」,，;；、。:：]+(?:\s+[^\s"“”「」,，;；、。:：]+){0,2}$')
# How a name was begun: as it is written, or in pinyin.
_WRITTEN, _PINYIN, _INITIALS = range(3)
# What a country, a label and a further word weigh where a town weighs the logarithm of its people.
_COUNTRY, _LABEL, _STATE, _WORD = 8.0, 7.5, 6.0, 4.0
_OWN: Final = 0.5


@dataclass(frozen=True)
class Completion:
    """The whole text with the word completed, and the word; `kind` is that of its filter, or "word"."""

    text: str
    word: str
    kind: str


class _Name(NamedTuple):
    """A name as it is written; names of one `meaning` are offered once."""

    written: str
    kind: str
    meaning: str
    weight: float


def completions(
    text: str, terms: Callable[[str], Iterable[tuple[str, int]]] | None = None
) -> list[Completion]:
    """What the last word of `text` may become, at most eight, best first; nothing behind a space.

    `terms` gives the words of listings that begin with some letters, each with the number of listings.
    """
    if not text or text[-1].isspace():
        return []
    if len(text) > _MOST_READ:
        before, text = text[:-_MOST_READ], text[-_MOST_READ:]
        return [replace(found, text=before + found.text) for found in completions(text, terms)]
    if (keyed := _KEYED.search(text)) and (key := fold(keyed[1])) in KEYS:
        # A place is completed by towns and a city too.
        kinds = {"near" if kind in ("place", "city") else kind for kind in KEYS[key]}
        found = (name for _, name in _beginning(keyed[3]) if name.kind in kinds)
        return _offered((text[: keyed.start(2)], name, " " in name.written) for name in found)
    named = ([(text[:start], name, False) for _, name in _beginning(text[start:])] for start in _starts(text))
    return _offered([*next(filter(None, named), []), *_of_listings(text, terms)])


def _offered(found: Iterable[tuple[str, _Name, bool]]) -> list[Completion]:
    offered: dict[str, Completion] = {}
    for before, name, quoted in found:
        word = f'"{name.written}"' if quoted else name.written
        offered.setdefault(name.meaning, Completion(before + word, name.written, name.kind))
        if len(offered) == MOST:
            break
    return list(offered.values())


def _starts(text: str) -> list[int]:
    """Where the word that is being typed may begin, the longest ending first."""
    words = _LAST_WORDS.search(text)
    starts = [
        found.start() for found in re.finditer(r"\S+", text) if words and found.start() >= words.start()
    ]
    pieces = (piece for piece in understand(text).pieces if piece.end == len(text))
    starts += [piece.end - len(piece.text.lstrip("-－")) for piece in pieces]
    return sorted({start + len(text[start:]) - len(text[start:].lstrip("-－")) for start in starts})


def _of_listings(
    text: str, terms: Callable[[str], Iterable[tuple[str, int]]] | None
) -> Iterator[tuple[str, _Name, bool]]:
    word = re.search(r"[^\W_]+$", text)
    begun = fold(word[0]) if word else ""
    if terms is None or word is None or len(begun) < SHORTEST_PINYIN or not begun.isascii():
        return
    for term, _ in sorted(terms(begun), key=lambda each: (-each[1], each[0]))[:MOST]:
        if term != begun:
            yield text[: word.start()], _Name(term, "word", term, 0.0), False


def _beginning(typed: str) -> list[tuple[int, _Name]]:
    """The names that begin so, best first."""
    begun = canonical(typed)
    if not begun:
        return []
    table = _table()
    found = [(_WRITTEN, name) for name in table.written.beginning(begun) if canonical(name.written) != begun]
    letters = begun.replace(" ", "")
    if len(letters) >= SHORTEST_PINYIN and letters.isascii() and letters.isalpha():
        found += [(_PINYIN, name) for name in table.pinyin.beginning(letters)]
        found += [(_INITIALS, name) for name in table.initials.beginning(letters)]
    return sorted(found, key=lambda each: (each[0], -each[1].weight, len(each[1].written), each[1].written))


class _Ordered:
    """Names in the order of what they are found by."""

    def __init__(self, names: Iterable[tuple[str, _Name]]) -> None:
        self._pairs = sorted(names)

    def beginning(self, letters: str) -> Iterator[_Name]:
        first = bisect_left(self._pairs, (letters,))
        found = takewhile(lambda pair: pair[0].startswith(letters), self._pairs[first:])
        return (name for _, name in found)


class _Table(NamedTuple):
    written: _Ordered
    pinyin: _Ordered
    initials: _Ordered


@cache
def _table() -> _Table:
    names = list(_names())
    han = [(spelt(name.written), name) for name in names if not canonical(name.written).isascii()]
    return _Table(
        _Ordered((canonical(name.written), name) for name in names),
        _Ordered((letters, name) for (letters, _), name in han),
        _Ordered((letters, name) for (_, letters), name in han),
    )


def _names() -> Iterator[_Name]:
    for kind, members in senses.LISTS.items():
        for member in members:
            if member.code == HOME:
                continue
            words = member.words if isinstance(member, Country) else (*member.words_zh, *member.words_en)
            labels = {canonical(label): label for label in (member.zh, member.en)}
            weight = _COUNTRY if kind == "country" else _LABEL
            for label in labels.values():
                yield _Name(label, kind, f"{kind}:{member.code}", weight)
            for word in words:
                if canonical(word) not in labels:
                    yield _Name(word, kind, f"{kind}:{member.code}", _WORD)
    for name, known in known_names().items():
        if name not in word_list("everyday"):
            weight = _STATE if known.place.kind == "region" else math.log10(known.place.population + 1000)
            yield _Name(known.written, "near", known.place.id, weight + _OWN * known.is_own)
