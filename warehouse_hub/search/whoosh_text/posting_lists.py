"""Writing the postings file: the lists of all tokens one after the other, and what Whoosh wants to know of each.

Lists are described a batch at a time by NumPy; a step of Python for every list would take longer than all the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.whoosh_text.layout import BLOCK, HEADER_SIZE, MOST_POSTINGS, Header
from warehouse_hub.search.whoosh_text.runs import Batch, Counts

# One token's entry in the terms file, laid out as Whoosh's W3TermInfo; its extent is told in blocks.
TERM_INFO: Final = np.dtype(
    [
        ("inlined", "u1"),
        ("weight", ">f4"),
        ("frequency", ">u4"),
        ("min_length", "u1"),
        ("max_length", "u1"),
        ("max_weight", ">f4"),
        ("first_row", ">u4"),
        ("last_row", ">u4"),
        ("first_block", ">i8"),
        ("blocks", ">i4"),
    ]
)


class PostingsWriter:
    """Writes the file of one segment, whose lists have the lengths `counts`; a writer is used once.

    `length_codes` has the length of every row in Whoosh's one-byte code. `infos` are the entries for the terms file,
    by token number, filled while the lists are written. Raises ValueError for more postings than a segment can have.
    """

    def __init__(self, path: Path, counts: Counts, length_codes: NDArray[np.uint8], block_size: int) -> None:
        self._path = path
        self._codes = length_codes
        self._block_size = block_size
        self._postings = int(counts.sum())
        if self._postings > MOST_POSTINGS:
            raise ValueError("too many postings for one segment")
        starts = np.cumsum(counts) - counts
        in_list = -(-counts // block_size)
        self._first_blocks = np.append(0, np.cumsum(in_list))
        within = np.arange(in_list.sum()) - np.repeat(self._first_blocks[:-1], in_list)
        self._blocks = np.zeros(len(within), BLOCK)
        self._blocks["start"] = np.repeat(starts, in_list) + within * block_size
        self.infos = np.zeros(len(counts), TERM_INFO)
        self.infos["frequency"] = counts
        self.infos["first_block"] = self._first_blocks[:-1]
        self.infos["blocks"] = in_list

    def write(self, batches: Iterable[Batch]) -> None:
        """All lists, in the order of token numbers."""
        header = self._header(0, 0)
        written = 0
        with self._path.open("xb") as file:
            for batch in batches:
                file.seek(HEADER_SIZE + 4 * written)
                batch.rows.tofile(file)
                file.seek(header.impacts_at + written)
                batch.impacts.tofile(file)
                self._describe(batch, written)
                written += len(batch.rows)
            file.seek(header.blocks_at)
            self._blocks.tofile(file)

    def finish(self, length: int, terms_crc: int) -> None:
        """Put the header in its place, last of all: a file without it is none."""
        with self._path.open("r+b") as file:
            file.write(self._header(length, terms_crc).to_bytes())

    def _header(self, length: int, terms_crc: int) -> Header:
        return Header(
            block_size=self._block_size,
            rows=len(self._codes),
            tokens=len(self.infos),
            blocks=len(self._blocks),
            postings=self._postings,
            length=length,
            terms_crc=terms_crc,
        )

    def _describe(self, batch: Batch, written: int) -> None:
        """Extremes of the blocks, and from them those of the lists."""
        stop = batch.first + len(batch.counts)
        firsts = self._first_blocks[batch.first : stop]
        blocks = self._blocks[firsts[0] : self._first_blocks[stop]]
        starts = blocks["start"].astype(np.int64) - written
        lengths = self._codes[batch.rows]
        blocks["last_row"] = batch.rows[np.append(starts[1:], len(batch.rows)) - 1]
        blocks["max_impact"] = np.maximum.reduceat(batch.impacts, starts)
        blocks["min_length"] = np.minimum.reduceat(lengths, starts)
        blocks["max_length"] = np.maximum.reduceat(lengths, starts)

        infos = self.infos[batch.first : stop]
        first_blocks = firsts - firsts[0]
        last_blocks = np.append(first_blocks[1:], len(blocks)) - 1
        list_starts = starts[first_blocks]
        infos["weight"] = np.add.reduceat(batch.impacts, list_starts, dtype=np.float64)
        infos["max_weight"] = np.maximum.reduceat(blocks["max_impact"], first_blocks)
        infos["min_length"] = np.minimum.reduceat(blocks["min_length"], first_blocks)
        infos["max_length"] = np.maximum.reduceat(blocks["max_length"], first_blocks)
        infos["first_row"] = batch.rows[list_starts]
        infos["last_row"] = blocks["last_row"][last_blocks]
