"""Counts, sums and places of land parcels, held against how the parcels were made."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from builders import EDITOR, hamburg_bonded, noon
from geopy.distance import geodesic
from search.agreement.brute_force import BANDS, band_of, gross_m2, in_print, kept, misplaced
from search.agreement.invented import box
from search.agreement.parcels import (
    COUNTIES_ACROSS,
    LANDS,
    County,
    Parcel,
    Point,
    counties_of,
    parcels_in,
    publish_parcels,
)

from warehouse_hub.app import create_app
from warehouse_hub.core.database import Database
from warehouse_hub.core.migration import migrate
from warehouse_hub.directory.mass_publication import Wording, publish_many
from warehouse_hub.directory.published import PublishedListing
from warehouse_hub.operations.parts import Hub
from warehouse_hub.search.engine import SearchEngine
from warehouse_hub.search.freshness.follower import IndexFollower
from warehouse_hub.search.query import SearchQuery
from warehouse_hub.settings import Settings

EACH_COUNTY = 60
METRE_KM = 0.001
CENTRES = [
    (53.3, 9.7),
    (34.9, -116.2),
    (-16.2, 179.9),
    (-16.2, -179.9),
    (88.9, 100.0),
    (90.0, 0.0),
    (0.5, 20.0),
]
RADII_KM = [0.05, 1.0, 12.345, 100.0, 777.7, 5_000.0, 12_000.0, 19_950.0]
VIEWS = 200


@dataclass(frozen=True)
class Rim:
    """Listings a metre inside and a metre outside of a circle."""

    centre: Point
    radius_km: float
    inside: set[str]
    outside: set[str]


@dataclass(frozen=True)
class Land:
    """Everything in print, how it was made, and an engine to ask."""

    counties: list[County]
    parcels: list[Parcel]
    rims: list[Rim]
    listings: dict[str, PublishedListing]
    engine: SearchEngine
    database: Database

    def found(self, query: SearchQuery) -> set[str]:
        found = self.engine.match_ids(query)
        assert len(found) == len(set(found)) == self.engine.search(query, facets=()).total
        return set(found)

    def parcels_found(self, query: SearchQuery) -> set[str]:
        return {id_ for id_ in self.found(query) if id_.startswith("P")}

    def parcels_of(self, some: Iterable[County]) -> set[str]:
        return {parcel.id for parcel in self.parcels if not set(some).isdisjoint(parcel.counties)}


@pytest.fixture(scope="module")
def registry(tmp_path_factory):
    folder = tmp_path_factory.mktemp("parcels")
    database = Database(f"sqlite:///{folder / 'hub.sqlite'}")
    migrate(database)
    rng = random.Random(2026)
    counties = counties_of(rng)
    parcels = parcels_in(counties, rng, each=EACH_COUNTY)
    publish_parcels(database, parcels[::2])
    IndexFollower(database, folder / "half").catch_up()
    publish_parcels(database, parcels[1::2])
    rims = publish_rims(database, rng)
    IndexFollower(database, folder / "whole").rebuild()
    listings = {listing.id: listing for listing in in_print(database)}
    yield lambda index: Land(
        counties, parcels, rims, listings, SearchEngine(database, folder / index, clock=noon), database
    )
    database.dispose()


@pytest.fixture(scope="module", params=["half", "whole"])
def land(registry, request):
    """With one half of the parcels in the index and the other newer, and with all of them in it."""
    return registry(request.param)


def publish_rims(database: Database, rng: random.Random) -> list[Rim]:
    rims, wordings = [], []
    for centre in CENTRES:
        for radius_km in RADII_KM:
            rim = Rim(centre, radius_km, set(), set())
            for side, ids in ((-METRE_KM, rim.inside), (METRE_KM, rim.outside)):
                for _ in range(3):
                    place = geodesic(kilometers=radius_km + side).destination(centre, rng.uniform(0, 360))
                    id_ = f"R{len(wordings):05d}"
                    ids.add(id_)
                    facts = hamburg_bonded(
                        country="CL",
                        name_zh=f"圈{id_}",
                        city=None,
                        city_zh=None,
                        latitude=place.latitude,
                        longitude=place.longitude,
                        capacity=(),
                    )
                    wordings.append(Wording(id_, facts))
            rims.append(rim)
    with database.unit_of_work(noon) as uow:
        publish_many(uow, wordings, dataset="real", actor=EDITOR)
    return rims


def test_counts_by_city_and_country_are_exact(land):
    facets = land.engine.search(SearchQuery()).facets
    assert facets["city"] == Counter(parcel.county.code for parcel in land.parcels)
    by_country = Counter(parcel.county.country for parcel in land.parcels)
    assert facets["country"] == by_country | {"CL": len(land.listings) - len(land.parcels)}


def test_sums_of_area_by_city_are_exact(land):
    for county in land.counties:
        own = [parcel for parcel in land.parcels if parcel.county == county]
        found = land.found(SearchQuery(city=(county.code,)))
        assert found == {parcel.id for parcel in own}
        assert gross_m2(land.listings[id_] for id_ in found) == sum(parcel.gross for parcel in own)


def test_counts_and_sums_of_area_by_polygon_are_exact(land):
    for county in land.counties:
        found = land.parcels_found(SearchQuery(polygon=county.corners))
        assert found == land.parcels_of([county])
        expected = sum(parcel.gross for parcel in land.parcels if county in parcel.counties)
        assert gross_m2(land.listings[id_] for id_ in found) == expected


def test_facets_inside_a_polygon_are_exact(land):
    for county in land.counties[::5]:
        inside = [parcel for parcel in land.parcels if county in parcel.counties]
        facets = land.engine.search(
            SearchQuery(polygon=county.corners, country=(county.country,), area_band=("lt1000",))
        ).facets
        assert facets["area_band"] == Counter(band_of(land.listings[parcel.id]) for parcel in inside)
        small = [parcel for parcel in inside if band_of(land.listings[parcel.id]) == "lt1000"]
        assert facets["city"] == Counter(parcel.county.code for parcel in small)
        assert facets["record_class"] == Counter(parcel.record_class for parcel in small)


@pytest.mark.parametrize("country", [land[0] for land in LANDS])
def test_a_polygon_with_a_bay_and_one_with_a_hole_keep_what_is_in_them(land, country):
    own = [county for county in land.counties if county.country == country]
    assert len(own) == COUNTIES_ACROSS**2
    (south_west, south, south_east), (west, middle, east), (north_west, north, north_east) = (
        own[line : line + COUNTIES_ACROSS] for line in range(0, len(own), COUNTIES_ACROSS)
    )
    # Around all but the middle and the north, which leaves a bay.
    bay = (
        *south_west.corners[:2],
        *south.corners[1:2],
        *south_east.corners[1:3],
        *east.corners[2:3],
        *north_east.corners[2:],
        *middle.corners[2:0:-1],
        middle.corners[0],
        middle.corners[3],
        *north_west.corners[2:],
        west.corners[3],
        west.corners[0],
    )
    kept_counties = [south_west, south, south_east, west, east, north_west, north_east]
    assert land.parcels_found(SearchQuery(polygon=bay)) == land.parcels_of(kept_counties)
    # The outer ring and then the inner one, joined by a line that is gone along twice.
    outer = (
        south_west.corners[0],
        south.corners[0],
        south_east.corners[0],
        *south_east.corners[1:3],
        *north_east.corners[1:3],
        north.corners[2],
        north_west.corners[2],
        north_west.corners[3],
        west.corners[3],
        west.corners[0],
        south_west.corners[0],
    )
    ring = (*outer, *middle.corners, middle.corners[0])
    around = [county for county in own if county != middle]
    assert land.parcels_found(SearchQuery(polygon=ring)) == land.parcels_of(around)


def test_a_polygon_may_be_told_turned_around_and_closed(land):
    for county in land.counties[::4]:
        expected = land.parcels_of([county])
        turned = [(north, east - 360) for north, east in county.corners]
        for corners in (county.corners[::-1], (*county.corners, county.corners[0])):
            assert land.parcels_found(SearchQuery(polygon=corners)) == expected
        written = ";".join(f"{north!r},{east!r}" for north, east in turned)
        assert land.parcels_found(SearchQuery.from_params({"polygon": written})) == expected


def test_boxes_keep_what_is_in_them(land):
    everything = list(land.listings.values())
    for county in land.counties:
        query = SearchQuery(bbox=box(*county.box))
        assert land.found(query) == {listing.id for listing in kept(everything, query)}
    poles = [box(-180.0, 88.0, 180.0, 90.0), box(170.0, -90.0, -170.0, 90.0), box(20.0, 85.1, 19.0, 90.0)]
    for pole in poles:
        query = SearchQuery(bbox=pole)
        expected = {listing.id for listing in kept(everything, query)}
        assert expected
        assert land.found(query) == expected


def test_a_radius_is_exact_to_the_metre(land):
    everything = list(land.listings.values())
    for rim in land.rims:
        query = SearchQuery(near=rim.centre, within_km=rim.radius_km)
        found = land.found(query)
        assert rim.inside <= found, f"{rim.centre} {rim.radius_km} km"
        assert not rim.outside & found, f"{rim.centre} {rim.radius_km} km"
        assert found == {listing.id for listing in kept(everything, query)}, (
            f"{rim.centre} {rim.radius_km} km"
        )


def test_several_centres_find_what_is_near_any(land):
    for radius_km in RADII_KM[2:6]:
        query = SearchQuery(near=CENTRES[0], also_near=tuple(CENTRES[1:5]), within_km=radius_km)
        alone = [land.found(SearchQuery(near=centre, within_km=radius_km)) for centre in CENTRES[:5]]
        assert land.found(query) == set().union(*alone)


def test_distances_order_everything(land):
    for centres in ([centre] for centre in CENTRES):
        query = SearchQuery(near=centres[0], sort="distance")
        in_order = [land.listings[id_] for id_ in land.engine.match_ids(query)]
        assert len(in_order) == len(land.listings)
        assert misplaced(in_order, query) == []


def test_areas_are_compared_to_the_hundredth(land):
    stated = {parcel.id: parcel.available for parcel in land.parcels if parcel.available is not None}
    for area in random.Random(1).sample(sorted(stated.values()), 25):
        for query, expected in (
            (SearchQuery(min_available_m2=float(area)), {id_ for id_, own in stated.items() if own >= area}),
            (SearchQuery(max_available_m2=float(area)), {id_ for id_, own in stated.items() if own <= area}),
        ):
            assert land.found(query) == expected


def test_area_bands_share_all_listings_out(land):
    counted = land.engine.search(SearchQuery(area_band=("lt1000",))).facets["area_band"]
    assert sum(counted.values()) == len(land.listings)
    total = Decimal()
    for band in (*BANDS, "unknown"):
        found = land.found(SearchQuery(area_band=(band,)))
        assert len(found) == counted[band]
        total += gross_m2(land.listings[id_] for id_ in found)
    assert total == sum(parcel.gross for parcel in land.parcels)


def test_the_map_counts_what_is_in_any_view(land, tmp_path):
    settings = Settings.from_environment({"WAREHOUSE_HUB_DATA": str(tmp_path)})
    web = create_app(settings, hub=Hub(settings, land.database, land.engine, noon)).test_client()
    rng = random.Random(3)
    everything = list(land.listings.values())
    for _ in range(VIEWS):
        zoom, centre = rng.randint(0, 18), rng.choice(land.parcels).place
        half = 180 / 2 ** rng.uniform(max(zoom - 2, 0), zoom + 1)
        south, north = max(centre[0] - half, -90.0), min(centre[0] + half, 90.0)
        west, east = centre[1] - half, centre[1] + half
        view = {"bbox": f"{west!r},{south!r},{east!r},{north!r}"}
        query = replace(SearchQuery.from_params(view), record_class=rng.choice([(), ("public", "lead")]))
        page = web.get("/api/v1/map", query_string={**query.to_params(), "zoom": zoom})
        expected = Counter(listing.record_class for listing in kept(everything, query))
        counted = Counter()
        for feature in page.json["features"]:
            counted.update(feature["properties"]["by_record_class"])
            assert feature["properties"]["count"] == sum(feature["properties"]["by_record_class"].values())
        assert counted == expected, view
        assert page.json["total"] == expected.total(), view
