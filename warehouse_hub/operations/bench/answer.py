"""What a benchmark answers, and how its figures are put together.

The one thing to get wrong: a ratio is the peer's geometric mean over ours across the same queries, so above 1 ours is
faster; a peer that could not be asked every query is compared on those that it was asked.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Final, TypeVar

import numpy as np

HUB: Final = "hub"
FLOOR: Final = "floor"
REPEATS: Final = 15
# A query that takes long is asked less often.
LONGEST_S: Final = 2.0

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Measured:
    """One query of one engine. `total` is what it found, None where there is nothing to count."""

    engine: str
    query: str
    p50_ms: float
    p95_ms: float
    total: int | None = None
    more: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {
            "engine": self.engine,
            "query": self.query,
            "p50_ms": round(self.p50_ms, 4),
            "p95_ms": round(self.p95_ms, 4),
            "total": self.total,
            **self.more,
        }


@dataclass(frozen=True)
class Bench:
    """The outcome of one benchmark; `disagreements` tells every query on which two engines found different things.

    Ratios are over the queries in `compared`, or over all.
    """

    name: str
    rows: int
    seed: int
    results: tuple[Measured, ...]
    memory_mb: float | None = None
    build_s: Mapping[str, float] = field(default_factory=dict)
    disagreements: tuple[str, ...] = ()
    compared: frozenset[str] | None = None
    more: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The shape that the command promises; `floor_ratio` is ours over the floor, None without a floor."""
        compared = [one for one in self.results if self._is_compared(one)]
        peers = dict.fromkeys(one.engine for one in compared if is_peer(one.engine))
        return {
            "bench": self.name,
            "rows": self.rows,
            "seed": self.seed,
            "results": [one.to_json() for one in self.results],
            "ratios": {engine: _rounded(ratio(compared, engine, HUB)) for engine in peers},
            "floor_ratio": _rounded(ratio(compared, HUB, FLOOR)),
            "memory_mb": self.memory_mb,
            "build_s": {name: round(seconds, 3) for name, seconds in self.build_s.items()},
            "disagreements": list(self.disagreements),
            **self.more,
        }

    def _is_compared(self, one: Measured) -> bool:
        return self.compared is None or one.query in self.compared or one.engine == FLOOR


def is_peer(engine: str) -> bool:
    """Whether an engine is somebody else's; a part of ours is named after us: hub_pdf."""
    return engine != FLOOR and engine.partition("_")[0] != HUB


def timed(ask: Callable[[], Answer], *, repeats: int = REPEATS) -> tuple[Answer, float, float]:
    """The answer with the median and the 95th percentile in milliseconds, after one call that is not counted."""
    answer = ask()
    taken: list[float] = []
    while len(taken) < repeats and (len(taken) < 3 or sum(taken) < LONGEST_S):
        started = perf_counter()
        answer = ask()
        taken.append(perf_counter() - started)
    p50, p95 = np.percentile(np.array(taken) * 1000, [50, 95]).tolist()
    return answer, p50, p95


def once(act: Callable[[], Answer]) -> tuple[Answer, float]:
    """The answer of something that is done once, and its seconds."""
    started = perf_counter()
    answer = act()
    return answer, perf_counter() - started


def ratio(results: Iterable[Measured], over: str, under: str) -> float | None:
    """The geometric mean of one engine over that of another; a floor is one figure for all queries."""
    found: dict[str, dict[str, float]] = {}
    for one in results:
        found.setdefault(one.engine, {})[one.query] = one.p50_ms
    first, second = found.get(over, {}), found.get(under, {})
    if under == FLOOR and len(second) == 1:
        second = dict.fromkeys(first, next(iter(second.values())))
    shared = [query for query in first if query in second]
    if not shared or not all(first[query] > 0 and second[query] > 0 for query in shared):
        return None
    logs = [math.log(first[query] / second[query]) for query in shared]
    return math.exp(sum(logs) / len(logs))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
