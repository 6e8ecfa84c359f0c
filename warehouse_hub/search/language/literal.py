"""A text read literally: words, quotations, exclusions and open ends, and nothing in it a filter.

The one thing to get wrong: reading the `rest` of what was read must give the same conditions again, since that text is
kept in addresses and saved searches.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeVar

from warehouse_hub.search.language.marks import MINUS, Mark, marks
from warehouse_hub.search.language.plain_words import MOST_WORDS, Said, as_one, weightiest, words_in
from warehouse_hub.search.language.understood import Piece, Understood
from warehouse_hub.search.language.words import Phrase, Word, canonical

MOST_PHRASES: Final = MOST_WORDS

_T = TypeVar("_T")


def understand_literally(text: str) -> Understood:
    """The conditions that `text` puts on the text of listings; one piece for every word and quotation."""
    found = [(mark, condition) for mark in marks(text) if (condition := _condition(mark))]
    said = [each for _, condition in found if isinstance(condition, tuple) for each in condition]
    words = weightiest(said, beside_others=any(not isinstance(condition, tuple) for _, condition in found))
    kept = [
        (mark, condition)
        for mark, condition in found
        if not isinstance(condition, tuple) or any(each.word in words for each in condition)
    ]
    phrases = [(mark, condition) for mark, condition in kept if isinstance(condition, Phrase)]
    return Understood(
        text,
        pieces=tuple(piece_of(text, mark) for mark, _ in kept),
        rest=" ".join(written(text, mark) for mark, _ in kept),
        words=words,
        phrases=_once(phrase for mark, phrase in phrases if not mark.excluded),
        excluded_words=_once(condition for _, condition in kept if isinstance(condition, Word)),
        excluded_phrases=_once(phrase for mark, phrase in phrases if mark.excluded),
    )


def piece_of(text: str, mark: Mark) -> Piece:
    """A quotation, a word or the beginning of one as a piece of the text."""
    kind = "phrase" if mark.kind == "quoted" else "prefix" if mark.open_ended else "word"
    return Piece(kind, text[mark.start : mark.end], mark.start, mark.end, mark.excluded)


def written(text: str, mark: Mark) -> str:
    """What says a mark again where spaces part it from its neighbours."""
    if mark.kind == "quoted":
        said = text[mark.start : mark.end].lstrip(MINUS)
    else:
        said = mark.inner.lstrip(MINUS) + ("*" if mark.open_ended else "")
    return f"-{said}" if mark.excluded else said


def _condition(mark: Mark) -> tuple[Said, ...] | Word | Phrase | None:
    """Words that are looked for, or a word that is left out, or a phrase; nothing for a mark without a letter."""
    if mark.kind == "quoted":
        phrase = canonical(mark.inner)
        return Phrase(phrase) if phrase else None
    if mark.excluded:
        return as_one(mark.inner, open_ended=mark.open_ended)
    return tuple(words_in(mark.inner, open_ended=mark.open_ended))


def _once(found: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(found))[:MOST_PHRASES]
