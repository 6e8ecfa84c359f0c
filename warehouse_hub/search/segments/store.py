"""The index on disk: immutable segments, one writer, many readers, commits that are whole or absent.

The database is the record and this is derived from it: whatever is missing, damaged or of another format is not
repaired but built anew.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.core.errors import Conflict
from warehouse_hub.directory.published import PublishedListing
from warehouse_hub.search.freshness.feed_point import FeedPoint
from warehouse_hub.search.rows.array_file import ArrayFileDamaged
from warehouse_hub.search.rows.cities import Cities
from warehouse_hub.search.rows.schema import PLACES_DIGEST, SCHEMA_VERSION
from warehouse_hub.search.rows.stored import StoredRows, open_rows
from warehouse_hub.search.segments.building import ROWS, TEXTS, write_segment
from warehouse_hub.search.segments.seal import (
    IndexUnusable,
    Seal,
    SealedFile,
    SealedSegment,
    Verifier,
    read_seal,
    seal_files,
    write_seal,
    write_whole,
)
from warehouse_hub.search.text.fields import fingerprint
from warehouse_hub.search.text.port import SegmentState, TextEngine, TextSegment, TextUnusable
from warehouse_hub.search.whoosh_text.engine import WhooshText

STORE_VERSION: Final = 2
LOCK_WAIT_S: Final = 30.0
OPEN_TRIES: Final = 50
OPEN_PAUSE_S: Final = 0.005

_KEPT_ALWAYS: Final = frozenset({"current", "writer.lock"})
Rows = NDArray[np.uint32]
Found = TypeVar("Found")


@dataclass(frozen=True)
class OpenSegment:
    """A segment as readers use it; `deleted` are its rows that count no longer in this commit."""

    name: str
    rows: StoredRows
    text: TextSegment
    deleted: Rows


@dataclass(frozen=True)
class Stored:
    """One commit, opened."""

    point: FeedPoint
    generation: str
    segments: tuple[OpenSegment, ...]


class SegmentStore:
    """The index in one folder; `text` is the engine that keeps the postings of a segment."""

    def __init__(
        self, folder: Path, *, text: TextEngine | None = None, lock_wait_s: float = LOCK_WAIT_S
    ) -> None:
        self.folder = folder
        self._current = str(folder / "current")
        self._text: TextEngine = text or WhooshText()
        self._lock_wait_s = lock_wait_s
        self._verifier = Verifier()

    @property
    def format(self) -> str:
        """Names the layout of the files and the way a listing becomes rows and tokens."""
        return f"{STORE_VERSION}.{SCHEMA_VERSION}-{PLACES_DIGEST}-{self._text.format}-{fingerprint()}"

    def generation(self) -> str | None:
        """Changes with every commit; None where there is none. Costs one look at a file."""
        try:
            facts = os.stat(self._current)  # noqa: PTH116 (half the time of Path.stat, before every search)
        except FileNotFoundError:
            return None
        return f"{facts.st_ino}-{facts.st_mtime_ns}"

    def check(self) -> Seal:
        """The newest commit, its files checked but not opened; raises IndexUnusable."""
        return _retried(self._verified)

    def open(self, before: Stored | None = None) -> Stored:
        """The newest commit; segments that `before` has open are shared with it. Raises IndexUnusable."""
        return _retried(lambda: self._open(before))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the writer's lock; raises Conflict("search.index_busy") when another process keeps it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        # The kernel lets go of the lock when its process dies, however it dies.
        with (self.folder / "writer.lock").open("a") as lock:
            deadline = time.monotonic() + self._lock_wait_s
            while not _locked(lock.fileno()):
                if time.monotonic() > deadline:
                    raise Conflict("search.index_busy")
                time.sleep(0.05)
            yield

    def write(self, batches: Iterable[Sequence[PublishedListing]], cities: Cities) -> SealedSegment:
        """A new segment with these listings in this order; nobody sees it before `publish` names it."""
        return write_segment(self.folder, f"MAIN_{uuid4().hex[:16]}", self._text, batches, cities)

    def publish(self, segments: Sequence[SealedSegment], deleted: Sequence[Rows], point: FeedPoint) -> None:
        """Make exactly these segments the newest commit, with the rows of each that count no longer.

        Needs the lock. Files that no commit needs any more are removed; readers that have them open keep them.
        """
        number, known = self._before()
        number += 1
        states = [
            SegmentState(segment.name, segment.rows, rows)
            for segment, rows in zip(segments, deleted, strict=True)
        ]
        deleted_name = f"deleted-{number}.npy"
        np.save(self.folder / deleted_name, _across(states), allow_pickle=False)
        published = self._text.publish(self.folder, number, states)
        names = [name for segment in segments for name in segment.files]
        files = seal_files(self.folder, [*names, deleted_name, *published], known)
        seal = Seal(number, self.format, point, tuple(segments), deleted_name, files)
        write_seal(_seal_path(self.folder, number), seal)
        write_whole(self.folder / "current", str(number))
        self._sweep(seal)

    def sweep(self) -> None:
        """Remove what a writer that died has left behind. Needs the lock; raises IndexUnusable."""
        self._sweep(self.check())

    def _before(self) -> tuple[int, dict[str, SealedFile]]:
        try:
            number = int((self.folder / "current").read_text(encoding="ascii"))
            return number, dict(read_seal(_seal_path(self.folder, number)).files)
        except (FileNotFoundError, ValueError, IndexUnusable):
            numbers = (path.stem.partition("-")[2] for path in self.folder.glob("seal-*.json"))
            return max((int(number) for number in numbers if number.isdigit()), default=0), {}

    def _sweep(self, seal: Seal) -> None:
        kept = {*seal.files, _seal_path(self.folder, seal.number).name, *_KEPT_ALWAYS}
        for path in self.folder.iterdir():
            if path.name not in kept and path.is_file():
                path.unlink(missing_ok=True)

    def _verified(self) -> Seal:
        try:
            number = int((self.folder / "current").read_text(encoding="ascii"))
        except FileNotFoundError:
            raise IndexUnusable("missing") from None
        except ValueError:
            raise IndexUnusable("pointer damaged") from None
        seal = read_seal(_seal_path(self.folder, number))
        if seal.format != self.format:
            raise IndexUnusable("another format")
        self._verifier.verify(self.folder, seal)
        return seal

    def _open(self, before: Stored | None) -> Stored:
        generation = self.generation()
        seal = self._verified()
        held = {segment.name: segment for segment in before.segments} if before else {}
        try:
            across = np.load(self.folder / seal.deleted, allow_pickle=False)
            segments, first = [], 0
            for sealed in seal.segments:
                last = first + sealed.rows
                deleted = (across[(across >= first) & (across < last)] - np.uint32(first)).astype(np.uint32)
                segments.append(self._segment(sealed, deleted, held.get(sealed.name)))
                first = last
        except (ArrayFileDamaged, TextUnusable, ValueError) as broken:
            raise IndexUnusable("unreadable") from broken
        return Stored(seal.point, generation or "", tuple(segments))

    def _segment(self, sealed: SealedSegment, deleted: Rows, held: OpenSegment | None) -> OpenSegment:
        if held is not None:
            return OpenSegment(sealed.name, held.rows, held.text, deleted)
        rows = open_rows(self.folder / f"{sealed.name}{ROWS}", self.folder / f"{sealed.name}{TEXTS}")
        if len(rows) != sealed.rows:
            raise IndexUnusable("rows differ")
        return OpenSegment(sealed.name, rows, self._text.open(self.folder, sealed.name, sealed.rows), deleted)


def _across(states: Sequence[SegmentState]) -> Rows:
    firsts = np.cumsum([0, *(state.rows for state in states)])
    rows = [
        state.deleted.astype(np.uint32) + np.uint32(first)
        for state, first in zip(states, firsts.tolist(), strict=False)
    ]
    return np.concatenate([np.zeros(0, np.uint32), *rows])


def _seal_path(folder: Path, number: int) -> Path:
    return folder / f"seal-{number}.json"


def _retried(attempt: Callable[[], Found]) -> Found:
    for _ in range(OPEN_TRIES):
        try:
            return attempt()
        except FileNotFoundError:
            # A commit removed a file between two of our opens: its successor is there already.
            time.sleep(OPEN_PAUSE_S)
    raise IndexUnusable("files missing")


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
