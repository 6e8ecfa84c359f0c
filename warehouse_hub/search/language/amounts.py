"""Areas and distances as people write them: ">5000", "1000-3000坪", "5000平以上", "100公里内".

The one thing to get wrong: an area that is only named is the least that is wanted; "以下" and "<" turn it around. ">"
is read as "at least", since a filter holds its own edge.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, NamedTuple

from warehouse_hub.core.errors import InvalidInput
from warehouse_hub.vocabulary.codes import UNITS
from warehouse_hub.vocabulary.measures import kind_of
from warehouse_hub.vocabulary.quantities import parse_quantity

FARTHEST_KM: Final = 20_100.0
LARGEST_M2: Final = 1e9
_LONGEST: Final = 60
_MILE_KM: Final = 1.609344
_DISTANCE: Final = re.compile(
    r"(\d{1,5}(?:\.\d{1,3})?)\s*(?:(?:kms?|kilomet(?:er|re)s?)(?![a-z\d])|公里|千米|(?P<miles>mi(?:les?)?(?![a-z\d])|英里))"
    "(?:以内|之内|范围内|内)?",
    re.IGNORECASE,
)
_MORE: Final = ("以上", "及以上", "起", "+", "or more")
_LESS: Final = ("以下", "及以下", "以内", "之内", "or less")
_AT_LEAST: Final = ("大于", "超过", "至少", "不少于", "不低于", "不小于", "at least", "more than", "over")
_AT_MOST: Final = (
    "小于",
    "不超过",
    "不大于",
    "至多",
    "低于",
    "少于",
    "at most",
    "less than",
    "under",
    "up to",
)
_SIGNS: Final = "|".join(sorted((*_AT_LEAST, *_AT_MOST), key=len, reverse=True))
_SIGN: Final = re.compile(rf"\s*(?:(?:可用)?面积\s*)?(>=|=>|>|<=|=<|<|=|≥|≤|{_SIGNS}|min|max)?\s*")
_UPPER: Final = frozenset(("<", "<=", "=<", "≤", "max", *_AT_MOST))
_RANGE: Final = re.compile(r"(?<=[\w²])\s*(?:-|–|—|~|至|到|\.\.)\s*(?=\d)")
# Words that a figure stands before although no area is meant: 20尺柜, 3 ping.
_DOUBTFUL: Final = frozenset({"尺", "平尺", "呎", "ping", "mu", "qm", "sf"})
# 3平台, 5平均: the character belongs to the word behind it.
_NOT_BEFORE: Final = "台均板衡稳安整面价时日常行方米"


@dataclass(frozen=True)
class Bounds:
    """At least and at most so many m²; None where there is no bound, never both."""

    least: float | None = None
    most: float | None = None


class Stretch(NamedTuple):
    """What a stretch of the text, `start` to `end`, was read as: an area, or a distance in km."""

    start: int
    end: int
    value: Bounds | float


def read_distance(typed: str, at: int = 0) -> tuple[float, int] | None:
    """Kilometres and where they end, for a text that has a distance at that place; as far as a place can be."""
    found = _DISTANCE.match(typed, at)
    if found is None:
        return None
    km = float(found[1]) * (_MILE_KM if found["miles"] else 1)
    return (min(km, FARTHEST_KM), found.end()) if km > 0 else None


@lru_cache(maxsize=1024)
def read_area(written: str) -> Bounds | None:
    """The bounds that a text states, in m² where it names no unit; None for anything else."""
    if len(written) > _LONGEST:
        return None
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", written)).casefold().strip(" ,;。、")
    sign = _SIGN.match(text)
    stated = sign[1] if sign and sign[1] else ""
    text = text[sign.end() :] if sign else text
    more, less = text.endswith(_MORE), text.endswith(_LESS)
    for ending in (*_MORE, *_LESS):
        text = text.removesuffix(ending).strip()
    parts = _RANGE.split(text)
    if len(parts) == 2 and not (stated or more or less):
        return _between(*parts)
    if len(parts) > 1 or (stated and (more or less)):
        return None
    area = _area(text, "m2")
    if area is None:
        return None
    return _bounds(None, area) if less or stated in _UPPER else _bounds(area, None)


def amounts_in(typed: str, start: int, end: int) -> list[Stretch]:
    """The areas with their unit and the distances that stand in `typed[start:end]`, in order."""
    found: list[Stretch] = []
    at = start
    while figure := _figure().search(typed, at, end):
        at = figure.end()
        distance = read_distance(typed[:end], figure.start("number"))
        bounds = None if distance else read_area(figure[0]) if figure["unit"] else None
        if distance is not None:
            found.append(Stretch(figure.start("number"), distance[1], distance[0]))
            at = distance[1]
        elif bounds is not None:
            found.append(Stretch(figure.start(), figure.end(), bounds))
    return found


def area_value(typed: str, at: int) -> int:
    """Where the value of an area that stands at that place ends; its unit may follow a space."""
    found = _value().match(typed, at)
    return found.end() if found else at


def _between(lower: str, upper: str) -> Bounds | None:
    # 1000-3000坪: the unit behind the second figure is that of both.
    unit = _unit(upper) or "m2"
    least, most = _area(lower, unit), _area(upper, unit)
    if least is None or most is None or least > most:
        return None
    return _bounds(least, most)


def _bounds(least: float | None, most: float | None) -> Bounds:
    # Outwards, so that who states exactly 500坪 is found by it.
    return Bounds(
        None if least is None else math.floor(least * 100) / 100,
        None if most is None else math.ceil(most * 100) / 100,
    )


def _area(text: str, unit: str) -> float | None:
    try:
        quantity = parse_quantity(text, unit).quantity
    except InvalidInput:
        return None
    if quantity.kind != "area":
        return None
    area = float(quantity.to("m2").value)
    return area if area <= LARGEST_M2 else None


def _unit(text: str) -> str | None:
    try:
        return parse_quantity(text).quantity.unit
    except InvalidInput:
        return None


@cache
def _unit_words(*, all_of_them: bool) -> str:
    words = {
        word
        for unit in UNITS
        if kind_of(unit.code) == "area"
        for word in (unit.zh, unit.en, *unit.words_zh, *unit.words_en, "㎡")
        if all_of_them or word not in _DOUBTFUL
    }
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def _figure() -> re.Pattern[str]:
    number = r"\d[\d,]*(?:\.\d+)?\s?[万千k]?"
    return re.compile(
        rf"(?P<sign>(?:(?:可用)?面积\s*)?(?:(?:>=?|<=?|≥|≤|[＞＜]|{_SIGNS})\s*)?)(?<![\d.,])(?P<number>{number})(?:\s?(?:-|–|~|至|到)\s?{number})?"
        rf"\s?(?:(?P<unit>{_unit_words(all_of_them=False)})(?![a-z{_NOT_BEFORE}])(?:及?以[上下内]|起|\+)?|(?=\D))",
        re.IGNORECASE,
    )


@cache
def _value() -> re.Pattern[str]:
    units = _unit_words(all_of_them=True)
    return re.compile(rf"[<>≥≤＜＞=]*\s*[^\s\"“”]+(?:\s+(?:{units})(?!\w))?", re.IGNORECASE)
