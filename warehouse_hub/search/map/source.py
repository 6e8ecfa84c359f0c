"""What the map is told of the results: which rows, and where they stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.geography.shapes import Box


class MapColumns(NamedTuple):
    """Where every row of a part stands and what is counted of it, in the form that compiled functions take."""

    morton: NDArray[np.uint64]
    map_x: NDArray[np.uint32]
    map_y: NDArray[np.uint32]
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    record_class: NDArray[np.uint8]


@dataclass(frozen=True)
class Located:
    """The results of one part: the part's whole columns, and the numbers of the rows that are meant.

    All `rows` have coordinates, and none stands there twice; `ordered` says that they stand in the order of their
    `morton`. `ids` gives the id of the listing in a row.
    """

    columns: MapColumns
    rows: NDArray[np.uint32]
    ordered: bool
    ids: Callable[[int], str]

    def in_order(self) -> Located:
        """The same with the rows along the Z-order curve, at one place in their own order."""
        if self.ordered:
            return self
        order = np.argsort(self.columns.morton[self.rows], kind="stable")
        return replace(self, rows=self.rows[order], ordered=True)


# The results with coordinates in (at least) a part of the world, None for all of it, one Located a part of the rows.
Source = Callable[[Box | None], Sequence[Located]]
