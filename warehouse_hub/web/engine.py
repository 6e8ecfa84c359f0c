"""Between the site and the search engine: the only module of the web that asks it anything."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from warehouse_hub.search.conditions import FACETS
from warehouse_hub.search.engine import SearchResult
from warehouse_hub.search.language.completing import Completion
from warehouse_hub.search.language.suggesting import Suggestion
from warehouse_hub.search.query import SearchQuery
from warehouse_hub.search.representation import LITTLE
from warehouse_hub.web.context import hub


def answer(query: SearchQuery, *, facets: Collection[str] = ()) -> SearchResult:
    """One page of a search with the counts of `facets`, continued by cursor."""
    return hub().search.search(query, facets=facets)


def numbered_page(query: SearchQuery, number: int) -> SearchResult:
    """Page `number` of a search, from 1 on, with the counts of every facet."""
    return hub().search.search(query, facets=FACETS, skip=(number - 1) * query.limit)


def probably_meant(query: SearchQuery, total: int) -> Suggestion | None:
    """What was perhaps meant, where little was found for a text; otherwise nothing."""
    if total > LITTLE or not query.q or query.cursor:
        return None
    return hub().search.did_you_mean(query)


def completions(text: str) -> Sequence[Completion]:
    """What the last word of `text` may become, the likeliest first."""
    return hub().search.completions(text)


def explanations(query: SearchQuery, ids: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """Why each listing stands where it stands, as plain values."""
    return {id_: one.to_json() for id_, one in hub().search.explain(query, ids).items()}


def city_names(codes: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The names of cities, Chinese and English, by their codes: one for the other where only one is known."""
    cities = hub().search.view().cities
    named = {}
    for code in codes:
        numbers = cities.matching(code) if "/" in code else []
        city = cities[numbers[0]] if numbers else None
        plain = code.rpartition("/")[2]
        named[code] = (city.name_zh or city.name, city.name) if city else (plain, plain)
    return named
