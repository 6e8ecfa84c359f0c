"""The layout of a segment's postings file, the one file of ours that Whoosh itself would write differently.

    header | rows: uint32 a posting | impacts: uint8 a posting | blocks: one BLOCK for up to `block_size` postings

All tokens share the two arrays: a token's list is one stretch of them, cut into blocks from its beginning, and its
entry in Whoosh's terms file names its first block. Everything is little-endian and aligned to its own size, so that
the bytes on disk are the arrays; NumPy and Numba take them as they are only on a little-endian machine.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import astuple, dataclass
from typing import Final

import numpy as np

from warehouse_hub.search.text.port import TextUnusable

LAYOUT_VERSION: Final = 1
BLOCK_SIZE: Final = 16_384
INDEX_NAME: Final = "MAIN"
TEXT_FIELD: Final = "text"
# A key of the terms file begins with the number of its field, and there is one field.
FIELD_PREFIX: Final = b"\0\0"

POSTINGS: Final = ".pst"
TERMS: Final = ".trm"
IDS: Final = ".id.col"
LENGTHS: Final = "._text_len.col"

# What Whoosh needs to know of a block to skip it; lengths in Whoosh's one-byte code.
BLOCK: Final = np.dtype(
    [
        ("start", "<u4"),
        ("last_row", "<u4"),
        ("max_impact", "u1"),
        ("min_length", "u1"),
        ("max_length", "u1"),
        ("padding", "u1"),
    ]
)
HEADER_SIZE: Final = 64
MOST_POSTINGS: Final = 2**32 - 1

_MAGIC: Final = b"WHpost%02d" % LAYOUT_VERSION
_FIELDS: Final = struct.Struct("<8sIIIIQQI")
_CRC: Final = struct.Struct("<I")


@dataclass(frozen=True)
class Header:
    """What a postings file holds. `length` is the sum of all impacts, `terms_crc` the CRC-32 of the terms file."""

    block_size: int
    rows: int
    tokens: int
    blocks: int
    postings: int
    length: int
    terms_crc: int

    @property
    def impacts_at(self) -> int:
        """Where the impacts begin: after the header and the rows."""
        return HEADER_SIZE + 4 * self.postings

    @property
    def blocks_at(self) -> int:
        """Where the blocks begin: after the impacts, at the next multiple of four."""
        return -(-(self.impacts_at + self.postings) // 4) * 4

    @property
    def size(self) -> int:
        """The size of the whole file in bytes."""
        return self.blocks_at + self.blocks * BLOCK.itemsize

    def to_bytes(self) -> bytes:
        fields = _FIELDS.pack(_MAGIC, *astuple(self))
        return (fields + _CRC.pack(zlib.crc32(fields))).ljust(HEADER_SIZE, b"\0")

    @classmethod
    def from_bytes(cls, stored: bytes) -> Header:
        """Raises TextUnusable for bytes that `to_bytes` of this version did not write."""
        if len(stored) < HEADER_SIZE or not stored.startswith(_MAGIC):
            raise TextUnusable("not a postings file of this version")
        header = cls(*_FIELDS.unpack_from(stored)[1:])
        if stored[:HEADER_SIZE] != header.to_bytes():
            raise TextUnusable("header damaged")
        return header
