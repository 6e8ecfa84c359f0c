"""What may be in print together: no combination of published sums may concern fewer than three enterprise groups.

**The attacker.** Every published figure of a month that tells occupied area is a sum over a set of warehouses: a cell
of the total, of the region sets, of the countries, of the record classes, of the districts. The rentable area of a
site is public, so a published rate is as good as its numerator. The attacker has all tables of the month and adds and
subtracts them as he likes; what he can reach is exactly the row space of the matrix with a row a published sum and a
column a warehouse. He has won when that space holds a vector other than zero whose warehouses belong to fewer than
three groups.

**The rule.** Cells are let into print one after the other, the most important first, each only if the space stays
free of such vectors (`Ledger.admit`). So a cell of fewer than three groups is withheld, and then whichever cell of
least importance would give it away: the smallest other country of a region set whose total stands, a region set that
differs from another by one country. A withheld cell withholds occupied area, rate, change and coverage together.

**Why it is safe.** The check is of the whole row space and not of a list of known tricks, and it is made of what is
really in print. Warehouses whose group is unknown, and values that were imputed, count for no group, so they protect
nobody. A month-on-month change counts as if the sums of its panel were in print in both months, which is more than it
tells; then months do not mix: in any combination over several months the newest month's reported values would have to
cancel, and nothing later holds them. The price: a change is withheld where it would set one newcomer, one drop-out or
the imputed values apart. A cell may be in print in one month and withheld in the next. Publishing less than was
admitted is always safe, since it only takes rows away.

**What the full method adds.** The p% rule against a dominant contributor and against one member of a group of three
who subtracts his own figure; the audit of the interval in which each withheld value must lie, given that occupied area
is between zero and the public rentable area (a rate of exactly 0% or 100% tells every member's); waivers. And figures
of one month that are printed twice, before and after a late report, differ by that report: whoever freezes a bulletin
admits the earlier issue's rows first.

The one thing a reader would get wrong: rounding is no protection here, and the check does not count on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from itertools import combinations
from operator import or_

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.monitoring.rules.sites import Mask

LEAST_GROUPS = 3
# Entries are sums and differences of 0 and 1; what is below this is a zero. Taking a small number for a zero can only
# make a combination look narrower than it is, so an error withholds and never prints.
_ZERO = 1e-7

Vectors = NDArray[np.float64]


class Ledger:
    """The sums that are in print, as a linear space over the warehouses, and the test of one more.

    `rows` are all sums that will ever be asked about (sums by warehouses), `groups` numbers each warehouse's
    enterprise group, -1 where it protects nobody.
    """

    def __init__(self, rows: Mask, groups: NDArray[np.int_], least: int = LEAST_GROUPS) -> None:
        columns, owners, wide = _atoms(rows, groups, least)
        order = np.argsort(~wide, kind="stable")
        self._columns = columns[:, order].astype(float)
        self._wide = int(wide.sum())
        # Orthonormal on the wide columns; what the same combinations are on the narrow ones is carried along.
        self._basis: Vectors = np.empty((0, len(order)))
        self._narrow = _NarrowSpace([owners[place] for place in order[self._wide :]], least)

    def admit(self, row: int) -> bool:
        """Let the sum into print if nothing that it makes derivable concerns too few groups; says whether it is."""
        vector = self._columns[row]
        size = float(np.linalg.norm(vector)) or 1.0
        for _ in range(2):  # once more for the digits that cancelled
            vector = vector - (self._basis[:, : self._wide] @ vector[: self._wide]) @ self._basis
        distance = float(np.linalg.norm(vector[: self._wide]))
        if distance > _ZERO * size:
            self._basis = np.vstack([self._basis, vector / distance])
            return True
        return self._narrow.admit(vector[self._wide :])


class _NarrowSpace:
    """The derivable combinations that vanish on every wide column: only these can concern too few groups.

    Its vectors are in reduced form: each has a one at its pivot, where all others are zero. So a combination is zero
    at the pivot of every vector that it does not use.
    """

    def __init__(self, owners: Sequence[frozenset[int]], least: int) -> None:
        self._owners = owners
        self._least = least
        self._vectors: Vectors = np.empty((0, len(owners)))
        self._pivots = np.empty(0, dtype=int)
        self._columns_of: dict[frozenset[int], int] = {}
        for place, groups in enumerate(owners):
            self._columns_of[groups] = self._columns_of.get(groups, 0) | 1 << place

    def admit(self, vector: Vectors) -> bool:
        """Take one more in, unless some combination with it is about too few groups."""
        left = _cleared(vector - vector[self._pivots] @ self._vectors)
        if not left.any():
            return True
        pivot = self._pivot_for(left)
        left = left / left[pivot]
        altered = np.append(self._vectors[:, pivot] != 0, True)
        vectors = np.vstack([_cleared(self._vectors - np.outer(self._vectors[:, pivot], left)), left])
        # What was there before is safe, so whatever is not uses the new vector or one that it altered.
        if self._is_breached(vectors, altered):
            return False
        self._vectors, self._pivots = vectors, np.append(self._pivots, pivot)
        return True

    def _pivot_for(self, vector: Vectors) -> int:
        """The place of the new pivot: where fewest others would be altered."""
        support = np.flatnonzero(vector)
        others = (self._vectors[:, support] != 0).sum(axis=0)
        return int(support[others.argmin()])

    def _is_breached(self, vectors: Vectors, altered: Mask) -> bool:
        supports = _bits(vectors)
        brought = self._brought_by(supports)
        starts = {groups for place, groups in brought.items() if altered[place]}
        everybody = sorted(frozenset[int]().union(*(self._groups_in(supports[place]) for place in brought)))
        for few in _completed(starts, everybody, self._least - 1):
            inside = self._columns_within(few)
            outside = {place: supports[place] & ~inside for place, groups in brought.items() if groups <= few}
            left = _shared(outside)
            if left and self._dependent(vectors[left], inside):
                return True
        return False

    def _brought_by(self, supports: Sequence[int]) -> dict[int, frozenset[int]]:
        """The vectors that a combination about too few groups could use, and the groups that each brings in.

        What only one vector touches (its pivot at least) cannot be cancelled. When that alone concerns enough groups
        the vector is of no use to an attacker, and what it shared with one other is now that one's alone.
        """
        left = dict(enumerate(supports))
        while True:
            single = _touched_once(left.values())
            brought = {
                place: self._groups_in(support & single, self._least) for place, support in left.items()
            }
            kept = {place: left[place] for place, groups in brought.items() if len(groups) < self._least}
            if len(kept) == len(left):
                return brought
            left = kept

    def _groups_in(self, columns: int, enough: int | None = None) -> frozenset[int]:
        """The groups of these columns; it stops counting at `enough`."""
        found: set[int] = set()
        while columns and (enough is None or len(found) < enough):
            lowest = columns & -columns
            found |= self._owners[lowest.bit_length() - 1]
            columns ^= lowest
        return frozenset(found)

    def _columns_within(self, few: frozenset[int]) -> int:
        """The columns that concern nobody else."""
        parts = (frozenset(part) for size in range(len(few) + 1) for part in combinations(few, size))
        return reduce(or_, (self._columns_of.get(part, 0) for part in parts))

    def _dependent(self, vectors: Vectors, inside: int) -> bool:
        """Whether some combination other than zero vanishes on all columns but these."""
        outside = [place for place in range(len(self._owners)) if not inside >> place & 1]
        return int(np.linalg.matrix_rank(vectors[:, outside], tol=_ZERO)) < len(vectors)


def _completed(starts: set[frozenset[int]], everybody: Sequence[int], size: int) -> set[frozenset[int]]:
    """Every set of `size` groups, or of all, that holds one of these."""
    found = set()
    for start in starts:
        others = [group for group in everybody if group not in start]
        found |= {start | set(chosen) for chosen in combinations(others, min(size - len(start), len(others)))}
    return found


def _shared(supports: Mapping[int, int]) -> list[int]:
    """What is left of them when, again and again, all go that touch a column which no other touches."""
    left = dict(supports)
    while left:
        single = _touched_once(left.values())
        kept = {place: support for place, support in left.items() if not support & single}
        if len(kept) == len(left):
            break
        left = kept
    return list(left)


def _touched_once(supports: Iterable[int]) -> int:
    once = twice = 0
    for support in supports:
        twice |= once & support
        once |= support
    return once & ~twice


def _bits(vectors: Vectors) -> list[int]:
    """The columns that each vector touches, as a number with a bit a column."""
    packed = np.packbits(vectors != 0, axis=1, bitorder="little")
    return [int.from_bytes(row.tobytes(), "little") for row in packed]


def _cleared(vectors: Vectors) -> Vectors:
    return np.where(np.abs(vectors) > _ZERO, vectors, 0.0)


def _atoms(rows: Mask, groups: NDArray[np.int_], least: int) -> tuple[Mask, list[frozenset[int]], Mask]:
    """Warehouses in the same sums are one column: (columns, the groups of each, which have enough groups).

    A column with enough groups names none.
    """
    used = rows.any(axis=0)
    rows, groups = rows[:, used], groups[used]
    if not rows.size:
        return np.zeros((len(rows), 0), dtype=bool), [], np.zeros(0, dtype=bool)
    packed = np.ascontiguousarray(np.packbits(rows, axis=0).T)
    keys = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
    _, first, atom = np.unique(keys, return_index=True, return_inverse=True)
    known = groups >= 0
    pairs = np.unique(np.stack([atom[known], groups[known]], axis=1), axis=0)
    wide = np.bincount(pairs[:, 0], minlength=len(first)) >= least
    owners: list[set[int]] = [set() for _ in first]
    for place, group in pairs[~wide[pairs[:, 0]]].tolist():
        owners[place].add(group)
    return rows[:, first], [frozenset(each) for each in owners], wide
