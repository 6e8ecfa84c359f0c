"""Whoosh's codec for our segments: its own terms file and columns, with our posting lists in between.

It lets any Whoosh searcher read what the loader wrote. It reads only: segments come from the loader, and nothing of
Whoosh's writing side would produce the same files.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from typing import Any, Final, NoReturn

from warehouse_hub.search.whoosh_text.layout import FIELD_PREFIX, INDEX_NAME, TEXT_FIELD
from warehouse_hub.search.whoosh_text.library import (
    FileStorage,
    VarBytesColumn,
    W3Codec,
    W3LeafMatcher,
    W3PerDocReader,
    W3Segment,
    W3TermInfo,
    W3TermsReader,
    byte_to_length,
    pack_uint,
)
from warehouse_hub.search.whoosh_text.mapped import MappedFile, PostingLists, open_files

# Where W3TermInfo keeps the number of postings: behind a byte of flags and the total weight.
_FREQUENCY: Final = struct.Struct("!I")
_FREQUENCY_AT: Final = 5


class ArrayCodec(W3Codec):  # type: ignore[misc]
    """What a segment tells Whoosh to read it with."""

    def terms_reader(self, storage: FileStorage, segment: ArraySegment) -> ArrayTerms:
        """Raises FileNotFoundError and TextUnusable as `open_files` does."""
        return ArrayTerms(self, *open_files(storage, segment.segment_id(), segment.doc_count_all()))

    def per_document_reader(self, storage: FileStorage, segment: ArraySegment) -> ArrayDocuments:
        return ArrayDocuments(storage, segment)

    def postings_reader(
        self,
        dbfile: PostingLists,
        terminfo: W3TermInfo,
        format_: Any,
        term: tuple[str, bytes] | None = None,
        scorer: Any = None,
    ) -> ArrayMatcher:
        return ArrayMatcher(dbfile, terminfo, format_, term, scorer)

    def field_writer(self, storage: FileStorage, segment: Any) -> NoReturn:
        raise TypeError("segments of this codec are written in bulk")


class ArraySegment(W3Segment):  # type: ignore[misc]
    """A segment as Whoosh's table of contents keeps it, with its files under the name that our caller gave it."""

    def __init__(self, name: str, rows: int, length: int = 0, deleted: Iterable[int] = ()) -> None:
        super().__init__(ArrayCodec(), INDEX_NAME, doccount=rows, segid=name, deleted=set(deleted))
        self._fieldlengths = {TEXT_FIELD: length}

    def segment_id(self) -> str:
        return str(self.segid)


class ArrayTerms(W3TermsReader):  # type: ignore[misc]
    """Whoosh's own terms, whose postings are in `lists`."""

    def __init__(self, codec: ArrayCodec, terms: MappedFile, lists: PostingLists) -> None:
        super().__init__(codec, terms, len(terms.file), lists)
        self.lists = lists

    def frequencies_from(self, token: bytes) -> Iterator[tuple[bytes, int]]:
        """Tokens from this one on, in order, with nothing but the number of their postings."""
        for key, info in self._tindex.items_from(FIELD_PREFIX + token):
            yield key[len(FIELD_PREFIX) :], _FREQUENCY.unpack_from(info, _FREQUENCY_AT)[0]


class ArrayDocuments(W3PerDocReader):  # type: ignore[misc]
    """Documents that have an id and a length; the id stands for what Whoosh calls stored fields."""

    def stored_fields(self, docnum: int) -> dict[str, str]:
        return {"id": self._cached_reader("id", VarBytesColumn())[docnum].decode()}


class ArrayMatcher(W3LeafMatcher):  # type: ignore[misc]
    """Steps through one list; where Whoosh's matcher keeps a position in a file, this one keeps a block number."""

    def __init__(
        self,
        lists: PostingLists,
        terminfo: W3TermInfo,
        format_: Any,
        term: tuple[str, bytes] | None,
        scorer: Any,
    ) -> None:
        self._count = terminfo.doc_frequency()
        self._lists = lists
        self._blocks = lists.blocks_of(terminfo.extent()[0], self._count)
        self._term = term
        self.format = format_
        self.scorer = scorer
        self.reset()

    def reset(self) -> None:
        self._atend = False
        self._goto(0)

    def _goto(self, position: int) -> None:
        block = self._blocks[position]
        before = position * self._lists.header.block_size
        self._i = 0
        self._blocklength = min(self._lists.header.block_size, self._count - before)
        self._maxid = int(block["last_row"])
        self._maxweight = float(block["max_impact"])
        self._minlength = byte_to_length(block["min_length"])
        self._maxlength = byte_to_length(block["max_length"])
        self._lastblock = position + 1 == len(self._blocks)
        self._nextoffset = position + 1
        start = int(block["start"])
        self._postings = slice(start, start + self._blocklength)
        self._ids: list[int] | None = None
        self._weights: list[float] | None = None
        self._values: list[bytes] | None = None

    def _read_ids(self) -> None:
        self._ids = self._lists.rows[self._postings].tolist()

    def _read_weights(self) -> None:
        self._weights = self._lists.impacts[self._postings].astype(float).tolist()

    def _read_values(self) -> None:
        self._values = [pack_uint(impact) for impact in self._lists.impacts[self._postings].tolist()]
