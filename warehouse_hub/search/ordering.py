"""The order of results, and pages of it.

Every order ends in a number that only depends on the listing's id, so it is total and the same in every process:
without it two web processes would page through ties differently.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from warehouse_hub.search.columns import ColumnsSnapshot, Floats, listing_key
from warehouse_hub.search.cursor import Cursor

Rows = NDArray[np.int64]
Keys = list[NDArray[Any]]

# Scores are compared at this precision: the order of summation must not decide between equals.
SCORE_PLACES: Final = 9
CURSOR_IDS: Final = 4


def sort_keys(
    order: str, columns: ColumnsSnapshot, rows: Rows, scores: Floats | None, km: Floats | None
) -> Keys:
    """Ascending sort keys of the rows, the first the most important; unknown values come last."""
    keys: Keys = []
    if order == "name":
        keys.append(_NAMES.ranks(columns)[rows])
    elif order == "distance" and km is not None:
        keys.append(_unknown_last(km[rows]))
    elif order == "available":
        keys.append(_unknown_last(-columns.available_m2[rows]))
    elif order == "relevance":
        if scores is not None:
            keys.append(-np.round(scores[rows], SCORE_PLACES))
        keys.append(-columns.grade[rows].astype(np.float64))
    if order in ("relevance", "freshness"):
        keys.append(-columns.published_at[rows])
    # The top bits suffice to break ties and survive being written as a JSON number.
    return [*keys, (columns.key[rows] >> np.uint64(11)).astype(np.float64)]


def page_of(keys: Keys, limit: int) -> NDArray[np.int64]:
    """The places of the `limit` smallest, in order; sorts only those."""
    places = np.arange(len(keys[0]))
    sure: list[NDArray[np.int64]] = []
    wanted = limit
    for key in keys:
        if len(places) <= wanted:
            break
        values = key[places]
        edge = np.partition(values, wanted - 1)[wanted - 1]
        below = places[values < edge]
        sure.append(below)
        wanted -= len(below)
        places = places[values == edge]
    found = np.concatenate([*sure, places[:wanted]])
    return found[np.lexsort([key[found] for key in reversed(keys)])]


def after(cursor: Cursor, order: str, columns: ColumnsSnapshot, rows: Rows, keys: Keys) -> NDArray[np.bool_]:
    """Which rows come after the cursor's listing, or after where it stood, if it is no longer among them."""
    bounds = _stored_bounds(cursor, order, columns)
    for id_ in reversed(cursor.ids):
        for place in np.flatnonzero(columns.key[rows] == listing_key(id_)):
            bounds = [float(key[place]) for key in keys]
    later = np.zeros(len(rows), np.bool_)
    equal = np.ones(len(rows), np.bool_)
    for key, bound in zip(keys, bounds, strict=False):
        later |= equal & (key > bound)
        equal &= key == bound
    return later


def cursor_after(
    search: str, order: str, columns: ColumnsSnapshot, rows: Rows, keys: Keys, page: Rows
) -> Cursor:
    """The cursor that continues after a page, which is given as places in `rows`."""
    last = int(page[-1])
    ids = tuple(columns.ids[row] for row in rows[page[::-1][:CURSOR_IDS]].tolist())
    if order == "name":
        return Cursor(search, ids, (name_key(columns.names[int(rows[last])]), float(keys[-1][last])))
    return Cursor(search, ids, tuple(float(key[last]) for key in keys))


def _stored_bounds(cursor: Cursor, order: str, columns: ColumnsSnapshot) -> list[float]:
    bounds: list[float] = []
    for key in cursor.keys:
        if isinstance(key, str):
            bounds.append(_NAMES.rank_of(columns, key) if order == "name" else np.inf)
        else:
            bounds.append(key)
    return bounds


def _unknown_last(values: Floats) -> Floats:
    return np.where(np.isnan(values), np.inf, values)


@lru_cache(maxsize=200_000)
def name_key(name: str) -> str:
    """Chinese by pinyin, Latin by letters without case; the name itself decides between homophones."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 (it loads its dictionaries, which most processes never need)

    syllables: list[str] = lazy_pinyin(name)
    return " ".join(syllables).casefold() + "\0" + name


class _NameRanks:
    """The place of every row among all names, kept for the newest snapshot: comparing text is slow."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._for: tuple[Any, Floats, list[str]] | None = None

    def ranks(self, columns: ColumnsSnapshot) -> Floats:
        return self._ranked(columns)[0]

    def rank_of(self, columns: ColumnsSnapshot, key: str) -> float:
        """Where a name would stand: the rank of an equal one, else between two."""
        distinct = self._ranked(columns)[1]
        place = bisect_left(distinct, key)
        return float(place) if place < len(distinct) and distinct[place] == key else place - 0.5

    def _ranked(self, columns: ColumnsSnapshot) -> tuple[Floats, list[str]]:
        with self._lock:
            held = self._for
            if held is None or held[0] is not columns.live:
                keys = [name_key(name) for name in columns.names[: len(columns)]]
                distinct = sorted(set(keys))
                rank = {key: float(place) for place, key in enumerate(distinct)}
                held = self._for = (columns.live, np.array([rank[key] for key in keys], np.float64), distinct)
            return held[1], held[2]


_NAMES: Final = _NameRanks()
