"""The marks of the query language: quotation, exclusion, an open end, `key:value`; all the rest is bare text.

The one thing to get wrong: a mark counts only where one would put it. A hyphen inside a word, a quotation that is
never closed and a colon behind a word that is no key are text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from warehouse_hub.search.text.analysis import fold

_PARTED: Final = r"\s,，;；、。!！?？()（）\[\]【】"
_GAP: Final = re.compile(f"[{_PARTED}]+")
MINUS: Final = "-－−﹣"
_MINUS: Final = re.compile(f"[{MINUS}]+")
_QUOTED: Final = re.compile(
    '["＂]([^"＂”]*)["＂”]|[“„]([^"“„”]*)["”]|「([^「」]*)」|『([^『』]*)』|«([^«»]*)»'
)
_KEY: Final = re.compile(r"([^\W\d_]+(?:_[^\W\d_]+)*)[:：﹕]\s*")
_CHUNK: Final = re.compile(f'[^{_PARTED}"＂“„「『«*＊]+')
_STARS: Final = re.compile("[*＊]*")


@dataclass(frozen=True)
class Mark:
    """A stretch of what was typed, `start` to `end`; `inner` is what stands between quotation marks.

    `open_ended` text was followed by a star. What a key's value is, whoever takes it says.
    """

    kind: Literal["bare", "quoted", "keyed"]
    start: int
    end: int
    excluded: bool = False
    open_ended: bool = False
    inner: str = ""


TakeValue = Callable[[str, int, int, bool], int | None]


def marks(typed: str, take: TakeValue | None = None) -> Iterator[Mark]:
    """The marks of a text in order; bare ones are single chunks without spaces.

    `take(key, start, at, excluded)` is given a folded word before a colon, where the mark starts and where its value
    would; it answers where the value ends, or None when that word is no key. Without it there are no keys.
    """
    at = 0
    while at < len(typed):
        if gap := _GAP.match(typed, at):
            at = gap.end()
            continue
        start = at
        # Behind another mark, a star or a quotation, it is a hyphen.
        minus = _MINUS.match(typed, at) if at == 0 or _GAP.match(typed, at - 1) else None
        if minus:
            at = minus.end()
        excluded = minus is not None and at < len(typed) and not _GAP.match(typed, at)
        mark = _quoted(typed, start, at, excluded) or (take and _keyed(typed, start, at, excluded, take))
        mark = mark or _bare(typed, start, at, excluded)
        if mark is None:
            at += 1
            continue
        yield mark
        at = mark.end


def _quoted(typed: str, start: int, at: int, excluded: bool) -> Mark | None:  # noqa: FBT001
    found = _QUOTED.match(typed, at)
    # A quotation mark behind a figure is inches.
    if found is None or (typed[at] in '"＂' and typed[at - 1 : at].isdigit()):
        return None
    inner = next(group for group in found.groups() if group is not None)
    return Mark("quoted", start, found.end(), excluded, inner=inner)


def _keyed(typed: str, start: int, at: int, excluded: bool, take: TakeValue) -> Mark | None:  # noqa: FBT001
    found = _KEY.match(typed, at)
    if found is None or (start and not excluded and not _GAP.match(typed, start - 1)):
        return None
    end = take(fold(found[1]), start, found.end(), excluded)
    return None if end is None else Mark("keyed", start, end, excluded)


def _bare(typed: str, start: int, at: int, excluded: bool) -> Mark | None:  # noqa: FBT001
    found = _CHUNK.match(typed, at)
    if found is None:
        return None
    stars = _STARS.match(typed, found.end())
    end = stars.end() if stars else found.end()
    return Mark("bare", start, end, excluded, end > found.end(), inner=found[0])
