"""The search page's question and answer: an address in, everything the page shows out.

The one thing to get wrong: the text of the address is what was typed, and it narrows as the search language reads
it. Only a need (see `understanding`) becomes filters of the address, with its sentence in `said`.
"""

from __future__ import annotations

from dataclasses import replace

from flask import request

from warehouse_hub.directory.published import published_listings
from warehouse_hub.search.engine import SearchResult
from warehouse_hub.search.language.understanding import understand
from warehouse_hub.search.query import SearchQuery
from warehouse_hub.web import engine
from warehouse_hub.web.cards import Card, card
from warehouse_hub.web.context import reading, today
from warehouse_hub.web.found import Found
from warehouse_hub.web.locale import dataset
from warehouse_hub.web.paging import page_number
from warehouse_hub.web.understanding import NeedRead, read_need

PAGE_SIZE = 10
LONGEST_TEXT = 400


def find() -> Found:
    """Answer the search that this request's address states.

    Raises InvalidInput("search.invalid" | "page.unreadable").
    """
    asked = replace(SearchQuery.from_params(request.args), dataset=dataset(), limit=PAGE_SIZE, cursor=None)
    said = " ".join(request.args.get("said", "").split())[:LONGEST_TEXT]
    page = page_number()
    if request.args.get("unlocated") == "1":
        return _unlocated(asked, said, page)
    need = NeedRead() if asked.literal else read_need(said or asked.q)
    result = engine.numbered_page(asked, page)
    if asked.q and not said and need.is_meant(result.understood, result.total):
        said, asked = asked.q, need.applied_to(asked)
        result = engine.numbered_page(asked, page)
    return Found(asked, result, said, need, _cards(result, page), page)


def _unlocated(asked: SearchQuery, said: str, page: int) -> Found:
    """The results without coordinates, whatever place was asked for."""
    understood = understand(asked.q, literal=asked.literal)
    whole = understood.applied_to(asked)
    placeless = replace(
        whole,
        near=None,
        also_near=(),
        within_km=None,
        bbox=None,
        polygon=(),
        port_within_km=None,
        sort=None if whole.sort == "distance" else whole.sort,
        located=False,
    )
    result = replace(engine.numbered_page(placeless, page), asked=whole, understood=understood)
    return Found(asked, result, said, NeedRead(), _cards(result, page), page, only_unlocated=True)


def _cards(result: SearchResult, page: int) -> tuple[Card, ...]:
    asked = result.asked
    with reading() as session:
        listings = {
            one.id: one
            for one in published_listings(session, asked.dataset, [item.id for item in result.items])
        }
    wanted = tuple(dict.fromkeys([*asked.service, *asked.service_any]))
    return tuple(
        card(
            place,
            listings[item.id],
            asked=wanted,
            distance_km=item.distance_km,
            today=today(),
            rates=result.rates,
            compared=asked.price_unit if asked.order == "price" else None,
        )
        for place, item in enumerate(result.items, start=(page - 1) * PAGE_SIZE + 1)
        # Taken out of print between the index and the directory: it is gone, not an error.
        if item.id in listings
    )
