"""tantivy over the same tokens: filters and order on its fast fields, facets by its aggregations.

The one thing to get wrong: it knows no circles. It finds what stands in the circle's box, and columns kept beside it
tell what of that is inside and count the facets; that costs hardly more than its own aggregations over the box.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import numpy as np

from warehouse_hub.operations.bench.peer_columns import PeerColumns
from warehouse_hub.operations.bench.peer_rows import PeerRow
from warehouse_hub.operations.bench.question import CODES, FACETS, Box, Counts, Found, Question, places_of
from warehouse_hub.operations.bench.sample_text import AskedWord
from warehouse_hub.operations.bench.search_queries import PAGE_LENGTH

# Not a package that the product needs: whoever compares installs it, and `peers` says so where it is missing.
tantivy: Final[Any] = import_module("tantivy")
Query = tantivy.Query
_MEMORY: Final = 1_000_000_000
_COUNTRIES: Final = {code: number for number, code in enumerate(CODES["country"])}


class TantivyPeer:
    """One segment in a folder, built and read by this process; safe for several threads once it is built."""

    def __init__(self, rows: Iterable[PeerRow], folder: Path) -> None:
        folder.mkdir()
        self._schema = _schema()
        index = tantivy.Index(self._schema, path=str(folder))
        self._columns = PeerColumns()
        # One thread writes one segment, which is what is searched fastest.
        writer = index.writer(heap_size=_MEMORY, num_threads=1)
        for row in rows:
            self._columns.add(row)
            writer.add_document(_document(row))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._columns.finish()
        self._searcher = index.searcher()

    def search(self, question: Question) -> Found:
        """Total, facets and the ids of one page."""
        conditions = dict(self._conditions(question))
        kept = _all(conditions.values())
        if question.circle is not None:
            return self._inside(question, conditions)
        facets = self._facets(kept, [name for name in FACETS if name not in question.lifted])
        for name in question.lifted:
            facets |= self._facets(_without(conditions, name), [name])
        if "country" in question.lifted:
            page = self._page(question, kept, count=True)
            total = page.count
        else:
            # Every listing has one country, so there is no need to count twice.
            page = self._page(question, kept, count=False)
            total = sum(facets["country"].values())
        return Found(total, facets, self._columns.ids_of(self._rows(page.hits)))

    def grid(self, box: Box | None, cell: float) -> tuple[int, int]:
        """The places of a box by two nested histograms."""
        conditions = [] if box is None else list(self._in_box(box))
        conditions.append(Query.exists_query("latitude"))
        found = self._searcher.aggregate(
            _all(conditions), _histogram("latitude", cell, _histogram("longitude", cell))
        )
        counts = [
            inner["doc_count"]
            for outer in found["latitude"]["buckets"]
            for inner in outer["longitude"]["buckets"]
        ]
        return sum(counts), len(counts)

    def close(self) -> None:
        """Nothing to do: its files are closed with the process or with the last reference."""

    def _page(self, question: Question, kept: Any, *, count: bool) -> Any:
        if question.order == "available":
            return self._searcher.search(
                kept,
                PAGE_LENGTH,
                count,
                order_by_field="available",
                offset=question.offset,
                order=tantivy.Order.Desc,
            )
        return self._searcher.search(kept, PAGE_LENGTH, count, offset=question.offset)

    def _inside(self, question: Question, conditions: Mapping[str, Any]) -> Found:
        circle = question.circle
        if circle is None:
            raise ValueError("no circle is asked for")
        rows, chords2 = self._columns.inside(circle, self._rows_of(_all(conditions.values())))
        facets: dict[str, Counts] = {}
        for name in FACETS:
            counted = rows
            if name in question.lifted:
                counted, _ = self._columns.inside(circle, self._rows_of(_without(conditions, name)))
            facets[name] = self._columns.counts(name, counted)
        if question.order == "distance":
            rows = rows[np.argsort(chords2, kind="stable")]
        page = rows[question.offset : question.offset + PAGE_LENGTH]
        return Found(len(rows), facets, self._columns.ids_of(page))

    def _rows_of(self, query: Any) -> Any:
        """All rows that a query finds, by relevance."""
        return self._rows(self._searcher.search(query, len(self._columns), False).hits)

    def _rows(self, hits: list[tuple[Any, Any]]) -> Any:
        return np.array(self._searcher.fast_field_values("row", [address for _, address in hits]), np.int64)

    def _facets(self, kept: Any, names: list[str]) -> dict[str, Counts]:
        found = self._searcher.aggregate(
            kept, {name: {"terms": {"field": name, "size": 300}} for name in names}
        )
        return {
            name: {CODES[name][int(each["key"])]: each["doc_count"] for each in found[name]["buckets"]}
            for name in names
        }

    def _conditions(self, question: Question) -> Iterator[tuple[str, Any]]:
        """By facet where one stands beside the condition."""
        for number, word in enumerate(question.words):
            yield f"word {number}", self._word(word)
        if question.country:
            yield "country", self._countries(question.country)
        if question.region is not None:
            yield "region", self._countries(question.region)
        if question.service:
            yield "service", _all(self._service(place) for place in places_of(question.service))
        if question.service_any:
            yield "service_any", _any(self._service(place) for place in places_of(question.service_any))
        if question.min_available_m2 is not None:
            yield "area", self._range("available", question.min_available_m2, None)
        if question.circle is not None:
            yield "box", _all(self._in_box(question.circle.box))

    def _word(self, word: AskedWord) -> Any:
        every = _all(self._token(token) for token in word.tokens)
        return _any([every, *map(self._token, word.instead)]) if word.instead else every

    def _token(self, token: str) -> Any:
        return Query.term_query(self._schema, "text", token, "freq")

    def _service(self, place: int) -> Any:
        return _unscored(Query.term_query(self._schema, "service", place))

    def _countries(self, codes: tuple[str, ...]) -> Any:
        return _unscored(Query.term_set_query(self._schema, "country", [_COUNTRIES[code] for code in codes]))

    def _in_box(self, box: Box) -> Iterator[Any]:
        west, south, east, north = box
        yield self._range("latitude", south, north)
        yield self._range("longitude", west, east)

    def _range(self, field: str, least: float, most: float | None) -> Any:
        return _unscored(Query.range_query(self._schema, field, tantivy.FieldType.Float, least, most))


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", fast=True)
    for name in FACETS:
        builder.add_unsigned_field(name, indexed=True, fast=True)
    for name in ("available", "latitude", "longitude"):
        builder.add_float_field(name, fast=True)
    builder.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _document(row: PeerRow) -> Any:
    document = tantivy.Document()
    document.add_unsigned("row", row.row)
    document.add_unsigned("country", _COUNTRIES[row.country])
    for name, bits in (("service", row.services), ("goods", row.goods)):
        for place in places_of(bits):
            document.add_unsigned(name, place)
    for name, value in (
        ("available", row.available_m2),
        ("latitude", row.latitude),
        ("longitude", row.longitude),
    ):
        if value is not None:
            document.add_float(name, float(value))
    document.add_text("text", row.tokens)
    return document


def _all(queries: Iterable[Any]) -> Any:
    each = list(queries)
    if not each:
        return Query.all_query()
    return each[0] if len(each) == 1 else Query.boolean_query([(tantivy.Occur.Must, query) for query in each])


def _any(queries: Iterable[Any]) -> Any:
    return Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])


def _unscored(query: Any) -> Any:
    return Query.const_score_query(query, 0.0)


def _without(conditions: Mapping[str, Any], facet: str) -> Any:
    return _all(query for name, query in conditions.items() if name != facet)


def _histogram(field: str, cell: float, inside: dict[str, Any] | None = None) -> dict[str, Any]:
    counted: dict[str, Any] = {"histogram": {"field": field, "interval": cell, "min_doc_count": 1}}
    if inside is not None:
        counted["aggs"] = inside
    return {field: counted}
