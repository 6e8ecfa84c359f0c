"""Reading search parameters one by one, with every fault kept as a problem under the parameter's name."""

from __future__ import annotations

import math
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from typing import Any, Final

from warehouse_hub.core.errors import Problem
from warehouse_hub.search.geography import Box
from warehouse_hub.vocabulary.codes import GOODS_CLASSES, PLATFORMS, RECORD_CLASSES, SERVICES
from warehouse_hub.vocabulary.countries import COUNTRIES
from warehouse_hub.vocabulary.region_sets import REGION_SETS

LONGEST_TEXT: Final = 500
MOST_VALUES: Final = 300
MOST_IDS: Final = 1000

# Parameter: its closed list, what the refusal calls it, and whether its codes are written in capitals.
CODE_LISTS: Final[dict[str, tuple[Container[str], str, bool]]] = {
    "country": (COUNTRIES, "filter.unknown_country", True),
    "region_set": (REGION_SETS, "filter.unknown_region_set", True),
    "service": (SERVICES, "filter.unknown_service", False),
    "service_any": (SERVICES, "filter.unknown_service", False),
    "goods": (GOODS_CLASSES, "filter.unknown_goods", False),
    "platform": (PLATFORMS, "filter.unknown_platform", False),
    "record_class": (RECORD_CLASSES, "filter.unknown_record_class", False),
}
LISTS: Final = (*CODE_LISTS, "ids")


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

    def point(self, name: str) -> tuple[float, float] | None:
        """ "latitude,longitude" in degrees."""
        numbers = self._numbers(name, 2)
        if numbers is None:
            return None
        latitude, longitude = numbers
        if abs(latitude) > 90 or abs(longitude) > 180:
            self.problem("filter.out_of_range", name, least="-90,-180", most="90,180")
            return None
        return latitude, longitude

    def box(self, name: str) -> Box | None:
        """ "west,south,east,north" in degrees, as a map sends it: a world scrolled sideways is brought back."""
        numbers = self._numbers(name, 4)
        if numbers is None:
            return None
        west, south, east, north = numbers
        if south > north or abs(south) > 90 or abs(north) > 90 or max(abs(west), abs(east)) > 1080:
            self.problem("filter.out_of_range", name, least="-180,-90,-180,-90", most="180,90,180,90")
            return None
        if east - west >= 360:
            return Box(-180.0, south, 180.0, north)
        return Box(_wrapped(west), south, _wrapped(east), north)

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

    def _numbers(self, name: str, count: int) -> list[float] | None:
        value = self.single(name)
        if value is None:
            return None
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
