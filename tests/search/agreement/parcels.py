"""Land parcels of which everything is known by construction: whose county each is in, its area, its place.

The counties are the cells of a bent grid, so neighbours share their edges to the last bit. A parcel lies in a
triangle of its county, so no test of points in polygons is needed to know where it belongs.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from builders import EDITOR, noon, square_metres

from warehouse_hub.core.database import Database
from warehouse_hub.directory.mass_publication import Wording, publish_many
from warehouse_hub.directory.rules.facts import ListingFacts
from warehouse_hub.vocabulary.codes import RECORD_CLASSES

Point = tuple[float, float]

# Country, southern and western edge: two plains, islands at the antimeridian and ice near the pole.
LANDS = (("DE", 51.0, 8.0), ("US", 33.0, -118.0), ("FJ", -18.0, 177.5), ("NO", 84.0, 15.0))
COUNTIES_ACROSS = 3
DEGREES_ACROSS = 1.5
# Bends are multiples of this, so that sums and halves of coordinates are exact.
GRAIN = 1 / 1024
# Less than a quarter of a county, so that every county stays convex.
MOST_GRAINS = 200


@dataclass(frozen=True)
class County:
    """A quadrangle of (latitude, longitude) corners; its longitudes run on beyond 180."""

    country: str
    city: str
    corners: tuple[Point, Point, Point, Point]

    @property
    def code(self) -> str:
        return f"{self.country}/{self.city.lower()}"

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north; the east may be smaller than the west."""
        norths, easts = zip(*self.corners, strict=True)
        return wrapped(min(easts)), min(norths), wrapped(max(easts)), max(norths)

    def somewhere(self, rng: random.Random) -> Point:
        """A place well inside."""
        a, b, c, d = self.corners
        first, second, third = rng.choice([(a, b, c), (a, c, d)])
        weights = [rng.uniform(0.01, 1.0) for _ in range(3)]
        parts = [weight / sum(weights) for weight in weights]
        corners = (first, second, third)
        north, east = (
            sum(part * corner[axis] for part, corner in zip(parts, corners, strict=True)) for axis in (0, 1)
        )
        return north, wrapped(east)

    def middles_of_edges(self) -> list[Point]:
        """A place exactly on each edge, which a neighbour has as well where there is one."""
        edges = zip(self.corners, (*self.corners[1:], self.corners[0]), strict=True)
        return [((a[0] + b[0]) / 2, wrapped((a[1] + b[1]) / 2)) for a, b in edges]


@dataclass(frozen=True)
class Parcel:
    """One parcel; `counties` are all it lies in or on the edge of, the first of them its own."""

    id: str
    counties: tuple[County, ...]
    place: Point
    gross: Decimal
    available: Decimal | None
    record_class: str

    @property
    def county(self) -> County:
        return self.counties[0]

    def wording(self) -> Wording:
        stated = [square_metres(str(self.gross), "gross")]
        if self.available is not None:
            stated.append(square_metres(str(self.available), "available"))
        facts = ListingFacts(
            country=self.county.country,
            name_en=f"Parcel {self.id}",
            city=self.county.city,
            latitude=self.place[0],
            longitude=self.place[1],
            geocode_precision="address",
            record_class=self.record_class,
            capacity=tuple(stated),
        )
        return Wording(self.id, facts)


def wrapped(longitude: float) -> float:
    return longitude - 360 if longitude > 180 else longitude


def counties_of(rng: random.Random) -> list[County]:
    return [county for land in LANDS for county in _grid_of(land, rng)]


def parcels_in(found: list[County], rng: random.Random, *, each: int) -> list[Parcel]:
    """So many parcels a county in no order, and one on the middle of every edge."""
    places = [((county,), county.somewhere(rng)) for county in found for _ in range(each)]
    on_edges: dict[Point, tuple[County, ...]] = {}
    for county in found:
        for place in county.middles_of_edges():
            on_edges[place] = (*on_edges.get(place, ()), county)
    places += [(around, place) for place, around in on_edges.items()]
    rng.shuffle(places)
    return [_parcel(f"P{number:05d}", *where, rng) for number, where in enumerate(places)]


def publish_parcels(database: Database, some: list[Parcel]) -> None:
    with database.unit_of_work(noon) as uow:
        publish_many(uow, [parcel.wording() for parcel in some], dataset="real", actor=EDITOR)


def _grid_of(land: tuple[str, float, float], rng: random.Random) -> Iterator[County]:
    country, south, west = land
    step = DEGREES_ACROSS

    def bent(line: int, column: int) -> Point:
        def bend() -> float:
            return rng.randint(-MOST_GRAINS, MOST_GRAINS) * GRAIN * step

        return south + line * step + bend(), west + column * step + bend()

    grid = {
        (line, column): bent(line, column)
        for line in range(COUNTIES_ACROSS + 1)
        for column in range(COUNTIES_ACROSS + 1)
    }
    for line in range(COUNTIES_ACROSS):
        for column in range(COUNTIES_ACROSS):
            corners = [(line, column), (line, column + 1), (line + 1, column + 1), (line + 1, column)]
            name = f"{country} county {line}{column}"
            yield County(country, name, tuple(grid[corner] for corner in corners))


def _parcel(id_: str, around: tuple[County, ...], place: Point, rng: random.Random) -> Parcel:
    gross = Decimal(rng.randrange(20_000, 9_000_000)) / 100
    available = rng.choice([None, gross, gross / 4, Decimal(3000), Decimal(0)])
    if available is not None:
        available = min(available, gross).quantize(Decimal("0.01"))
    return Parcel(id_, around, place, gross, available, rng.choice(RECORD_CLASSES.codes))
