"""Sets of vocabulary codes as the bits of one 64-bit number a row.

The bit of a code is its place in the vocabulary of the running program, so bits never leave the process.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.vocabulary.codes import GOODS_CLASSES, PLATFORMS, SERVICES

Bits = NDArray[np.uint64]

_BYTES: Final = 8
_BITS_OF_BYTE: Final = ((np.arange(256)[:, None] >> np.arange(8)) & 1).astype(np.int64)


class CodeBits:
    """The bits of one code list of at most 64 codes."""

    def __init__(self, codes: Iterable[str]) -> None:
        self.codes = tuple(codes)
        if len(self.codes) > _BYTES * 8:
            raise ValueError("more than 64 codes")
        self._bit = {code: 1 << place for place, code in enumerate(self.codes)}

    def encode(self, codes: Iterable[str]) -> int:
        """The number that holds these codes; one that this version does not know is left out."""
        number = 0
        for code in codes:
            number |= self._bit.get(code, 0)
        return number

    def decode(self, number: int) -> tuple[str, ...]:
        return tuple(code for code, bit in self._bit.items() if number & bit)

    def counts(self, numbers: Bits) -> dict[str, int]:
        """How many of the rows hold each code; codes that none holds are left out."""
        each_byte = np.ascontiguousarray(numbers).astype("<u8").view(np.uint8).reshape(-1, _BYTES)
        used = range((len(self.codes) + 7) // 8)
        held = np.concatenate(
            [np.bincount(each_byte[:, place], minlength=256) @ _BITS_OF_BYTE for place in used]
        )
        return {code: int(count) for code, count in zip(self.codes, held, strict=False) if count}


SERVICE_BITS: Final = CodeBits(SERVICES.codes)
GOODS_BITS: Final = CodeBits(GOODS_CLASSES.codes)
PLATFORM_BITS: Final = CodeBits(PLATFORMS.codes)
