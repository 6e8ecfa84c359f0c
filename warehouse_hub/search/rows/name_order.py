"""The order of names across a large sorted list on disk and a few newer ones in memory."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.rows.names import name_key
from warehouse_hub.search.rows.stored import StoredRows
from warehouse_hub.search.rows.strings import Strings

Floats = NDArray[np.float64]


class StoredNames:
    """The names of the base: a rank is the place of a row's collation key among the distinct ones."""

    def __init__(self, rows: StoredRows | None) -> None:
        self._rows = rows
        self.keys = rows.names if rows else Strings.of(())

    @cached_property
    def ranks(self) -> Floats:
        return self._rows.name_rank.astype(np.float64) if self._rows else np.zeros(0)

    def place_of(self, key: str) -> tuple[int, bool]:
        """Where a key stands, or where it would go in, and whether it stands there."""
        place = bisect_left(self.keys, key)
        return place, place < len(self.keys) and self.keys[place] == key

    def key_of(self, row: int) -> str:
        return self.keys[int(self.ranks[row])]


class NewerNames:
    """The names of the newer rows, keyed only when an order by name is first asked for."""

    def __init__(self, stored: StoredNames) -> None:
        self._stored = stored
        self._names: list[str] = []
        self._keys: list[str] = []
        self._places: list[tuple[int, bool]] = []

    def add(self, name: str) -> None:
        self._names.append(name)

    def known(self, rows: int) -> tuple[list[str], list[tuple[int, bool]]]:
        """The keys of the first rows and where they stand among the stored ones."""
        for name in self._names[len(self._keys) : rows]:
            key = name_key(name)
            self._places.append(self._stored.place_of(key))
            self._keys.append(key)
        return self._keys[:rows], self._places[:rows]


class Names:
    """The name order of one moment, worked out when first asked for. Call under one lock: it fills lists."""

    def __init__(self, stored: StoredNames, newer: NewerNames, rows: int) -> None:
        self._stored = stored
        self._newer = newer
        self._rows = rows

    def ranks(self, place: int) -> Floats:
        """The rank of every row of part `place`; a newer name stands between the stored ones around it."""
        return self._stored.ranks if place == 0 else self._newer_ranks

    def key_of(self, place: int, row: int) -> str:
        return self._stored.key_of(row) if place == 0 else self._placed[0][row]

    def rank_of(self, key: str) -> float:
        place, stands = self._stored.place_of(key)
        if stands:
            return float(place)
        between = self._between
        step = bisect_left(between, key)
        exact = step < len(between) and between[step] == key
        return self._fraction(place, step if exact else step - 0.5)

    @cached_property
    def _placed(self) -> tuple[list[str], list[tuple[int, bool]]]:
        return self._newer.known(self._rows)

    @cached_property
    def _between(self) -> Sequence[str]:
        keys, places = self._placed
        return sorted({key for key, (_, stands) in zip(keys, places, strict=True) if not stands})

    @cached_property
    def _newer_ranks(self) -> Floats:
        steps = {key: step for step, key in enumerate(self._between)}
        keys, places = self._placed
        ranks = (
            float(place) if stands else self._fraction(place, steps[key])
            for key, (place, stands) in zip(keys, places, strict=True)
        )
        return np.fromiter(ranks, np.float64, len(keys))

    def _fraction(self, place: int, step: float) -> float:
        return place - 1 + (step + 1) / (len(self._between) + 1)
