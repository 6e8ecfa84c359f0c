"""The rows of one segment on disk: columns, ids, names in their order, cities, and texts for phrases."""

from __future__ import annotations

import json
import mmap
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.rows.array_file import ArrayFileDamaged, map_arrays, write_arrays
from warehouse_hub.search.rows.cities import City
from warehouse_hub.search.rows.names import name_key
from warehouse_hub.search.rows.schema import TYPES, Arrays, Columns
from warehouse_hub.search.rows.strings import Strings

_FOOTER: Final = 16


@dataclass(frozen=True)
class StoredRows:
    """A mapped segment. `by_key` lists its rows by ascending key; `name_rank` is a row's place among `names`,
    which are the distinct collation keys of its listings in order; `cities` are those its numbers go on with.
    """

    columns: Columns
    ids: Strings
    by_key: NDArray[np.uint32]
    names: Strings
    name_rank: NDArray[np.uint32]
    cities: tuple[City, ...]
    texts: Strings

    def __len__(self) -> int:
        return len(self.columns)

    def row_of(self, listing_id: str, key: int) -> int | None:
        """The row of a listing, whose key is given; None when it has none here."""
        keys = self.columns.key
        # Not NumPy's own search, which copies the whole order first.
        place = bisect_left(self.by_key, key, key=keys.item)
        while place < len(keys):
            row = int(self.by_key[place])
            if int(keys[row]) != key:
                return None
            if self.ids[row] == listing_id:
                return row
            place += 1
        return None


def write_rows(
    path: Path, columns: Arrays, ids: Sequence[str], names: Sequence[str], cities: Sequence[City]
) -> None:
    """Write everything but the texts; `names` are the listings' names as they are shown first."""
    keys = [name_key(name) for name in names]
    distinct = sorted(set(keys))
    rank = {key: place for place, key in enumerate(distinct)}
    written, ordered = Strings.of(ids), Strings.of(distinct)
    arrays: dict[str, NDArray[Any]] = {
        **columns,
        "id_content": written.content,
        "id_ends": written.ends,
        "by_key": np.argsort(columns["key"], kind="stable").astype(np.uint32),
        "name_content": ordered.content,
        "name_ends": ordered.ends,
        "name_rank": np.fromiter((rank[key] for key in keys), np.uint32, len(keys)),
    }
    write_arrays(path, arrays, {"cities": [[city.code, city.name, city.name_zh] for city in cities]})


def open_rows(rows_path: Path, texts_path: Path) -> StoredRows:
    """Map a segment's rows; raises ArrayFileDamaged, or FileNotFoundError."""
    arrays, facts = map_arrays(rows_path)
    try:
        return StoredRows(
            columns=Columns(**{name: arrays[name] for name in TYPES}),
            ids=Strings(arrays["id_content"], arrays["id_ends"]),
            by_key=arrays["by_key"],
            names=Strings(arrays["name_content"], arrays["name_ends"]),
            name_rank=arrays["name_rank"],
            cities=tuple(City(*city) for city in facts["cities"]),
            texts=_map_texts(texts_path),
        )
    except (KeyError, TypeError) as broken:
        raise ArrayFileDamaged(rows_path.name) from broken


class TextsFile:
    """Writes texts one after the other, so that a million of them never stand in memory together."""

    def __init__(self, path: Path) -> None:
        self._stream = path.open("wb")
        self._ends: list[int] = []
        self._written = 0

    def add(self, text: str) -> None:
        self._written += self._stream.write(text.encode())
        self._ends.append(self._written)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._stream as stream:
            start = -(-self._written // 8) * 8
            stream.seek(start)
            stream.write(np.array(self._ends, np.uint64).tobytes())
            stream.write(json.dumps([start, len(self._ends)]).rjust(_FOOTER * 2).encode())


def _map_texts(path: Path) -> Strings:
    with path.open("rb") as stream:
        if stream.seek(0, 2) < _FOOTER * 2:
            raise ArrayFileDamaged(path.name)
        mapped = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_COPY)
    try:
        start, count = json.loads(mapped[-_FOOTER * 2 :])
        ends = np.frombuffer(mapped, np.uint64, count, start) if count else np.zeros(0, np.uint64)
        return Strings(np.frombuffer(mapped, np.uint8), ends)
    except (ValueError, TypeError) as broken:
        raise ArrayFileDamaged(path.name) from broken
