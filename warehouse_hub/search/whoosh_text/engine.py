"""Whoosh behind the port of the text engine.

Any Whoosh program opens what was published last with `whoosh.index.open_dir(folder, "MAIN")`. It must not write
there: the commits are the caller's, and Whoosh would remove files that they still name.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from warehouse_hub.search.text.port import SegmentState
from warehouse_hub.search.whoosh_text.codec import ArraySegment
from warehouse_hub.search.whoosh_text.layout import (
    BLOCK_SIZE,
    INDEX_NAME,
    LAYOUT_VERSION,
    TEXT_FIELD,
)
from warehouse_hub.search.whoosh_text.library import (
    COLUMN,
    TEXT,
    TOC,
    FileStorage,
    IDAnalyzer,
    RamStorage,
    Schema,
    VarBytesColumn,
)
from warehouse_hub.search.whoosh_text.loader import write_segment
from warehouse_hub.search.whoosh_text.mapped import read_header
from warehouse_hub.search.whoosh_text.segment import MappedSegment, open_segment


class WhooshText:
    """Implements `TextEngine`; `block_size` is in postings and only matters to Whoosh's own searcher."""

    def __init__(self, *, block_size: int = BLOCK_SIZE) -> None:
        self._block_size = block_size

    @property
    def format(self) -> str:
        return f"whoosh-arrays-{LAYOUT_VERSION}"

    def write(
        self, folder: Path, name: str, ids: Iterable[str], texts: Iterable[Mapping[str, int]]
    ) -> tuple[str, ...]:
        return write_segment(folder, name, ids, texts, block_size=self._block_size)

    def publish(self, folder: Path, generation: int, segments: Sequence[SegmentState]) -> tuple[str, ...]:
        storage = FileStorage(str(folder))
        contents = TOC(schema(), [_listed(storage, segment) for segment in segments], generation)
        in_memory = RamStorage()
        contents.write(in_memory, INDEX_NAME)
        ((name, content),) = in_memory.files.items()
        _write_whole(folder / name, content)
        return (name,)

    def open(self, folder: Path, name: str, rows: int) -> MappedSegment:
        return open_segment(folder, name, rows)


def schema() -> Schema:
    """What Whoosh is told of the index: an id by document, and text as tokens and impacts without positions."""
    fields = {
        "id": COLUMN(VarBytesColumn()),
        TEXT_FIELD: TEXT(analyzer=IDAnalyzer(), phrase=False),
    }
    return Schema(**fields)


def _listed(storage: FileStorage, segment: SegmentState) -> ArraySegment:
    header = read_header(storage, segment.name, segment.rows)
    if np.any(segment.deleted >= segment.rows):
        raise ValueError("deleted row outside of the segment")
    return ArraySegment(segment.name, segment.rows, header.length, segment.deleted.tolist())


def _write_whole(path: Path, content: bytes) -> None:
    """On disk before it has its name: after a power cut Whoosh would take an empty file for the newest state."""
    pending = path.with_name(f"{path.name}.pending")
    try:
        with pending.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        pending.replace(path)
    except BaseException:
        pending.unlink(missing_ok=True)
        raise
