"""One way to compare what people type with what a list holds.

The one thing a reader would get wrong: folding is for comparing whole cells; it drops spaces and punctuation, so
a folded text must never be shown or searched for words.
"""

from __future__ import annotations

import unicodedata

# NFKD leaves these letters whole, though people type them without the stroke or as two letters.
_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


def fold(text: str) -> str:
    """`text` without case, width, accents, spaces and punctuation: "Côte d’Ivoire" and "COTE DIVOIRE" are equal."""
    spread = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    kept = [mark for mark in spread if unicodedata.category(mark)[0] in "LN"]
    return unicodedata.normalize("NFC", "".join(kept)) or text.strip()
