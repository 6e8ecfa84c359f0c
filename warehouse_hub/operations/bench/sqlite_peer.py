"""SQLite as a search engine: text in FTS5, places in an R*Tree, filters and counts in plain SQL.

The one thing to get wrong: an R*Tree keeps coordinates in four bytes, rounded outwards, so it only narrows; what is
inside a circle is told by the columns.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from warehouse_hub.operations.bench.peer_rows import PeerRow
from warehouse_hub.operations.bench.question import FACETS, Box, Counts, Found, Question
from warehouse_hub.operations.bench.sample_text import AskedWord
from warehouse_hub.operations.bench.search_queries import PAGE_LENGTH
from warehouse_hub.operations.bench.sql_conditions import (
    Clause,
    chord2,
    common,
    counted,
    counts,
    inside,
    joined,
    own,
)

_SCHEMA: Final = """
PRAGMA journal_mode=OFF;
PRAGMA temp_store=MEMORY;
PRAGMA cache_size=-500000;
CREATE TABLE listing (row INTEGER PRIMARY KEY, id TEXT, country TEXT, record_class TEXT, services INTEGER,
    goods INTEGER, available_m2 REAL, latitude REAL, longitude REAL, x REAL, y REAL, z REAL);
CREATE VIRTUAL TABLE place USING rtree(row, south, north, west, east);
CREATE VIRTUAL TABLE words USING fts5(tokens, content='', tokenize='ascii');
CREATE TEMP TABLE hit (row INTEGER PRIMARY KEY, key REAL, country TEXT, services INTEGER, goods INTEGER);
"""
_INDEXES: Final = """
CREATE INDEX listing_country ON listing (country);
CREATE INDEX listing_area ON listing (available_m2);
INSERT INTO words(words) VALUES ('optimize');
ANALYZE;
"""


class SqlitePeer:
    """Everything in one file; for one thread, as one request is."""

    def __init__(self, rows: Iterable[PeerRow], file: Path) -> None:
        self._connection = sqlite3.connect(file, isolation_level=None)
        self._connection.executescript(_SCHEMA)
        self._connection.execute("BEGIN")
        for row in rows:
            self._add(row)
        self._connection.execute("COMMIT")
        self._connection.executescript(_INDEXES)

    def search(self, question: Question) -> Found:
        """Total, facets and the ids of one page."""
        self._find(question)
        conditions = own(question)
        kept = joined(conditions.values())
        total, facets = self._counts([name for name in FACETS if name not in question.lifted], kept)
        for name in question.lifted:
            others = joined(clause for facet, clause in conditions.items() if facet != name)
            facets |= self._counts([name], others)[1]
        return Found(total, facets, self._page(question, kept))

    def grid(self, box: Box | None, cell: float) -> tuple[int, int]:
        """Places counted by the cells of a grid, with their mean place and how many are public."""
        narrowed = "latitude IS NOT NULL"
        values: tuple[float, ...] = ()
        if box is not None:
            west, south, east, north = box
            narrowed = (
                "row IN (SELECT row FROM place WHERE north >= ? AND south <= ? AND east >= ? AND west <= ?)"
                " AND latitude BETWEEN ? AND ? AND longitude BETWEEN ? AND ?"
            )
            values = (south, north, west, east, south, north, west, east)
        rows = self._connection.execute(
            "SELECT count(*), avg(latitude), avg(longitude), sum(record_class = 'public') FROM listing"  # noqa: S608
            f" WHERE {narrowed}"
            " GROUP BY CAST((latitude + 90) / ? AS INTEGER), CAST((longitude + 180) / ? AS INTEGER)",
            (*values, cell, cell),
        ).fetchall()
        return sum(row[0] for row in rows), len(rows)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _add(self, row: PeerRow) -> None:
        run = self._connection
        held = (row.services, row.goods, row.available_m2, row.latitude, row.longitude)
        run.execute(
            "INSERT INTO listing VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (row.row, row.id, row.country, row.record_class, *held, *(row.place or (None, None, None))),
        )
        if row.latitude is not None:
            run.execute(
                "INSERT INTO place VALUES (?, ?, ?, ?, ?)",
                (row.row, row.latitude, row.latitude, row.longitude, row.longitude),
            )
        run.execute("INSERT INTO words(rowid, tokens) VALUES (?, ?)", (row.row, row.tokens))

    def _find(self, question: Question) -> None:
        """Keep the rows that meet every condition but those that a facet stands beside."""
        key = _key(question)
        source = "words JOIN listing l ON l.row = words.rowid" if question.words else "listing l"
        where = joined([*_text(question.words), *common(question), *_near(question)])
        self._connection.execute("DELETE FROM temp.hit")
        self._connection.execute(
            f"INSERT INTO temp.hit SELECT l.row, {key.text}, l.country, l.services, l.goods"  # noqa: S608
            f" FROM {source} WHERE {where.text}",
            (*key.values, *where.values),
        )

    def _counts(self, names: list[str], kept: Clause) -> tuple[int, dict[str, Counts]]:
        groups = self._connection.execute(
            f"SELECT {counted(names)} FROM temp.hit h WHERE {kept.text} GROUP BY h.country",  # noqa: S608
            kept.values,
        )
        return counts(names, groups)

    def _page(self, question: Question, kept: Clause) -> tuple[str, ...]:
        rows = self._connection.execute(
            "SELECT l.id FROM (SELECT h.row, h.key FROM temp.hit h"  # noqa: S608
            f" WHERE {kept.text} ORDER BY h.key, h.row LIMIT ? OFFSET ?) p"
            " JOIN listing l ON l.row = p.row ORDER BY p.key, p.row",
            (*kept.values, PAGE_LENGTH, question.offset),
        )
        return tuple(row[0] for row in rows)


def _key(question: Question) -> Clause:
    """What the page is in ascending order of."""
    if question.order == "distance" and question.circle is not None:
        return chord2(question.circle)
    if question.order == "available":
        return Clause("-l.available_m2")
    return Clause("bm25(words)" if question.words else "0")


def _text(words: Iterable[AskedWord]) -> Iterator[Clause]:
    asked = " AND ".join(map(_expression, words))
    if asked:
        yield Clause("words MATCH ?", (asked,))


def _expression(word: AskedWord) -> str:
    every = " AND ".join(f'"{token}"' for token in word.tokens)
    return "(" + " OR ".join([f"({every})", *(f'"{token}"' for token in word.instead)]) + ")"


def _near(question: Question) -> Iterator[Clause]:
    if question.circle is None:
        return
    west, south, east, north = question.circle.box
    if question.words:
        # The text has narrowed already, and looking at each place is quicker than joining two sets of rows.
        yield Clause("l.latitude BETWEEN ? AND ? AND l.longitude BETWEEN ? AND ?", (south, north, west, east))
    else:
        narrowed = "SELECT row FROM place WHERE north >= ? AND south <= ? AND east >= ? AND west <= ?"
        yield Clause(f"l.row IN ({narrowed})", (south, north, west, east))
    yield inside(question.circle)
