"""The rows of a part that hold a query's text, with what the text scores on each.

Every condition ends as a list of rows in ascending order. The rarest comes first and the others only take away from
it, so a common word costs little beside a rare one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.kernels.phrases import holds_text
from warehouse_hub.search.kernels.postings import best_of, keep, meet, meet_scored, scored, without
from warehouse_hub.search.language.understood import Understood
from warehouse_hub.search.language.words import Phrase, Word
from warehouse_hub.search.parts import Part
from warehouse_hub.search.rows.strings import Strings
from warehouse_hub.search.scale import Scale
from warehouse_hub.search.text.analysis import runs
from warehouse_hub.search.text.bm25f import CONCEPT_WEIGHT
from warehouse_hub.search.text.explain import UNFINISHED

# So many tokens may stand behind one prefix; a shorter prefix than they share is not narrowed further.
MOST_OF_A_PREFIX = 20_000

Rows = NDArray[np.uint32]
Scores = NDArray[np.int32]


@dataclass(frozen=True)
class Matched:
    """Rows in ascending order and their scores, in 65,536ths."""

    rows: Rows
    scores: Scores


@dataclass(frozen=True)
class Plan:
    """The text of a query, and the scale of its scores, which is one for all parts of a view."""

    words: tuple[Word, ...]
    phrases: tuple[Phrase, ...]
    excluded_words: tuple[Word, ...]
    excluded_phrases: tuple[Phrase, ...]
    scale: Scale

    @classmethod
    def of(cls, understood: Understood, scale: Scale) -> Plan:
        """How a text is looked for."""
        return cls(
            understood.words,
            understood.phrases,
            understood.excluded_words,
            understood.excluded_phrases,
            scale,
        )

    @property
    def scores(self) -> bool:
        """Whether anything that was asked scores: leaving words out does not."""
        return bool(self.words or self.phrases)

    def matched(self, part: Part) -> Matched | None:
        """What the text leaves of a part; None where nothing was asked of the text."""
        found = self._held(part)
        if found is None and not (self.excluded_words or self.excluded_phrases):
            return None
        if found is None:
            rows = np.arange(len(part), dtype=np.uint32)
            found = Matched(rows, np.zeros(len(rows), np.int32))
        for phrase in self.phrases:
            rows = _verified(part, phrase, found.rows)
            found = Matched(*keep(found.rows, found.scores, rows))
        for word in self.excluded_words:
            found = Matched(*without(found.rows, found.scores, self._word(part, word, found).rows))
        for phrase in self.excluded_phrases:
            candidates = self._all_tokens(part, [phrase.tokens], found).rows
            found = Matched(*without(found.rows, found.scores, _verified(part, phrase, candidates)))
        return found

    def _held(self, part: Part) -> Matched | None:
        """The rows that hold every word and all tokens of every phrase; the words that can be found only one way come
        first, since all their tokens together are the rarest.
        """
        simple = [word.tokens for word in self.words if not word.instead and word.prefix is None]
        simple += [phrase.tokens for phrase in self.phrases]
        found = self._all_tokens(part, simple) if simple else None
        others = [word for word in self.words if word.instead or word.prefix is not None]
        for word in sorted(others, key=lambda word: _most_rows(part, word)):
            found = self._word(part, word, found)
        return found

    def _word(self, part: Part, word: Word, among: Matched | None = None) -> Matched:
        """The rows of a word by the best of its ways to be found; `among` some with its score added to theirs."""
        if word.prefix is not None:
            found = self._of_prefix(part, word.prefix, among)
        else:
            found = self._all_tokens(part, [word.tokens], among)
        for token in word.instead:
            other = self._all_tokens(part, [(token,)], among, CONCEPT_WEIGHT)
            found = Matched(*best_of(found.rows, found.scores, other.rows, other.scores))
        return found

    def _all_tokens(
        self, part: Part, words: Sequence[Sequence[str]], among: Matched | None = None, weight: float = 1.0
    ) -> Matched:
        """Rows that hold every token of every word, `among` some with the score added to theirs. A word of several
        tokens scores their mean.
        """
        weighed = [
            (part.text.postings(token), self.scale.table(token, weight / len(tokens)))
            for tokens in words
            for token in tokens
        ]
        weighed.sort(key=lambda one: len(one[0].rows))
        if among is None:
            (first, table), *weighed = weighed
            rows, scores = first.rows, scored(first.impacts, table)
        else:
            rows, scores = among.rows, among.scores
        for postings, table in weighed:
            if not len(rows):
                break
            rows, scores = meet(rows, scores, postings.rows, postings.impacts, table)
        return Matched(rows, scores)

    def _of_prefix(self, part: Part, prefix: str, among: Matched | None) -> Matched:
        """The best of all words that begin so, each as rare as the prefix itself."""
        best = np.zeros(len(part), np.uint8)
        for token in part.text.starting_with(prefix, MOST_OF_A_PREFIX):
            if ":" in token:
                # A code, which nobody types.
                continue
            postings = part.text.postings(token)
            best[postings.rows] = np.maximum(best[postings.rows], postings.impacts)
        rows = np.flatnonzero(best).astype(np.uint32)
        scores = scored(best[rows], self.scale.table(UNFINISHED, 1.0))
        if among is None:
            return Matched(rows, scores)
        return Matched(*meet_scored(among.rows, among.scores, rows, scores))


def _most_rows(part: Part, word: Word) -> int:
    """How many rows a word can have at most; a prefix has as many as there are."""
    if word.prefix is not None:
        return len(part)
    tokens = min((part.text.frequency(token) for token in word.tokens), default=0)
    return tokens + sum(part.text.frequency(token) for token in word.instead)


def _verified(part: Part, phrase: Phrase, rows: Rows) -> Rows:
    """The rows among these whose text has the phrase, word by word."""
    texts = part.canonical
    if not isinstance(texts, Strings):
        return np.array([row for row in rows.tolist() if phrase.stands_in(texts[row])], np.uint32)
    scripts = [is_cjk for _, is_cjk in runs(phrase.text)]
    written = np.frombuffer(bytearray(phrase.text.encode()), np.uint8)
    held = holds_text(texts.content, texts.ends, rows, written, not scripts[0], not scripts[-1])
    verified: Rows = rows[held]
    return verified
