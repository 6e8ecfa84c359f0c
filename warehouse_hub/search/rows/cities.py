"""Cities as numbers: every town that a listing names, by country and folded name.

Numbers are only ever added, so the table of a process may grow past the one on disk and every stored number keeps
its meaning.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from warehouse_hub.search.rows.schema import NO_CITY
from warehouse_hub.search.text.analysis import fold


@dataclass(frozen=True)
class City:
    """A town as listings write it; `code` is its country and its folded name: "US/los angeles"."""

    code: str
    name: str
    name_zh: str | None


class Cities:
    """Numbers for cities; 0 is for listings that name none. Grows under one thread, is read by many."""

    def __init__(self, cities: Iterable[City] = ()) -> None:
        self._cities = [City("", "", None), *cities]
        self._numbers = {city.code: number for number, city in enumerate(self._cities) if number}

    def __len__(self) -> int:
        return len(self._cities)

    def __getitem__(self, number: int) -> City:
        return self._cities[number]

    def number(self, country: str, name: str | None, name_zh: str | None) -> int:
        """The number of a listing's city, a new one for a new city."""
        written = name or name_zh
        if not written:
            return NO_CITY
        return self.number_of(City(city_code(country, written), written, name_zh))

    def number_of(self, city: City) -> int:
        """The number of a city, a new one for a new city; 0 for the city without a code."""
        if not city.code:
            return NO_CITY
        number = self._numbers.get(city.code)
        if number is None:
            number = self._numbers[city.code] = len(self._cities)
            self._cities.append(city)
        return number

    def matching(self, asked: str) -> list[int]:
        """The cities meant by a code, or by a bare name in either language in any country."""
        if asked in self._numbers:
            return [self._numbers[asked]]
        name = fold(asked)
        return [
            number
            for number, city in enumerate(self._cities[1:], start=1)
            if city.code.partition("/")[2] == name or (city.name_zh and fold(city.name_zh) == name)
        ]

    def since(self, number: int) -> list[City]:
        """The cities from a number on, for a file that continues this table."""
        return self._cities[number:]


def city_code(country: str, name: str) -> str:
    """The code of a city under which its spellings meet."""
    return f"{country}/{fold(name)}"
