"""Everything that the search page shows of an answer, each part worked out when the template asks for it.

The one thing to get wrong: `query` is the search of the address, `result.asked` what that comes to with the text
understood. Links are made from the first; what is in force is read from the second.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, partial
from urllib.parse import urlencode

from flask import url_for

from warehouse_hub.search.engine import SearchResult
from warehouse_hub.search.language.understanding import understand
from warehouse_hub.search.parameters import written_number
from warehouse_hub.search.query import SearchQuery
from warehouse_hub.web import engine
from warehouse_hub.web.cards import Card
from warehouse_hub.web.chips import Chip, chips
from warehouse_hub.web.display import number
from warehouse_hub.web.facets import ORDER, FacetGroup, facet_groups
from warehouse_hub.web.locale import gettext as _
from warehouse_hub.web.locale import ngettext
from warehouse_hub.web.narrowing import address, parameters
from warehouse_hub.web.paging import Pages
from warehouse_hub.web.prices import unit_choices
from warehouse_hub.web.understanding import NeedRead

RADIUS_KM = 100.0
# Of so many conditions it is tried what would be found without them.
MOST_TRIED = 12
_FIELDS_OF_THE_FILTERS = frozenset({*ORDER, "min_available_m2", "max_available_m2"})


@dataclass(frozen=True)
class Found:
    """The page `page` of a search. `said` is the sentence that its filters were read from, `need` what a text states
    beyond a search; `only_unlocated` where the list holds nothing but what has no coordinates.
    """

    query: SearchQuery
    result: SearchResult
    said: str
    need: NeedRead
    cards: tuple[Card, ...]
    page: int
    only_unlocated: bool = False

    @property
    def text(self) -> str:
        """What stands in the search field."""
        return self.said or self.query.q

    @property
    def is_open(self) -> bool:
        """Whether nothing narrows the search."""
        return not self.chips

    @property
    def is_bounded(self) -> bool:
        """Whether only listings of a known place can be in the list."""
        asked = self.result.asked
        bounds = (
            *(asked.bbox, asked.within_km, asked.port_within_km),
            *(asked.polygon or None, asked.located or None),
        )
        return any(bound is not None for bound in bounds)

    @property
    def total(self) -> int:
        return self.result.total

    @property
    def headline(self) -> str:
        return ngettext("%(n)s warehouse", "%(n)s warehouses", self.total) % {"n": number(self.total)}

    @cached_property
    def chips(self) -> tuple[Chip, ...]:
        return chips(self.query, self.result.understood, self._address, self.need.place_name)

    @cached_property
    def relaxations(self) -> list[tuple[Chip, int]]:
        """Where nothing fits, each condition without which something would, with how many, the most first."""
        if self.total:
            return []
        found = [(chip, engine.answer(replace(chip.less, limit=1)).total) for chip in self.chips[:MOST_TRIED]]
        return sorted(((chip, total) for chip, total in found if total), key=lambda each: -each[1])

    @cached_property
    def facets(self) -> tuple[FacetGroup, ...]:
        return facet_groups(self.query, self.result.understood, self.result.facets, self._address)

    @property
    def unread(self) -> tuple[str, ...]:
        """What of a need was not understood."""
        return self.need.unread if self.said else ()

    @property
    def assumed(self) -> tuple[str, ...]:
        """What had to be assumed of a need's place, while that place is asked for."""
        return self.need.assumed if self.said and self.query.near else ()

    @property
    def beside(self) -> tuple[tuple[str, str], ...]:
        """What a need states that narrows no list."""
        return self.need.beside if self.said else ()

    @property
    def need_address(self) -> str | None:
        """The matching page for the text, where it states what only matching weighs."""
        if not (self.said or self.need.is_worth_matching):
            return None
        return url_for("needs.match", text=self.text) if self.need.needs else None

    @property
    def as_words(self) -> str | None:
        """The address of the same text as plain words; None where it is nothing else already."""
        if self.said:
            return address(SearchQuery(q=self.said, literal=True))
        read_as_filters = not self.query.literal and self.result.understood.filters
        return self._address(replace(self.query, literal=True)) if read_as_filters else None

    @property
    def as_filters(self) -> str | None:
        """The way back from plain words; None where they name no filter."""
        if not (self.query.literal and understand(self.query.q).filters):
            return None
        return self._address(replace(self.query, literal=False))

    @cached_property
    def meant(self) -> tuple[str, str] | None:
        """A text that was perhaps meant, with the address of its search."""
        found = engine.probably_meant(self.query, self.total)
        return (found.text, self._address(replace(self.query, q=found.text))) if found else None

    @property
    def unplaced(self) -> int:
        """How many fit but have no coordinates."""
        return self.result.without_coordinates

    @property
    def unlocated(self) -> str:
        """The address of those results that have no coordinates."""
        return address(self.query, said=self.said, unlocated=True)

    @property
    def first_page(self) -> str:
        """The address of the first page of this list."""
        return self.pages.address(1)

    @property
    def located(self) -> str:
        """The address of all results, from those without coordinates back."""
        return self._address(self.query)

    @property
    def sorts(self) -> tuple[tuple[str, str], ...]:
        """The orders that have a meaning for this search."""
        every = (
            ("relevance", _("Best match")),
            ("available", _("Available area")),
            ("price", _("Storage price, lowest first")),
            ("freshness", _("Newest first")),
            ("name", _("Name")),
        )
        return (("distance", _("Distance")), *every) if self.result.asked.centres else every

    @property
    def sort(self) -> str:
        return self.result.asked.order

    @property
    def price_units(self) -> tuple[tuple[str, str], ...]:
        """What an order by price can compare; nothing to choose on another order."""
        return unit_choices() if self.sort == "price" else ()

    @property
    def price_unit(self) -> str:
        return self.result.asked.price_unit

    @property
    def pages(self) -> Pages:
        def address_of(page: int) -> str:
            return address(self.query, said=self.said, page=page, unlocated=self.only_unlocated)

        return Pages(self.page, self.query.limit, self.total, address_of)

    @property
    def in_force(self) -> int:
        return sum(group.in_force for group in self.facets)

    @property
    def clear(self) -> str:
        return address(SearchQuery())

    @property
    def bbox(self) -> str:
        box = self.query.bbox
        return f"{box.west},{box.south},{box.east},{box.north}" if box else ""

    @property
    def least_area(self) -> str:
        """The area that is asked at least, as its field shows it."""
        return written_number(self.query.min_available_m2) or ""

    @property
    def most_area(self) -> str:
        return written_number(self.query.max_available_m2) or ""

    @property
    def circles(self) -> str:
        """The circles that are asked for, each "latitude,longitude,kilometres", parted by ";"; "" without one."""
        asked = self.result.asked
        km = asked.within_km or RADIUS_KM
        return ";".join(f"{north},{east},{km}" for north, east in asked.centres)

    @property
    def outline(self) -> str:
        """The corners of the polygon that is asked for, each "latitude,longitude", parted by ";"; "" without one."""
        return ";".join(f"{north},{east}" for north, east in self.result.asked.polygon)

    @property
    def written(self) -> str:
        """The whole search as one query string, for the map and for a moved list."""
        return urlencode(parameters(self.query, self.said))

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What the filter form carries along unseen: everything it has no field for."""
        return [pair for pair in parameters(self.query, self.said) if pair[0] not in _FIELDS_OF_THE_FILTERS]

    @property
    def carried_by_sort(self) -> list[tuple[str, str]]:
        return [pair for pair in parameters(self.query, self.said) if pair[0] not in {"sort", "price_unit"}]

    @cached_property
    def _address(self) -> Callable[[SearchQuery], str]:
        return partial(address, said=self.said)
