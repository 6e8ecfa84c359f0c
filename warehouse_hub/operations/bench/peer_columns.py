"""Columns beside a peer that has no circles of its own: which rows are inside, and their counts."""

from __future__ import annotations

from array import array
from typing import Final

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.operations.bench.circle import Circle
from warehouse_hub.operations.bench.peer_rows import PeerRow
from warehouse_hub.operations.bench.question import CODES, Counts, positive

_NOWHERE: Final = (float("nan"),) * 3
_COUNTRIES: Final = {code: number for number, code in enumerate(CODES["country"])}

Rows = NDArray[np.int64]


class PeerColumns:
    """Filled a row at a time, then finished once; row numbers are those of the rows in order."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._places = array("d")
        self._countries = array("H")
        self._held = {"service": array("q"), "goods": array("q")}

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, row: PeerRow) -> None:
        """Take in the next row."""
        self._ids.append(row.id)
        self._places.extend(row.place or _NOWHERE)
        self._countries.append(_COUNTRIES[row.country])
        self._held["service"].append(row.services)
        self._held["goods"].append(row.goods)

    def finish(self) -> None:
        """Make arrays of what was taken in; nothing can be added any more."""
        self._place = np.array(self._places).reshape(-1, 3).T.copy()
        self._country = np.array(self._countries)
        self._bits = {name: np.array(held) for name, held in self._held.items()}

    def ids_of(self, rows: Rows) -> tuple[str, ...]:
        """The listings of some rows, in their order."""
        return tuple(self._ids[row] for row in rows.tolist())

    def inside(self, circle: Circle, rows: Rows) -> tuple[Rows, NDArray[np.float64]]:
        """Those rows that lie in the circle, in their order, and the squares of their distances in km²."""
        chords2 = circle.chords2(*self._place[:, rows])
        kept = chords2 <= circle.chord2
        return rows[kept], chords2[kept]

    def counts(self, facet: str, rows: Rows) -> Counts:
        """The counts of one facet among some rows."""
        codes = CODES[facet]
        if facet == "country":
            return positive(codes, np.bincount(self._country[rows], minlength=len(codes)).tolist())
        bits = self._bits[facet][rows]
        return positive(codes, [int(np.count_nonzero(bits >> place & 1)) for place in range(len(codes))])
