"""Did you mean: the text with its slips put right, where a word of it is found nowhere.

Only words that no listing has are touched, and only towards words that mean something here or that listings use. The
one thing to get wrong: a wrong suggestion is worse than none, so of two words as likely as each other neither is taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final, NamedTuple

from warehouse_hub.search.language.lexicon import lexicon
from warehouse_hub.search.language.plain_words import GENERIC
from warehouse_hub.search.language.sounds import sounds
from warehouse_hub.search.language.understanding import understand
from warehouse_hub.search.language.understood import Piece
from warehouse_hub.search.language.units import units
from warehouse_hub.search.text.analysis import pairs

SHORTEST_WORD: Final = 4
LONGEST_WITH_ONE_SLIP: Final = 5
_LONGEST_HAN: Final = 8
# What a word of the vocabulary weighs against the number of listings that have another word.
_WEIGHT_OF_A_NAME: Final = 50
# The next best must be so much rarer.
_CLEARLY: Final = 2
_CLOSEST: Final = 12


class Change(NamedTuple):
    """What was typed from `start` to `end`, and what was probably meant."""

    start: int
    end: int
    before: str
    after: str


@dataclass(frozen=True)
class Suggestion:
    """The whole text put right, and what was changed in it, in order."""

    text: str
    changes: tuple[Change, ...]


class _Meant(NamedTuple):
    """A word that was perhaps meant; the smallest is the likeliest, so its weight is below zero."""

    slips: int
    other_letter: bool
    less_weight: int
    word: str


def did_you_mean(
    text: str, known: Callable[[str], bool | int], terms: Callable[[], Sequence[tuple[str, int]]]
) -> Suggestion | None:
    """The text that was probably meant, or None where nothing is found nowhere or nothing is likely.

    `known` tells whether listings have a token (a Latin word, or two neighbouring Chinese characters), `terms` gives
    the Latin tokens that they have, each with a number of listings, which are added up where a token comes more than
    once; it is asked once, and only when a word is unknown.
    """

    listings = _Listings(known, terms)
    changes = sorted(
        change
        for piece in understand(text).pieces
        if not piece.is_filter and not piece.excluded and piece.kind in ("word", "unread")
        for change in _changes(text, piece, listings)
    )
    if not changes:
        return None
    put_right = text
    for change in reversed(changes):
        put_right = f"{put_right[: change.start]}{change.after}{put_right[change.end :]}"
    return Suggestion(put_right, tuple(changes))


class _Listings:
    """What the words of listings are asked for."""

    def __init__(
        self, known: Callable[[str], bool | int], terms: Callable[[], Sequence[tuple[str, int]]]
    ) -> None:
        self.have = known
        self._terms = terms

    @cached_property
    def words(self) -> Mapping[str, int]:
        """The Latin words that are long enough to be meant, each with its number of listings."""
        found: Counter[str] = Counter()
        for term, count in self._terms():
            if len(term) >= SHORTEST_WORD and term.isalpha():
                found[term] += count
        return found


def _changes(text: str, piece: Piece, listings: _Listings) -> Iterator[Change]:
    # Of key:value the key is right.
    start = _value(piece) if piece.kind == "unread" else piece.start
    found = units(text, start, piece.end)
    if found and all(unit.is_cjk for unit in found):
        if slip := _han("".join(unit.text for unit in found), listings):
            first, after, right = slip
            start, end = found[first].start, found[after - 1].end
            yield Change(start, end, text[start:end], right)
        return
    for unit in found:
        if not unit.is_cjk and not listings.have(unit.text) and (meant := _latin(unit.text, listings)):
            typed = text[unit.start : unit.end]
            yield Change(unit.start, unit.end, typed, _as_typed(meant, typed))


def _value(piece: Piece) -> int:
    return piece.start + 1 + max(piece.text.find(colon) for colon in ":：﹕")


def _latin(word: str, listings: _Listings) -> str | None:
    if len(word) < SHORTEST_WORD or not (word.isascii() and word.isalpha()):
        return None
    from rapidfuzz import process  # noqa: PLC0415 (only a search that finds nothing needs it)
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    names = _latin_names()
    allowed = 1 if len(word) <= LONGEST_WITH_ONE_SLIP else 2
    close = {
        each: int(slips)
        for choices in (names, listings.words)
        for each, slips, _ in process.extract(
            word, list(choices), scorer=OSA.distance, score_cutoff=allowed, limit=_CLOSEST
        )
    }
    meant = sorted(
        _Meant(
            slips,
            each[0] != word[0],
            -listings.words.get(each, 0) - _WEIGHT_OF_A_NAME * (each in names),
            each,
        )
        for each, slips in close.items()
        if names.get(each, each) != word
    )
    if not meant or (len(meant) > 1 and _is_as_likely(*meant[:2])):
        return None
    return names.get(meant[0].word, meant[0].word)


def _is_as_likely(best: _Meant, next_best: _Meant) -> bool:
    # Antwerp and Antwerpen are no two answers.
    is_other = not (best.word.startswith(next_best.word) or next_best.word.startswith(best.word))
    return is_other and best[:2] == next_best[:2] and best.less_weight > next_best.less_weight * _CLEARLY


def _as_typed(meant: str, typed: str) -> str:
    if typed.isupper():
        return meant.upper()
    return meant.title() if typed[:1].isupper() else meant


def _han(text: str, listings: _Listings) -> tuple[int, int, str] | None:
    """Where a word stands that nobody knows, and the one that sounds like it; the longest, the leftmost."""
    unknown = {at for at, pair in enumerate(pairs(text)) if not listings.have(pair)}
    core = text.rstrip("仓库港市的")
    for size in range(min(_LONGEST_HAN, len(text)), 1, -1):
        for start in range(len(text) - size + 1):
            window = text[start : start + size]
            # Two characters sound like many words: they must be all that was said.
            if unknown.isdisjoint(range(start, start + size - 1)) or (size == 2 and window != core):
                continue
            if (meant := _sounding_like(window)) is not None:
                return start, start + size, meant
    return None


def _sounding_like(window: str) -> str | None:
    alike = {word for sound in sounds(window) for word in _by_sound().get(sound, ())} - {window}
    ranked = sorted((-sum(a == b for a, b in zip(word, window, strict=True)), word) for word in alike)
    if not ranked or (len(window) == 2 and ranked[0][0] == 0):
        return None
    if len(ranked) > 1 and ranked[0][0] == ranked[1][0]:
        return None
    return ranked[0][1]


@cache
def _by_sound() -> dict[str, list[str]]:
    """The Chinese words that mean something here, by their sounds."""
    found: dict[str, list[str]] = {}
    for word, entry in lexicon().entries.items():
        if entry.role == "named" and 2 <= len(word) <= _LONGEST_HAN and _is_han(word):
            for sound in sounds(word):
                found.setdefault(sound, []).append(word)
    return found


@cache
def _latin_names() -> dict[str, str]:
    """The Latin words that mean something here, and whole names written as one word, with what each is written as."""
    found = {word: word for word in GENERIC if word.isascii()}
    for name, entry in lexicon().entries.items():
        if entry.role == "named" and name.isascii():
            words = name.split(" ")
            found |= {"".join(words): name} | {word: word for word in words if len(word) >= SHORTEST_WORD}
    return {word: name for word, name in found.items() if len(word) >= SHORTEST_WORD and word.isalpha()}


def _is_han(word: str) -> bool:
    return all("\u4e00" <= char <= "\u9fff" for char in word)
