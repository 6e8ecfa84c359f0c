"""A question as conditions of SQL over one table of listings, the same for SQLite and PostgreSQL.

Written with question marks for values. Columns are those of the table `listing` that both peers fill: country, services
and goods as bits, available_m2, and x, y, z in kilometres along the axes of the earth. Text and the index over places
are each database's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from warehouse_hub.operations.bench.circle import Circle
from warehouse_hub.operations.bench.question import CODES, Counts, Question, positive

# The columns that hold several codes as bits.
_HELD: Final = {"service": "services", "goods": "goods"}
# The square of the straight line to a point, given as its x twice, y twice, z twice.
CHORD2: Final = "((l.x - ?) * (l.x - ?) + (l.y - ?) * (l.y - ?) + (l.z - ?) * (l.z - ?))"


@dataclass(frozen=True)
class Clause:
    """A piece of SQL with its values in the order of its question marks."""

    text: str
    values: tuple[Any, ...] = ()


def common(question: Question) -> Iterator[Clause]:
    """The conditions that no facet stands beside, text and circle left out."""
    if question.region is not None:
        yield _one_of("l.country", question.region)
    if question.service_any:
        yield Clause("(l.services & ?) <> 0", (question.service_any,))
    if question.min_available_m2 is not None:
        yield Clause("l.available_m2 >= ?", (question.min_available_m2,))


def own(question: Question) -> dict[str, Clause]:
    """By facet, the condition that it stands beside, over rows `h` that meet all others."""
    found = {}
    if question.country:
        found["country"] = _one_of("h.country", question.country)
    if question.service:
        found["service"] = Clause("(h.services & ?) = ?", (question.service, question.service))
    return found


def chord2(circle: Circle) -> Clause:
    """The square of the distance to the centre of a circle, in km²."""
    x, y, z = circle.centre
    return Clause(CHORD2, (x, x, y, y, z, z))


def inside(circle: Circle) -> Clause:
    """Whether a place is in a circle, which a box around it should have narrowed first."""
    distance = chord2(circle)
    return Clause(f"{distance.text} <= ?", (*distance.values, circle.chord2))


def joined(clauses: Iterable[Clause]) -> Clause:
    """All of them; true where there are none."""
    each = list(clauses)
    text = " AND ".join(clause.text for clause in each) or "1 = 1"
    return Clause(text, tuple(value for clause in each for value in clause.values))


def counted(names: Sequence[str]) -> str:
    """What to select of rows `h` grouped by their country, for `counts` to put together."""
    sums = [
        f", sum((h.{_HELD[name]} >> {place}) & 1)"
        for name in names
        if name in _HELD
        for place in range(len(CODES[name]))
    ]
    return "h.country, count(*)" + "".join(sums)


def counts(names: Sequence[str], groups: Iterable[Sequence[Any]]) -> tuple[int, dict[str, Counts]]:
    """How many rows there were in all, and the facets of those names, from what `counted` selected."""
    country: dict[str, int] = {}
    sums: list[int] = []
    for code, rows, *held in groups:
        country[code] = int(rows)
        sums = (
            [one + int(other) for one, other in zip(sums, held, strict=True)] if sums else [*map(int, held)]
        )
    found: dict[str, Counts] = {}
    for name in names:
        if name == "country":
            found[name] = country
            continue
        wide = len(CODES[name])
        found[name] = positive(CODES[name], sums[:wide] or [0] * wide)
        sums = sums[wide:]
    return sum(country.values()), found


def _one_of(column: str, codes: Sequence[str]) -> Clause:
    return Clause(f"{column} IN ({', '.join('?' * len(codes))})", tuple(codes))
