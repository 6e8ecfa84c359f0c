"""Whoosh's own searcher over an index of its own writer: words, codes and areas as terms, facets by its groups.

The one thing to get wrong: it knows no circles. It is given the set of documents inside, as columns tell it, which is
far quicker than anything it could find out by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.query import And, Every, NumericRange, Or, Query, Term
from whoosh.sorting import Count, FieldFacet

from warehouse_hub.operations.bench.circle import Circle
from warehouse_hub.operations.bench.peer_columns import PeerColumns
from warehouse_hub.operations.bench.peer_rows import PeerRow
from warehouse_hub.operations.bench.question import CODES, FACETS, Counts, Found, Question, places_of
from warehouse_hub.operations.bench.sample_text import AskedWord
from warehouse_hub.operations.bench.search_queries import PAGE_LENGTH
from warehouse_hub.operations.bench.whoosh_stock import open_dir


class WhooshPeer:
    """Opened once over a folder that `whoosh_stock.build` has filled; `rows` are the same rows."""

    def __init__(self, rows: Iterable[PeerRow], folder: Path) -> None:
        self._columns = PeerColumns()
        for row in rows:
            self._columns.add(row)
        self._columns.finish()
        self._searcher = open_dir(str(folder)).searcher()

    def search(self, question: Question) -> Found:
        """Total, facets and the ids of one page."""
        conditions = dict(_conditions(question))
        inside = None if question.circle is None else self._inside(question.circle)
        names = [name for name in FACETS if name not in question.lifted]
        results, facets = self._searched(conditions.values(), names, question, inside)
        for name in question.lifted:
            others = [query for facet, query in conditions.items() if facet != name]
            facets |= self._searched(others, [name], question, inside)[1]
        return Found(len(results), facets, self._page(question, results))

    def close(self) -> None:
        """Close the files."""
        self._searcher.close()

    def _searched(
        self, conditions: Iterable[Query], names: list[str], question: Question, inside: set[int] | None
    ) -> tuple[Any, dict[str, Counts]]:
        if inside is not None and not inside:
            # It takes an empty set for no set.
            return [], {name: {} for name in names}
        asked = list(conditions)
        results = self._searcher.search(
            And(asked) if asked else Every(),
            limit=None,
            filter=inside,
            groupedby={name: FieldFacet(name, allow_overlap=name != "country") for name in names},
            maptype=Count,
            sortedby=FieldFacet("available", reverse=True) if question.order == "available" else None,
        )
        groups: Mapping[str, Mapping[str | None, int]] = {name: results.groups(name) for name in names}
        return results, {
            name: {code: count for code, count in groups[name].items() if code is not None} for name in names
        }

    def _page(self, question: Question, results: Any) -> tuple[str, ...]:
        found = np.array([results.docnum(place) for place in range(len(results))], np.int64)
        if question.order == "distance" and question.circle is not None:
            chords2 = self._columns.inside(question.circle, found)[1]
            found = found[np.argsort(chords2, kind="stable")]
        return self._columns.ids_of(found[question.offset : question.offset + PAGE_LENGTH])

    def _inside(self, circle: Circle) -> set[int]:
        everything = np.arange(len(self._columns))
        return set(self._columns.inside(circle, everything)[0].tolist())


def _conditions(question: Question) -> Iterator[tuple[str, Query]]:
    """By facet where one stands beside the condition."""
    for number, word in enumerate(question.words):
        yield f"word {number}", _word(word)
    if question.country:
        yield "country", Or([Term("country", code) for code in question.country])
    if question.region is not None:
        yield "region", Or([Term("country", code) for code in question.region])
    if question.service:
        yield "service", And(_services(question.service))
    if question.service_any:
        yield "service_any", Or(_services(question.service_any))
    if question.min_available_m2 is not None:
        yield "area", NumericRange("available", int(question.min_available_m2), None)


def _services(bits: int) -> list[Query]:
    return [Term("service", CODES["service"][place]) for place in places_of(bits)]


def _word(word: AskedWord) -> Query:
    every = And([Term("text", token) for token in word.tokens])
    return Or([every, *(Term("text", token) for token in word.instead)]) if word.instead else every
