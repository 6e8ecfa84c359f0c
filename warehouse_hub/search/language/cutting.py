"""Bare text cut into names and what stands between them: the longest name first, at every place from the left.

The one thing to get wrong: 直接发货 holds the goods word 接发 and 到达卡车 holds Dhaka. A name of two characters with
unknown text on both sides is an accident, and is text.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from warehouse_hub.search.language.lexicon import Entry, Lexicon, Meaning, Role, lexicon
from warehouse_hub.search.language.lists import word_list
from warehouse_hub.search.language.plain_words import PARTICLES
from warehouse_hub.search.language.units import Unit, units

# What may follow a name and is part of it: 汉堡港, 加州地区的, and the habit of 仓 behind everything.
_BEHIND_A_NAME: Final = re.compile("(?:港口|港区|港|市区|市|州|省|县|区|地区|站点|站)?的?[仓库]?")
_SHORT: Final = 2
# In capitals alone: "call us" is no country.
_UNITED_STATES: Final = Entry("named", (Meaning("country", "US"),))


class Segment(NamedTuple):
    """A stretch of what was typed, `start` to `end`; of a name the entry says what it can mean."""

    role: Role
    start: int
    end: int
    entry: Entry | None = None


class _Span(NamedTuple):
    role: Role
    first: int
    after: int
    entry: Entry | None = None


def cut(typed: str, start: int, end: int) -> list[Segment]:
    """The segments of `typed[start:end]` in order; spaces and punctuation are in none of them."""
    found = units(typed, start, end)
    spans = [part for span in _merged(_matched(typed, found), found) for part in _without_talk(span, found)]
    spans = _merged([_without_accidents(spans, at, found) for at in range(len(spans))], found)
    spans = [_behind_a_name(spans, at, found) for at in range(len(spans))]
    return [
        Segment(span.role, found[span.first].start, found[span.after - 1].end, span.entry) for span in spans
    ]


def _matched(typed: str, found: list[Unit]) -> list[_Span]:
    known = lexicon()
    spans: list[_Span] = []
    at = 0
    while at < len(found):
        is_america = typed[found[at].start : found[at].end] == "US"
        span = _Span("named", at, at + 1, _UNITED_STATES) if is_america else _longest(known, found, at)
        spans.append(span or _Span("text", at, at + 1))
        at = spans[-1].after
    return spans


def _longest(known: Lexicon, found: list[Unit], at: int) -> _Span | None:
    sizes = known.lengths.get(found[at].text)
    if sizes is None:
        return None
    keys = [found[at].text]
    for unit in found[at + 1 : at + sizes[0]]:
        if unit.glue is None:
            break
        keys.append(f"{keys[-1]}{unit.glue}{unit.text}")
    for size in sizes:
        entry = known.entries.get(keys[size - 1]) if size <= len(keys) else None
        if entry and not (entry.whole_run and _goes_on(found, at, at + size)):
            return _Span(entry.role, at, at + size, entry if entry.role == "named" else None)
    return None


def _goes_on(found: list[Unit], first: int, after: int) -> bool:
    """Whether Chinese text goes on before or behind these units."""
    return found[first].glue == "" or (after < len(found) and found[after].glue == "")


def _merged(spans: list[_Span], found: list[Unit]) -> list[_Span]:
    """Neighbouring Chinese text as one span."""
    merged: list[_Span] = []
    for span in spans:
        if merged and span.role == merged[-1].role == "text" and found[span.first].glue == "":
            merged[-1] = _Span("text", merged[-1].first, span.after)
        else:
            merged.append(span)
    return merged


def _without_talk(span: _Span, found: list[Unit]) -> list[_Span]:
    """A span of text parted from the talk at its ends."""
    if span.role != "text" or not found[span.first].is_cjk:
        return [span]
    text = "".join(unit.text for unit in found[span.first : span.after])
    talk = _talk()
    if talk.whole.fullmatch(text):
        return [_Span("talk", span.first, span.after)]
    before, behind = talk.first.match(text), talk.last.search(text)
    first = span.first + (before.end() if before else 0)
    after = span.first + (behind.start() if behind else len(text))
    parts = (_Span("talk", span.first, first), _Span("text", first, after), _Span("talk", after, span.after))
    return [part for part in parts if part.first < part.after]


def _without_accidents(spans: list[_Span], at: int, found: list[Unit]) -> _Span:
    span = spans[at]
    if span.role != "named" or span.after - span.first != _SHORT or not found[span.first].is_cjk:
        return span
    if at == 0 or at + 1 == len(spans) or not found[span.first].glue == found[span.after].glue == "":
        return span
    return _Span("text", *span[1:3]) if spans[at - 1].role == spans[at + 1].role == "text" else span


def _behind_a_name(spans: list[_Span], at: int, found: list[Unit]) -> _Span:
    span = spans[at]
    if at == 0 or span.role != "text" or spans[at - 1].role != "named":
        return span
    text = " ".join(unit.text for unit in found[span.first : span.after])
    if found[span.first].glue == "" and _BEHIND_A_NAME.fullmatch(text.replace(" ", "")):
        return _Span("habit", span.first, span.after)
    return _Span("habit", span.first, span.after) if text in ("port", "airport", "city") else span


class _Talk(NamedTuple):
    """Text that is talk as a whole, and talk before and behind a name, where single letters may belong to the name."""

    whole: re.Pattern[str]
    first: re.Pattern[str]
    last: re.Pattern[str]


@cache
def _talk() -> _Talk:
    words = sorted({word for word in (*word_list("talk"), *PARTICLES) if not word.isascii()}, key=len)
    every = "|".join(reversed(words))
    sure = "|".join(word for word in reversed(words) if len(word) > 1 or word in PARTICLES)
    return _Talk(re.compile(f"(?:{every})+"), re.compile(f"(?:{sure})+"), re.compile(f"(?:{sure})+$"))
