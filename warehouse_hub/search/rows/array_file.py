"""Named arrays in one file that processes map instead of read: a header in JSON, then every array on a cache line.

What is mapped is private and copied on writing, so a stray write stays in its process; the file itself never changes.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_MAGIC: Final = b"WHROWS01"
_ALIGNMENT: Final = 64


class ArrayFileDamaged(Exception):
    """The file is shorter than its header says, or has none."""


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]], facts: Mapping[str, Any]) -> None:
    """Write arrays and whatever JSON can hold beside them."""
    places: dict[str, tuple[str, int, int]] = {}
    offset = 0
    for name, array in arrays.items():
        offset = _aligned(offset)
        places[name] = (array.dtype.str, offset, len(array))
        offset += array.nbytes
    header = json.dumps({"arrays": places, "facts": facts}, ensure_ascii=False).encode()
    start = _aligned(len(_MAGIC) + 8 + len(header))
    with path.open("wb") as stream:
        stream.write(_MAGIC + len(header).to_bytes(8, "little") + header)
        for name, array in arrays.items():
            stream.seek(start + places[name][1])
            stream.write(np.ascontiguousarray(array).view(np.uint8).data)
        stream.truncate(max(stream.tell(), start + offset))


def map_arrays(path: Path) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """The arrays and the facts; raises ArrayFileDamaged, or FileNotFoundError."""
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        if size < len(_MAGIC) + 8:
            raise ArrayFileDamaged(path.name)
        mapped = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_COPY)
    first = len(_MAGIC) + 8
    try:
        if mapped[: len(_MAGIC)] != _MAGIC:
            raise ArrayFileDamaged(path.name)
        length = int.from_bytes(mapped[len(_MAGIC) : first], "little")
        header = json.loads(mapped[first : first + length])
        start = _aligned(first + length)
        arrays = {
            name: np.frombuffer(mapped, np.dtype(kind), count, start + offset)
            if count
            else np.zeros(0, np.dtype(kind))
            for name, (kind, offset, count) in header["arrays"].items()
        }
    except (ValueError, KeyError, TypeError) as broken:
        raise ArrayFileDamaged(path.name) from broken
    return arrays, header["facts"]


def _aligned(offset: int) -> int:
    return -(-offset // _ALIGNMENT) * _ALIGNMENT
