"""Reading search parameters one by one, with every fault kept as a problem under the parameter's name."""

from __future__ import annotations

import math
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from typing import Any, Final

from warehouse_hub.core.errors import Problem
from warehouse_hub.search.geography.shapes import Box
from warehouse_hub.search.text.analysis import fold
from warehouse_hub.vocabulary.codes import (
    AREA_BANDS,
    EVIDENCE_GRADES,
    GOODS_CLASSES,
    PLATFORMS,
    RECORD_CLASSES,
    SERVICES,
)
from warehouse_hub.vocabulary.countries import COUNTRIES
from warehouse_hub.vocabulary.region_sets import REGION_SETS

LONGEST_TEXT: Final = 500
MOST_VALUES: Final = 300
MOST_IDS: Final = 1000
MOST_CENTRES: Final = 10
LONGEST_NAME: Final = 100
LEAST_CORNERS, MOST_CORNERS = 3, 500

Point = tuple[float, float]

# Parameter: its closed list, what the refusal calls it, and whether its codes are written in capitals.
CODE_LISTS: Final[dict[str, tuple[Container[str], str, bool]]] = {
    "country": (COUNTRIES, "filter.unknown_country", True),
    "region_set": (REGION_SETS, "filter.unknown_region_set", True),
    "service": (SERVICES, "filter.unknown_service", False),
    "service_any": (SERVICES, "filter.unknown_service", False),
    "goods": (GOODS_CLASSES, "filter.unknown_goods", False),
    "platform": (PLATFORMS, "filter.unknown_platform", False),
    "record_class": (RECORD_CLASSES, "filter.unknown_record_class", False),
    "grade": (EVIDENCE_GRADES, "filter.unknown_grade", False),
    "area_band": (AREA_BANDS, "filter.unknown_area_band", False),
    "not_country": (COUNTRIES, "filter.unknown_country", True),
    "not_region_set": (REGION_SETS, "filter.unknown_region_set", True),
    "not_service": (SERVICES, "filter.unknown_service", False),
    "not_goods": (GOODS_CLASSES, "filter.unknown_goods", False),
    "not_platform": (PLATFORMS, "filter.unknown_platform", False),
    "not_record_class": (RECORD_CLASSES, "filter.unknown_record_class", False),
}
LISTS: Final = (*CODE_LISTS, "city", "ids")


class ParameterReader:
    """Reads values by name; an empty value is an absent one, as an empty field of a form sends it."""

    def __init__(self, params: Mapping[str, Any]) -> None:
        self._params = params
        self.problems: list[Problem] = []

    def problem(self, code: str, name: str, **facts: Any) -> None:
        self.problems.append(Problem(code, column=name, facts=facts))

    def refuse_other_names(self, known: Collection[str]) -> None:
        for name in self._params:
            if name not in known:
                self.problem("filter.unknown", name[:40])

    def states(self, name: str) -> bool:
        """Whether the parameter stands there at all, read or not."""
        return bool(self._values(name))

    def single(self, name: str) -> str | None:
        values = self._values(name)
        if len(values) > 1:
            self.problem("filter.too_many", name, most=1)
        return values[0] if values else None

    def text(self, name: str) -> str:
        value = self.single(name) or ""
        if len(value) > LONGEST_TEXT:
            self.problem("filter.too_long", name, most=LONGEST_TEXT)
            return ""
        return value

    def codes(self, name: str) -> tuple[str, ...]:
        """Codes of a closed list, repeated or separated by commas, each once."""
        known, refusal, capitals = CODE_LISTS[name]
        written = self._split(name, MOST_VALUES)
        codes = tuple(dict.fromkeys(code.upper() if capitals else code.lower() for code in written))
        for code in codes:
            if code not in known:
                self.problem(refusal, name, value=code[:40])
        return tuple(code for code in codes if code in known)

    def ids(self, name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._split(name, MOST_IDS)))

    def cities(self, name: str) -> tuple[str, ...]:
        """Cities as "US/los angeles", or by their bare folded names, which mean them in every country."""
        cities = []
        for written in self._split(name, MOST_VALUES):
            if len(written) > LONGEST_NAME:
                self.problem("filter.too_long", name, most=LONGEST_NAME)
                continue
            before, _, after = written.partition("/")
            country = f"{before.upper()}/" if after and len(before) == 2 else ""
            if country and before.upper() not in COUNTRIES:
                self.problem("filter.unknown_country", name, value=before)
            elif city := fold(after if country else written).strip():
                cities.append(country + city)
            else:
                self.problem("filter.unreadable", name, value=written)
        return tuple(dict.fromkeys(cities))

    def flag(self, name: str) -> bool:
        value = (self.single(name) or "0").lower()
        if value not in ("0", "1", "false", "true"):
            self.problem("filter.unreadable", name, value=value[:40])
        return value in ("1", "true")

    def number(self, name: str, least: float, most: float) -> float | None:
        value = self.single(name)
        if value is None:
            return None
        number = _number(value)
        if number is None:
            self.problem("filter.unreadable", name, value=value[:40])
        elif not least <= number <= most:
            self.problem("filter.out_of_range", name, least=least, most=most)
        else:
            return number
        return None

    def whole(self, name: str, least: int, most: int) -> int | None:
        number = self.number(name, least, most)
        if number is not None and number != int(number):
            self.problem("filter.unreadable", name, value=written_number(number))
            return None
        return None if number is None else int(number)

    def one_of(self, name: str, known: Sequence[str]) -> str | None:
        value = self.single(name)
        if value is None or value in known:
            return value
        self.problem(f"filter.unknown_{name}", name, value=value[:40], known=list(known))
        return None

    def points(self, name: str) -> tuple[Point, ...]:
        """ "latitude,longitude" in degrees, the parameter repeated for every further point."""
        written = list(dict.fromkeys(self._values(name)))
        if len(written) > MOST_CENTRES:
            self.problem("filter.too_many", name, most=MOST_CENTRES)
        points = (self._point(name, value, farthest_east=180) for value in written[:MOST_CENTRES])
        return tuple(dict.fromkeys(point for point in points if point is not None))

    def polygon(self, name: str) -> tuple[Point, ...]:
        """Corners as "latitude,longitude;latitude,longitude;...", brought back from a world scrolled sideways.

        A polygon over the antimeridian has longitudes beyond ±180: nothing else would tell which way round it goes.
        """
        value = self.single(name)
        if value is None:
            return ()
        written = [corner for corner in value.split(";") if corner.strip()]
        if len(written) < LEAST_CORNERS:
            self.problem("filter.too_few", name, least=LEAST_CORNERS)
            return ()
        if len(written) > MOST_CORNERS:
            self.problem("filter.too_many", name, most=MOST_CORNERS)
            return ()
        corners: list[Point] = []
        for each in written:
            corner = self._point(name, each, farthest_east=540)
            if corner is None:
                return ()
            corners.append(corner)
        middle = (min(east for _, east in corners) + max(east for _, east in corners)) / 2
        turns = 360.0 * math.floor((middle + 180) / 360)
        return tuple((north, east - turns) for north, east in corners)

    def box(self, name: str) -> Box | None:
        """ "west,south,east,north" in degrees, as a map sends it: a world scrolled sideways is brought back."""
        value = self.single(name)
        numbers = None if value is None else self._numbers(name, value, 4)
        if numbers is None:
            return None
        west, south, east, north = numbers
        if south > north:
            self.problem("filter.south_above_north", name)
            return None
        if abs(south) > 90 or abs(north) > 90 or max(abs(west), abs(east)) > 1080:
            self.problem("filter.out_of_range", name, least="-180,-90,-180,-90", most="180,90,180,90")
            return None
        if east - west >= 360:
            return Box(-180.0, south, 180.0, north)
        # 180 and -180 are one meridian: a box that begins or ends there holds both.
        first = 180.0 if west == -180 and east < 180 else _wrapped(west)
        last = -180.0 if east == 180 and west > -180 else _wrapped(east)
        return Box(first, south, last, north)

    def _values(self, name: str) -> list[str]:
        getlist = getattr(self._params, "getlist", None)
        found = getlist(name) if getlist else self._params.get(name)
        if found is None:
            return []
        several: Iterable[Any] = found if isinstance(found, list | tuple | set | frozenset) else (found,)
        return [text for text in (str(value).strip() for value in several if value is not None) if text]

    def _split(self, name: str, most: int) -> list[str]:
        parts = [part.strip() for value in self._values(name) for part in value.split(",")]
        if len(parts) > most:
            self.problem("filter.too_many", name, most=most)
        return [part for part in parts[:most] if part]

    def _point(self, name: str, value: str, *, farthest_east: float) -> Point | None:
        numbers = self._numbers(name, value, 2)
        if numbers is None:
            return None
        latitude, longitude = numbers
        if abs(latitude) > 90 or abs(longitude) > farthest_east:
            self.problem(
                "filter.out_of_range", name, least=f"-90,-{farthest_east}", most=f"90,{farthest_east}"
            )
            return None
        return latitude, longitude

    def _numbers(self, name: str, value: str, count: int) -> list[float] | None:
        numbers = [number for part in value.split(",") if (number := _number(part)) is not None]
        if len(numbers) != count or value.count(",") != count - 1:
            self.problem("filter.unreadable", name, value=value[:80])
            return None
        return numbers


def written_number(number: float | None) -> str | None:
    """A number as it is read back exactly, without a decimal point where it is whole."""
    if number is None:
        return None
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(float(number))


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _wrapped(longitude: float) -> float:
    if -180 <= longitude <= 180:
        return longitude
    return (longitude + 180) % 360 - 180
