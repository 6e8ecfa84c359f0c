"""What the shipped fonts can print, and a text made printable.

The one thing a reader would get wrong: a missing glyph is an error in our documents, never a box or another font; a
text that strangers wrote therefore goes through `printable` before it goes into a document.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from warehouse_hub.core.resources import resource

GETA = "〓"  # printers' sign for a character they do not have


def printable(text: str) -> str:
    """`text` with every character that our fonts lack as 〓, and without invisible ones.

    White space of any kind becomes one space; directional and other format characters are dropped, so that a
    text cannot turn around what stands beside it.
    """
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(map(_shown, composed)).split())


def unprintable(text: str) -> tuple[str, ...]:
    """The characters of `text` that `printable` would show as 〓, each once, in order of appearance."""
    composed = unicodedata.normalize("NFC", text)
    return tuple(dict.fromkeys(each for each in composed if each != GETA and _shown(each) == GETA))


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if character.isspace() or category in {"Cc", "Zl", "Zp"}:
        return " "
    if category == "Cf":
        return ""
    if ord(character) in _coverage():
        return character
    return "" if category in {"Mn", "Me"} else GETA


@cache
def _coverage() -> frozenset[int]:
    lines = resource("static", "fonts", "coverage.txt").read_text(encoding="ascii").split()
    spans = [line.partition("-") for line in lines]
    return frozenset(
        point for low, _, high in spans for point in range(int(low, 16), int(high or low, 16) + 1)
    )
