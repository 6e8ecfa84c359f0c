"""Plain words as conditions: nothing in them is a filter, though a word of the vocabulary also finds its code.

The one thing to get wrong: a Chinese sentence has no spaces. 退货仓 is the words 退货 and 仓, and no listing holds the
pair 货仓; so a run is cut at the words of the vocabulary first, and only what is left over is looked for by its pairs
of characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from warehouse_hub.search.language.words import Word
from warehouse_hub.search.text.analysis import LONGEST_TOKEN, fold, pairs, runs
from warehouse_hub.search.text.concepts import CONCEPT_LISTS, concept
from warehouse_hub.vocabulary.countries import COUNTRIES

MOST_WORDS: Final = 32
SHORTEST_PREFIX: Final = 2
# What every listing of this directory is.
GENERIC: Final = frozenset(
    "海外仓 海外仓库 海外仓储 仓库 仓储 仓 库 overseas warehouse warehouses warehousing".split(" ")  # noqa: SIM905
)
PARTICLES: Final = frozenset(
    "的 在 和 与 及 有 做 找 要 a an and at for from in near of on or the to with".split(" ")  # noqa: SIM905
)
_SUFFIXES: Final = "仓库"
CONTENT, HABIT, PARTICLE = range(3)


class Said(NamedTuple):
    """A word and what it weighs: CONTENT, or HABIT and PARTICLE, which count only where nothing weightier stands."""

    word: Word
    weight: int


def words_in(text: str, *, open_ended: bool = False) -> Iterator[Said]:
    """The words of a text in their order, repeats kept; of an open-ended text the last one may be longer."""
    pieces = [
        (piece, is_cjk) for run, is_cjk in runs(fold(text)) for piece in (_cut(run) if is_cjk else (run,))
    ]
    last = pieces.pop() if open_ended and pieces else None
    for piece, is_cjk in pieces:
        yield Said(_word(piece, is_cjk=is_cjk), _weight(piece))
    if last:
        yield Said(_beginning(*last), CONTENT)


def weightiest(said: Iterable[Said], *, beside_others: bool) -> tuple[Word, ...]:
    """The words that count, each once, at most 32; `beside_others` where more is asked than these words."""
    said = tuple(said)
    most = CONTENT if beside_others else min((each.weight for each in said), default=CONTENT)
    return tuple(dict.fromkeys(each.word for each in said if each.weight == most))[:MOST_WORDS]


def as_one(text: str, *, open_ended: bool = False) -> Word | None:
    """A text as one condition, to leave out what holds all of it: by its letters, not by the codes it names."""
    words = weightiest(words_in(text, open_ended=open_ended), beside_others=False)
    tokens = tuple(dict.fromkeys(token for word in words for token in word.tokens))
    prefix = next((word.prefix for word in words if word.prefix), None)
    if len(words) == 1 and prefix is None:
        return Word(tokens, _other_number(tokens[0]))
    # No condition asks for words and a beginning at once.
    return Word(tokens) if tokens else Word((), (), prefix) if prefix else None


def _beginning(piece: str, is_cjk: bool) -> Word:  # noqa: FBT001 (a pair unpacked)
    """What a piece begins: Chinese is found inside words anyway, and one letter begins too many of them."""
    if is_cjk or len(piece) < SHORTEST_PREFIX:
        return Word(tuple(pairs(piece)) or (piece,))
    return Word((), (), piece[:LONGEST_TOKEN])


def _weight(piece: str) -> int:
    if piece in PARTICLES:
        return PARTICLE
    return HABIT if piece in GENERIC else CONTENT


def _word(piece: str, *, is_cjk: bool) -> Word:
    known = concept_words().get(piece, ())
    if is_cjk:
        return Word(tuple(pairs(piece)) or (piece,), known)
    return Word((piece[:LONGEST_TOKEN],), known or _other_number(piece))


def _other_number(word: str) -> tuple[str, ...]:
    """The plural of an English singular or the singular of a plural, by its letter s alone."""
    if not (word.isascii() and word.isalpha()) or len(word) < 4 or word.endswith("ss"):
        return ()
    return (word[:-1],) if word.endswith("s") else (word + "s",)


def _cut(run: str) -> Iterator[str]:
    """Words of the vocabulary, the longest first at every place, and what stands between them."""
    known, longest = concept_words(), _longest_word()
    start = rest = 0
    while start < len(run):
        ends = range(min(len(run), start + longest), start + 1, -1)
        end = next((end for end in ends if run[start:end] in known), None)
        if end is None:
            start += 1
            continue
        yield from _left_over(run[rest:start])
        yield run[start:end]
        start = rest = end
    yield from _left_over(run[rest:])


def _left_over(piece: str) -> Iterator[str]:
    """汉堡仓 is looked for as 汉堡; 谷仓 is a name and stays whole. A particle at either end is no part of a word."""
    while len(piece) > 1 and piece[0] in PARTICLES:
        piece = piece[1:]
    while len(piece) > 1 and piece[-1] in PARTICLES:
        piece = piece[:-1]
    if len(piece) > 2 and piece[-1] in _SUFFIXES:
        piece = piece[:-1]
    if piece:
        yield piece


@cache
def concept_words() -> dict[str, tuple[str, ...]]:
    """Every word of one run, folded, with the concepts it names (none for the generic words)."""
    found: dict[str, dict[str, None]] = {word: {} for word in GENERIC if len(word) > 1}
    for kind, codes in CONCEPT_LISTS.items():
        for code in codes:
            _add(found, (*code.words_zh, *code.words_en), concept(kind, code.code))
    for country in COUNTRIES:
        _add(found, (country.zh, country.en, *country.words), concept("country", country.code))
    return {word: tuple(tokens) for word, tokens in found.items() if word not in PARTICLES}


def _add(found: dict[str, dict[str, None]], words: Sequence[str], token: str) -> None:
    for word in words:
        folded = fold(word)
        if [run for run, _ in runs(folded)] == [folded] and len(folded) > 1:
            found.setdefault(folded, {})[token] = None


@cache
def _longest_word() -> int:
    return max(len(word) for word in concept_words())
