"""The rows that a test looks at, without a list as long as the column where a few spans say it.

What is easy to get wrong: spans count places in `rows` where rows are listed, and the rows themselves where not.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.kernels.compiled import inner

Rows = NDArray[np.uint32]
Spans = NDArray[np.int64]

_UNLISTED = np.empty(0, np.uint32)


class Candidates(NamedTuple):
    """`rows` ascending; `spans` int64[k, 2] of half-open ranges, ascending and apart."""

    rows: Rows
    spans: Spans

    @classmethod
    def every(cls, count: int) -> Candidates:
        """Rows 0 to `count`."""
        return cls(_UNLISTED, np.array([[0, count]], np.int64))

    @classmethod
    def in_spans(cls, spans: Spans) -> Candidates:
        """All rows of half-open ranges of rows."""
        return cls(_UNLISTED, spans)

    @classmethod
    def listed(cls, rows: Rows) -> Candidates:
        """These rows."""
        return cls(rows, np.array([[0, len(rows)]], np.int64)[: len(rows)])

    @classmethod
    def listed_in(cls, rows: Rows, spans: Spans) -> Candidates:
        """Those of these ascending rows that lie in the spans, found without looking at the others."""
        # Of the rows' own type, or NumPy would copy all rows to compare them.
        places = np.searchsorted(rows, spans.astype(np.uint32)).astype(np.int64)
        return cls(rows, places[places[:, 0] < places[:, 1]])

    @property
    def looked_at(self) -> int:
        """How many rows these are."""
        return int((self.spans[:, 1] - self.spans[:, 0]).sum())


@inner
def rows_in(spans: Spans) -> int:
    """How many places spans count, for kernels."""
    count = 0
    for span in range(len(spans)):
        count += spans[span, 1] - spans[span, 0]
    return count
