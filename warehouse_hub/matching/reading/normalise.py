"""One spelling for everything that is compared: half width, lower case, no accents, simplified characters.

The folded text can be longer or shorter than what was written; `Folded.source_of` leads back to the writer's own
words, which is also the only place where capitals survive ("US" is a country, "us" is not).
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass

import opencc  # type: ignore[import-untyped]  # it ships no types

_STROKED = {
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ħ": "h",
    "ŧ": "t",
    "ı": "i",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ð": "d",
}
_ALIKE = {
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "`": "'",
    "´": "'",
    "′": "'",
    "″": '"',
    "“": '"',
    "”": '"',
    "–": "-",
    "—": "-",
    "−": "-",
    "‐": "-",
    "‑": "-",
    "～": "~",
    "〜": "~",
    "×": "x",
    "⁄": "/",
    "丨": "|",
    "\t": " ",
    "\r": "\n",
    "\u2028": "\n",
    "\u2029": "\n",
    "ß": "ss",
}
_ABBREVIATED = frozenset(
    [
        "sq",
        "st",
        "ft",
        "approx",
        "min",
        "max",
        "incl",
        "mt",
        "ca",
        "est",
        "vol",
        "pcs",
        "cu",
        "abt",
        "wk",
        "yr",
        "mth",
        "mo",
        "no",
        "dept",
    ]
)
_MOST_FOLDED = 6
_DROPPED_BETWEEN_HAN = "·•・‧"


def is_han(char: str) -> bool:
    """Whether the character is a Han character of the basic or extension A block."""
    return "\u3400" <= char <= "\u9fff"


def is_latin(char: str) -> bool:
    """Whether the character is a plain lower-case letter a to z."""
    return "a" <= char <= "z"


def is_flag(char: str) -> bool:
    """Whether the character is half of a flag emoji."""
    return "\U0001f1e6" <= char <= "\U0001f1ff"


@dataclass(frozen=True)
class Folded:
    """A folded text and, for each of its characters, where in the source it came from."""

    source: str
    text: str
    at: tuple[int, ...]

    def source_of(self, start: int, end: int) -> str:
        """What was written where the folded characters [start, end) stand."""
        if start >= end:
            return ""
        return self.source[self.at[start] : self.at[end - 1] + 1]

    def with_replaced(self, start: int, end: int, text: str) -> Folded:
        """The same text with a correction; the source stays what the person wrote."""
        kept = self.at[start:end]
        at = tuple(kept[min(index, len(kept) - 1)] for index in range(len(text)))
        return Folded(
            self.source, self.text[:start] + text + self.text[end:], self.at[:start] + at + self.at[end:]
        )


def fold(source: str) -> Folded:
    """Fold a whole text; never fails, whatever the characters."""
    chars: list[str] = []
    at: list[int] = []
    for index, char in enumerate(source):
        for folded in _fold_char(char):
            chars.append(folded)
            at.append(index)
    return _tidied(source, _without_numbering(chars), at)


_NUMBERING = re.compile(r"(?:^|(?<=[\s:,;.，。；：]))(\d{1,2})([.)、])(?! ?\d+[.)、]? ?(?:$|[.)、]))")


def _without_numbering(chars: list[str]) -> list[str]:
    """The numbers of a list ("1. … 2. …") as breaks, so that "4.100" in it is a hundred and not 4.1."""
    text = "".join(chars)
    expected, marks = 1, []
    for found in _NUMBERING.finditer(text):
        if int(found[1]) == expected:
            marks.append(found.span())
            expected += 1
    decimals = any(text[end : end + 1].isdigit() for _, end in marks)
    if len(marks) < (3 if decimals else 2) or len(text) != len(chars):
        return chars
    plain = list(chars)
    for start, end in marks:
        plain[start:end] = ";" * (end - start)
    return plain


def fold_key(text: str) -> str:
    """A vocabulary word as it stands in a folded text."""
    return fold(text).text.strip()


@functools.cache
def _simplified() -> dict[str, str]:
    han = [chr(code) for code in range(0x3400, 0xA000)]
    converted = opencc.OpenCC("t2s").convert("\n".join(han)).split("\n")
    return {old: new for old, new in zip(han, converted, strict=True) if old != new and len(new) == 1}


@functools.lru_cache(maxsize=20_000)
def _fold_char(char: str) -> str:
    if "a" <= char <= "z" or "0" <= char <= "9":
        return char
    if is_han(char):
        return _simplified().get(char, char)
    if is_flag(char):
        return char
    pieces = "".join(_ALIKE.get(part, part) for part in unicodedata.normalize("NFKC", _ALIKE.get(char, char)))
    out: list[str] = []
    for part in unicodedata.normalize("NFKD", pieces.casefold()):
        if unicodedata.combining(part):
            continue
        category = unicodedata.category(part)
        if part in "$€£¥₽₹฿₫₱₩₺°+<>=~^|\n" or (category[0] in "LNPS" and category not in ("So", "Sk")):
            out.append(_STROKED.get(part, _ALIKE.get(part, part)))
        elif category in ("So", "Sk", "Zs", "Cc", "Cs", "Co", "Cn"):
            out.append(" ")
    # Some signs stand for a whole sentence; nothing in a need is written with one.
    return "".join(out) if len(out) <= _MOST_FOLDED else " "


def _tidied(source: str, chars: list[str], at: list[int]) -> Folded:
    kept: list[str] = []
    places: list[int] = []
    for index, char in enumerate(chars):
        before = kept[-1] if kept else ""
        after = chars[index + 1] if index + 1 < len(chars) else ""
        if char == " " and (not before or before in " \n"):
            continue
        # "e-bike" is two words; "2x40HQ" is two of something
        joins = (char == "-" and is_latin(before) and is_latin(after)) or (
            char in "x*" and before.isdecimal() and after.isdecimal()
        )
        if (char == "." and is_latin(before) and _is_abbreviation(kept, places, after)) or (
            char in _DROPPED_BETWEEN_HAN and before and is_han(before) and after and is_han(after)
        ):
            continue
        kept.append(" " if joins else char)
        places.append(at[index])
    return Folded(source, "".join(kept), tuple(places))


def _is_abbreviation(kept: list[str], places: list[int], after: str) -> bool:
    """Whether the dot that follows `kept` ends an abbreviation ("sq.", "u.s.") and not a sentence."""
    letters: list[str] = []
    for char in reversed(kept):
        if not is_latin(char) or len(letters) > 6:
            break
        letters.append(char)
    word = "".join(reversed(letters))
    if word in _ABBREVIATED:
        return word != "no" or after.isdigit()
    # "u.s." and "u.k.": the dots already dropped leave the letters together, but with a gap in the source
    return len(word) == 1 or (len(word) < 4 and places[-1] - places[-2] == 2)
