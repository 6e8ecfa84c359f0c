"""Many texts end to end in one array, so that a million of them cost one mapping and no objects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Strings:
    """`ends[n]` is where text n ends in `content`, which is UTF-8; it begins where the one before it ends."""

    content: NDArray[np.uint8]
    ends: NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, number: int) -> str:
        content, ends = self._views
        return str(content[ends[number - 1] if number else 0 : ends[number]], "utf-8")

    @cached_property
    def _views(self) -> tuple[memoryview, memoryview]:
        # A single number out of an array takes several times as long.
        return self.content.data, self.ends.data

    @classmethod
    def of(cls, texts: Iterable[str]) -> Strings:
        """The texts in their order."""
        written = [text.encode() for text in texts]
        ends = np.cumsum([len(text) for text in written], dtype=np.uint64)
        return cls(np.frombuffer(bytearray().join(written), np.uint8), ends)
