"""What a search asks for, and the one reader of its parameters for the page, the API and the command.

A repeated `service` means all of them; every other repeated filter means any of them. Nothing is guessed: a value
that cannot be read is a problem with its parameter's name, never a filter left out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from warehouse_hub.core.errors import InvalidInput
from warehouse_hub.search.cursor import Cursor
from warehouse_hub.search.geography import Box
from warehouse_hub.search.parameters import CODE_LISTS, LISTS, ParameterReader, written_number

SORTS: Final = ("relevance", "distance", "available", "freshness", "name")
MOST_ITEMS: Final = 100
FARTHEST_KM: Final = 20_100.0
LARGEST_M2: Final = 1e9


@dataclass(frozen=True)
class SearchQuery:
    """One search. Coordinates are (latitude, longitude); areas m²; an empty tuple or None is no condition.

    `sort` None is by distance where there is a point and no text, else by relevance.
    """

    q: str = ""
    country: tuple[str, ...] = ()
    region_set: tuple[str, ...] = ()
    service: tuple[str, ...] = ()
    service_any: tuple[str, ...] = ()
    goods: tuple[str, ...] = ()
    platform: tuple[str, ...] = ()
    record_class: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    min_available_m2: float | None = None
    near: tuple[float, float] | None = None
    within_km: float | None = None
    bbox: Box | None = None
    sort: str | None = None
    dataset: str = "real"
    limit: int = 20
    cursor: str | None = None

    @classmethod
    def from_params(cls, params: Mapping[str, Any], *, also: Collection[str] | None = None) -> SearchQuery:
        """Read a query string, as a dict of values or lists or as werkzeug's MultiDict.

        Other names are passed over, unless `also` lists the ones that may stand there. Raises
        InvalidInput("search.invalid") with every problem found: `filter.unknown_*` for a code that no list has,
        `filter.unreadable`, `filter.out_of_range`, `filter.too_many`, `filter.too_long`, `filter.needs_near`,
        `filter.unknown` for a name nobody knows, `cursor.invalid`.
        """
        read = ParameterReader(params)
        query = cls(
            q=read.text("q"),
            **{name: read.codes(name) for name in CODE_LISTS},
            ids=read.ids("ids"),
            min_available_m2=read.number("min_available_m2", 0.0, LARGEST_M2),
            near=read.point("near"),
            within_km=read.number("within_km", 0.0, FARTHEST_KM),
            bbox=read.box("bbox"),
            sort=read.one_of("sort", SORTS),
            dataset=read.one_of("dataset", ("real", "demo")) or "real",
            limit=read.whole("limit", 1, MOST_ITEMS) or 20,
            cursor=read.single("cursor"),
        )
        if query.near is None and read.single("near") is None:
            for name, asked in (
                ("within_km", query.within_km is not None),
                ("sort", query.sort == "distance"),
            ):
                if asked:
                    read.problem("filter.needs_near", name)
        if query.cursor is not None and Cursor.read(query.cursor) is None:
            read.problem("cursor.invalid", "cursor")
        if also is not None:
            read.refuse_other_names({*query.__dataclass_fields__, *also})
        if read.problems:
            raise InvalidInput("search.invalid", read.problems)
        return query

    @property
    def order(self) -> str:
        """The sort that is in force."""
        if self.sort is not None:
            return self.sort
        return "distance" if self.near is not None and not self.q.strip() else "relevance"

    def to_params(self) -> dict[str, list[str]]:
        """The parameters that `from_params` reads back as this query; what is at its default is left out."""
        single: dict[str, str | None] = {
            "q": self.q or None,
            "min_available_m2": written_number(self.min_available_m2),
            "near": _joined(self.near),
            "within_km": written_number(self.within_km),
            "bbox": _joined((self.bbox.west, self.bbox.south, self.bbox.east, self.bbox.north))
            if self.bbox
            else None,
            "sort": self.sort,
            "dataset": None if self.dataset == "real" else self.dataset,
            "limit": None if self.limit == 20 else str(self.limit),
            "cursor": self.cursor,
        }
        params = {name: list(getattr(self, name)) for name in LISTS if getattr(self, name)}
        return params | {name: [value] for name, value in single.items() if value is not None}

    @property
    def digest(self) -> str:
        """Tells whether a cursor belongs to this search: everything but the page is part of it."""
        asked = {name: values for name, values in self.to_params().items() if name not in ("limit", "cursor")}
        return hashlib.blake2b(repr(sorted(asked.items())).encode(), digest_size=6).hexdigest()


def _joined(numbers: tuple[float, ...] | None) -> str | None:
    return None if numbers is None else ",".join(written_number(number) or "" for number in numbers)
