"""Looking for a phrase in the texts of candidate rows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.kernels.arrays import Bytes, Rows, Words
from warehouse_hub.search.kernels.compiled import inner, kernel

_SPACE = 32
_LINE = 10


@kernel
def holds_text(
    content: Bytes,
    ends: Words,
    rows: Rows,
    phrase: Bytes,
    opens_word: bool,  # noqa: FBT001 (loops take no keywords)
    closes_word: bool,  # noqa: FBT001
) -> NDArray[np.bool_]:
    """Which of the rows have the phrase, as it is written in UTF-8, in their text.

    Text n of `content` ends at `ends[n]`; words are parted by spaces, fields by line ends. A phrase that begins or
    ends with a word, not with Chinese characters, only counts where that word begins or ends.
    """
    found = np.zeros(len(rows), np.bool_)
    length = len(phrase)
    if length == 0:
        return found
    for place in range(len(rows)):
        row = np.int64(rows[place])
        first = np.int64(ends[row - 1]) if row else np.int64(0)
        last = np.int64(ends[row])
        for start in range(first, last - length + 1):
            if content[start] != phrase[0]:
                continue
            step = 1
            while step < length and content[start + step] == phrase[step]:
                step += 1
            if step < length:
                continue
            stop = start + length
            opens = not opens_word or start == first or _is_apart(content[start - 1])
            closes = not closes_word or stop == last or _is_apart(content[stop])
            if opens and closes:
                found[place] = True
                break
    return found


@inner
def _is_apart(byte: int) -> bool:
    return byte in (_SPACE, _LINE)
