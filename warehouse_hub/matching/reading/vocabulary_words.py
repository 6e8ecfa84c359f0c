"""The reader's lexicon: words of the code lists, countries and region sets, and the word files beside the code."""

from __future__ import annotations

import functools

from warehouse_hub.matching.reading.lexicon import (
    WORDS_DIR,
    Lexicon,
    add_word_files,
    read_word_file,
    word_files,
)
from warehouse_hub.matching.reading.normalise import fold_key
from warehouse_hub.vocabulary.codes import GOODS_CLASSES, PLATFORMS, RECORD_CLASSES, SERVICES
from warehouse_hub.vocabulary.countries import COUNTRIES
from warehouse_hub.vocabulary.region_sets import REGION_SETS

_OWN_READERS = frozenset({"places.tsv", "small_words.tsv"})
CODED_KINDS = ("service", "goods", "platform", "record_class")
_LISTS = dict(zip(CODED_KINDS, (SERVICES, GOODS_CLASSES, PLATFORMS, RECORD_CLASSES), strict=True))


@functools.cache
def default_lexicon() -> Lexicon:
    """Every word the reader knows but the names of places."""
    lexicon = Lexicon()
    _add_codes(lexicon)
    _add_countries(lexicon)
    for region in REGION_SETS:
        words = (region.code, region.zh, *region.words_zh, region.en, *region.words_en)
        for word in words if region.code != "US" else ():
            if _is_safe(word, 3):
                lexicon.add(word, "set", region.code)
    add_word_files(lexicon, [path for path in word_files() if path.name not in _OWN_READERS])
    for word, kind, value, flags in read_word_file(WORDS_DIR / "places.tsv"):
        if kind == "state":
            lexicon.add(word, kind, value, upper="upper" in flags)
    return lexicon


def _add_codes(lexicon: Lexicon) -> None:
    omitted = _omitted()
    for kind, codes in _LISTS.items():
        for code in codes:
            for word in (code.zh, *code.words_zh, code.en, *code.words_en):
                if (kind, fold_key(word)) not in omitted:
                    lexicon.add(word, kind, code.code)


def _add_countries(lexicon: Lexicon) -> None:
    for country in COUNTRIES:
        for word in (country.zh, country.en, *country.words):
            if _is_safe(word, 2):
                lexicon.add(word, "country", country.code)


def _is_safe(word: str, short: int) -> bool:
    """Whether a word is no abbreviation that is a word as well ("US", "IT"), which the region file has instead."""
    return len(fold_key(word)) > short or not word.isascii()


def _omitted() -> set[tuple[str, str]]:
    return {
        (value, fold_key(word))
        for path in word_files()
        for word, kind, value, _ in read_word_file(path)
        if kind == "omit"
    }
