"""Line charts as geometry: numbers in, coordinates of an SVG out. The templates draw them and always print the table.

The one thing to get wrong: a month without a figure is a gap in the line, never a zero and never bridged.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 920, 346
LEFT, TOP, BOTTOM = 44, 16, 316
LABEL_GAP = 18.0
NARROW, WIDE = 7.6, 13.4  # a letter of a label, Latin and Chinese


@dataclass(frozen=True)
class Series:
    """One line: per cent by month, None where there is no figure; `provisional` is the last point's state."""

    name: str
    values: tuple[float | None, ...]
    provisional: bool = False


@dataclass(frozen=True)
class Line:
    """A drawn line: `paths` are unbroken stretches, `tail` the provisional last step, `end` its last point."""

    name: str
    value: float
    paths: tuple[str, ...]
    tail: str
    end: tuple[float, float]
    label_y: float


@dataclass(frozen=True)
class Chart:
    """A chart's ticks and lines. `ticks` are (y, per cent), `marks` are (x, index of the month)."""

    lines: tuple[Line, ...]
    ticks: tuple[tuple[float, int], ...]
    marks: tuple[tuple[float, int], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: float = WIDTH
    bottom: int = BOTTOM


def line_chart(series: Sequence[Series]) -> Chart | None:
    """The chart of some series over the same months; None when no series has two figures to join."""
    known = [value for one in series for value in one.values if value is not None]
    drawn = [one for one in series if sum(value is not None for value in one.values) > 1]
    if not drawn:
        return None
    low = max(0, math.floor((min(known) - 2) / 10) * 10)
    high = min(100, max(low + 10, math.ceil((max(known) + 1) / 10) * 10))
    months = len(drawn[0].values)

    right = WIDTH - 24 - max(_label_width(one.name) for one in drawn)

    def x(place: int) -> float:
        return LEFT + (right - LEFT) * place / max(1, months - 1)

    def y(value: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * (value - low) / (high - low)

    lines = [
        _line(one, [(x(i), y(v)) if v is not None else None for i, v in enumerate(one.values)])
        for one in drawn
    ]
    step = 5 if high - low <= 40 else 10
    every = max(1, math.ceil(months / 6))
    return Chart(
        lines=tuple(_spread(lines)),
        ticks=tuple((y(value), value) for value in range(low, high + 1, step)),
        marks=tuple((x(place), place) for place in range(0, months, every)),
        right=right,
    )


def _label_width(name: str) -> float:
    return sum(WIDE if letter > "\u2e80" else NARROW for letter in f"{name} 00.0%")


def _line(series: Series, points: Sequence[tuple[float, float] | None]) -> Line:
    stretches: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            stretches.append([])
        else:
            stretches[-1].append(point)
    stretches = [stretch for stretch in stretches if stretch]
    tail = ""
    if series.provisional and points[-1] is not None and len(stretches[-1]) > 1:
        tail = _path(stretches[-1][-2:])
        stretches[-1] = stretches[-1][:-1]
    end = next(point for point in reversed(points) if point is not None)
    last = next(value for value in reversed(series.values) if value is not None)
    return Line(series.name, last, tuple(_path(stretch) for stretch in stretches), tail, end, end[1] + 4.5)


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _spread(lines: Sequence[Line]) -> list[Line]:
    """The same lines with their labels pushed apart downwards, in the order of their ends."""
    moved: dict[int, Line] = {}
    previous = -LABEL_GAP
    for place in sorted(range(len(lines)), key=lambda each: lines[each].end[1]):
        one = lines[place]
        previous = max(one.label_y, previous + LABEL_GAP)
        moved[place] = Line(one.name, one.value, one.paths, one.tail, one.end, previous)
    return [moved[place] for place in range(len(lines))]
