"""The bulk loader: writes a whole segment in one pass over its texts.

Whoosh's own writer is never stepped through: it spends about ten microseconds on every posting, and sorting numbers
takes a hundredth of that. Memory is bounded by the vocabulary and one run of postings, not by the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from warehouse_hub.search.whoosh_text.documents import IdColumn, length_codes
from warehouse_hub.search.whoosh_text.layout import (
    BLOCK_SIZE,
    IDS,
    LENGTHS,
    POSTINGS,
    TERMS,
)
from warehouse_hub.search.whoosh_text.posting_lists import PostingsWriter
from warehouse_hub.search.whoosh_text.runs import RUN_POSTINGS, RunCollector, merged, total_counts
from warehouse_hub.search.whoosh_text.terms_file import write_terms


def write_segment(
    folder: Path,
    name: str,
    ids: Iterable[str],
    texts: Iterable[Mapping[str, int]],
    *,
    block_size: int = BLOCK_SIZE,
    run_postings: int = RUN_POSTINGS,
) -> tuple[str, ...]:
    """Write the files of a segment as `TextEngine.write` says, postings in blocks of `block_size`.

    Raises what `TextEngine.write` raises, and UnicodeEncodeError for an id or token with half a surrogate pair.
    """
    names = tuple(name + kind for kind in (IDS, LENGTHS, POSTINGS, TERMS))
    there = [made for made in names if (folder / made).exists()]
    if there:
        raise FileExistsError(there[0])
    try:
        _write(folder, name, ids, texts, block_size, run_postings)
    except BaseException:
        for made in names:
            (folder / made).unlink(missing_ok=True)
        raise
    return names


def _write(
    folder: Path,
    name: str,
    ids: Iterable[str],
    texts: Iterable[Mapping[str, int]],
    block_size: int,
    run_postings: int,
) -> None:
    with RunCollector(folder, run_postings) as collector:
        with IdColumn(folder / f"{name}{IDS}") as column:
            for id_, text in zip(ids, texts, strict=True):
                column.add(id_)
                collector.add(text)
        runs, lengths = collector.finish()
        codes = length_codes(lengths)
        codes.tofile(folder / f"{name}{LENGTHS}")
        vocabulary = collector.vocabulary
        counts = total_counts(runs, len(vocabulary))
        postings = PostingsWriter(folder / f"{name}{POSTINGS}", counts, codes, block_size)
        postings.write(merged(runs, counts))
    terms_crc = write_terms(folder / f"{name}{TERMS}", vocabulary, postings.infos)
    postings.finish(int(lengths.sum()), terms_crc)
