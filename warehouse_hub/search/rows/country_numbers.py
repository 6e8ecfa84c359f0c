"""ISO alpha-2 codes as small numbers, so that a column can be counted and looked up in a table."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.vocabulary.region_sets import REGION_SETS, members

NO_COUNTRY: Final = 26 * 26
COUNTRY_SLOTS: Final = NO_COUNTRY + 1


def country_number(iso2: str) -> int:
    """A number below 676 for two capital letters; 676 for anything else."""
    if len(iso2) == 2 and iso2.isascii() and iso2.isalpha() and iso2.isupper():
        return (ord(iso2[0]) - 65) * 26 + ord(iso2[1]) - 65
    return NO_COUNTRY


def country_of(number: int) -> str | None:
    """The code behind a number, None for 676."""
    return None if number == NO_COUNTRY else chr(65 + number // 26) + chr(65 + number % 26)


def countries_table(codes: tuple[str, ...] | frozenset[str]) -> NDArray[np.bool_]:
    """True at the numbers of these countries, for looking up a whole column at once."""
    table = np.zeros(COUNTRY_SLOTS, np.bool_)
    table[[country_number(code) for code in codes]] = True
    table[NO_COUNTRY] = False
    return table


@lru_cache(maxsize=8)
def region_tables(today: date) -> dict[str, NDArray[np.bool_]]:
    """The members of every region set on a civil date, as tables."""
    return {code: countries_table(members(code, today)) for code in REGION_SETS.codes}
