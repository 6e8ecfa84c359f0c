"""A segment opened for search: tokens in, views of the mapped arrays out.

A list is looked through when it is first asked for: a kernel that is given a row number outside of the segment would
read somebody else's memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from itertools import islice, takewhile
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from warehouse_hub.search.text.port import Postings, TextUnusable
from warehouse_hub.search.whoosh_text.codec import ArrayCodec, ArraySegment, ArrayTerms
from warehouse_hub.search.whoosh_text.layout import TEXT_FIELD
from warehouse_hub.search.whoosh_text.library import FileStorage, TermNotFound
from warehouse_hub.search.whoosh_text.mapped import PostingLists

KEPT_TOKENS: Final = 4096


class Stretch(NamedTuple):
    """Where a token's list is in the arrays, and the last row it must end with."""

    start: int
    length: int
    last_row: int


_NOWHERE: Final = Stretch(0, 0, 0)


def open_segment(folder: Path, name: str, rows: int) -> MappedSegment:
    """Raises TextUnusable and FileNotFoundError as `TextEngine.open` says."""
    with _sound():
        return MappedSegment(ArrayCodec().terms_reader(FileStorage(str(folder)), ArraySegment(name, rows)))


class MappedSegment:
    """Implements `TextSegment`."""

    def __init__(self, terms: ArrayTerms) -> None:
        self.rows = terms.lists.header.rows
        self._terms = terms
        # What is remembered refers to the files and never to this object: the last reference gone, all is closed.
        self._stretch: Callable[[str], Stretch]
        self._stretch = lru_cache(KEPT_TOKENS)(partial(_stretch, terms))
        self._postings: Callable[[str], Postings]
        self._postings = lru_cache(KEPT_TOKENS)(partial(_postings, terms.lists, self._stretch))

    def postings(self, token: str) -> Postings:
        return self._postings(token)

    def frequency(self, token: str) -> int:
        return self._stretch(token).length

    def starting_with(self, prefix: str, most: int) -> list[tuple[str, int]]:
        found = takewhile(lambda found: found[0].startswith(prefix), self._from(prefix))
        return list(islice(found, max(0, most)))

    def tokens(self) -> Iterator[tuple[str, int]]:
        return self._from("")

    def _from(self, least: str) -> Iterator[tuple[str, int]]:
        with _sound():
            for token, frequency in self._terms.frequencies_from(_encoded(least)):
                yield token.decode(), frequency


def _stretch(terms: ArrayTerms, token: str) -> Stretch:
    with _sound():
        try:
            info = terms.term_info(TEXT_FIELD, _encoded(token))
        except TermNotFound:
            return _NOWHERE
        length = info.doc_frequency()
        blocks = terms.lists.blocks_of(info.extent()[0], length)
        return Stretch(int(blocks["start"][0]), length, info.max_id())


def _postings(lists: PostingLists, stretch: Callable[[str], Stretch], token: str) -> Postings:
    start, length, last_row = stretch(token)
    rows = lists.rows[start : start + length]
    if length and not (rows[-1] == last_row < lists.header.rows and np.all(rows[:-1] < rows[1:])):
        raise TextUnusable("rows out of order")
    return Postings(rows, lists.impacts[start : start + length])


def _encoded(token: str) -> bytes:
    # Half a surrogate pair, which a query may contain, is in no token; so encoded it keeps its place in the order.
    return token.encode(errors="surrogatepass")


@contextmanager
def _sound() -> Iterator[None]:
    """Whoosh has no exception of its own for bytes that make no sense: it stumbles over them in many ways."""
    try:
        yield
    except (TextUnusable, FileNotFoundError):
        raise
    except Exception as broken:
        raise TextUnusable("unreadable") from broken
