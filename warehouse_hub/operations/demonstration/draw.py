"""Chance that is the same everywhere and always: every figure is drawn from a hash of what it is for.

A stream of random numbers would change all later figures when one is added; a hash of a name does not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import TypeVar

Choice = TypeVar("Choice")

SEED = "zhengzhou-demonstration-1"


@dataclass(frozen=True)
class Draw:
    """The chances of one subject, a warehouse for example."""

    subject: str

    def share(self, what: str) -> float:
        """Evenly between 0 and 1."""
        digest = hashlib.sha256(f"{SEED}/{self.subject}/{what}".encode()).digest()
        return (int.from_bytes(digest[:7]) + 0.5) / (1 << 56)

    def between(self, what: str, low: float, high: float) -> float:
        return low + (high - low) * self.share(what)

    def whole(self, what: str, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both possible."""
        return low + int(self.share(what) * (high - low + 1))

    def normal(self, what: str, mean: float, deviation: float) -> float:
        return NormalDist(mean, deviation).inv_cdf(self.share(what))

    def happens(self, what: str, probability: float) -> bool:
        return self.share(what) < probability

    def one(self, what: str, weights: Mapping[Choice, float]) -> Choice:
        """One of the keys, as often as its weight says."""
        left = self.share(what) * sum(weights.values())
        for choice, weight in weights.items():
            left -= weight
            if left < 0:
                return choice
        return next(iter(weights))

    def some(self, what: str, choices: Sequence[Choice], count: int) -> tuple[Choice, ...]:
        """`count` different ones, in the order in which they stand in `choices`."""
        shuffled = sorted(range(len(choices)), key=lambda place: self.share(f"{what}/{choices[place]}"))
        return tuple(choices[place] for place in sorted(shuffled[:count]))
