"""One committed state of the Whoosh index, read through its codec and never through its own searcher.

The files are shared by all threads and hold one reading position each, so every read takes the lock; what was read
is kept as arrays.
"""

from __future__ import annotations

import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.feed_point import FeedPoint
from warehouse_hub.search.text_index import Postings, TextIndexUnusable
from warehouse_hub.search.whoosh_library import (
    LENGTHS_COLUMN,
    FileStorage,
    Schema,
    TermNotFound,
    byte_to_length,
    length_to_byte,
)

KEPT_POSTINGS: Final = 1_000_000


def rounded_length(length: int) -> float:
    """A document's length with the precision that the index keeps, so that a score is the same before and after."""
    return float(byte_to_length(length_to_byte(length)))


class WhooshSnapshot:
    """Segments opened once; implements `TextSnapshot`. Its files close when the last reference is gone."""

    def __init__(
        self, storage: FileStorage, schema: Schema, segments: Iterable[Any], point: FeedPoint, generation: str
    ) -> None:
        self.point = point
        self.generation = generation
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Postings] = OrderedDict()
        self._kept_size = 0
        self._text = schema["text"]
        self._stamps: list[bytes] = []
        self._terms: list[tuple[int, Any]] = []
        self.ids: list[str | None] = []
        opened: list[Callable[[], None]] = []
        weakref.finalize(self, _close_all, opened)
        lengths = [self._open(storage, schema, segment, opened) for segment in segments]
        self.lengths: NDArray[np.float64] = np.concatenate([np.zeros(0), *lengths])

    def stamps(self) -> dict[str, tuple[int, str]]:
        pairs = zip(self.ids, self._stamps, strict=True)
        return {id_: _stamp(stamp) for id_, stamp in pairs if id_ is not None}

    def postings(self, token: str) -> Postings:
        with self._lock:
            found = self._kept.get(token)
            if found is None:
                try:
                    found = self._read(token.encode())
                except Exception as broken:
                    # The files were sound when they were opened: something wrote over them since.
                    raise TextIndexUnusable("unreadable") from broken
                self._keep(token, found)
            else:
                self._kept.move_to_end(token)
            return found

    def _open(
        self, storage: FileStorage, schema: Schema, segment: Any, opened: list[Callable[[], None]]
    ) -> NDArray[np.float64]:
        codec = segment.codec()
        terms = codec.terms_reader(storage, segment)
        opened.append(terms.close)
        documents = codec.per_document_reader(storage, segment)
        opened.append(documents.close)
        self._terms.append((len(self.ids), terms))
        removed = set(segment.deleted_docs())
        ids = (value.decode() for value in documents.column_reader("id", schema["id"].column_type))
        self.ids.extend(None if number in removed else id_ for number, id_ in enumerate(ids))
        self._stamps.extend(documents.column_reader("stamp", schema["stamp"].column_type))
        return _lengths(documents, segment.doc_count_all())

    def _read(self, token: bytes) -> Postings:
        documents: list[NDArray[np.int64]] = [np.zeros(0, np.int64)]
        counts: list[NDArray[np.float64]] = [np.zeros(0)]
        for first, terms in self._terms:
            try:
                matcher = terms.matcher("text", token, self._text.format)
            except TermNotFound:
                continue
            for numbers, weights in _blocks(matcher):
                documents.append(numbers + first)
                counts.append(weights)
        return Postings(np.concatenate(documents), np.concatenate(counts))

    def _keep(self, token: str, postings: Postings) -> None:
        self._kept[token] = postings
        self._kept_size += len(postings.documents)
        while self._kept_size > KEPT_POSTINGS and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._kept_size -= len(oldest.documents)


def _blocks(matcher: Any) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float64]]]:
    """The posting blocks of a W3LeafMatcher, decoded whole: stepping through it costs a hundred times as much."""
    while True:
        matcher._read_data()  # noqa: SLF001 (the block is what the codec stores; no public method gives it whole)
        deltas, weights, _ = matcher._data  # noqa: SLF001
        numbers = np.cumsum(np.asarray(deltas, np.int64))
        if weights is None or isinstance(weights, float):
            yield numbers, np.full(len(numbers), 1.0 if weights is None else weights)
        else:
            yield numbers, np.asarray(weights, np.float64)
        if matcher._lastblock:  # noqa: SLF001
            return
        matcher._next_block()  # noqa: SLF001


def _lengths(documents: Any, count: int) -> NDArray[np.float64]:
    name = "_text_len"
    if not documents.has_column(name):
        return np.zeros(count)
    column = documents.column_reader(name, LENGTHS_COLUMN)
    stored = np.fromiter((column[number] for number in range(count)), np.uint8, count)
    return _length_table()[stored]


@cache
def _length_table() -> NDArray[np.float64]:
    return np.array([byte_to_length(code) for code in range(256)], np.float64)


def _stamp(stored: bytes) -> tuple[int, str]:
    revision, _, digest = stored.decode().partition(":")
    return int(revision), digest


def _close_all(opened: list[Callable[[], None]]) -> None:
    for close in opened:
        close()
