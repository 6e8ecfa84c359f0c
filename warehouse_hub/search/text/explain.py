"""Why a listing stands where it stands: its score taken apart into the whole numbers that the engine adds up.

The one thing to get wrong: the parts are worked out from the listing as it is in print, the engine's score from what
is indexed. They agree for the same revision, and for the same `found_of`, `rows` and `now` as the engine had.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal, Protocol

from warehouse_hub.directory.published import PublishedListing
from warehouse_hub.search.text.analysis import document_tokens
from warehouse_hub.search.text.bm25f import (
    CONCEPT_WEIGHT,
    FRESH_POINTS,
    GRADE_POINTS,
    ONE,
    days_in_print,
    impact_of,
    rarity,
    saturation,
    score_table,
    share,
)
from warehouse_hub.search.text.concepts import EVERY_LISTING
from warehouse_hub.search.text.fields import (
    CONCEPT_TF,
    EVERY_LISTING_TF,
    ID_TF,
    concepts_of,
    fields_of,
    term_frequencies,
)
from warehouse_hub.vocabulary.codes import EVIDENCE_GRADES

FoundOf = Callable[[str], int]
# What `found_of` is asked for the beginning of a word, which is as rare whatever the word turns out to be.
UNFINISHED: Final = ""


class SpokenWord(Protocol):
    """A word of a query: found where all of `tokens` stand, or any one of `instead`; with a `prefix`, where a token
    begins with it.
    """

    @property
    def tokens(self) -> tuple[str, ...]: ...
    @property
    def instead(self) -> tuple[str, ...]: ...
    @property
    def prefix(self) -> str | None: ...


@dataclass(frozen=True)
class Mention:
    """Where a token stands: `count` times among `length` tokens, which adds `tf` to its weighted frequency.

    `source` is a field's name, or "id", "code" or "every_listing", which have no length that matters.
    """

    source: str
    count: int
    length: int
    tf: float


@dataclass(frozen=True)
class TokenScore:
    """One token's part of a word. `exact` is ONE * weight * rarity * saturation, in whole points.

    The index keeps one of 255 steps of the saturation; `quantisation` is what that adds or takes.
    """

    token: str
    found: int
    rarity: float
    weight: float
    mentions: tuple[Mention, ...]
    tf: float
    saturation: float
    impact: int
    exact: int
    quantisation: int

    @property
    def score(self) -> int:
        return self.exact + self.quantisation


@dataclass(frozen=True)
class WordScore:
    """What a word adds: by its own letters, by what is taken instead, or by a beginning; None where it is not found."""

    by: Literal["text", "instead", "prefix"] | None
    tokens: tuple[TokenScore, ...]

    @property
    def score(self) -> int:
        return sum(token.score for token in self.tokens)


@dataclass(frozen=True)
class Explanation:
    """The score of one listing in points, ONE of which are 1.0: the sum over words, evidence and freshness."""

    id: str
    words: tuple[WordScore, ...]
    grade: str
    evidence: int
    days: int
    freshness: int

    @property
    def matches(self) -> bool:
        """Whether every word is found; a listing that lacks one is no result, whatever the others add."""
        return all(word.by is not None for word in self.words)

    @property
    def score(self) -> int:
        return sum(word.score for word in self.words) + self.evidence + self.freshness

    def to_json(self) -> dict[str, Any]:
        """Plain values: points as whole numbers, everything else as it was worked out."""
        return {
            "id": self.id,
            "matches": self.matches,
            "points": self.score,
            "points_of_one": ONE,
            "words": [_word_json(word) for word in self.words],
            "evidence": {"grade": self.grade, "points": self.evidence},
            "freshness": {"days": self.days, "points": self.freshness},
        }


def explain(
    listing: PublishedListing, words: Iterable[SpokenWord], found_of: FoundOf, rows: int, now: float
) -> Explanation:
    """The score of a listing for the words of a query, by every part of it.

    `found_of` tells in how many of `rows` rows a token stands, and for "" how many the beginning of a word counts as;
    `now` is in seconds since 1970.
    """
    text = _Text(listing, found_of, rows)
    grade = EVIDENCE_GRADES.codes.index(listing.grade) if listing.grade in EVIDENCE_GRADES else -1
    days = days_in_print(listing.published_at.timestamp(), now)
    return Explanation(
        id=listing.id,
        words=tuple(text.word(word) for word in words),
        grade=listing.grade,
        evidence=int(GRADE_POINTS[grade]),
        days=days,
        freshness=int(FRESH_POINTS[days]),
    )


class _Text:
    """One listing's text, to be asked about many tokens."""

    def __init__(self, listing: PublishedListing, found_of: FoundOf, rows: int) -> None:
        self._found_of = found_of
        self._rows = rows
        self._frequencies = term_frequencies(listing)
        self._sources = [
            (str(field), Counter(text.tokens), share(field, len(text.tokens)))
            for field, text in fields_of(listing).items()
        ]
        self._sources += [
            ("id", Counter(document_tokens(listing.id)), ID_TF),
            ("code", Counter(set(concepts_of(listing))), CONCEPT_TF),
            ("every_listing", Counter(set(document_tokens(EVERY_LISTING))), EVERY_LISTING_TF),
        ]

    def word(self, word: SpokenWord) -> WordScore:
        """The best of a word's ways of being found; its own letters where two are as good."""
        ways = [self._by_prefix(word.prefix) if word.prefix is not None else self._by_text(word.tokens)]
        ways += [
            WordScore("instead", (self._token(token, CONCEPT_WEIGHT),))
            for token in word.instead
            if token in self._frequencies
        ]
        return max(ways, key=lambda way: way.score)

    def _by_text(self, tokens: tuple[str, ...]) -> WordScore:
        if not all(token in self._frequencies for token in tokens):
            return WordScore(None, ())
        return WordScore("text", tuple(self._token(token, 1.0 / len(tokens)) for token in tokens))

    def _by_prefix(self, prefix: str) -> WordScore:
        # Nobody types a code, however its token begins.
        begun = sorted(token for token in self._frequencies if token.startswith(prefix) and ":" not in token)
        if not begun:
            return WordScore(None, ())
        best = max(begun, key=self._frequencies.__getitem__)
        return WordScore("prefix", (self._token(best, 1.0, counted_as=UNFINISHED),))

    def _token(self, token: str, weight: float, *, counted_as: str | None = None) -> TokenScore:
        tf = self._frequencies[token]
        found = self._found_of(token if counted_as is None else counted_as)
        rare, saturated, impact = rarity(found, self._rows), saturation(tf), impact_of(tf)
        exact = round(ONE * weight * rare * saturated)
        score = int(score_table(found, self._rows, weight)[impact])
        mentions = tuple(
            Mention(source, counts[token], counts.total(), counts[token] * part)
            for source, counts, part in self._sources
            if token in counts
        )
        return TokenScore(token, found, rare, weight, mentions, tf, saturated, impact, exact, score - exact)


def _word_json(word: WordScore) -> Mapping[str, Any]:
    tokens = [asdict(token) | {"points": token.score} for token in word.tokens]
    return {"by": word.by, "points": word.score, "tokens": tokens}
