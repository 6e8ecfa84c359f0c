"""What of a message was not understood, in the person's own words.

Greetings, particles and function words are not reported: only runs that could have stated something.
"""

from __future__ import annotations

from warehouse_hub.matching.reading.clauses import Passage
from warehouse_hub.matching.reading.lexicon import WORDS_DIR, read_word_file
from warehouse_hub.matching.reading.normalise import fold_key, is_han, is_latin

_MOST_RUNS = 20


def unread_runs(passage: Passage, ignored: set[int]) -> tuple[str, ...]:
    """Runs of unknown words, in order and each once."""
    runs: list[tuple[int, int]] = []
    for index, token in enumerate(passage.tokens):
        if token.is_known or index in ignored or not (is_han(token.text[0]) or is_latin(token.text[0])):
            continue
        if token.text in _SMALL_WORDS or (len(token.text) == 1 and token.text in _PARTICLES):
            continue
        if runs and runs[-1][1] == index - 1:
            runs[-1] = (runs[-1][0], index)
        else:
            runs.append((index, index))
    texts = (passage.source(first, last).strip() for first, last in runs)
    return tuple(dict.fromkeys(text for text in texts if len(text) > 1))[:_MOST_RUNS]


def _small_words() -> frozenset[str]:
    return frozenset(fold_key(word) for word, _, _, _ in read_word_file(WORDS_DIR / "small_words.tsv"))


_SMALL_WORDS = _small_words()
_PARTICLES = frozenset(
    "的了是在有和就都也很吧呢啊哈呀嘛哦我你他她们这那个些么给把被让跟可能会想请谢好大小多少前后上下里中货品物类等之一个位"
)
