"""The text of one moment: the index on disk and the overlay, both told in rows of the columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.columns import ColumnsSnapshot
from warehouse_hub.search.overlay import Overlay
from warehouse_hub.search.reading import Word
from warehouse_hub.search.text_index import TextSnapshot
from warehouse_hub.search.whoosh_snapshot import rounded_length

Floats = NDArray[np.float64]

# BM25 with a fixed mean length: the true mean would shift every score with every edit.
K1: Final = 1.2
B: Final = 0.3
MEAN_LENGTH: Final = 150.0
# A concept stands for a word that the listing does not use itself.
CONCEPT_WEIGHT: Final = 0.7


@dataclass(frozen=True)
class TextView:
    """`rows` maps document numbers of the index to rows, -1 where the overlay or nothing has the listing."""

    index: TextSnapshot | None
    rows: NDArray[np.int64]
    overlay: Overlay

    def scores(
        self, words: tuple[Word, ...], columns: ColumnsSnapshot, eligible: NDArray[np.bool_]
    ) -> Floats:
        """The score of every row that holds all the words, 0 for the others.

        `eligible` are the rows of the dataset: how rare a token is, is counted among them.
        """
        total = np.zeros(len(columns))
        found = np.ones(len(columns), np.bool_)
        for word in words:
            score = self._word(word, columns, eligible)
            total += score
            found &= score > 0
        return np.where(found, total, 0.0)

    def _word(self, word: Word, columns: ColumnsSnapshot, eligible: NDArray[np.bool_]) -> Floats:
        best = self._all_of(word.tokens, columns, eligible)
        for token in word.instead:
            np.maximum(best, CONCEPT_WEIGHT * self._token(token, columns, eligible), out=best)
        return best

    def _all_of(
        self, tokens: tuple[str, ...], columns: ColumnsSnapshot, eligible: NDArray[np.bool_]
    ) -> Floats:
        total = self._token(tokens[0], columns, eligible)
        for token in tokens[1:]:
            score = self._token(token, columns, eligible)
            total = np.where((total > 0) & (score > 0), total + score, 0.0)
        # The pairs of one word say the same thing several times over.
        return total / len(tokens)

    def _token(self, token: str, columns: ColumnsSnapshot, eligible: NDArray[np.bool_]) -> Floats:
        rows, counts, lengths = self._postings(token, len(columns))
        kept = eligible[rows]
        rows, counts, lengths = rows[kept], counts[kept], lengths[kept]
        total = int(np.count_nonzero(eligible))
        rarity = np.log1p((total - len(rows) + 0.5) / (len(rows) + 0.5))
        weight = counts * (K1 + 1) / (counts + K1 * (1 - B + B * lengths / MEAN_LENGTH))
        score = np.zeros(len(columns))
        score[rows] = rarity * weight
        return score

    def _postings(self, token: str, rows: int) -> tuple[NDArray[np.int64], Floats, Floats]:
        recent = self.overlay.postings(token, rows)
        lengths = np.array(
            [rounded_length(self.overlay.lengths[row]) for row in recent.documents.tolist()], np.float64
        )
        if self.index is None:
            return recent.documents, recent.counts, lengths
        stored = self.index.postings(token)
        at = self.rows[stored.documents]
        known = at >= 0
        return (
            np.concatenate([at[known], recent.documents]),
            np.concatenate([stored.counts[known], recent.counts]),
            np.concatenate([self.index.lengths[stored.documents[known]], lengths]),
        )


def rows_of_index(
    index: TextSnapshot | None, row_of: Mapping[str, int], overlay: Overlay
) -> NDArray[np.int64]:
    """The row of every document of the index, for `TextView.rows`."""
    if index is None:
        return np.zeros(0, np.int64)
    in_overlay = overlay.positions
    rows = (row_of.get(id_, -1) if id_ is not None else -1 for id_ in index.ids)
    return np.fromiter((-1 if row in in_overlay else row for row in rows), np.int64, len(index.ids))
