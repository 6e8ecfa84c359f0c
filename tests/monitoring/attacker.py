"""An attacker with paper and patience: exact fractions, all published figures, any combination of them.

It shares no code with the rule that it attacks.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations


def rank(rows: list[list[Fraction]]) -> int:
    rows = [list(row) for row in rows]
    found = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((place for place in range(found, len(rows)) if rows[place][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        head = rows[found]
        for place in range(found + 1, len(rows)):
            if rows[place][column]:
                factor = rows[place][column] / head[column]
                rows[place] = [a - factor * b if b else a for a, b in zip(rows[place], head, strict=True)]
        found += 1
    return found


def isolated(rows: list[dict[object, Fraction]], owner: dict[object, object], least: int = 3) -> set | None:
    """The fewest groups that some combination of the rows is about alone, or None when each is about `least` or more.

    A row maps unknowns to weights; `owner` tells whose each unknown is, None for somebody who protects nobody.
    A combination about a set of groups alone exists exactly when the unknowns of all others have a lower rank than
    all unknowns together.
    """
    unknowns = sorted({unknown for row in rows for unknown in row}, key=str)
    if not unknowns:
        return None
    matrix = [[Fraction(row.get(unknown, 0)) for unknown in unknowns] for row in rows]
    whole = rank(matrix)
    groups = sorted({owner[unknown] for unknown in unknowns} - {None}, key=str)
    for size in range(min(least, len(groups) + 1)):
        for few in combinations(groups, size):
            kept = [place for place, unknown in enumerate(unknowns) if owner[unknown] not in {None, *few}]
            if rank([[row[place] for place in kept] for row in matrix]) < whole:
                return set(few)
    return None
