"""The text index on disk: Whoosh 2.7.4 for the postings, sealed commits, one writer.

A rebuild is written into a folder of its own and put in place by one rename of the file `current`, so a reader never
meets half an index. Every other file is immutable once a seal names it.
"""

from __future__ import annotations

import fcntl
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar
from uuid import uuid4

from warehouse_hub.core.errors import Conflict
from warehouse_hub.search.documents import IndexedText, fingerprint
from warehouse_hub.search.feed_point import FeedPoint
from warehouse_hub.search.seal import (
    Seal,
    SealedFile,
    Verifier,
    read_seal,
    seal_files,
    seal_path,
    write_seal,
    write_whole,
)
from warehouse_hub.search.text_index import TextChange, TextIndexUnusable
from warehouse_hub.search.whoosh_library import (
    COLUMN,
    ID,
    TEXT,
    TOC,
    FileIndex,
    FileStorage,
    IDAnalyzer,
    Schema,
    SegmentWriter,
    VarBytesColumn,
    clean_files,
    pack_uint,
)
from warehouse_hub.search.whoosh_snapshot import WhooshSnapshot

FORMAT_VERSION: Final = 1
INDEX_NAME: Final = "MAIN"
LOCK_WAIT_S: Final = 30.0
OPEN_TRIES: Final = 50
OPEN_PAUSE_S: Final = 0.005

Found = TypeVar("Found")


class WeightedTokens(TEXT):  # type: ignore[misc]
    """Text that comes as token counts: frequencies without positions, readable by stock Whoosh."""

    def __init__(self) -> None:
        super().__init__(analyzer=IDAnalyzer(), phrase=False)

    def index(self, value: Mapping[str, int], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        for token, count in value.items():
            yield token.encode(), count, float(count), pack_uint(count)


class WhooshTextIndex:
    """Implements `TextIndex` in one folder; `index_format` names what this version of the code reads."""

    def __init__(self, folder: Path, *, lock_wait_s: float = LOCK_WAIT_S) -> None:
        self._folder = folder
        self._lock_wait_s = lock_wait_s
        self._verifier = Verifier()

    def open(self) -> WhooshSnapshot:
        return _retried(self._open)

    def check(self) -> FeedPoint:
        return _retried(lambda: self._verified()[2].point)

    def generation(self) -> str | None:
        try:
            folder = self._current()
        except (FileNotFoundError, TextIndexUnusable):
            return None
        return _generation_name(folder, _latest(folder))

    @contextmanager
    def writing(self) -> Iterator[None]:
        self._folder.mkdir(parents=True, exist_ok=True)
        # The kernel lets go of the lock when its process dies, however it dies.
        with (self._folder / "writer.lock").open("a") as lock:
            deadline = time.monotonic() + self._lock_wait_s
            while not _locked(lock.fileno()):
                if time.monotonic() > deadline:
                    raise Conflict("search.index_busy")
                time.sleep(0.05)
            yield

    def apply(self, changes: Sequence[TextChange], point: FeedPoint) -> None:
        last = {change.id: change.text for change in changes}
        snapshot = self.open()
        documents = {id_: number for number, id_ in enumerate(snapshot.ids) if id_ is not None}
        removed = [documents[id_] for id_ in last if id_ in documents]
        _commit(self._current(), removed, (text for text in last.values() if text is not None), point)

    def rebuild(self, batches: Iterable[Sequence[IndexedText]], point: FeedPoint) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        fresh = self._folder / f"text-{uuid4().hex[:12]}"
        fresh.mkdir()
        FileIndex.create(FileStorage(str(fresh)), _schema(), INDEX_NAME)
        _commit(fresh, (), (text for batch in batches for text in batch), point)
        write_whole(self._folder / "current", fresh.name)
        for old in self._folder.glob("text-*"):
            if old != fresh:
                shutil.rmtree(old, ignore_errors=True)

    def _open(self) -> WhooshSnapshot:
        folder, generation, seal = self._verified()
        storage = FileStorage(str(folder))
        try:
            # Safe to unpickle: its checksum was just compared.
            toc = TOC.read(storage, INDEX_NAME, gen=generation)
            name = _generation_name(folder, generation)
            return WhooshSnapshot(storage, toc.schema, toc.segments, seal.point, name)
        except FileNotFoundError:
            raise
        except Exception as broken:
            raise TextIndexUnusable("unreadable") from broken

    def _verified(self) -> tuple[Path, int, Seal]:
        folder = self._current()
        generation = _latest(folder)
        seal = read_seal(seal_path(folder, generation))
        if seal.format != index_format():
            raise TextIndexUnusable("another format")
        self._verifier.verify(folder, seal)
        return folder, generation, seal

    def _current(self) -> Path:
        try:
            name = (self._folder / "current").read_text(encoding="utf-8")
        except FileNotFoundError:
            raise TextIndexUnusable("missing") from None
        except UnicodeDecodeError:
            raise TextIndexUnusable("pointer damaged") from None
        if not name.startswith("text-") or "/" in name:
            raise TextIndexUnusable("pointer damaged")
        return self._folder / name


def index_format() -> str:
    """Names the layout of the files and the way a listing becomes tokens."""
    return f"whoosh-{FORMAT_VERSION}-{fingerprint()}"


class _SealingWriter(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer, whose commit seals every file before it becomes visible."""

    def __init__(self, folder: Path, point: FeedPoint) -> None:
        index = FileIndex(FileStorage(str(folder)), indexname=INDEX_NAME)
        # Not compound: a compound file is copied into the memory of every process that opens it.
        super().__init__(index, compound=False)
        self._folder = folder
        self._point = point

    def _commit_toc(self, segments: Sequence[Any]) -> None:
        toc_name = f"_{INDEX_NAME}_{self.generation}.toc"
        pending = self._folder / f"_PENDING_{self.generation}.toc"
        pending.unlink(missing_ok=True)
        TOC(self.schema, segments, self.generation).write(self.storage, "PENDING")
        known = _known_files(self._folder, self.generation - 1)
        names = [name for segment in segments for name in segment.list_files(self.storage)]
        files = seal_files(self._folder, names, known)
        files[toc_name] = seal_files(self._folder, [pending.name], {})[pending.name]
        write_seal(seal_path(self._folder, self.generation), Seal(index_format(), self._point, files))
        pending.replace(self._folder / toc_name)
        clean_files(self.storage, INDEX_NAME, self.generation, segments)
        kept = seal_path(self._folder, self.generation)
        for old in (*self._folder.glob("seal-*"), *self._folder.glob("_PENDING_*")):
            if old != kept:
                old.unlink(missing_ok=True)


def _commit(folder: Path, removed: Iterable[int], texts: Iterable[IndexedText], point: FeedPoint) -> None:
    writer = _SealingWriter(folder, point)
    try:
        for number in removed:
            writer.delete_document(number)
        for text in texts:
            stamp = f"{text.revision}:{text.digest}".encode()
            writer.add_document(id=text.id, stamp=stamp, text=text.tokens)
        writer.commit()
    except BaseException:
        if not writer.is_closed:
            writer.cancel()
        raise


def _schema() -> Schema:
    return Schema(
        id=ID(unique=True, sortable=VarBytesColumn()), stamp=COLUMN(VarBytesColumn()), text=WeightedTokens()
    )


def _known_files(folder: Path, generation: int) -> dict[str, SealedFile]:
    try:
        return read_seal(seal_path(folder, generation)).files
    except FileNotFoundError:
        return {}


def _latest(folder: Path) -> int:
    return int(TOC._latest_generation(FileStorage(str(folder)), INDEX_NAME))  # noqa: SLF001 (no public name)


def _retried(attempt: Callable[[], Found]) -> Found:
    for _ in range(OPEN_TRIES):
        try:
            return attempt()
        except FileNotFoundError:
            # A commit or a rebuild removed a file between two of our opens: its successor is there already.
            time.sleep(OPEN_PAUSE_S)
    raise TextIndexUnusable("files missing")


def _generation_name(folder: Path, generation: int) -> str:
    return f"{folder.name}/{generation}"


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
