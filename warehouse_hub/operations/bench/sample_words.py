"""The words of the sample's descriptions: thousands of both languages, drawn as words of a language are.

The one thing to get wrong: an index over a few dozen words has no rare ones, and every engine is quick on it. Here the
n-th word of a language is drawn about n times less often than its first (the law of Zipf and Mandelbrot), and most
words are rare.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import islice
from random import Random
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.places.gazetteer import default_gazetteer
from warehouse_hub.vocabulary.codes import (
    BASES,
    GOODS_CLASSES,
    PLATFORMS,
    RECORD_CLASSES,
    SERVICES,
    STAGES,
    TENURES,
    UNITS,
)

WORDS_OF_A_LANGUAGE: Final = 5000
# The exponent is a little above 1 as in running text; the shift keeps the first words from standing in every listing.
_STEEPNESS: Final = 1.07
_SHIFT: Final = 5
_LISTS: Final = (SERVICES, GOODS_CLASSES, PLATFORMS, RECORD_CLASSES, TENURES, STAGES, BASES, UNITS)
_CHINESE: Final = re.compile("[\u4e00-\u9fff]{2,4}")
_ENGLISH: Final = re.compile("[a-z]{4,12}")
_LEAST_PEOPLE: Final = 15_000

Ranks = NDArray[np.intp]


@cache
def chinese_words() -> tuple[str, ...]:
    """Words of the trade first, then two-character words of the general language."""
    trade = (word for codes in _LISTS for code in codes for word in (code.zh, *code.words_zh))
    return _most_common(_shuffled(word for word in trade if _CHINESE.fullmatch(word)), _general_chinese())


@cache
def english_words() -> tuple[str, ...]:
    """Words of the trade first, then the names that addresses and neighbourhoods are full of."""
    trade = (
        word
        for codes in _LISTS
        for code in codes
        for text in (code.en, *code.words_en)
        for word in _split(text)
    )
    towns = default_gazetteer().largest(at_least=_LEAST_PEOPLE)
    return _most_common(_shuffled(trade), (word for town in towns for word in _split(town.name)))


def zipf_ranks(uniform: NDArray[np.float64]) -> Ranks:
    """Places in a list of words, from 0 for its most common word, for numbers evenly drawn from 0 to 1."""
    return np.searchsorted(_cumulated(), uniform)


def _general_chinese() -> Iterator[str]:
    lines = (files("opencc") / "dictionary" / "STPhrases.txt").read_text(encoding="utf-8").splitlines()
    words = (line.partition("\t")[0] for line in lines)
    return iter(_shuffled(word for word in words if len(word) == 2 and _CHINESE.fullmatch(word)))


def _split(text: str) -> list[str]:
    return _ENGLISH.findall(text.lower()) if text.isascii() else []


def _shuffled(words: Iterable[str]) -> list[str]:
    """In an order that is no order, yet the same for every seed: a language does not change with the sample."""
    found = list(dict.fromkeys(words))
    Random(0).shuffle(found)  # noqa: S311 (a sample, not a secret)
    return found


def _most_common(first: Iterable[str], then: Iterable[str]) -> tuple[str, ...]:
    def each() -> Iterator[str]:
        yield from first
        yield from then

    words = tuple(islice(dict.fromkeys(each()), WORDS_OF_A_LANGUAGE))
    if len(words) < WORDS_OF_A_LANGUAGE:
        raise ValueError(f"only {len(words)} words")
    return words


@cache
def _cumulated() -> NDArray[Any]:
    weights = 1 / (np.arange(1, WORDS_OF_A_LANGUAGE + 1) + _SHIFT) ** _STEEPNESS
    cumulated = np.cumsum(weights / weights.sum())
    cumulated[-1] = 1.0
    return np.asarray(cumulated)
