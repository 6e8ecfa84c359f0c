"""What a query keeps of a view, part by part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.parts import Part, View


@dataclass(frozen=True)
class PartFound:
    """The rows that are kept, ascending, and what belongs to each: its score (empty where no text was asked for) and
    its distance (None where none was measured, NaN where the place is not known).
    """

    part: Part
    rows: NDArray[np.uint32]
    scores: NDArray[np.int32]
    km: NDArray[np.float64] | None


@dataclass(frozen=True)
class Found:
    """The rows of both parts with the counts of all; `without_coordinates` would pass every filter, were their place
    known.
    """

    view: View
    parts: tuple[PartFound, ...]
    facets: Mapping[str, Mapping[str, int]]
    without_coordinates: int

    @property
    def total(self) -> int:
        return sum(len(part.rows) for part in self.parts)
