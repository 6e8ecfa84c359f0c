"""What the figures of one run of searches come to: means, and how far ours is from the floor and from others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import numpy as np

from warehouse_hub.operations.bench.answer import FLOOR, HUB, Measured, is_peer, ratio


def summary(results: Sequence[Measured], searches: Collection[str]) -> dict[str, Any]:
    """Arithmetic means of the medians over the searches, ours over the floor, and the map's ratios by window."""
    of_searches = [one for one in results if one.query in searches]
    means = {
        engine: _mean(one.p50_ms for one in of_searches if one.engine == engine)
        for engine in dict.fromkeys(one.engine for one in of_searches)
    }
    floor = next(one.p50_ms for one in results if one.engine == FLOOR)
    on_map = [one for one in results if one.query.startswith("map")]
    return {
        "mean_ms": {engine: round(mean, 3) for engine, mean in means.items()},
        "mean_over_floor": round(means[HUB] / floor, 2),
        "map_ratios": {
            f"{one.engine}, {one.query.removeprefix('map, ')}": _rounded(ratio([*ours, one], one.engine, HUB))
            for one in on_map
            if is_peer(one.engine)
            for ours in [[mine for mine in on_map if mine.engine == HUB and mine.query == one.query]]
        },
    }


def _mean(values: Iterable[float]) -> float:
    return float(np.mean(list(values)))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
