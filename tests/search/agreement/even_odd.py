"""Whether a place is in a polygon, in exact fractions: no rounding decides on which side of an edge it lies."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import pairwise

Point = tuple[float, float]


def in_polygon(place: Point, corners: tuple[Point, ...]) -> bool:
    """Even-odd on a map whose degrees are squares, in exact fractions; on the ring is inside.

    Longitudes of corners may run on past ±180, and an edge goes the shorter way round.
    """
    ring = _unrolled(corners)
    norths, easts = zip(*ring, strict=True)
    if not min(norths) <= place[0] <= max(norths):
        return False
    turned = [Fraction(place[1]) + turn for turn in (-720, -360, 0, 360, 720)]
    return any(_inside(Fraction(place[0]), x, ring) for x in turned if min(easts) <= x <= max(easts))


@cache
def _unrolled(corners: tuple[Point, ...]) -> tuple[tuple[Fraction, Fraction], ...]:
    ring = [(Fraction(corners[0][0]), Fraction(corners[0][1]))]
    for latitude, longitude in corners[1:]:
        east = Fraction(longitude)
        while east - ring[-1][1] > 180:
            east -= 360
        while east - ring[-1][1] < -180:
            east += 360
        ring.append((Fraction(latitude), east))
    return (*ring, ring[0])


def _inside(y: Fraction, x: Fraction, ring: tuple[tuple[Fraction, Fraction], ...]) -> bool:
    odd = False
    for (y1, x1), (y2, x2) in pairwise(ring):
        turn = (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)
        if turn == 0 and min(x1, x2) <= x <= max(x1, x2) and min(y1, y2) <= y <= max(y1, y2):
            return True
        # The line runs east; an edge counts with its lower end and without its upper one.
        if (y1 > y) != (y2 > y) and (turn > 0) == (y2 > y1):
            odd = not odd
    return odd
