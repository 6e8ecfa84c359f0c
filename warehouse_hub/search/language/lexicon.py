"""What a word means by itself: a code of the vocabulary, nothing worth asking for, or text all the same.

The one thing to get wrong: a label is not always safe inside running text (电子 stands in 电子商务), so a label that is
no word of its list counts only where it is a whole run of characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal, NamedTuple

from warehouse_hub.search.language.known_places import home_names, known_names
from warehouse_hub.search.language.lists import word_list
from warehouse_hub.search.language.plain_words import GENERIC, PARTICLES
from warehouse_hub.search.language.words import canonical
from warehouse_hub.search.text.analysis import runs
from warehouse_hub.vocabulary.codes import GOODS_CLASSES, PLATFORMS, RECORD_CLASSES, SERVICES, CodeList
from warehouse_hub.vocabulary.countries import COUNTRIES, HOME
from warehouse_hub.vocabulary.region_sets import REGION_SETS

Role = Literal["named", "habit", "talk", "text", "negation", "needless"]
CodeKind = Literal["country", "region_set", "service", "platform", "goods", "record_class"]
# Of a word with several meanings the first kind is taken: 美国 is the country before it is the set of that country.
_LISTS: Final[Mapping[CodeKind, CodeList[Any]]] = {
    "region_set": REGION_SETS,
    "service": SERVICES,
    "platform": PLATFORMS,
    "goods": GOODS_CLASSES,
    "record_class": RECORD_CLASSES,
}


class Meaning(NamedTuple):
    """A code and the filter it is for."""

    kind: CodeKind
    code: str


@dataclass(frozen=True)
class Entry:
    """A word of the lexicon: named are codes, or a well-known place, or both.

    Habit and talk ask for nothing, text is text whatever it looks like; negation leaves out what is named next, and
    needless takes it back. `whole_run` words count only where they are no part of a longer run of Chinese.
    """

    role: Role
    meanings: tuple[Meaning, ...] = ()
    place: str | None = None
    whole_run: bool = False


class Lexicon:
    """Entries by canonical spelling; `lengths` are the sizes in units, longest first, by the first unit."""

    def __init__(self, entries: dict[str, Entry]) -> None:
        self.entries = entries
        sizes: dict[str, set[int]] = {}
        for key in entries:
            units = list(_units(key))
            sizes.setdefault(units[0], set()).add(len(units))
        self.lengths = {unit: tuple(sorted(found, reverse=True)) for unit, found in sizes.items()}


@cache
def lexicon() -> Lexicon:
    """The lexicon of this process, built at the first question: a few hundred milliseconds, some thirty megabytes."""
    entries = {name: Entry("text") for name in home_names()}
    entries |= {canonical(word): Entry("talk") for word in word_list("talk") if len(word) > 1}
    entries |= {word: Entry("talk") for word in PARTICLES if word.isascii()}
    entries |= {canonical(word): Entry("negation") for word in word_list("negation")}
    entries |= {canonical(word): Entry("needless") for word in word_list("needless")}
    entries |= {name: Entry("named", place=known.key) for name, known in known_names().items()}
    entries |= {canonical(word): Entry("text") for word in word_list("everyday")}
    meant = _meanings()
    for key, meanings in meant.items():
        known = entries.get(key)
        place = known.place if known else None
        whole = all(is_label for _, is_label in meanings)
        entries[key] = Entry("named", tuple(meaning for meaning, _ in meanings), place, whole)
    entries |= {word: Entry("habit") for word in GENERIC if len(word) > 1}
    return Lexicon(entries)


def _meanings() -> dict[str, list[tuple[Meaning, bool]]]:
    """Every word with what it means, the first choice first, and whether it is only a label."""
    found: dict[str, list[tuple[Meaning, bool]]] = {}

    def add(words: Iterable[str], meaning: Meaning, *, label: bool = False) -> None:
        for key in filter(None, map(canonical, words)):
            known = found.setdefault(key, [])
            if all(other != meaning for other, _ in known) and (len(key) > 1 or label):
                known.append((meaning, label))

    for country in COUNTRIES:
        # Every warehouse here stands abroad: 中国 says whose it is, not where.
        if country.code != HOME:
            add((country.zh, country.en, *country.words), Meaning("country", country.code))
    for kind, codes in _LISTS.items():
        for code in codes:
            meaning = Meaning(kind, code.code)
            add((*code.words_zh, *code.words_en), meaning)
            add((code.zh, code.en), meaning, label=True)
    return {key: meanings for key, meanings in found.items() if meanings}


def _units(key: str) -> Iterator[str]:
    for run, is_cjk in runs(key):
        yield from run if is_cjk else (run,)
