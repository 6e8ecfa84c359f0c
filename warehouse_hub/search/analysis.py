"""Text to tokens: one folding for listings and queries, Chinese by one and two characters, Latin by words.

Both sides must fold alike: a change here is a new index format (`documents.fingerprint` covers it through
`ANALYSIS_VERSION`), or what was indexed yesterday stops being found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

ANALYSIS_VERSION: Final = 1
LONGEST_TOKEN: Final = 64

# Han with its iteration mark and zero, kana without the middle dot, and Hangul syllables.
_CJK: Final = (
    "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\uac00-\ud7af"
)
_RUN: Final = re.compile(f"(?P<cjk>[{_CJK}]+)|(?P<word>[^\\W_{_CJK}]+)")
_MARKS: Final = re.compile("[\u0300-\u036f]+")
# Letters that carry no combining mark to strip, although people type them without the stroke.
_STROKED: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)


def fold(text: str) -> str:
    """The spelling under which text is compared: NFKC, case folded, no accents, simplified characters."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_letters())
    # Only Latin-style marks go; composing again gives kana their voicing marks and Hangul its syllables back.
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", folded)))


def runs(folded: str) -> Iterator[tuple[str, bool]]:
    """The runs of folded text in order, each with whether it is Chinese, Japanese or Korean script."""
    for found in _RUN.finditer(folded):
        yield found[0], found.lastgroup == "cjk"


def document_tokens(text: str) -> Iterator[str]:
    """What a listing's text is found by: words, single characters and pairs of neighbours, repeats kept."""
    for run, is_cjk in runs(fold(text)):
        if not is_cjk:
            yield run[:LONGEST_TOKEN]
            continue
        yield from run
        yield from pairs(run)


def pairs(run: str) -> list[str]:
    """Every two neighbouring characters of a run."""
    return [run[start : start + 2] for start in range(len(run) - 1)]


@cache
def _letters() -> dict[int, str]:
    """Strokes to plain letters, traditional characters to simplified ones (OpenCC's character table)."""
    table = dict(_STROKED)
    lines = (files("opencc") / "dictionary" / "TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        traditional, _, simplified = line.partition("\t")
        if len(traditional) == 1 and simplified:
            table[ord(traditional)] = simplified.split()[0]
    return table
