"""Text to tokens: one folding for listings and queries, Chinese by one and two characters, Latin by words.

Both sides must fold alike: a change here is a new index format (`analysis_digest` covers the code through
ANALYSIS_VERSION), or what was indexed yesterday stops being found.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from operator import add
from typing import Final, NamedTuple

ANALYSIS_VERSION: Final = 2
LONGEST_TOKEN: Final = 64

# Han with its iteration mark and zero, kana without the middle dot, and Hangul syllables.
_CJK: Final = (
    "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\uac00-\ud7af"
)
_RUN: Final = re.compile(f"[{_CJK}]+|[^\\W_{_CJK}]+")
_ASCII_RUN: Final = re.compile("[a-z0-9]+")
_IN_CJK: Final = re.compile(f"[{_CJK}]").match
_MARK: Final = re.compile("[\u0300-\u036f]")
# What NFKC makes of them too. Most Chinese sentences hold nothing else that is to be normalised, and are then
# spared the walk from character to character.
_WIDE_STOPS: Final = tuple(zip("，；：！？（）", ",;:!?()", strict=True))
# Letters that carry no combining mark to strip, although people type them without the stroke.
_STROKED: Final = {
    "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d",
}  # fmt: skip


class Analysed(NamedTuple):
    """A text as it is indexed: its tokens, repeats kept, and its runs joined by single spaces."""

    tokens: tuple[str, ...]
    canonical: str


def fold(text: str) -> str:
    """The spelling under which text is compared: NFKC, case folded, no accents, simplified characters.

    Folding what is folded already changes nothing.
    """
    if text.isascii():
        return text.lower()
    if not unicodedata.is_normalized("NFKC", text):
        for wide, narrow in _WIDE_STOPS:
            text = text.replace(wide, narrow)
        text = unicodedata.normalize("NFKC", text)
    folded = text.casefold()
    if not unicodedata.is_normalized("NFD", folded) or _MARK.search(folded):
        # Only Latin-style marks go; composing again gives kana their voicing marks and Hangul its syllables back.
        folded = unicodedata.normalize("NFC", _MARK.sub("", unicodedata.normalize("NFD", folded)))
    letters, table = _letters()
    return folded if letters.isdisjoint(folded) else folded.translate(table)


def runs(folded: str) -> Iterator[tuple[str, bool]]:
    """The runs of folded text in order, each with whether it is Chinese, Japanese or Korean script."""
    for run in _RUN.findall(folded):
        yield run, _IN_CJK(run) is not None


def document_tokens(text: str) -> tuple[str, ...]:
    """What a text is found by: words, single characters and pairs of neighbours, repeats kept."""
    return analyse(text).tokens


def analyse(text: str) -> Analysed:
    """The tokens of a text and its canonical spelling; of a word the first 64 characters are a token."""
    folded = fold(text)
    if folded.isascii():
        words: list[str] = _ASCII_RUN.findall(folded)
        return Analysed(tuple([word[:LONGEST_TOKEN] for word in words]), " ".join(words))
    found: list[str] = _RUN.findall(folded)
    tokens: list[str] = []
    for run in found:
        if run.isascii() or not _IN_CJK(run):
            tokens.append(run[:LONGEST_TOKEN])
        else:
            tokens += _cjk_tokens(run)
    return Analysed(tuple(tokens), " ".join(found))


def pairs(run: str) -> list[str]:
    """Every two neighbouring characters of a run."""
    return list(map(add, run, run[1:]))


# Between two stops a listing mostly says what others say too.
@lru_cache(maxsize=4096)
def _cjk_tokens(run: str) -> tuple[str, ...]:
    return (*run, *pairs(run))


def analysis_digest() -> str:
    """Changes whenever the same text could give other tokens: this code, OpenCC's table, the Unicode data."""
    said = repr((ANALYSIS_VERSION, unicodedata.unidata_version, sorted(_letters()[1].items())))
    return hashlib.blake2b(said.encode(), digest_size=8).hexdigest()


@cache
def _letters() -> tuple[frozenset[str], dict[int, str]]:
    """Strokes to plain letters and traditional characters to simplified ones (OpenCC's character table)."""
    table = dict(_STROKED)
    lines = (files("opencc") / "dictionary" / "TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        traditional, _, simplified = line.partition("\t")
        if len(traditional) == 1 and simplified:
            table[traditional] = simplified.split()[0]
    # 薴 is simplified to 苧, which is itself written 苎.
    settled = {letter: table.get(plain, plain) for letter, plain in table.items() if letter != plain}
    return frozenset(settled), str.maketrans(settled)
