"""Columns in memory that only ever grow, so that what a reader holds stays whole while another thread adds."""

from __future__ import annotations

import numpy as np

from warehouse_hub.search.rows.schema import DEAD, TYPES, Arrays, Columns, empty_arrays

_FIRST_ROOM = 256


class GrowingColumns:
    """Rows are added and switched off, never changed otherwise; one thread at a time may do either."""

    def __init__(self) -> None:
        self._arrays = empty_arrays(_FIRST_ROOM)
        self._rows = 0

    def __len__(self) -> int:
        return self._rows

    def add(self, columns: Arrays) -> int:
        """Add rows given as columns of equal length; the number of the first."""
        first, count = self._rows, len(columns["status"])
        while first + count > len(self._arrays["status"]):
            # New arrays rather than resized ones: snapshots go on reading the old.
            self._arrays = {
                name: np.concatenate([array, np.zeros(len(array), array.dtype)])
                for name, array in self._arrays.items()
            }
        for name in TYPES:
            self._arrays[name][first : first + count] = columns[name]
        self._rows += count
        return first

    def switch_off(self, row: int) -> None:
        """End a row. Snapshots taken before still hold it."""
        self._arrays["status"][row] = DEAD

    def snapshot(self) -> Columns:
        """The present state, which later changes leave as it is; costs a copy of the switches alone."""
        views = {name: array[: self._rows] for name, array in self._arrays.items()}
        return Columns(**{**views, "status": views["status"].copy()})
