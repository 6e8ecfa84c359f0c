"""The one spelling under which a place name is stored and looked up.

The build of the gazetteer and every lookup must use the same function: a change here needs
`scripts/build_gazetteer` to be run again, or accented names stop being found.
"""

from __future__ import annotations

import re
import unicodedata

# Letters that carry no combining mark to strip, although people type them without the stroke.
_STROKED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)
_JOINERS = re.compile(r"[\s\-‐‑–—_/,.·•・．]+")
_APOSTROPHES = re.compile(r"['’‘ʻʼ`´ʿʾ]")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


def normalise_name(text: str) -> str:
    """Fold a name to its lookup key: NFKC, case folded, accents and strokes gone, joiners as one space.

    `"Wrocław"`, `"WROCLAW"` and `"Wrocław "` give the same key, as do `"Grâce-Hollogne"` and
    `"grace hollogne"`. Han names lose their dots and spaces altogether. Empty for text without a letter.
    """
    if text.isascii():
        # The same result without the tables, for most of the names there are.
        return _JOINERS.sub(" ", _APOSTROPHES.sub("", text.lower())).strip()
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_STROKED)
    decomposed = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", folded))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    key = _JOINERS.sub(" ", bare).strip()
    return key.replace(" ", "") if is_han(key) else key


def is_han(text: str) -> bool:
    """Whether the text holds a Han character, so that it is read as a Chinese name."""
    return _HAN.search(text) is not None
