"""Between the site and the search engine: the only module of the web that speaks the engine's types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from warehouse_hub.search.engine import SearchResult
from warehouse_hub.search.query import SearchQuery
from warehouse_hub.web.context import hub


@dataclass(frozen=True)
class Hit:
    """One result: its id, how well it fits, and how far it lies from the point that was asked."""

    id: str
    score: float
    distance_km: float | None


@dataclass(frozen=True)
class Answer:
    """A page of results with the counts of all of them; `unlocated` have no coordinates and fit otherwise."""

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]]
    unlocated: int
    took_ms: float
    next_cursor: str | None


def answer(query: SearchQuery, *, facets: bool = True) -> Answer:
    """One page of a search with its counts, continued by cursor."""
    return _answer(hub().search.search(query, facets=facets))


def numbered_page(query: SearchQuery, number: int) -> Answer:
    """Page `number` of a search, from 1 on. The later ones cost a sort of everything that was found."""
    if number == 1:
        return answer(query)
    first = (number - 1) * query.limit
    ids = hub().search.match_ids(query)[first : first + query.limit]
    counted = answer(replace(query, limit=1))
    if not ids:
        return replace(counted, hits=())
    of_page = hub().search.search(replace(query, ids=tuple(ids)), facets=False)
    hits = {hit.id: hit for hit in _answer(of_page).hits}
    return replace(counted, hits=tuple(hits[each] for each in ids if each in hits))


def _answer(result: SearchResult) -> Answer:
    return Answer(
        total=result.total,
        hits=tuple(Hit(item.id, item.score, item.distance_km) for item in result.items),
        facets=result.facets,
        unlocated=result.without_coordinates,
        took_ms=result.took_ms,
        next_cursor=result.next_cursor,
    )
