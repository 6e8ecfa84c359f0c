"""The search page's question and answer: an address in; cards, chips, facets and pages out.

The one thing to get wrong: what a sentence was understood to mean becomes filters of the address, so that every
filter can be taken off by itself, and the sentence stays in the search field (`said`) without narrowing again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import request, url_for

from warehouse_hub.directory.published import published_listings
from warehouse_hub.search.parameters import written_number
from warehouse_hub.search.query import SearchQuery
from warehouse_hub.web import narrowing
from warehouse_hub.web.cards import Card, card
from warehouse_hub.web.context import reading, today
from warehouse_hub.web.display import number
from warehouse_hub.web.engine import Answer, numbered_page
from warehouse_hub.web.locale import dataset, lang, ngettext
from warehouse_hub.web.narrowing import Chip, FacetGroup, address
from warehouse_hub.web.paging import Pages, page_number
from warehouse_hub.web.understanding import Understood, understand

PAGE_SIZE = 10
LONGEST_TEXT = 400
RADIUS_KM = 100.0
_FIELDS_OF_THE_FILTERS = {*narrowing.FACETS, "min_available_m2"}


@dataclass(frozen=True)
class Found:
    """Everything the search page shows. `unread` is what of the sentence was not understood."""

    query: SearchQuery
    said: str
    assumed: tuple[str, ...]
    unread: tuple[str, ...]
    answer: Answer
    cards: tuple[Card, ...]
    pages: Pages
    facets: tuple[FacetGroup, ...]
    chips: tuple[Chip, ...]
    sorts: tuple[tuple[str, str], ...]
    need_address: str | None

    @property
    def text(self) -> str:
        """What stands in the search field."""
        return self.said or self.query.q

    @property
    def is_open(self) -> bool:
        """Whether nothing narrows the search."""
        return not self.chips and not self.unread

    @property
    def is_bounded(self) -> bool:
        """Whether only listings of a known place can be in the list."""
        return self.query.bbox is not None or self.query.within_km is not None

    @property
    def total(self) -> int:
        return self.answer.total

    @property
    def headline(self) -> str:
        return ngettext("%(n)s warehouse", "%(n)s warehouses", self.total) % {"n": number(self.total)}

    @property
    def sort(self) -> str:
        return self.query.order

    @property
    def ticked(self) -> int:
        return sum(option.ticked for group in self.facets for option in group.options)

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
    def near_circle(self) -> str:
        """The circle that was asked for as "latitude,longitude,kilometres"; "" without one."""
        if self.query.near is None:
            return ""
        return f"{self.query.near[0]},{self.query.near[1]},{self.query.within_km or RADIUS_KM}"

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The whole search as parameters of its address."""
        more = [("said", self.said)] if self.said else []
        if dataset() == "demo":
            more.append(("dataset", "demo"))
        return [*narrowing.pairs(self.query), *more]

    @property
    def written(self) -> str:
        """The same as one query string, for the map and for a moved list."""
        return urlencode(self.parameters)

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What the filter form carries along unseen: everything it has no field for."""
        return [pair for pair in self.parameters if pair[0] not in _FIELDS_OF_THE_FILTERS]

    @property
    def carried_by_sort(self) -> list[tuple[str, str]]:
        return [pair for pair in self.parameters if pair[0] != "sort"]


def find() -> Found:
    """Answer the search that this request's address states.

    Raises InvalidInput("search.invalid" | "page.unreadable").
    """
    asked = replace(SearchQuery.from_params(request.args), dataset=dataset(), limit=PAGE_SIZE, cursor=None)
    said = " ".join(request.args.get("said", "").split())[:LONGEST_TEXT]
    understood = understand(asked.q or said)
    query, unread, answered = _answered(asked, understood)
    if asked.q and query.q != asked.q:
        said = asked.q
    place_name = understood.place_name(query.near, lang()) if query.near else None
    return Found(
        query=query,
        said=said,
        assumed=understood.assumed if query.near else (),
        unread=unread,
        answer=answered,
        cards=_cards(query, answered),
        pages=Pages(
            page_number(), PAGE_SIZE, answered.total, lambda page: address(query, said=said, page=page)
        ),
        facets=narrowing.facet_groups(query, answered.facets),
        chips=narrowing.chips(query, said, place_name),
        sorts=narrowing.sorts(query),
        need_address=url_for("needs.match", text=said) if said and understood.is_need else None,
    )


def _answered(asked: SearchQuery, understood: Understood) -> tuple[SearchQuery, tuple[str, ...], Answer]:
    page = page_number()
    if not (asked.q and understood.conditions):
        return asked, () if asked.q else understood.unread, numbered_page(asked, page)
    query = understood.applied_to(asked)
    rest = " ".join(understood.unread)
    if rest:
        # Perhaps the rest is a name. It narrows when something bears it, and is owned up to when nothing does.
        narrowed = replace(query, q=rest)
        found = numbered_page(narrowed, page)
        if found.total:
            return narrowed, (), found
    return query, understood.unread, numbered_page(query, page)


def _cards(query: SearchQuery, answered: Answer) -> tuple[Card, ...]:
    with reading() as session:
        listings = {
            one.id: one
            for one in published_listings(session, query.dataset, [hit.id for hit in answered.hits])
        }
    first = (page_number() - 1) * PAGE_SIZE + 1
    wanted = tuple(dict.fromkeys([*query.service, *query.service_any]))
    return tuple(
        card(place, listings[hit.id], asked=wanted, distance_km=hit.distance_km, today=today())
        for place, hit in enumerate(answered.hits, start=first)
        # Taken out of print between the index and the directory: it is gone, not an error.
        if hit.id in listings
    )
