"""Writing Whoosh's terms file: a hash table on disk from a token to where its postings are, with keys in order."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.whoosh_text.layout import FIELD_PREFIX, TEXT_FIELD
from warehouse_hub.search.whoosh_text.library import (
    GrowableArray,
    HashWriter,
    OrderedHashWriter,
    StructFile,
)
from warehouse_hub.search.whoosh_text.runs import Vocabulary

_BY_CRC: Final = 1
_LENGTHS: Final = struct.Struct("!ii")


class CrcHashWriter(OrderedHashWriter):  # type: ignore[misc]
    """Whoosh's writer of such files, with the quicker of the hash functions that its reader knows."""

    def __init__(self, file: StructFile) -> None:
        HashWriter.__init__(self, file, hashtype=_BY_CRC)
        self.index = GrowableArray("H")

    def add_all(self, items: Iterable[tuple[bytes, bytes]]) -> None:
        """Entries in the order of their keys. Whoosh's own way asks the file for its position twice an entry."""
        position = self.dbfile.tell()
        for key, value in items:
            entry = _LENGTHS.pack(len(key), len(value)) + key + value
            self.dbfile.write(entry)
            self.index.append(position)
            key_hash = zlib.crc32(key)
            self.buckets[key_hash & 0xFF].append((key_hash, position))
            position += len(entry)


def write_terms(path: Path, vocabulary: Vocabulary, infos: NDArray[np.void]) -> int:
    """Write the infos of all tokens, given by token number. Returns the CRC-32 of the file.

    Raises UnicodeEncodeError for a token with half a surrogate pair in it.
    """
    size = infos.dtype.itemsize
    stored = infos.tobytes()
    with path.open("xb") as file:
        writer = CrcHashWriter(StructFile(file))
        writer.extras["fieldmap"] = {TEXT_FIELD: 0}
        # Code-point order is byte order in UTF-8.
        writer.add_all(
            (FIELD_PREFIX + token.encode(), stored[number * size : (number + 1) * size])
            for token, number in sorted(vocabulary.items())
        )
        writer.close()
    return zlib.crc32(path.read_bytes())
