"""The recent part: the later segments of the index and the edits that no segment has yet, side by side in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from warehouse_hub.search.parts import Part
from warehouse_hub.search.rows.cities import Cities
from warehouse_hub.search.rows.growing import GrowingColumns
from warehouse_hub.search.rows.name_order import NewerNames, StoredNames
from warehouse_hub.search.rows.newer_text import NewerText
from warehouse_hub.search.rows.schema import DEAD, TYPES, Arrays
from warehouse_hub.search.rows.stored import StoredRows
from warehouse_hub.search.text.fields import IndexedText
from warehouse_hub.search.text.port import Postings, TextSegment


class LaterSegment(Protocol):
    """A segment of the index beside the base."""

    @property
    def rows(self) -> StoredRows: ...

    @property
    def text(self) -> TextSegment: ...

    @property
    def deleted(self) -> np.ndarray: ...


class RecentRows:
    """Changed by one thread at a time; the parts it hands out stay as they are."""

    def __init__(self, cities: Cities, names: StoredNames, segments: Sequence[LaterSegment] = ()) -> None:
        self.cities = cities
        self.names = NewerNames(names)
        self._columns = GrowingColumns()
        self._segments: list[tuple[int, LaterSegment]] = []
        self._newer = NewerText()
        self._ids: list[str] = []
        self._texts: list[str] = []
        self._row_of: dict[str, int] = {}
        for segment in segments:
            self._take(segment)
        self._stored = len(self._columns)

    def __len__(self) -> int:
        return len(self._columns)

    @property
    def live(self) -> int:
        """How many of the rows count."""
        return len(self._row_of)

    def put(self, listing_id: str, name: str, columns: Arrays, text: IndexedText) -> None:
        """Add a listing, whose columns are those of one row, or put this wording in place of the one before."""
        row = self._columns.add(columns)
        self._ids.append(listing_id)
        self._texts.append(text.canonical)
        self.names.add(name)
        self._newer.add(row, text.impacts)
        self.remove(listing_id)
        self._row_of[listing_id] = row

    def remove(self, listing_id: str) -> None:
        """Take a listing out, if it is in."""
        row = self._row_of.pop(listing_id, None)
        if row is not None:
            self._columns.switch_off(row)

    def row_of(self, listing_id: str) -> int | None:
        return self._row_of.get(listing_id)

    def part(self) -> Part:
        """The present state."""
        columns = self._columns.snapshot()
        segments = tuple(self._segments)
        return Part(
            columns=columns,
            text=_RecentText(segments, self._newer, len(columns)),
            ids=_Across(tuple((first, one.rows.ids) for first, one in segments), self._stored, self._ids),
            canonical=_Across(
                tuple((first, one.rows.texts) for first, one in segments), self._stored, self._texts
            ),
            in_map_order=False,
            ended=np.flatnonzero(columns.status == DEAD).astype(np.uint32),
        )

    def _take(self, segment: LaterSegment) -> None:
        columns = {name: getattr(segment.rows.columns, name) for name in TYPES}
        columns["status"] = columns["status"].copy()
        columns["status"][segment.deleted] = DEAD
        first = self._columns.add(columns)
        self._segments.append((first, segment))
        for row in range(len(segment.rows)):
            key = segment.rows.names[int(segment.rows.name_rank[row])]
            self.names.add(key.partition("\0")[2])
        for row in np.flatnonzero(columns["status"]).tolist():
            self._row_of[segment.rows.ids[row]] = first + row


class _Text(Protocol):
    def __getitem__(self, row: int, /) -> str: ...


@dataclass(frozen=True)
class _Across:
    """Texts by row: those of each segment from its first row on, then those in memory."""

    segments: tuple[tuple[int, _Text], ...]
    stored: int
    newer: list[str]

    def __getitem__(self, row: int) -> str:
        if row >= self.stored:
            return self.newer[row - self.stored]
        first, texts = next((first, texts) for first, texts in reversed(self.segments) if first <= row)
        return texts[row - first]


@dataclass(frozen=True)
class _RecentText:
    """The postings of all segments and of the edits, in rows of the part."""

    segments: tuple[tuple[int, LaterSegment], ...]
    newer: NewerText
    rows: int

    def postings(self, token: str) -> Postings:
        newer = self.newer.postings(token, self.rows)
        found = [(first, segment.text.postings(token)) for first, segment in self.segments]
        found = [(first, postings) for first, postings in found if len(postings.rows)]
        if not found:
            return newer
        return Postings(
            np.concatenate([*(postings.rows + np.uint32(first) for first, postings in found), newer.rows]),
            np.concatenate([*(postings.impacts for _, postings in found), newer.impacts]),
        )

    def frequency(self, token: str) -> int:
        stored = sum(segment.text.frequency(token) for _, segment in self.segments)
        return stored + len(self.newer.postings(token, self.rows).rows)

    def starting_with(self, prefix: str, most: int) -> Sequence[str]:
        found = {token for _, one in self.segments for token, _ in one.text.starting_with(prefix, most)}
        return sorted({*found, *self.newer.starting_with(prefix)})[:most]

    @property
    def latin(self) -> Sequence[tuple[str, int]]:
        found = [token for _, one in self.segments for token, _ in one.text.tokens()]
        words = {*found, *self.newer.starting_with("")}
        return [(token, self.frequency(token)) for token in words if token.isascii() and token.isalnum()]
