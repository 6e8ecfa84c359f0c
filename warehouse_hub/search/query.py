"""What a search asks for, and the one reader of its parameters for the page, the API and the command.

A repeated `service` means all of them; every other repeated filter means any of them, `near` too. Nothing is guessed:
a value that cannot be read is a problem with its parameter's name, never a filter left out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from warehouse_hub.core.errors import InvalidInput
from warehouse_hub.search.cursor import Cursor
from warehouse_hub.search.geography.shapes import Box
from warehouse_hub.search.parameters import CODE_LISTS, LISTS, ParameterReader, Point, written_number
from warehouse_hub.vocabulary.codes import PRICE_UNITS

SORTS: Final = ("relevance", "distance", "available", "price", "freshness", "name")
MOST_ITEMS: Final = 100
FARTHEST_KM: Final = 20_100.0
LARGEST_M2: Final = 1e9
USUAL_PRICE_UNIT: Final = "m3_day"


@dataclass(frozen=True)
class SearchQuery:
    """One search. Coordinates are (latitude, longitude); areas m²; an empty tuple or None is no condition.

    `within_km` and distances are about the nearest of `centres`. `literal` says that `q` is words alone, nothing in
    it a filter. A city is "US/los angeles", or a bare folded name for that city in any country. `polygon` is read
    even-odd, its longitudes may lie beyond ±180. `port_within_km` is about the nearest major port. `sort` None is by
    distance where there is a point and no text, else by relevance. `price_unit` is what an order by price compares.
    `located` True keeps what has coordinates, False what has none.
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
    near: Point | None = None
    within_km: float | None = None
    bbox: Box | None = None
    sort: str | None = None
    dataset: str = "real"
    limit: int = 20
    cursor: str | None = None
    literal: bool = False
    city: tuple[str, ...] = ()
    grade: tuple[str, ...] = ()
    area_band: tuple[str, ...] = ()
    not_country: tuple[str, ...] = ()
    not_region_set: tuple[str, ...] = ()
    not_service: tuple[str, ...] = ()
    not_goods: tuple[str, ...] = ()
    not_platform: tuple[str, ...] = ()
    not_record_class: tuple[str, ...] = ()
    max_available_m2: float | None = None
    also_near: tuple[Point, ...] = ()
    polygon: tuple[Point, ...] = ()
    port_within_km: float | None = None
    price_unit: str = USUAL_PRICE_UNIT
    located: bool | None = None

    @classmethod
    def from_params(cls, params: Mapping[str, Any], *, also: Collection[str] | None = None) -> SearchQuery:
        """Read a query string, as a dict of values or lists or as werkzeug's MultiDict.

        Other names are passed over, unless `also` lists the ones that may stand there. Raises
        InvalidInput("search.invalid") with every problem found: `filter.unknown_*` for a code that no list has,
        `filter.unreadable`, `filter.out_of_range`, `filter.too_few`, `filter.too_many`, `filter.too_long`,
        `filter.needs_near`, `filter.unknown` for a name nobody knows, `cursor.invalid`. A `price_unit` beside another
        order is read and has no effect: a form without script sends both.
        """
        read = ParameterReader(params)
        centres = read.points("near")
        sort, price_unit = read.one_of("sort", SORTS), read.one_of("price_unit", PRICE_UNITS.codes)
        query = cls(
            q=read.text("q"),
            **{name: read.codes(name) for name in CODE_LISTS},
            city=read.cities("city"),
            ids=read.ids("ids"),
            min_available_m2=read.number("min_available_m2", 0.0, LARGEST_M2),
            max_available_m2=read.number("max_available_m2", 0.0, LARGEST_M2),
            near=centres[0] if centres else None,
            also_near=centres[1:],
            within_km=read.number("within_km", 0.0, FARTHEST_KM),
            port_within_km=read.number("port_within_km", 0.0, FARTHEST_KM),
            bbox=read.box("bbox"),
            polygon=read.polygon("polygon"),
            sort=sort,
            dataset=read.one_of("dataset", ("real", "demo")) or "real",
            limit=read.whole("limit", 1, MOST_ITEMS) or 20,
            cursor=read.single("cursor"),
            literal=read.flag("literal"),
            price_unit=(price_unit if sort == "price" else None) or USUAL_PRICE_UNIT,
            located=read.flag("located") if read.states("located") else None,
        )
        if not read.states("near") and not query.q:
            for name, asked in (
                ("within_km", query.within_km is not None),
                ("sort", query.sort == "distance"),
            ):
                if asked:
                    read.problem("filter.needs_near", name)
        if query.cursor is not None and Cursor.read(query.cursor) is None:
            read.problem("cursor.invalid", "cursor")
        if also is not None:
            read.refuse_other_names({*query.__dataclass_fields__, *also} - {"also_near"})
        if read.problems:
            raise InvalidInput("search.invalid", read.problems)
        return query

    @property
    def order(self) -> str:
        """The sort that is in force."""
        if self.sort is not None:
            return self.sort
        return "distance" if self.near is not None and not self.q.strip() else "relevance"

    @property
    def centres(self) -> tuple[Point, ...]:
        """Every point that distances are measured from, the nearest of which counts."""
        return self.also_near if self.near is None else (self.near, *self.also_near)

    def to_params(self) -> dict[str, list[str]]:
        """The parameters that `from_params` reads back as this query; what is at its default is left out."""
        single: dict[str, str | None] = {
            "q": self.q or None,
            "literal": "1" if self.literal else None,
            "min_available_m2": written_number(self.min_available_m2),
            "max_available_m2": written_number(self.max_available_m2),
            "within_km": written_number(self.within_km),
            "bbox": _joined((self.bbox.west, self.bbox.south, self.bbox.east, self.bbox.north))
            if self.bbox
            else None,
            "polygon": ";".join(_joined(corner) for corner in self.polygon) or None,
            "port_within_km": written_number(self.port_within_km),
            "located": None if self.located is None else str(int(self.located)),
            "sort": self.sort,
            "price_unit": self._stated_price_unit,
            "dataset": None if self.dataset == "real" else self.dataset,
            "limit": None if self.limit == 20 else str(self.limit),
            "cursor": self.cursor,
        }
        params = {name: list(getattr(self, name)) for name in LISTS if getattr(self, name)}
        if self.centres:
            params["near"] = [_joined(centre) for centre in self.centres]
        return params | {name: [value] for name, value in single.items() if value is not None}

    @property
    def _stated_price_unit(self) -> str | None:
        """The unit of an order by price, where it is not the usual one."""
        return self.price_unit if self.sort == "price" and self.price_unit != USUAL_PRICE_UNIT else None

    @property
    def digest(self) -> str:
        """Tells whether a cursor belongs to this search: everything but the page is part of it."""
        asked = {name: values for name, values in self.to_params().items() if name not in ("limit", "cursor")}
        return hashlib.blake2b(repr(sorted(asked.items())).encode(), digest_size=6).hexdigest()


def _joined(numbers: tuple[float, ...]) -> str:
    return ",".join(written_number(number) or "" for number in numbers)
