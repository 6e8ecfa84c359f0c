"""The floor under a search: no answer over N rows can be quicker than reading the columns that decide it."""

from __future__ import annotations

import numpy as np

from warehouse_hub.operations.bench.answer import FLOOR, Measured, timed

_COLUMNS = 8


def column_read(rows: int) -> Measured:
    """One read of eight four-byte columns of that length by NumPy."""
    columns = [np.arange(rows, dtype=np.int32) for _ in range(_COLUMNS)]
    _, p50, p95 = timed(lambda: [int(column.max(initial=0)) for column in columns], repeats=200)
    return Measured(FLOOR, "read of eight columns", p50, p95)
