"""What searching costs beside the answer itself: a fresh process, many clients, an edit on its way, the index.

Each is measured by itself, after the peers are gone, so that nothing else works on the machine meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from warehouse_hub.operations.bench.answer import HUB
from warehouse_hub.operations.bench.clients import clients
from warehouse_hub.operations.bench.fresh_process import fresh_process
from warehouse_hub.operations.bench.hub_engine import load_text
from warehouse_hub.operations.bench.installation import DATASET
from warehouse_hub.operations.bench.kept_sample import SampleDirectory
from warehouse_hub.operations.bench.search_queries import Asked
from warehouse_hub.operations.bench.visibility import visibility
from warehouse_hub.operations.bench.whoosh_stock import build

FRESH, CLIENTS, STOCK, VISIBILITY = "fresh_process", "clients", "build_ratio", "visibility"
BESIDES: Final = (FRESH, CLIENTS, STOCK, VISIBILITY)
_WHOOSH: Final = "whoosh"
_MOST_FOR_STOCK: Final = 20_000


def besides(
    wanted: Collection[str],
    directory: SampleDirectory,
    index_dir: Path,
    row_file: Path,
    asked: Sequence[Asked],
    build_s: Mapping[str, float],
) -> dict[str, Any]:
    """Those figures that are wanted, by name; `memory_mb` is what searching adds to a fresh process."""
    found: dict[str, Any] = {}
    if FRESH in wanted:
        fresh = fresh_process(directory.database.url, index_dir, DATASET, list(asked))
        found |= {FRESH: fresh.to_json(), "memory_mb": fresh.searching.all_mb}
    if CLIENTS in wanted:
        found[CLIENTS] = clients(directory.file, index_dir, asked).to_json()
    if STOCK in wanted:
        found[STOCK] = _build_ratio(row_file, directory.folder / "stock", build_s)
    if VISIBILITY in wanted:
        # Last, because it edits the listings.
        found[VISIBILITY] = visibility(directory.database, index_dir).to_json()
    return found


def _build_ratio(row_file: Path, folder: Path, build_s: Mapping[str, float]) -> dict[str, float | int]:
    """How many times longer Whoosh's own writer takes for a listing than ours: from the same finished tokens, and for
    the whole index with reading and analysis on both sides.
    """
    with row_file.open(encoding="utf-8") as lines:
        rows = sum(1 for _ in lines)
    written = rows if _WHOOSH in build_s else min(rows, _MOST_FOR_STOCK)
    stock_s = build_s[_WHOOSH] if _WHOOSH in build_s else build(row_file, folder, written)
    loader_s = load_text(row_file, folder.with_name("bulk"), written)
    stock, ours, tokens = stock_s / written, build_s[HUB] / rows, build_s["tokens"] / rows
    return {
        "listings": written,
        "stock_writer_s": round(stock_s, 3),
        "loader_s": round(loader_s, 3),
        "from_tokens": round(stock_s / loader_s, 2),
        "with_reading": round((stock + tokens) / ours, 2),
    }
