"""Numbered pages of a list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import request

from warehouse_hub.core.errors import InvalidInput

DEEPEST_PAGE = 1000


@dataclass(frozen=True)
class Pages:
    """One page among the pages of a list of `total` rows; `address` writes the link to another."""

    number: int
    size: int
    total: int
    address: Callable[[int], str]

    @property
    def last(self) -> int:
        return max(1, min(DEEPEST_PAGE, -(-self.total // self.size)))

    @property
    def first_row(self) -> int:
        return (self.number - 1) * self.size + 1

    @property
    def last_row(self) -> int:
        return min(self.number * self.size, self.total)

    @property
    def numbers(self) -> list[int | None]:
        """The page numbers to show: the ends, the neighbours, and None for each gap."""
        near = {1, self.last, *range(self.number - 2, self.number + 3)}
        shown: list[int | None] = []
        for number in sorted(one for one in near if 1 <= one <= self.last):
            if shown and shown[-1] is not None and number > shown[-1] + 1:
                shown.append(None)
            shown.append(number)
        return shown


def page_number() -> int:
    """The page that the address asks for; raises InvalidInput("page.unreadable")."""
    text = request.args.get("page") or "1"
    if not text.isdecimal() or len(text) > len(str(DEEPEST_PAGE)) or not 1 <= int(text) <= DEEPEST_PAGE:
        raise InvalidInput("page.unreadable", page=text[:20])
    return int(text)
