"""Text cut into the units that names are made of, each with where it stands in what was typed.

A unit is one Latin word or one Chinese character, folded. The one thing to get wrong: folding changes lengths (ﬃ is
three letters, e and an accent are one), so text is folded one letter with its marks at a time, and a letter that
becomes several words stays one unit, which then is no name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from warehouse_hub.search.text.analysis import fold, runs

# What may part the words of one name: "Frankfurt-am-Main", "St. Louis", "B & R".
_INSIDE_A_NAME: Final = re.compile(r"[\s\-‐‑–_.·'’&/]{0,3}")


class Unit(NamedTuple):
    """`text` is folded and has a space where the unit is no single run; `start` and `end` are places in what was typed.

    `glue` is what joins it to the unit before it in a name: "", " ", or None where no name goes on.
    """

    text: str
    start: int
    end: int
    is_cjk: bool
    glue: str | None


def units(typed: str, start: int, end: int) -> list[Unit]:
    """The units of `typed[start:end]`, in order and without overlap."""
    found: list[Unit] = []
    for text, is_cjk, begins, ends in _apart(typed, start, end):
        glue = _glue(typed, found[-1], begins, is_cjk=is_cjk) if found else None
        found.append(Unit(text, begins, ends, is_cjk, glue))
    return found


def _apart(typed: str, start: int, end: int) -> list[tuple[str, bool, int, int]]:
    spread = [
        (letter, begins, ends)
        for begins, ends in _letters(typed, start, end)
        for letter in _folded(typed[begins:ends])
    ]
    folded = "".join(letter for letter, _, _ in spread)
    found: list[tuple[str, bool, int, int]] = []
    at = 0
    for run, is_cjk in runs(folded):
        at = folded.index(run, at)
        for size in [1] * len(run) if is_cjk else [len(run)]:
            begins, ends = spread[at][1], spread[at + size - 1][2]
            text, at = folded[at : at + size], at + size
            if found and begins < found[-1][3]:
                before = found.pop()
                found.append((f"{before[0]} {text}", False, before[2], max(ends, before[3])))
            else:
                found.append((text, is_cjk, begins, ends))
    return found


def _letters(typed: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where every letter stands, with the marks behind it."""
    if typed.isascii():
        yield from pairwise(range(start, end + 1))
        return
    begins = start
    for at in range(start + 1, end + 1):
        if at == end or not (_is_mark(typed[at]) and typed[begins].isalnum()):
            yield begins, at
            begins = at


def _glue(typed: str, before: Unit, begins: int, *, is_cjk: bool) -> str | None:
    between = typed[before.end : begins]
    if before.is_cjk and is_cjk:
        return "" if not between else None
    return " " if _INSIDE_A_NAME.fullmatch(between) else None


@lru_cache(maxsize=8192)
def _folded(letter: str) -> str:
    return fold(letter)


@lru_cache(maxsize=8192)
def _is_mark(char: str) -> bool:
    """Whether a character belongs to the letter before it: an accent, a voicing mark, a vowel of a syllable."""
    plain = unicodedata.normalize("NFKC", char)[:1]
    return unicodedata.category(plain)[0] == "M" or "\u1160" <= plain <= "\u11ff"
