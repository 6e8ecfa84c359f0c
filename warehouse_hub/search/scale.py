"""What the scores of a search are measured by: how rare its words are, and the moment from which ages count.

It is taken when the first page is asked for, and the cursor carries it on to the others. So between two pages an edit
moves the listing that was edited and no other, and nothing else is skipped or shown twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.core.clock import civil_date
from warehouse_hub.search.language.understood import Understood
from warehouse_hub.search.parts import View
from warehouse_hub.search.text.bm25f import score_table
from warehouse_hub.search.text.explain import UNFINISHED

# The beginning of a word, which stands for many words, counts as standing in one listing of so many.
_LISTINGS_A_PREFIX: Final = 100


@dataclass(frozen=True)
class Scale:
    """`found` tells in how many of `listings` each token of the text stands; `now` is in seconds since 1970."""

    listings: int
    found: Mapping[str, int]
    now: float

    @classmethod
    def of(cls, understood: Understood, view: View, now: float) -> Scale:
        """By the listings of a view: the same in every process that has followed the feed as far."""
        return cls(view.listings, {token: view.frequency(token) for token in _tokens(understood)}, now)

    @classmethod
    def carried(
        cls, understood: Understood, listings: int, counts: Sequence[int], now: float
    ) -> Scale | None:
        """As `counts` gave it for the same text; None for counts that belong to another."""
        tokens = list(_tokens(understood))
        if len(tokens) != len(counts) or not all(0 <= count <= listings for count in counts):
            return None
        return cls(listings, dict(zip(tokens, counts, strict=True)), now)

    @cached_property
    def counts(self) -> tuple[int, ...]:
        """What `carried` takes."""
        return tuple(self.found.values())

    @property
    def day(self) -> date:
        """The civil date of the first page."""
        return civil_date(datetime.fromtimestamp(self.now, UTC))

    def found_of(self, token: str) -> int:
        """In how many listings a token of the text counts as standing."""
        if token == UNFINISHED:
            return min(self.listings, max(1, self.listings // _LISTINGS_A_PREFIX))
        return self.found[token]

    def table(self, token: str, weight: float) -> NDArray[np.int32]:
        """The score of a token by its impact, in parts of ONE."""
        return _table(self.found_of(token), self.listings, weight)


def _tokens(understood: Understood) -> Iterator[str]:
    """Every token of the text once, in an order that depends on the text alone."""
    tokens: dict[str, None] = {}
    for word in (*understood.words, *understood.excluded_words):
        tokens |= dict.fromkeys((*word.tokens, *word.instead))
    for phrase in (*understood.phrases, *understood.excluded_phrases):
        tokens |= dict.fromkeys(phrase.tokens)
    return iter(tokens)


@lru_cache(maxsize=4096)
def _table(found: int, listings: int, weight: float) -> NDArray[np.int32]:
    return score_table(found, listings, weight)
