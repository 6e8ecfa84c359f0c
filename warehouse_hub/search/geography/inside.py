"""Which rows lie in a box or a polygon; edges are inside, an unknown place is inside nothing.

What is easy to get wrong: a polygon's longitudes run on past 180, so a row is looked for one turn on and one back too.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.geography.candidates import Candidates, Rows, Spans, rows_in
from warehouse_hub.search.geography.shapes import Box, Polygon
from warehouse_hub.search.kernels.compiled import inner, kernel

Floats = NDArray[np.float64]
Edges = NDArray[np.int64]

_MOST_STRIPS: Final = 256


def inside_box(latitude: Floats, longitude: Floats, candidates: Candidates, box: Box) -> Rows:
    """The candidates in a box, in their order; exact."""
    return _inside_box(
        latitude, longitude, *candidates, float(box.west), float(box.south), float(box.east), float(box.north)
    )


def inside_polygon(latitude: Floats, longitude: Floats, candidates: Candidates, polygon: Polygon) -> Rows:
    """The candidates in a polygon, in their order; exact but for the rounding of one product of degrees.

    Every candidate is held against the edges of its strip of latitude, so give it those in `polygon.boxes()` alone.
    """
    ring = polygon.ring()
    (south, west), (north, east) = ring.min(axis=0).tolist(), ring.max(axis=0).tolist()
    strips = min(len(ring) - 1, _MOST_STRIPS)
    firsts, edges = _edges_by_strip(ring, south, north, strips)
    return _inside_polygon(latitude, longitude, *candidates, west, south, east, north, ring, firsts, edges)


@kernel
def _inside_box(
    latitude: Floats,
    longitude: Floats,
    rows: Rows,
    spans: Spans,
    west: float,
    south: float,
    east: float,
    north: float,
) -> Rows:
    count = rows_in(spans)
    found, inside = np.empty(count, np.uint32), 0
    for span in range(len(spans)):
        for place in range(spans[span, 0], spans[span, 1]):
            row = np.int64(rows[place]) if len(rows) else place
            if not south <= latitude[row] <= north:
                continue
            past_west, before_east = longitude[row] >= west, longitude[row] <= east
            if (past_west and before_east) or (west > east and (past_west or before_east)):
                found[inside] = row
                inside += 1
    return found[:inside].copy()


@kernel
def _inside_polygon(
    latitude: Floats,
    longitude: Floats,
    rows: Rows,
    spans: Spans,
    west: float,
    south: float,
    east: float,
    north: float,
    ring: Floats,
    firsts: Edges,
    edges: Edges,
) -> Rows:
    found, inside = np.empty(rows_in(spans), np.uint32), 0
    for span in range(len(spans)):
        for place in range(spans[span, 0], spans[span, 1]):
            row = np.int64(rows[place]) if len(rows) else place
            if not south <= latitude[row] <= north:
                continue
            strip = _strip(latitude[row], south, north, len(firsts) - 1)
            around = longitude[row] + 360.0 * np.ceil((west - longitude[row]) / 360.0)
            while around <= east:
                if _in_ring(latitude[row], around, ring, edges, firsts[strip], firsts[strip + 1]):
                    found[inside] = row
                    inside += 1
                    break
                around += 360.0
    return found[:inside].copy()


@inner
def _strip(latitude: float, south: float, north: float, strips: int) -> int:
    """In which strip of latitude a place lies, counted from the south; it only grows with the latitude."""
    if north == south:
        return 0
    return min(int((latitude - south) / (north - south) * strips), strips - 1)


@kernel
def _edges_by_strip(ring: Floats, south: float, north: float, strips: int) -> tuple[Edges, Edges]:
    """The edges that touch each strip: `edges[firsts[strip] : firsts[strip + 1]]`."""
    low, high = np.empty(len(ring) - 1, np.int64), np.empty(len(ring) - 1, np.int64)
    firsts, filled = np.zeros(strips + 1, np.int64), np.zeros(strips, np.int64)
    for edge in range(len(low)):
        low[edge] = _strip(min(ring[edge, 0], ring[edge + 1, 0]), south, north, strips)
        high[edge] = _strip(max(ring[edge, 0], ring[edge + 1, 0]), south, north, strips)
        for strip in range(low[edge], high[edge] + 1):
            firsts[strip + 1] += 1
    for strip in range(strips):
        firsts[strip + 1] += firsts[strip]
    edges = np.empty(firsts[strips], np.int64)
    for edge in range(len(low)):
        for strip in range(low[edge], high[edge] + 1):
            edges[firsts[strip] + filled[strip]] = edge
            filled[strip] += 1
    return firsts, edges


@inner
def _in_ring(latitude: float, longitude: float, ring: Floats, edges: Edges, first: int, last: int) -> bool:
    odd = False
    for place in range(first, last):
        edge = edges[place]
        lat, lon, next_lat, next_lon = ring[edge, 0], ring[edge, 1], ring[edge + 1, 0], ring[edge + 1, 1]
        if latitude < min(lat, next_lat) or latitude > max(lat, next_lat):
            continue
        # The side of the edge on which the place lies, without a division that would round.
        side = (longitude - lon) * (next_lat - lat) - (latitude - lat) * (next_lon - lon)
        if side == 0.0 and min(lon, next_lon) <= longitude <= max(lon, next_lon):
            return True
        if (lat > latitude) != (next_lat > latitude) and (side < 0) == (next_lat > lat):
            odd = not odd
    return odd
