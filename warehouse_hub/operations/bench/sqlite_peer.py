"""A peer that needs no installation: the same listings in SQLite, text in FTS5, filters and counts in plain SQL.

It gets the very tokens that our index gets, each under a number so that no tokenizer can cut it, and answers the same:
total, four facets, twenty results in order. The one thing to get wrong is the edge of a circle, where a sphere and the
ellipsoid disagree: rows near it are asked for their geodesic.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from warehouse_hub.directory.published import PublishedListing
from warehouse_hub.operations.bench.search_queries import PAGE_LENGTH, Asked
from warehouse_hub.places.distance import geodesic_km, haversine_km_between
from warehouse_hub.search.documents import indexed_text
from warehouse_hub.search.query import SearchQuery
from warehouse_hub.search.reading import Word, read_query
from warehouse_hub.vocabulary.region_sets import REGION_SETS, members

_SCHEMA = """
CREATE TABLE listing (row INTEGER PRIMARY KEY, id TEXT, country TEXT, record_class TEXT, available_m2 REAL,
    latitude REAL, longitude REAL);
CREATE TABLE held (row INTEGER, code TEXT, PRIMARY KEY (row, code)) WITHOUT ROWID;
CREATE INDEX held_code ON held (code, row);
CREATE TABLE region (code TEXT, country TEXT, PRIMARY KEY (code, country)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(tokens, content='', tokenize='ascii');
"""
_INDEXES = """
CREATE INDEX listing_country ON listing (country);
CREATE INDEX listing_place ON listing (latitude, longitude);
INSERT INTO words(words) VALUES ('optimize');
ANALYZE;
"""
_KM_PER_DEGREE = 110.0
_DOUBT = 0.01
Found = tuple[int, dict[str, dict[str, int]], list[str]]


class SqlitePeer:
    """The peer over one file; single-threaded, as one request is."""

    def __init__(self, path: Path, today: date) -> None:
        self._today = today
        self._numbers: dict[str, int] = {}
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.executescript("PRAGMA journal_mode=OFF; PRAGMA temp_store=MEMORY;" + _SCHEMA)
        self._connection.execute("CREATE TEMP TABLE hit (row INTEGER PRIMARY KEY, score REAL, km REAL)")
        self._connection.create_function("km", 4, _km, deterministic=True)
        self._connection.create_function("exact_km", 4, _exact_km, deterministic=True)

    def load(self, listings: Iterable[PublishedListing]) -> None:
        """Put the listings in, then build what speeds up questions."""
        run = self._connection
        run.execute("BEGIN")
        for row, listing in enumerate(listings):
            self._load_one(row, listing)
        pairs = [(code, country) for code in REGION_SETS.codes for country in members(code, self._today)]
        run.executemany("INSERT INTO region VALUES (?, ?)", pairs)
        run.execute("COMMIT")
        run.executescript(_INDEXES)

    def close(self) -> None:
        self._connection.close()

    def search(self, asked: Asked) -> Found:
        """Total, facets and the ids of one page."""
        query, run = asked.query, self._connection
        common, values = self._common(query)
        run.execute("DELETE FROM temp.hit")
        run.execute(f"INSERT INTO temp.hit {common}", values)
        own = dict(self._own(query))
        clause, bound = _joined(own.values())
        kept = f"FROM temp.hit h JOIN listing l USING (row) WHERE {clause}"
        total = run.execute(f"SELECT count(*) {kept}", bound)
        count = int(total.fetchone()[0])
        order = "h.km, l.id" if query.order == "distance" else "h.score, l.id"
        page = run.execute(
            f"SELECT l.id {kept} ORDER BY {order} LIMIT ? OFFSET ?", (*bound, PAGE_LENGTH, asked.skipped)
        )
        return count, self._facets(own), [row[0] for row in page]

    def grid(self, box: tuple[float, float, float, float] | None, cell: float) -> tuple[int, int]:
        """(listings, cells) on a map drawn as the fixed cells of a grid, `cell` degrees wide."""
        west, south, east, north = box or (-180.0, -90.0, 180.0, 90.0)
        rows = self._connection.execute(
            "SELECT count(*), avg(latitude), avg(longitude), sum(record_class = 'public') FROM listing"
            " WHERE latitude BETWEEN ? AND ? AND longitude BETWEEN ? AND ?"
            " GROUP BY CAST(latitude / ? AS INTEGER), CAST(longitude / ? AS INTEGER)",
            (south, north, west, east, cell, cell),
        ).fetchall()
        return sum(row[0] for row in rows), len(rows)

    def _load_one(self, row: int, listing: PublishedListing) -> None:
        available = listing.available_m2
        self._connection.execute(
            "INSERT INTO listing VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                row,
                listing.id,
                listing.country,
                listing.record_class,
                None if available is None else float(available),
                listing.latitude,
                listing.longitude,
            ),
        )
        held = [(row, code) for code, stated in listing.services.items() if stated is True]
        self._connection.executemany("INSERT INTO held VALUES (?, ?)", held)
        tokens = indexed_text(listing).tokens
        written = " ".join(f"{self._token(token)} " * count for token, count in tokens.items())
        self._connection.execute("INSERT INTO words(rowid, tokens) VALUES (?, ?)", (row, written))

    def _token(self, token: str) -> str:
        return f"t{self._numbers.setdefault(token, len(self._numbers))}"

    def _common(self, query: SearchQuery) -> tuple[str, list[Any]]:
        """The rows that pass the text and every filter without a facet, with score and distance."""
        words = read_query(query.q)
        values: list[Any] = []
        km, score, source = "NULL", "NULL", "listing l"
        conditions = ["1"]
        if query.near is not None:
            km = "km(l.latitude, l.longitude, ?, ?)"
            values += query.near
        if words:
            score, source = "bm25(words)", "words JOIN listing l ON l.row = words.rowid"
            conditions.append("words MATCH ?")
            values.append(" AND ".join(self._expression(word) for word in words))
        if query.min_available_m2 is not None:
            conditions.append("l.available_m2 >= ?")
            values.append(query.min_available_m2)
        if query.near is not None and query.within_km is not None:
            condition, bound = _circle(*query.near, query.within_km)
            conditions.append(condition)
            values += bound
        return f"SELECT l.row, {score}, {km} FROM {source} WHERE {' AND '.join(conditions)}", values  # noqa: S608

    def _expression(self, word: Word) -> str:
        every = " AND ".join(f'"{self._asked(token)}"' for token in word.tokens)
        return "(" + " OR ".join([f"({every})", *(f'"{self._asked(token)}"' for token in word.instead)]) + ")"

    def _asked(self, token: str) -> str:
        return f"t{self._numbers[token]}" if token in self._numbers else "unknown"

    def _own(self, query: SearchQuery) -> Iterator[tuple[str, tuple[str, list[Any]]]]:
        """The filters that a facet stands beside, by its name."""
        if query.country:
            yield "country", (f"l.country IN ({_marks(query.country)})", list(query.country))
        if query.region_set:
            inside = f"SELECT country FROM region WHERE code IN ({_marks(query.region_set)})"  # noqa: S608
            yield "region_set", (f"l.country IN ({inside})", list(query.region_set))
        if query.service:
            each = "EXISTS (SELECT 1 FROM held s WHERE s.row = l.row AND s.code = ?)"
            yield "service", (" AND ".join([each] * len(query.service)), list(query.service))

    def _facets(self, own: dict[str, tuple[str, list[Any]]]) -> dict[str, dict[str, int]]:
        tables = {
            "country": ("", "l.country"),
            "service": ("JOIN held f ON f.row = l.row", "f.code"),
            "record_class": ("", "l.record_class"),
            "region_set": ("JOIN region r ON r.country = l.country", "r.code"),
        }
        found = {}
        for name, (join, code) in tables.items():
            clause, bound = _joined(part for other, part in own.items() if other != name)
            rows = self._connection.execute(
                f"SELECT {code}, count(*) FROM temp.hit h JOIN listing l USING (row) {join} WHERE {clause} GROUP BY 1",  # noqa: S608
                bound,
            )
            found[name] = {str(code): int(count) for code, count in rows}
        return found


def _joined(parts: Iterable[tuple[str, list[Any]]]) -> tuple[str, list[Any]]:
    kept = list(parts)
    return " AND ".join(["1", *(clause for clause, _ in kept)]), [
        value for _, bound in kept for value in bound
    ]


def _circle(latitude: float, longitude: float, radius: float) -> tuple[str, list[Any]]:
    north_south = radius / _KM_PER_DEGREE
    east_west = (
        north_south * 2.5
    )  # wide enough up to 65 degrees from the equator, where every query here lies
    distance = "km(l.latitude, l.longitude, ?, ?)"
    condition = (
        "l.latitude BETWEEN ? AND ? AND l.longitude BETWEEN ? AND ?"
        f" AND ({distance} < ? OR ({distance} < ? AND exact_km(l.latitude, l.longitude, ?, ?) <= ?))"
    )
    box = [latitude - north_south, latitude + north_south, longitude - east_west, longitude + east_west]
    here = [latitude, longitude]
    return condition, [*box, *here, radius * (1 - _DOUBT), *here, radius * (1 + _DOUBT), *here, radius]


def _marks(codes: tuple[str, ...]) -> str:
    return ", ".join("?" * len(codes))


def _km(latitude: float | None, longitude: float | None, there: float, beyond: float) -> float | None:
    if latitude is None or longitude is None:
        return None
    return haversine_km_between((latitude, longitude), (there, beyond))


def _exact_km(latitude: float, longitude: float, there: float, beyond: float) -> float:
    return geodesic_km((there, beyond), (latitude, longitude))
