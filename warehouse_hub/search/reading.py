"""What a person typed into the search box, read as words that must all be found.

A Chinese sentence has no spaces: 德国海外仓 is the words 德国 and 海外仓, and no listing holds the pair 国海. So a run
is cut at the words of the vocabulary first, and only what is left over is looked for by its pairs of characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from warehouse_hub.search.analysis import LONGEST_TOKEN, fold, pairs, runs
from warehouse_hub.vocabulary.codes import GOODS_CLASSES, PLATFORMS, RECORD_CLASSES, SERVICES
from warehouse_hub.vocabulary.countries import COUNTRIES

MOST_WORDS: Final = 32

CONCEPT_LISTS: Final = {
    "service": SERVICES,
    "goods": GOODS_CLASSES,
    "platform": PLATFORMS,
    "record_class": RECORD_CLASSES,
}
# What every listing of this directory is, in the words people add to a query out of habit.
EVERY_LISTING: Final = "海外仓 海外仓库 海外仓储 overseas warehouse warehousing"
_GENERIC: Final = ("海外仓", "海外仓库", "海外仓储", "仓库", "仓储")
_SUFFIXES: Final = "仓库"
_SILENT: Final = frozenset(
    "的 在 和 与 及 有 做 找 要 a an and at for from in near of on or the to with".split(" ")  # noqa: SIM905
)


@dataclass(frozen=True)
class Word:
    """One word of a query: found where all of `tokens` stand, or any one of `instead`."""

    tokens: tuple[str, ...]
    instead: tuple[str, ...] = ()


def concept(kind: str, code: str) -> str:
    """The token under which a code is indexed; the colon keeps it apart from anything a person can type."""
    return f"{kind}:{code}"


def read_query(text: str) -> tuple[Word, ...]:
    """The words of `text`, each once, at most 32 of them; never refuses, and no words means no condition."""
    pieces = [piece for run, is_cjk in runs(fold(text)) for piece in (_cut(run) if is_cjk else (run,))]
    spoken = [piece for piece in pieces if piece not in _SILENT] or pieces
    return tuple(dict.fromkeys(_word(piece) for piece in spoken))[:MOST_WORDS]


def _word(piece: str) -> Word:
    known = _lexicon().get(piece, ())
    if _is_latin(piece):
        return Word((piece[:LONGEST_TOKEN],), known or _other_number(piece))
    return Word(tuple(pairs(piece)) or (piece,), known)


def _other_number(word: str) -> tuple[str, ...]:
    """The plural of an English singular or the singular of a plural, by its letter s alone."""
    if not (word.isascii() and word.isalpha()) or len(word) < 4 or word.endswith("ss"):
        return ()
    return (word[:-1],) if word.endswith("s") else (word + "s",)


def _cut(run: str) -> Iterator[str]:
    """Words of the vocabulary, the longest first at every place, and what stands between them."""
    lexicon, longest = _lexicon(), _longest_word()
    start = rest = 0
    while start < len(run):
        ends = range(min(len(run), start + longest), start + 1, -1)
        end = next((end for end in ends if run[start:end] in lexicon), None)
        if end is None:
            start += 1
            continue
        yield from _left_over(run[rest:start])
        yield run[start:end]
        start = rest = end
    yield from _left_over(run[rest:])


def _left_over(piece: str) -> Iterator[str]:
    """汉堡仓 is looked for as 汉堡; 谷仓 is a name and stays whole. A particle at either end is no part of a word."""
    while len(piece) > 1 and piece[0] in _SILENT:
        piece = piece[1:]
    while len(piece) > 1 and piece[-1] in _SILENT:
        piece = piece[:-1]
    if len(piece) > 2 and piece[-1] in _SUFFIXES:
        piece = piece[:-1]
    if piece:
        yield piece


@cache
def _lexicon() -> dict[str, tuple[str, ...]]:
    """Every word of one run, folded, with the concepts it names (none for the generic words)."""
    found: dict[str, dict[str, None]] = {word: {} for word in _GENERIC}
    for words, token in _named():
        for word in words:
            folded = fold(word)
            if [run for run, _ in runs(folded)] == [folded] and len(folded) > 1:
                found.setdefault(folded, {})[token] = None
    return {word: tuple(tokens) for word, tokens in found.items() if word not in _SILENT}


def _named() -> Iterator[tuple[Iterable[str], str]]:
    for kind, codes in CONCEPT_LISTS.items():
        for code in codes:
            yield (*code.words_zh, *code.words_en), concept(kind, code.code)
    for country in COUNTRIES:
        yield (country.zh, country.en, *country.words), concept("country", country.code)


@cache
def _longest_word() -> int:
    return max(len(word) for word in _lexicon())


def _is_latin(piece: str) -> bool:
    return not next(is_cjk for _, is_cjk in runs(piece))
