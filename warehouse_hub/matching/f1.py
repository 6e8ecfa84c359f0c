"""How well needs are read: micro-averaged F1 over (field, value) pairs, as the interface document defines it.

The union over a message's needs is held against what was expected; a country that a stated place implies is left out
on both sides, and an empty expectation is met only by an empty answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_LISTS = (
    "countries",
    "excluded_countries",
    "region_sets",
    "services",
    "services_preferred",
    "excluded_services",
    "goods_classes",
    "platforms",
    "record_class",
)
_OBJECTS = ("quantity", "budget", "period")
Pair = tuple[str, str]


@dataclass(frozen=True)
class Score:
    """Counts of pairs: right, made up, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 when there was nothing to find and nothing was found."""
        total = 2 * self.right + self.wrong + self.missed
        return 1.0 if total == 0 else 2 * self.right / total


def pairs(need: Mapping[str, Any]) -> set[Pair]:
    """The (field, value) pairs of a need in JSON; places by English name, given as text or as objects."""
    found: set[Pair] = {(name, str(value)) for name in _LISTS for value in need.get(name, ())}
    for place in need.get("places", ()):
        found.add(("places", place if isinstance(place, str) else place["name"]))
    for name in _OBJECTS:
        found |= {(f"{name}.{key}", _text(value)) for key, value in need.get(name, {}).items()}
    if "within_km" in need:
        found.add(("within_km", _text(need["within_km"])))
    return found


def compare(
    needs: Iterable[Mapping[str, Any]], expected: Mapping[str, Any]
) -> tuple[set[Pair], set[Pair], set[Pair]]:
    """(right, wrong, missed) pairs of one message."""
    needs = list(needs)
    answered: set[Pair] = set().union(*(pairs(need) for need in needs)) if needs else set()
    wanted = pairs(expected)
    implied = {
        place["country"]
        for need in needs
        for place in need.get("places", ())
        if not isinstance(place, str) and ("places", place["name"]) in wanted | answered
    }
    ignored = {("countries", country) for country in implied}
    answered, wanted = answered - ignored, wanted - ignored
    return answered & wanted, answered - wanted, wanted - answered


def score(needs: Iterable[Mapping[str, Any]], expected: Mapping[str, Any]) -> Score:
    """The counts of one message."""
    right, wrong, missed = compare(needs, expected)
    return Score(len(right), len(wrong), len(missed))


def _text(value: object) -> str:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f"{float(value):.4f}"
    return str(value)
