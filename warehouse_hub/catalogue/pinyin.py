"""How Chinese names sound, for the order and the index of printed lists; code-point order is no order.

The one thing a reader would get wrong: the library reads characters, and place names have readings of their own
(长滩 is Chángtān). What it gets wrong is listed here.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from pypinyin import lazy_pinyin

_READINGS = {
    "长滩": ["chang", "tan"],
    "长荣": ["chang", "rong"],
    "长野": ["chang", "ye"],
    "朴次茅斯": ["pu", "ci", "mao", "si"],
}


@lru_cache(maxsize=20_000)
def sounds(text: str) -> str:
    """A key that sorts Chinese by pinyin among Latin names by their letters: case, accents and signs aside."""
    syllables: list[str] = []
    rest = text
    while rest:
        known = next((name for name in _READINGS if rest.startswith(name)), None)
        if known:
            syllables += _READINGS[known]
            rest = rest[len(known) :]
            continue
        cut = min((found for name in _READINGS if (found := rest.find(name)) > 0), default=len(rest))
        syllables += lazy_pinyin(rest[:cut])
        rest = rest[cut:]
    return " ".join("".join(_plain(" ".join(syllables))).split())


def initial(text: str) -> str:
    """The letter A-Z under which an index lists `text`; "#" for anything else."""
    key = sounds(text)[:1].upper()
    return key if "A" <= key <= "Z" else "#"


def _plain(text: str) -> str:
    folded = unicodedata.normalize(
        "NFKD", text.replace("Ł", "L").replace("ł", "l").replace("ß", "ss")
    ).casefold()
    kept = (each for each in folded if not unicodedata.combining(each))
    return "".join(each if each.isalnum() else " " for each in kept)
