"""Look up towns, ports, airports and regions by name in the bundled read-only gazetteer.

A name is rarely one place: `find` returns every candidate, best first, and never decides. Whoever must have
exactly one place asks `geocoder.locate`, which says when a name is ambiguous.
"""

from __future__ import annotations

import functools
import os
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from warehouse_hub.places.distance import haversine_km_between
from warehouse_hub.places.names import normalise_name

Kind = Literal["city", "town", "port", "airport", "region"]

GAZETTEER_FILE: Final = Path(__file__).with_name("gazetteer.sqlite")
WORDS_FILE: Final = Path(__file__).with_name("words.txt")

# How a name belongs to its place; smaller is closer and always sorts first.
PRIMARY, ASCII, ALTERNATE = 0, 1, 2

_COLUMNS = (
    "coalesce(p.code, 'geonames:' || p.id), p.name, p.name_zh, p.country, p.subdivision, p.latitude, p.longitude,"
    " p.population, p.kind, coalesce(p.provider, 'geonames'), p.town"
)


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the gazetteer.

    `name` is the English name as GeoNames has it, `name_zh` the simplified Chinese one where known, `country`
    ISO 3166-1 alpha-2 after the review of disputed places, `subdivision` a state or province code ("CA", "GA").
    `population` is 0 where it is unknown, which is so for ports and airports. `town` is the id of the town a
    port or an airport lies in, for a reader to whom "near Savannah port" means Savannah.
    """

    id: str
    name: str
    name_zh: str | None
    country: str
    subdivision: str | None
    latitude: float
    longitude: float
    population: int
    kind: Kind
    provider: str
    town: str | None = None


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A candidate for a name and how the name belongs to it (PRIMARY, ASCII or ALTERNATE)."""

    place: Place
    rank: int


class Gazetteer:
    """A gazetteer file, opened read-only; one instance serves all threads and survives a fork.

    Every thread of every process holds its own connection, since an SQLite connection may not cross a fork.
    Raises `sqlite3.OperationalError` on first use when the file is missing.
    """

    def __init__(self, path: Path = GAZETTEER_FILE) -> None:
        self._uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        self._local = threading.local()
        self._places: dict[int, Place] | None = None

    def find(
        self,
        name: str,
        *,
        country: str | None = None,
        subdivision: str | None = None,
        near: tuple[float, float] | None = None,
    ) -> list[Place]:
        """All places of that name, best first; an unknown name gives an empty list.

        Names of the place itself come before its ASCII form, and that before alternate names; within those,
        towns before regions, then the more populous, or the closer when `near` (latitude, longitude) is given.
        """
        return [
            match.place for match in self.matches(name, country=country, subdivision=subdivision, near=near)
        ]

    def matches(
        self,
        name: str,
        *,
        country: str | None = None,
        subdivision: str | None = None,
        near: tuple[float, float] | None = None,
    ) -> list[NameMatch]:
        """As `find`, each candidate with the rank of the name that matched."""
        rows = self._connection().execute(
            f"SELECT {_COLUMNS}, n.rank FROM name n JOIN place p ON p.id = n.place"  # noqa: S608 (a constant)
            " WHERE n.key = :key AND (:country IS NULL OR p.country = :country)"
            " AND (:subdivision IS NULL OR p.subdivision = :subdivision)"
            " ORDER BY n.rank, p.kind = 'region', p.population DESC, p.id",
            {"key": normalise_name(name), "country": country, "subdivision": subdivision},
        )
        found = [NameMatch(Place(*row[:-1]), row[-1]) for row in rows]
        if near is not None:
            found.sort(
                key=lambda m: (m.rank, haversine_km_between(near, (m.place.latitude, m.place.longitude)))
            )
        return found

    def names(
        self, min_population: int = 0, *, alternates: bool = True, words: bool = False
    ) -> Iterator[tuple[str, Place]]:
        """Every (normalised name, place) for building a vocabulary, best place of a name first.

        Places of the hand-written supplement always take part; `min_population` holds back the others. Names that
        are ordinary words of a text ("reading", "same", "周边和" holds "边和") and Latin names of one or two letters
        are left out unless `words`; `find` knows them all.
        """
        left_out = frozenset[str]() if words else common_words()
        places = self._all_places()
        # Keys and numbers alone: carrying the places through the sort takes twice as long as looking them up.
        rows = self._connection().execute(
            "SELECT n.key, p.id FROM name n JOIN place p ON p.id = n.place"
            " WHERE (p.population >= ? OR p.supplement) AND n.rank <= ?"
            " ORDER BY n.key, n.rank, p.kind = 'region', p.population DESC, p.id",
            (min_population, ALTERNATE if alternates else ASCII),
        )
        for key, number in rows.fetchall():
            if key in left_out or (not words and len(key) < 3 and key.isascii()):
                continue
            yield key, places[number]

    def get(self, place_id: str) -> Place | None:
        """The place with this id, or None."""
        provider, _, number = place_id.partition(":")
        column, key = ("p.id", number) if provider == "geonames" else ("p.code", place_id)
        query = f"SELECT {_COLUMNS} FROM place p WHERE {column} = ?"  # noqa: S608 (constants)
        row = self._connection().execute(query, (key,)).fetchone()
        return Place(*row) if row else None

    def town_of(self, place: Place) -> Place:
        """The town a port or an airport lies in; any other place is its own town."""
        return (self.get(place.town) if place.town else None) or place

    def of_kind(self, kind: Kind, *, supplement_only: bool = False) -> list[Place]:
        """All places of a kind in a stable order, the major ones alone when `supplement_only`."""
        rows = self._connection().execute(
            f"SELECT {_COLUMNS} FROM place p WHERE p.kind = ? AND p.supplement >= ? ORDER BY p.id",  # noqa: S608
            (kind, int(supplement_only)),
        )
        return [Place(*row) for row in rows]

    def countries_with_subdivision(self, code: str) -> frozenset[str]:
        """The countries in which some place has this subdivision code: "CA" is the United States alone."""
        rows = self._connection().execute("SELECT DISTINCT country FROM place WHERE subdivision = ?", (code,))
        return frozenset(country for (country,) in rows)

    def largest(self, *, at_least: int) -> list[Place]:
        """Cities and towns with at least that many people, most populous first."""
        rows = self._connection().execute(
            f"SELECT {_COLUMNS} FROM place p WHERE p.population >= ? AND p.kind IN ('city', 'town')"  # noqa: S608
            " ORDER BY p.population DESC, p.id",
            (at_least,),
        )
        return [Place(*row) for row in rows]

    def _all_places(self) -> dict[int, Place]:
        """Every place by its number, read once: a vocabulary is built in several passes over the same places."""
        if self._places is None:
            rows = self._connection().execute(f"SELECT p.id, {_COLUMNS} FROM place p")  # noqa: S608 (a constant)
            self._places = {number: Place(*columns) for number, *columns in rows.fetchall()}
        return self._places

    def _connection(self) -> sqlite3.Connection:
        held: tuple[int, sqlite3.Connection] | None = getattr(self._local, "held", None)
        if held is None or held[0] != os.getpid():
            held = (os.getpid(), sqlite3.connect(self._uri, uri=True, check_same_thread=False))
            self._local.held = held
        return held[1]


@functools.cache
def common_words() -> frozenset[str]:
    """Normalised names of places that a sentence mostly means as a word: "delta", "split", "中心"."""
    return frozenset(WORDS_FILE.read_text(encoding="utf-8").split())


@functools.cache
def default_gazetteer() -> Gazetteer:
    """The gazetteer that ships with the product."""
    return Gazetteer()
