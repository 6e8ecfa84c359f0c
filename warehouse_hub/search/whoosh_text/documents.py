"""Writing what Whoosh keeps by document: the id of every row, and its length in one byte.

The search of this project reads neither; they are what makes a segment a complete Whoosh segment.
"""

from __future__ import annotations

from array import array
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.whoosh_text.library import byte_to_length

_CODES: Final = 256


class IdColumn:
    """A file as VarBytesColumn reads it: values, their lengths, their offsets, the types of both, and a mark."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lengths = array("I")

    def __enter__(self) -> Self:
        self._file: IO[bytes] = self._path.open("xb")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._file:
            if kind is None:
                lengths = np.frombuffer(self._lengths, np.uint32).astype(np.int64)
                offsets = np.cumsum(lengths) - lengths
                self._file.write(lengths.astype(">u4").tobytes() + offsets.astype(">u4").tobytes() + b"IIX")

    def add(self, id_: str) -> None:
        """The id of the next row."""
        self._lengths.append(self._file.write(id_.encode()))


def length_codes(lengths: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Whoosh's one-byte approximation of lengths: the least of its 256 steps that is not below, or the last."""
    steps = np.array([byte_to_length(code) for code in range(_CODES)])
    return np.minimum(np.searchsorted(steps, lengths), _CODES - 1).astype(np.uint8)
