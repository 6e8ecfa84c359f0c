"""Every kernel once, on next to nothing: what is not compiled when a process starts makes somebody's search wait."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from warehouse_hub.search.kernels import order, phrases, postings, scan
from warehouse_hub.search.kernels.compiled import keep_kernels_in
from warehouse_hub.search.kernels.conditions import COUNTRY, Conditions, ScanColumns


def warm(folder: Path | None = None) -> None:
    """Load the compiled kernels, or compile what is not in the folder yet; without a folder, beside the source."""
    if folder is not None:
        keep_kernels_in(folder)
    rows, scores = np.zeros(1, np.uint32), np.zeros(1, np.int32)
    impacts, table = np.ones(1, np.uint8), np.ones(postings.IMPACTS, np.int32)
    postings.scored(impacts, table)
    postings.meet(rows, scores, rows, impacts, table)
    postings.meet_scored(rows, scores, rows, scores)
    postings.keep(rows, scores, rows)
    postings.without(rows, scores, rows)
    postings.shared(rows, rows)
    postings.best_of(rows, scores, rows, scores)
    phrases.holds_text(impacts, np.ones(1, np.uint64), rows, impacts, True, True)
    columns = ScanColumns(
        status=np.ones(1, np.uint8),
        country=np.zeros(1, np.uint16),
        city=np.zeros(1, np.uint32),
        record_class=np.zeros(1, np.uint8),
        grade=np.zeros(1, np.uint8),
        area_band=np.zeros(1, np.uint8),
        services=np.zeros(1, np.uint64),
        goods=np.zeros(1, np.uint64),
        platforms=np.zeros(1, np.uint64),
        available_m2=np.zeros(1),
        port_km=np.zeros(1),
    )
    scan.scan_spans(columns, Conditions(status=1), COUNTRY, np.array([[0, 1]]))
    order.relevance(rows, scores, columns.grade, columns.port_km, 0.0, table, table)
    keys = order.gathered(columns.port_km, rows, descending=True)
    order.top(keys, rows, columns.services, 1, *order.FIRST)
