"""The files of a segment mapped into memory, and looked over before anything in them is believed.

A mapped file has no reading position, so any number of threads read it at once. It is unmapped when the last array
that lies in it is gone, never before: that is why nothing here closes a mapping.
"""

from __future__ import annotations

import mmap
import zlib

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.text.port import TextUnusable
from warehouse_hub.search.whoosh_text.layout import BLOCK, HEADER_SIZE, POSTINGS, TERMS, Header
from warehouse_hub.search.whoosh_text.library import BufferFile, FileStorage


class PostingLists:
    """The arrays of a postings file: `rows` and `impacts` by posting, `blocks` by block.

    They are writable as far as NumPy and Numba can tell, so that a kernel compiled for arrays in memory takes them;
    what somebody wrote would stay in that process and never reach the file.
    """

    def __init__(self, header: Header, mapping: mmap.mmap) -> None:
        self.header = header
        self.rows: NDArray[np.uint32] = np.ndarray(header.postings, np.uint32, mapping, HEADER_SIZE)
        self.impacts: NDArray[np.uint8] = np.ndarray(header.postings, np.uint8, mapping, header.impacts_at)
        self.blocks: NDArray[np.void] = np.ndarray(header.blocks, BLOCK, mapping, header.blocks_at)

    def blocks_of(self, first: int, postings: int) -> NDArray[np.void]:
        """The blocks of a list of so many postings. Raises TextUnusable for a list that does not fit into the file."""
        blocks = self.blocks[first : first - -postings // self.header.block_size]
        if not 0 < postings <= self.header.postings or len(blocks) * self.header.block_size < postings:
            raise TextUnusable("list outside of the file")
        if int(blocks["start"][0]) + postings > self.header.postings:
            raise TextUnusable("list outside of the file")
        return blocks

    def close(self) -> None:
        """For Whoosh, which closes what it opened."""


class MappedFile(BufferFile):  # type: ignore[misc]
    """A whole file as Whoosh reads it. Whoosh's own class of this kind copies the bytes first."""

    def __init__(self, mapping: mmap.mmap, name: str) -> None:
        self._buf = self.file = mapping
        self._name = name
        self.onclose = None
        self.is_real = self.is_closed = False

    def close(self) -> None:
        """The mapping goes with its last reader."""
        self.is_closed = True


def read_header(storage: FileStorage, name: str, rows: int) -> Header:
    """The header of a segment's postings file. Raises FileNotFoundError; TextUnusable when it is not of `rows` rows."""
    with storage.open_file(name + POSTINGS) as file:
        header = Header.from_bytes(file.read(HEADER_SIZE))
    if header.rows != rows:
        raise TextUnusable("another number of rows")
    return header


def open_files(storage: FileStorage, name: str, rows: int) -> tuple[MappedFile, PostingLists]:
    """The terms file and the posting lists of a segment, the former checked whole.

    Raises FileNotFoundError, and TextUnusable for files that are cut short, damaged or do not belong together.
    """
    header = read_header(storage, name, rows)
    postings = _mapping(storage, name + POSTINGS, mmap.ACCESS_COPY)
    terms = _mapping(storage, name + TERMS, mmap.ACCESS_READ)
    if len(postings) != header.size:
        raise TextUnusable("postings cut short")
    if zlib.crc32(terms) != header.terms_crc:
        raise TextUnusable("terms damaged")
    return MappedFile(terms, name + TERMS), PostingLists(header, postings)


def _mapping(storage: FileStorage, name: str, access: int) -> mmap.mmap:
    with storage.open_file(name) as file:
        try:
            return mmap.mmap(file.fileno(), 0, access=access)
        except ValueError:
            raise TextUnusable("empty file") from None
