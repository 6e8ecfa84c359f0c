"""Where a query looks: the candidate rows of a part that lie in its circles, its box and its polygon.

In the base a place is a few spans of neighbouring rows, so nothing outside them is even looked at; the recent part is
gone through whole. What is easy to get wrong: rows without coordinates lie in no place, yet are counted as such.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.geography.candidates import Candidates
from warehouse_hub.search.geography.distance import centres_of, distances, page_distances, within_km
from warehouse_hub.search.geography.inside import inside_box, inside_polygon
from warehouse_hub.search.geography.shapes import WORLD, Box, Circle, Polygon
from warehouse_hub.search.geography.spans import spans_of
from warehouse_hub.search.parts import Part
from warehouse_hub.search.query import SearchQuery

Rows = NDArray[np.uint32]
Floats = NDArray[np.float64]
Point = tuple[float, float]


@dataclass(frozen=True)
class Looked:
    """The rows that lie where a query looks; `km` to its nearest centre, in their order, where a radius was asked."""

    rows: Rows
    km: Floats | None


@dataclass(frozen=True)
class Ground:
    """The part of the world that a query is held to: all that is given must hold."""

    centres: tuple[Point, ...]
    within_km: float | None
    box: Box | None
    polygon: Polygon | None

    @classmethod
    def of(cls, query: SearchQuery) -> Ground:
        """What a query says of places; centres without a radius only measure. What has a place is in the world."""
        polygon = Polygon(query.polygon) if query.polygon else None
        box = query.bbox or (WORLD if query.located else None)
        return cls(query.centres, query.within_km if query.near else None, box, polygon)

    @property
    def is_everywhere(self) -> bool:
        return self.within_km is None and self.box is None and self.polygon is None

    def candidates(self, part: Part, rows: Rows | None) -> Candidates:
        """What has to be looked at: the rows that are given, or all of the part, less what surely lies elsewhere."""
        if part.in_map_order:
            spans = [spans_of(part.columns.morton, boxes) for boxes in self._bounds()]
            narrowest = min(spans, key=_length)
            return Candidates.in_spans(narrowest) if rows is None else Candidates.listed_in(rows, narrowest)
        return Candidates.every(len(part)) if rows is None else Candidates.listed(rows)

    def looked(self, part: Part, rows: Rows | None) -> Looked:
        """The rows among those given, or of the whole part, that lie here. Not to be asked when it is everywhere."""
        columns = part.columns
        candidates, km = self.candidates(part, rows), None
        if self.polygon is not None:
            inside = inside_polygon(columns.latitude, columns.longitude, candidates, self.polygon)
            candidates = Candidates.listed(inside)
        if self.box is not None:
            candidates = Candidates.listed(
                inside_box(columns.latitude, columns.longitude, candidates, self.box)
            )
        if self.within_km is not None:
            found, km = within_km(columns, candidates, self.centres, self.within_km)
            return Looked(found, km)
        return Looked(candidates.rows, km)

    def measured(self, part: Part, rows: Rows) -> Floats:
        """Kilometres from these rows to the nearest centre, NaN where a row has no place."""
        return distances(part.columns, Candidates.listed(rows), centres_of(self.centres))

    def measured_for_page(self, part: Part, rows: Rows, most: int, beyond_km: float) -> Floats:
        """The same, exact for the `most` that follow upon a distance and for no others."""
        return page_distances(
            part.columns, Candidates.listed(rows), centres_of(self.centres), most, beyond_km
        )

    def _bounds(self) -> Sequence[Sequence[Box]]:
        bounds: list[Sequence[Box]] = []
        if self.within_km is not None:
            bounds.append([box for point in self.centres for box in Circle(*point, self.within_km).boxes()])
        if self.box is not None:
            bounds.append(self.box.boxes())
        if self.polygon is not None:
            bounds.append(self.polygon.boxes())
        return bounds


def _length(spans: NDArray[np.int64]) -> int:
    return int((spans[:, 1] - spans[:, 0]).sum())
