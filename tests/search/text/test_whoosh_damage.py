"""Damaged files are refused: no crash, and no answer that could have been noticed to be wrong."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from search.text.whoosh_texts import bilingual, ids_of
from whoosh.index import open_dir

from warehouse_hub.search.text.port import SegmentState, TextUnusable
from warehouse_hub.search.whoosh_text.engine import WhooshText
from warehouse_hub.search.whoosh_text.layout import HEADER_SIZE, POSTINGS, TERMS, Header

ROWS = 300
READ = (POSTINGS, TERMS)


@pytest.fixture
def folder(tmp_path) -> Path:
    WhooshText(block_size=32).write(tmp_path, "MAIN_a", ids_of(ROWS), bilingual(ROWS))
    return tmp_path


def rewrite(path: Path, content: bytes) -> None:
    """Another file of this name: a mapped one is never changed under its readers."""
    path.unlink()
    path.write_bytes(content)


def everything(folder: Path) -> dict[str, list[int]]:
    segment = WhooshText().open(folder, "MAIN_a", ROWS)
    return {token: segment.postings(token).rows.tolist() for token, _ in segment.tokens()}


@pytest.mark.parametrize("kind", READ)
@pytest.mark.parametrize("kept", ["nothing", "a byte", "a header", "half", "all but a byte", "a byte more"])
def test_a_file_of_another_size_is_refused(folder, kind, kept):
    path = folder / f"MAIN_a{kind}"
    content = path.read_bytes()
    sizes = {
        "nothing": 0,
        "a byte": 1,
        "a header": HEADER_SIZE,
        "half": len(content) // 2,
        "all but a byte": len(content) - 1,
        "a byte more": len(content) + 1,
    }
    rewrite(path, (content + b"\0")[: sizes[kept]])
    with pytest.raises(TextUnusable):
        WhooshText().open(folder, "MAIN_a", ROWS)


@pytest.mark.parametrize("place", range(HEADER_SIZE))
def test_a_flipped_bit_of_the_header_is_refused(folder, place):
    path = folder / f"MAIN_a{POSTINGS}"
    content = bytearray(path.read_bytes())
    content[place] ^= 1 << place % 8
    rewrite(path, bytes(content))
    with pytest.raises(TextUnusable):
        WhooshText().open(folder, "MAIN_a", ROWS)
    with pytest.raises(TextUnusable):
        WhooshText().publish(folder, 1, [SegmentState("MAIN_a", ROWS, np.zeros(0, np.uint32))])


def test_flipped_bits_of_the_terms_are_refused(folder):
    path = folder / f"MAIN_a{TERMS}"
    content = path.read_bytes()
    rng = random.Random(4)
    for place in [*range(40), *rng.sample(range(len(content)), 60), *range(len(content) - 40, len(content))]:
        damaged = bytearray(content)
        damaged[place] ^= 1 << rng.randrange(8)
        rewrite(path, bytes(damaged))
        with pytest.raises(TextUnusable):
            WhooshText().open(folder, "MAIN_a", ROWS)


def test_a_damaged_row_number_never_reaches_a_kernel(folder):
    path = folder / f"MAIN_a{POSTINGS}"
    content = path.read_bytes()
    header = Header.from_bytes(content)
    rng = random.Random(5)
    for posting in rng.sample(range(header.postings), 40):
        damaged = bytearray(content)
        damaged[HEADER_SIZE + 4 * posting + 3] ^= 0x80
        rewrite(path, bytes(damaged))
        with pytest.raises(TextUnusable):
            everything(folder)


@pytest.mark.parametrize("byte", range(4))
def test_a_damaged_block_never_leads_to_another_list(folder, byte):
    sound = everything(folder)
    path = folder / f"MAIN_a{POSTINGS}"
    content = path.read_bytes()
    header = Header.from_bytes(content)
    refused = 0
    for block in random.Random(6).sample(range(header.blocks), 20):
        damaged = bytearray(content)
        damaged[header.blocks_at + 12 * block + byte] ^= 1
        rewrite(path, bytes(damaged))
        try:
            # A block within a list serves only Whoosh's skipping.
            assert everything(folder) == sound
        except TextUnusable:
            refused += 1
    assert refused > 0


def test_files_of_two_segments_do_not_go_together(folder):
    WhooshText(block_size=32).write(folder, "MAIN_b", ids_of(ROWS), bilingual(ROWS, seed=9))
    (folder / f"MAIN_b{TERMS}").replace(folder / f"MAIN_a{TERMS}")
    with pytest.raises(TextUnusable):
        WhooshText().open(folder, "MAIN_a", ROWS)


def test_a_segment_of_another_number_of_rows_or_format_is_refused(folder):
    with pytest.raises(TextUnusable):
        WhooshText().open(folder, "MAIN_a", ROWS + 1)
    path = folder / f"MAIN_a{POSTINGS}"
    rewrite(path, path.read_bytes().replace(b"WHpost01", b"WHpost00", 1))
    with pytest.raises(TextUnusable):
        WhooshText().open(folder, "MAIN_a", ROWS)


@pytest.mark.parametrize("kind", READ)
def test_a_missing_file_is_told_from_a_damaged_one(folder, kind):
    (folder / f"MAIN_a{kind}").unlink()
    with pytest.raises(FileNotFoundError):
        WhooshText().open(folder, "MAIN_a", ROWS)


def test_whoosh_refuses_a_damaged_segment_too(folder):
    WhooshText().publish(folder, 1, [SegmentState("MAIN_a", ROWS, np.zeros(0, np.uint32))])
    path = folder / f"MAIN_a{TERMS}"
    rewrite(path, path.read_bytes()[:-1])
    with pytest.raises(TextUnusable):
        open_dir(folder, "MAIN").searcher()
