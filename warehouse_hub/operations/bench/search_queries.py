"""The eight searches that are measured: words in both languages, filters alone, a circle, and a page far down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from warehouse_hub.operations.bench.installation import DATASET
from warehouse_hub.search.engine import SearchEngine
from warehouse_hub.search.query import SearchQuery

HAMBURG: Final = (53.55, 9.99)
PAGE_LENGTH: Final = 20
_FAR_PAGE: Final = 51
_LONG_STEP: Final = 100


@dataclass(frozen=True)
class Asked:
    """A search by name; `skipped` is how many results stand on the pages before the one that is asked for."""

    name: str
    query: SearchQuery
    skipped: int = 0


_QUERIES: Final = (
    Asked("three Chinese words", SearchQuery(q="汉堡 保税 一件代发")),
    Asked("four English words", SearchQuery(q="cold storage pallet racking")),
    Asked("a word in every listing", SearchQuery(q="海外仓")),
    Asked(
        "text, region, services, area",
        SearchQuery(
            q="夜间收货", region_set=("EU",), service=("bonded", "dropship"), min_available_m2=1000.0
        ),
    ),
    Asked("filters alone", SearchQuery(country=("US",), service=("fba_transfer", "returns"))),
    Asked("50 km, by distance", SearchQuery(near=HAMBURG, within_km=50.0)),
    Asked("text and 300 km", SearchQuery(q="退货", near=HAMBURG, within_km=300.0)),
)


def searches(engine: SearchEngine) -> list[Asked]:
    """The eight searches; the last is led to its page by cursors, or to the last page where there are fewer."""
    asked = [Asked(each.name, _of_dataset(each.query)) for each in _QUERIES]
    deep = _of_dataset(SearchQuery(q="仓库 港口", region_set=("EU",)))
    return [*asked, _led_to(engine, deep, (_FAR_PAGE - 1) * PAGE_LENGTH)]


def _of_dataset(query: SearchQuery) -> SearchQuery:
    return replace(query, dataset=DATASET, limit=PAGE_LENGTH)


def _led_to(engine: SearchEngine, query: SearchQuery, most: int) -> Asked:
    cursor, skipped = None, 0
    while skipped < most:
        page = engine.search(replace(query, limit=_LONG_STEP, cursor=cursor), facets=False)
        if page.next_cursor is None:
            break
        cursor, skipped = page.next_cursor, skipped + len(page.items)
    return Asked("text and region, page 51", replace(query, cursor=cursor), skipped)
