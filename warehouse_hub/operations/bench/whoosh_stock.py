"""An index written by Whoosh's own writer: what our bulk loader is measured against, and what its searcher searches.

The one thing to get wrong: the writer must be spared what it was not made for. It gets finished tokens, not text, and
more memory than by default, so that it merges little.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from warehouse_hub.operations.bench.peer_rows import PeerRow, read_rows
from warehouse_hub.operations.bench.question import CODES, places_of

with warnings.catch_warnings():
    # Of the library's own code, when a new Python compiles it.
    warnings.simplefilter("ignore")
    from whoosh.analysis import IDAnalyzer
    from whoosh.fields import ID, KEYWORD, NUMERIC, TEXT, Schema
    from whoosh.index import create_in, open_dir
    from whoosh.system import pack_uint

__all__ = ["CountedTokens", "build", "building", "open_dir"]
_MEMORY_MB: Final = 512


class CountedTokens(TEXT):  # type: ignore[misc]
    """Text that comes as tokens with their numbers."""

    def __init__(self) -> None:
        super().__init__(analyzer=IDAnalyzer(), phrase=False)

    def index(self, value: Counter[str], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        for token, count in value.items():
            yield token.encode(), count, float(count), pack_uint(count)


@contextmanager
def building(rows: Path, folder: Path, *, most: int | None = None) -> Iterator[Future[float]]:
    """Write the index in another process meanwhile; the result is its seconds. Document n is row n."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        yield pool.submit(build, rows, folder, most)


def build(rows: Path, folder: Path, most: int | None = None) -> float:
    """Write the index of a file of rows, or of the first `most`; the seconds that took."""
    folder.mkdir(parents=True)
    started = perf_counter()
    writer = create_in(str(folder), _schema()).writer(limitmb=_MEMORY_MB)
    for row in read_rows(rows, most):
        writer.add_document(**_document(row))
    writer.commit()
    return perf_counter() - started


def _schema() -> Schema:
    return Schema(
        text=CountedTokens(),
        country=ID(sortable=True),
        service=KEYWORD(),
        goods=KEYWORD(),
        available=NUMERIC(int, 64, sortable=True),
    )


def _document(row: PeerRow) -> dict[str, Any]:
    found: dict[str, Any] = {
        "text": Counter(row.tokens.split()),
        "country": row.country,
        "service": " ".join(CODES["service"][place] for place in places_of(row.services)),
        "goods": " ".join(CODES["goods"][place] for place in places_of(row.goods)),
    }
    if row.available_m2 is not None:
        found["available"] = row.available_m2
    return found
