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
cancel, and nothing later holds them. A cell may be in print in one month and withheld in the next. Publishing less
than was admitted is always safe, since it only takes rows away.

**What the full method adds.** The p% rule against a dominant contributor and against one member of a group of three
who subtracts his own figure; the audit of the interval in which each withheld value must lie, given that occupied area
is between zero and the public rentable area (a rate of exactly 0% or 100% tells every member's); waivers. And figures
of one month that are printed twice, before and after a late report, differ by that report: whoever freezes a bulletin
admits the earlier issue's rows first.

The one thing a reader would get wrong: rounding is no protection here, and the check does not count on it.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.monitoring.rules.sites import Mask

LEAST_GROUPS = 3
# Entries are sums and differences of 0 and 1; what is below this is a zero. Taking a small number for a zero can only
# make a combination look narrower than it is, so an error withholds and never prints.
_ZERO = 1e-7
_NOBODY = -1

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
        self._narrow = _NarrowSpace(owners[order][self._wide :], least)

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

    def __init__(self, owners: NDArray[np.int_], least: int) -> None:
        self._owners = owners
        self._least = least
        self._vectors: Vectors = np.empty((0, len(owners)))
        self._pivots = np.empty(0, dtype=int)

    def admit(self, vector: Vectors) -> bool:
        """Take one more in, unless some combination with it is about too few groups."""
        left = _cleared(vector - vector[self._pivots] @ self._vectors)
        if not left.any():
            return True
        pivot = int(np.abs(left).argmax())
        left = left / left[pivot]
        others = _cleared(self._vectors - np.outer(self._vectors[:, pivot], left))
        vectors, pivots = np.vstack([others, left]), np.append(self._pivots, pivot)
        usable = self._usable(vectors)
        asked, at = vectors[usable], pivots[usable]
        if any(self._about(few, asked, at) for few in self._questions(asked, at)):
            return False
        self._vectors, self._pivots = vectors, pivots
        return True

    def _usable(self, vectors: Vectors) -> NDArray[np.int_]:
        """The vectors that a combination about too few groups could use.

        What only one vector touches cannot be cancelled; when that alone concerns enough groups the vector is of no
        use to an attacker, and what it shared with one other is now that one's alone.
        """
        left = np.arange(len(vectors))
        while len(left):
            touched = vectors[left] != 0
            alone = touched & (touched.sum(axis=0) == 1)
            kept = np.array([self._groups_of(columns) < self._least for columns in alone])
            if kept.all():
                break
            left = left[kept]
        return left

    def _groups_of(self, columns: Mask) -> int:
        found = np.unique(self._owners[columns])
        return len(found) - int(_NOBODY in found)

    def _questions(self, vectors: Vectors, pivots: NDArray[np.int_]) -> set[frozenset[int]]:
        """Every set of too few groups that owns a pivot: no combination is about any other."""
        everybody = set(self._owners[vectors.any(axis=0)].ravel().tolist()) - {_NOBODY}
        found = set()
        for own in {frozenset(owners) - {_NOBODY} for owners in self._owners[pivots].tolist()}:
            more = min(self._least - 1 - len(own), len(everybody - own))
            found |= {own | set(chosen) for chosen in combinations(sorted(everybody - own), more)}
        return found

    def _about(self, few: frozenset[int], vectors: Vectors, pivots: NDArray[np.int_]) -> bool:
        """Whether some combination other than zero is about these groups alone."""
        outside = np.asarray(~np.isin(self._owners, [*few, _NOBODY]).all(axis=1), dtype=bool)
        rows = vectors[~outside[pivots]][:, outside]
        # Whatever touches a column that nothing else touches cannot be cancelled there: most questions end here.
        while len(rows):
            touched = rows != 0
            alone = np.asarray(touched[:, touched.sum(axis=0) == 1].any(axis=1), dtype=bool)
            if not alone.any():
                break
            rows = rows[~alone]
        return len(rows) > 0 and int(np.linalg.matrix_rank(rows, tol=_ZERO)) < len(rows)


def _cleared(vectors: Vectors) -> Vectors:
    return np.where(np.abs(vectors) > _ZERO, vectors, 0.0)


def _atoms(rows: Mask, groups: NDArray[np.int_], least: int) -> tuple[Mask, NDArray[np.int_], Mask]:
    """Warehouses in the same sums are one column: (columns, the groups of each, which have enough groups).

    The groups of a column stand side by side and are filled up with nobody; one with enough groups names none.
    """
    used = rows.any(axis=0)
    rows, groups = rows[:, used], groups[used]
    if not rows.size:
        return np.zeros((len(rows), 0), bool), np.zeros((0, least - 1), int), np.zeros(0, bool)
    packed = np.ascontiguousarray(np.packbits(rows, axis=0).T)
    keys = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
    _, first, atom = np.unique(keys, return_index=True, return_inverse=True)
    known = groups >= 0
    pairs = np.unique(np.stack([atom[known], groups[known]], axis=1), axis=0)
    count = np.bincount(pairs[:, 0], minlength=len(first))
    wide = count >= least
    owners = np.full((len(first), least - 1), _NOBODY)
    # Pairs are sorted, so a group's place is how far it stands behind the first of its column.
    place = np.arange(len(pairs)) - (np.cumsum(count) - count)[pairs[:, 0]]
    narrow = ~wide[pairs[:, 0]]
    owners[pairs[narrow, 0], place[narrow]] = pairs[narrow, 1]
    return rows[:, first], owners, wide
