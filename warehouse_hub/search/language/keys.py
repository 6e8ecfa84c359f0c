"""The keys of the query language and their values: `country:德国`, `service:"cold storage"`, `near:汉堡 100km`.

The one thing to get wrong: a value ends where it stops being understood. In "国家：德国，一件代发" the value is
德国, and the rest of the sentence is read on.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from warehouse_hub.places.gazetteer import Place, default_gazetteer
from warehouse_hub.search.language import senses
from warehouse_hub.search.language.amounts import amounts_in, area_value, read_area, read_distance
from warehouse_hub.search.language.known_places import places_meant
from warehouse_hub.search.language.reach import NEAR_KM
from warehouse_hub.search.language.understood import Sense
from warehouse_hub.search.language.words import canonical
from warehouse_hub.search.text.analysis import fold

KEYS: Final = {
    "country": ("country", "region_set"),
    "国家": ("country", "region_set"),
    "region": ("region_set", "country", "place"),
    "region_set": ("region_set", "country"),
    "地区": ("region_set", "country", "place"),
    "区域": ("region_set", "country", "place"),
    "service": ("service",),
    "服务": ("service",),
    "goods": ("goods",),
    "货类": ("goods",),
    "货物": ("goods",),
    "品类": ("goods",),
    "platform": ("platform",),
    "平台": ("platform",),
    "class": ("record_class",),
    "record_class": ("record_class",),
    "类别": ("record_class",),
    "类型": ("record_class",),
    "grade": ("grade",),
    "evidence": ("grade",),
    "证据": ("grade",),
    "核验": ("grade",),
    "city": ("city",),
    "城市": ("city",),
    "area": ("area",),
    "面积": ("area",),
    "near": ("place",),
    "附近": ("place",),
    "operator": ("text",),
    "运营商": ("text",),
    "运营主体": ("text",),
}
_LONGEST_NAME: Final = 60
_MOST_WORDS_OF_A_NAME: Final = 4
_QUOTED: Final = re.compile('["＂“”]([^"＂“”]*)["＂“”]|「([^「」]*)」|『([^『』]*)』')
_PART: Final = re.compile(r'[^\s"＂“”,，;；、。|!！?？()（）]+')
_COMMA: Final = re.compile(r"[,，、|]\s*(?=\S)")
_WORD_OF_A_NAME: Final = re.compile(r'[^\s"＂“”,，;；、。]+')
_BETWEEN: Final = re.compile(r"[\s,，]*")
_POINT: Final = re.compile(r"(-?\d{1,2}(?:\.\d+)?)\s*[,，]\s*(-?\d{1,3}(?:\.\d+)?)(?![.\w])")
_BARE_KM: Final = re.compile(r"(?:\s*[,，]\s*|\s+)(\d{1,5}(?:\.\d+)?)(?![.\w])")


class Taken(NamedTuple):
    """A value and where it ends; `senses` are what it can mean, best first."""

    senses: tuple[Sense, ...]
    end: int


def value_end(typed: str, at: int) -> int:
    """Where the value ends that stands at a place and is not understood: one word, or one quotation."""
    found = _QUOTED.match(typed, at) or _PART.match(typed, at)
    return found.end() if found else at


def take_text(typed: str, at: int) -> tuple[str, int] | None:
    """The text that a key of "text" stands before, and where it ends; None for one without a letter."""
    part = _part(typed, at)
    return part if part and canonical(part[0]) else None


def take_value(key: str, typed: str, at: int) -> Taken | None:
    """The value of a key of KEYS that stands at a place of a text; None where it is not understood."""
    for kind in KEYS[key]:
        read = _READERS.get(kind)
        taken = read(typed, at) if read else _codes(kind, typed, at)
        if taken is not None:
            return taken
    return None


def _codes(kind: str, typed: str, at: int) -> Taken | None:
    codes: list[str] = []
    end = at
    while (part := _part(typed, at)) and (code := _code(kind, part[0])):
        codes.append(code)
        end = part[1]
        comma = _COMMA.match(typed, end)
        if comma is None:
            break
        at = comma.end()
    return Taken((senses.of_codes(kind, tuple(dict.fromkeys(codes))),), end) if codes else None


def _part(typed: str, at: int) -> tuple[str, int] | None:
    """A word or a quotation that stands at a place, and where it ends."""
    if quoted := _QUOTED.match(typed, at):
        return next(group for group in quoted.groups() if group is not None), quoted.end()
    found = _PART.match(typed, at)
    return (found[0], found.end()) if found else None


def _code(kind: str, written: str) -> str | None:
    codes = senses.LISTS[kind]
    return codes.find(written) or codes.find(fold(written))


def _area(typed: str, at: int) -> Taken | None:
    if quoted := _QUOTED.match(typed, at):
        end, written = quoted.end(), typed[at + 1 : quoted.end() - 1]
    else:
        end = area_value(typed, at)
        written = typed[at:end]
    bounds = read_area(written)
    return Taken((senses.of_area(bounds),), end) if bounds else None


def _city(typed: str, at: int) -> Taken | None:
    part = _part(typed, at)
    if part is None or not fold(part[0]).strip() or len(part[0]) > _LONGEST_NAME:
        return None
    towns = [_town_of(place) for place in places_meant(part[0]) if place.kind != "region"]
    meant = [senses.of_town(town) for town in towns] or [senses.of_town_called(part[0].strip())]
    return Taken(senses.distinct(meant), part[1])


def _town_of(place: Place) -> Place:
    return default_gazetteer().town_of(place)


def _place(typed: str, at: int) -> Taken | None:
    if point := _POINT.match(typed, at):
        north, east = float(point[1]), float(point[2])
        if abs(north) <= 90 and abs(east) <= 180:
            km, end = _km_behind(typed, point.end())
            return Taken((senses.of_point(north, east, km or NEAR_KM),), end)
    for name_end, name in _names(typed, at):
        if places := places_meant(name):
            km, end = _km_behind(typed, name_end)
            meant = (senses.of_place(place, km, with_country=len(places) > 1) for place in places)
            return Taken(senses.distinct(meant), end)
    return None


def _names(typed: str, at: int) -> list[tuple[int, str]]:
    """What may be the name, the likeliest first, each with its end: up to a distance, else as long as there is one."""
    if quoted := _QUOTED.match(typed, at):
        return [(quoted.end(), typed[at + 1 : quoted.end() - 1])]
    ends: list[int] = []
    end = at
    while len(ends) < _MOST_WORDS_OF_A_NAME and (word := _WORD_OF_A_NAME.match(typed, end)):
        if (figure := _figure_in(typed, word.start(), word.end())) is not None:
            ends += [figure] if figure > word.start() else []
            break
        ends.append(word.end())
        between = _BETWEEN.match(typed, word.end())
        end = between.end() if between else word.end()
    names = ((end, typed[at:end].strip(" ,，")) for end in reversed(ends))
    return [(end, name) for end, name in names if 0 < len(name) <= _LONGEST_NAME]


def _figure_in(typed: str, start: int, end: int) -> int | None:
    """Where a name ends because a distance begins, as in 汉堡100km, or because it was no name but a figure."""
    if typed[start:end].isdigit():
        return start
    return next((at for at in range(start, end) if read_distance(typed, at)), None)


def _km_behind(typed: str, at: int) -> tuple[float | None, int]:
    """The distance behind a place and where it ends; a bare figure counts unless its unit makes it an area."""
    between = _BETWEEN.match(typed, at)
    if distance := read_distance(typed, between.end() if between else at):
        return distance
    if (figure := _BARE_KM.match(typed, at)) and (distance := read_distance(f"{figure[1]}km")):
        areas = amounts_in(typed, figure.start(1), len(typed))
        if not (areas and areas[0].start == figure.start(1)):
            return distance[0], figure.end()
    return None, at


_READERS: Final[dict[str, Callable[[str, int], Taken | None]]] = {
    "area": _area,
    "city": _city,
    "place": _place,
}
