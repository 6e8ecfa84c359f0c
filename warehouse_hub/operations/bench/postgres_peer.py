"""PostgreSQL as a search engine: text in a GIN index, places in PostGIS where it is installed, else in a GiST index.

The one thing to get wrong: a plan that is made for any values suits none of these questions, so every statement is
planned for the values it comes with. It is sent as one, with the page and all counts in its answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final
from uuid import uuid4

import psycopg

from warehouse_hub.operations.bench.circle import Circle
from warehouse_hub.operations.bench.peer_rows import PeerRow
from warehouse_hub.operations.bench.question import FACETS, Box, Found, Question
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

_COLUMNS: Final = (
    "row, id, country, record_class, services, goods, available_m2, latitude, longitude, x, y, z, tokens"
)
_TABLE: Final = """
CREATE UNLOGGED TABLE listing (row integer, id text, country text, record_class text, services integer,
    goods integer, available_m2 double precision, latitude double precision, longitude double precision,
    x double precision, y double precision, z double precision, tokens tsvector) WITH (toast_tuple_target = 8160)
"""
# A text of a few kilobytes stays in its row as it is: to fetch it from elsewhere, or to unpack it, for every match
# costs more than all the rest.
_STORAGE: Final = "ALTER TABLE listing ALTER tokens SET STORAGE EXTERNAL"
_INDEXES: Final = (
    "ALTER TABLE listing ADD PRIMARY KEY (row)",
    "CREATE INDEX ON listing USING gin (tokens)",
    "CREATE INDEX ON listing (country)",
    "CREATE INDEX ON listing (available_m2)",
    "CREATE INDEX ON listing USING gist (point(longitude, latitude))",
)
_GEOGRAPHY: Final = "CREATE INDEX ON listing USING gist ((ST_MakePoint(longitude, latitude)::geography))"
_HERE: Final = "ST_MakePoint(l.longitude, l.latitude)::geography"
_THERE: Final = "ST_MakePoint(?, ?)::geography"
# How the parts of one answer are told apart; the facets that leave a filter out follow from 2 on.
_PAGE, _KEPT = 0, 1


class PostgresPeer:
    """A schema of its own on a server, gone when it is closed; for one thread."""

    def __init__(self, rows: Iterable[PeerRow], address: str) -> None:
        self._connection = psycopg.connect(address, autocommit=True)
        self._schema = f"hub_bench_{uuid4().hex}"
        self._has_postgis = self._take_up_postgis()
        for statement in (
            f"CREATE SCHEMA {self._schema}",
            f"SET search_path = {self._schema}, public",
            "SET plan_cache_mode = force_custom_plan",
            "SET jit = off",
            _TABLE,
            _STORAGE,
        ):
            self._connection.execute(statement.encode())
        self._load(rows)
        geography = (_GEOGRAPHY,) if self._has_postgis else ()
        for statement in (*_INDEXES, *geography, "VACUUM ANALYZE listing"):
            self._connection.execute(statement.encode())

    @property
    def has_postgis(self) -> bool:
        """Whether circles are asked of PostGIS."""
        return self._has_postgis

    def search(self, question: Question) -> Found:
        """Total, facets and the ids of one page."""
        names = [name for name in FACETS if name not in question.lifted]
        statement = self._statement(question, names)
        parts: dict[int, list[tuple[str, list[int]]]] = {}
        for part, code, numbers in self._run(statement):
            parts.setdefault(part, []).append((code, numbers))
        total, facets = counts(names, _groups(parts.get(_KEPT, ())))
        for part, name in enumerate(question.lifted, start=_KEPT + 1):
            facets |= counts([name], _groups(parts.get(part, ())))[1]
        page = sorted(parts.get(_PAGE, ()), key=lambda row: row[1])
        return Found(total, facets, tuple(code for code, _ in page))

    def grid(self, box: Box | None, cell: float) -> tuple[int, int]:
        """Places counted by the cells of a grid, with their mean place and how many are public."""
        narrowed = Clause("latitude IS NOT NULL") if box is None else _in_box(box)
        rows = self._run(
            Clause(
                "SELECT count(*), avg(l.latitude), avg(l.longitude), count(*) FILTER (WHERE record_class = 'public')"  # noqa: S608
                f" FROM listing l WHERE {narrowed.text}"
                " GROUP BY floor((latitude + 90) / ?), floor((longitude + 180) / ?)",
                (*narrowed.values, cell, cell),
            )
        )
        return sum(row[0] for row in rows), len(rows)

    def close(self) -> None:
        """Leave nothing on the server."""
        self._connection.execute(f"DROP SCHEMA {self._schema} CASCADE".encode())
        self._connection.close()

    def _take_up_postgis(self) -> bool:
        try:
            self._connection.execute("CREATE EXTENSION IF NOT EXISTS postgis")
        except psycopg.Error:
            return False
        return True

    def _load(self, rows: Iterable[PeerRow]) -> None:
        with (
            self._connection.cursor() as cursor,
            cursor.copy(f"COPY listing ({_COLUMNS}) FROM STDIN".encode()) as copy,
        ):
            for row in rows:
                # Every token once: a tsvector without positions keeps no more, and is searched faster than one with.
                copy.write_row((*row[:9], *(row.place or (None, None, None)), row.tokens))

    def _statement(self, question: Question, names: list[str]) -> Clause:
        conditions = own(question)
        kept = joined(conditions.values())
        parts = [
            self._hits(question),
            Clause(
                f"SELECT {_PAGE}, p.id, ARRAY[row_number() OVER (ORDER BY p.key, p.row)] FROM"  # noqa: S608
                f" (SELECT * FROM hit h WHERE {kept.text} ORDER BY h.key, h.row LIMIT ? OFFSET ?) p",
                (*kept.values, PAGE_LENGTH, question.offset),
            ),
            _counting(_KEPT, names, kept),
        ]
        for part, name in enumerate(question.lifted, start=_KEPT + 1):
            others = joined(clause for facet, clause in conditions.items() if facet != name)
            parts.append(_counting(part, [name], others))
        first, *more = parts
        return Clause(
            f"{first.text} {' UNION ALL '.join(f'({part.text})' for part in more)}",
            tuple(value for part in parts for value in part.values),
        )

    def _hits(self, question: Question) -> Clause:
        """The rows that meet every condition but those that a facet stands beside."""
        key = self._key(question)
        where = joined([*_text(question.words), *common(question), *self._near(question.circle)])
        return Clause(
            f"WITH hit AS MATERIALIZED (SELECT l.row, l.id, {key.text} AS key, l.country, l.services, l.goods"  # noqa: S608
            f" FROM listing l WHERE {where.text})",
            (*key.values, *where.values),
        )

    def _key(self, question: Question) -> Clause:
        """What the page is in ascending order of."""
        circle = question.circle
        if question.order == "distance" and circle is not None:
            if self._has_postgis:
                return Clause(f"ST_Distance({_HERE}, {_THERE})", (circle.longitude, circle.latitude))
            return chord2(circle)
        if question.order == "available":
            return Clause("-l.available_m2")
        if question.words:
            return Clause("-ts_rank(l.tokens, ?::tsquery)", (_query(question.words),))
        return Clause("0")

    def _near(self, circle: Circle | None) -> Iterator[Clause]:
        if circle is None:
            return
        if self._has_postgis:
            there = (circle.longitude, circle.latitude, circle.radius_km * 1000)
            yield Clause(f"ST_DWithin({_HERE}, {_THERE}, ?)", there)
        else:
            yield _in_box(circle.box)
            yield inside(circle)

    def _run(self, statement: Clause) -> list[Any]:
        text = statement.text.replace("?", "%s").encode()
        return self._connection.execute(text, statement.values, prepare=True).fetchall()


def _counting(part: int, names: list[str], kept: Clause) -> Clause:
    code, rows, *sums = counted(names).split(", ")
    numbers = ", ".join([rows, *sums])
    return Clause(
        f"SELECT {part}, {code}, ARRAY[{numbers}] FROM hit h WHERE {kept.text} GROUP BY h.country",  # noqa: S608
        kept.values,
    )


def _groups(rows: Iterable[tuple[str, list[int]]]) -> Iterator[list[Any]]:
    return ([code, *numbers] for code, numbers in rows)


def _in_box(box: Box) -> Clause:
    west, south, east, north = box
    return Clause(
        "point(l.longitude, l.latitude) <@ box(point(?, ?), point(?, ?))", (west, south, east, north)
    )


def _text(words: tuple[AskedWord, ...]) -> Iterator[Clause]:
    if words:
        yield Clause("l.tokens @@ ?::tsquery", (_query(words),))


def _query(words: tuple[AskedWord, ...]) -> str:
    """The words in the notation of tsquery; tokens are letters and digits, so nothing needs quoting."""
    return " & ".join(map(_expression, words))


def _expression(word: AskedWord) -> str:
    every = " & ".join(word.tokens)
    return f"({' | '.join([f'({every})', *word.instead])})" if word.instead else every
