"""The one reader of search parameters."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from warehouse_hub.core.errors import InvalidInput
from warehouse_hub.search.cursor import Cursor
from warehouse_hub.search.geography.shapes import Box
from warehouse_hub.search.query import SORTS, SearchQuery
from warehouse_hub.vocabulary.codes import PRICE_UNITS, SERVICES


def problems(**params) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as refused:
        SearchQuery.from_params(params)
    assert refused.value.code == "search.invalid"
    return [(problem.column, problem.code) for problem in refused.value.problems]


def test_a_query_string_is_read_whole():
    params = MultiDict(
        [
            ("q", " 海外仓 "),
            ("country", "de"),
            ("country", "PL,CZ"),
            ("service", "bonded"),
            ("service", "cold"),
            ("min_available_m2", "500"),
            ("max_available_m2", "9000"),
            ("near", "53.5,10"),
            ("near", "52,13"),
            ("port_within_km", "40"),
            ("city", "us/Los Angeles"),
            ("city", "汉堡,Łódź"),
            ("grade", "verified"),
            ("area_band", "1000-3000,unknown"),
            ("not_country", "fr"),
            ("not_service", "hazmat"),
            ("polygon", "0,0;0,10;10,10;"),
            ("literal", "1"),
            ("within_km", "100"),
            ("bbox", "170,-20,-170,20"),
            ("sort", "distance"),
            ("dataset", "demo"),
            ("limit", "100"),
            ("located", "0"),
            ("lang", "en"),
        ]
    )
    query = SearchQuery.from_params(params)
    assert query.country == ("DE", "PL", "CZ")
    assert query.service == ("bonded", "cold")
    assert (query.q, query.min_available_m2, query.near, query.within_km) == (
        "海外仓",
        500.0,
        (53.5, 10.0),
        100.0,
    )
    assert query.bbox == Box(170.0, -20.0, -170.0, 20.0)
    assert (query.sort, query.dataset, query.limit) == ("distance", "demo", 100)
    assert query.centres == ((53.5, 10.0), (52.0, 13.0))
    assert (query.max_available_m2, query.port_within_km, query.literal) == (9000.0, 40.0, True)
    assert query.located is False
    assert query.city == ("US/los angeles", "汉堡", "lodz")
    assert (query.grade, query.area_band) == (("verified",), ("1000-3000", "unknown"))
    assert (query.not_country, query.not_service) == (("FR",), ("hazmat",))
    assert query.polygon == ((0.0, 0.0), (0.0, 10.0), (10.0, 10.0))


def test_an_empty_field_of_a_form_is_no_filter():
    assert SearchQuery.from_params({"country": "", "near": "", "q": "", "limit": ""}) == SearchQuery()


def test_every_problem_is_told_at_once():
    found = problems(
        country="ZZ,DE",
        region_set="MARS",
        service="flying",
        record_class="secret",
        grade="gold",
        area_band="huge",
        not_country="XX",
        city="ZZ/paris",
        literal="perhaps",
        port_within_km="-1",
        polygon="0,0;1,1",
        min_available_m2="many",
        near="91,0",
        bbox="0,10,5,-10",
        sort="cheapest",
        price_unit="acre",
        dataset="other",
        limit="101",
        cursor="???",
    )
    assert sorted(found) == sorted(EVERY_PROBLEM)


EVERY_PROBLEM = [
    ("country", "filter.unknown_country"),
    ("grade", "filter.unknown_grade"),
    ("area_band", "filter.unknown_area_band"),
    ("not_country", "filter.unknown_country"),
    ("city", "filter.unknown_country"),
    ("literal", "filter.unreadable"),
    ("port_within_km", "filter.out_of_range"),
    ("polygon", "filter.too_few"),
    ("region_set", "filter.unknown_region_set"),
    ("service", "filter.unknown_service"),
    ("record_class", "filter.unknown_record_class"),
    ("min_available_m2", "filter.unreadable"),
    ("near", "filter.out_of_range"),
    ("bbox", "filter.south_above_north"),
    ("sort", "filter.unknown_sort"),
    ("price_unit", "filter.unknown_price_unit"),
    ("dataset", "filter.unknown_dataset"),
    ("limit", "filter.out_of_range"),
    ("cursor", "cursor.invalid"),
]


@pytest.mark.parametrize(
    ("params", "column"), [({"within_km": "5"}, "within_km"), ({"sort": "distance"}, "sort")]
)
def test_a_distance_needs_a_point(params, column):
    assert problems(**params) == [(column, "filter.needs_near")]


@pytest.mark.parametrize("value", ["nan", "inf", "-1", "1e400", "１２x"])
def test_an_area_that_is_no_number_is_refused(value):
    assert problems(min_available_m2=value)[0][0] == "min_available_m2"


def test_a_misspelt_filter_is_refused_where_the_names_are_known():
    with pytest.raises(InvalidInput) as refused:
        SearchQuery.from_params({"contry": "DE", "format": "csv"}, also={"format"})
    assert [problem.column for problem in refused.value.problems] == ["contry"]


@pytest.mark.parametrize(
    ("written", "box"),
    [
        ("-190,0,-170,5", Box(170.0, 0.0, -170.0, 5.0)),
        ("190,0,200,5", Box(-170.0, 0.0, -160.0, 5.0)),
        ("-400,-80,400,80", Box(-180.0, -80.0, 180.0, 80.0)),
        ("-180,-90,180,90", Box(-180.0, -90.0, 180.0, 90.0)),
        ("179,-18,180,-16", Box(179.0, -18.0, -180.0, -16.0)),
        ("-180,-18,-179,-16", Box(180.0, -18.0, -179.0, -16.0)),
    ],
)
def test_a_map_scrolled_around_the_world_is_brought_back(written, box):
    assert SearchQuery.from_params({"bbox": written}).bbox == box


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("0,0;1,1", "filter.too_few"),
        (";".join(["1,1"] * 501), "filter.too_many"),
        ("0,0;1,1;x,2", "filter.unreadable"),
        ("0,0;1,1;91,2", "filter.out_of_range"),
        ("0,0;1,1;1,541", "filter.out_of_range"),
    ],
)
def test_a_polygon_that_cannot_be_drawn_is_refused(written, code):
    assert problems(polygon=written) == [("polygon", code)]


def test_a_polygon_drawn_on_a_world_scrolled_sideways_is_brought_back():
    assert SearchQuery.from_params({"polygon": "0,365;0,370;5,365"}).polygon == ((0, 5), (0, 10), (5, 5))
    over_the_antimeridian = SearchQuery.from_params({"polygon": "0,-195;0,-175;5,-180"}).polygon
    assert over_the_antimeridian == ((0, 165), (0, 185), (5, 180))


def test_a_point_may_be_repeated_but_not_without_end():
    points = [f"{number},1" for number in range(11)]
    assert problems(near=points) == [("near", "filter.too_many")]
    assert SearchQuery.from_params({"near": points[:2] * 2}).centres == ((0.0, 1.0), (1.0, 1.0))


@pytest.mark.parametrize(
    ("written", "city"), [("Frankfurt/Oder", "frankfurt/oder"), ("洛杉磯", "洛杉矶"), ("de/KÖLN", "DE/koln")]
)
def test_a_city_is_compared_without_case_and_accents(written, city):
    assert SearchQuery.from_params({"city": written}).city == (city,)


def test_further_points_are_no_parameter_of_their_own():
    with pytest.raises(InvalidInput) as refused:
        SearchQuery.from_params({"also_near": "1,2"}, also=set())
    assert [problem.column for problem in refused.value.problems] == ["also_near"]


def test_without_text_a_point_orders_by_distance():
    assert SearchQuery.from_params({"near": "1,2"}).order == "distance"
    assert SearchQuery.from_params({"near": "1,2", "q": "仓"}).order == "relevance"


def test_prices_are_compared_by_the_cubic_metre_and_day_unless_told():
    assert SearchQuery.from_params({"sort": "price"}).price_unit == "m3_day"
    by_pallet = SearchQuery.from_params({"sort": "price", "price_unit": "pallet_month"})
    assert by_pallet.price_unit == "pallet_month"
    assert by_pallet.digest != SearchQuery.from_params({"sort": "price"}).digest


def test_a_form_without_script_may_send_a_price_unit_beside_another_order():
    sent = SearchQuery.from_params({"sort": "name", "price_unit": "pallet_month"})
    assert sent == SearchQuery.from_params({"sort": "name"})


degrees = st.floats(-90, 90, allow_nan=False)
plain_queries = st.builds(
    SearchQuery,
    q=st.text(max_size=20).map(str.strip),
    country=st.sampled_from([(), ("DE",), ("US", "PL")]),
    service=st.lists(st.sampled_from(SERVICES.codes), unique=True, max_size=3).map(tuple),
    ids=st.sampled_from([(), ("W1", "CNW001")]),
    min_available_m2=st.none() | st.floats(0, 1e9),
    near=st.tuples(degrees, degrees),
    also_near=st.lists(st.tuples(degrees, st.floats(100, 120)), max_size=3, unique=True).map(tuple),
    polygon=st.just(()) | st.lists(st.tuples(degrees, degrees), min_size=3, max_size=9).map(tuple),
    literal=st.booleans(),
    city=st.sampled_from([(), ("US/los angeles", "汉堡")]),
    grade=st.sampled_from([(), ("verified", "stated")]),
    area_band=st.sampled_from([(), ("gte30000",)]),
    not_country=st.sampled_from([(), ("FR", "DE")]),
    not_region_set=st.sampled_from([(), ("EU",)]),
    not_service=st.lists(st.sampled_from(SERVICES.codes), unique=True, max_size=2).map(tuple),
    not_goods=st.sampled_from([(), ("toys",)]),
    not_platform=st.sampled_from([(), ("amazon",)]),
    not_record_class=st.sampled_from([(), ("self",)]),
    max_available_m2=st.none() | st.floats(0, 1e9),
    port_within_km=st.none() | st.floats(0, 20_000),
    located=st.none() | st.booleans(),
    within_km=st.none() | st.floats(0, 20_000),
    bbox=st.none() | st.builds(Box, degrees, st.floats(-90, 0), degrees, st.floats(0, 90)),
    sort=st.none() | st.sampled_from(SORTS),
    dataset=st.sampled_from(["real", "demo"]),
    limit=st.integers(1, 100),
)
queries = st.builds(
    lambda query, unit: replace(query, price_unit=unit) if query.sort == "price" else query,
    plain_queries,
    st.sampled_from(PRICE_UNITS.codes),
)


@given(queries)
def test_a_query_survives_its_own_address(query):
    assert SearchQuery.from_params(query.to_params()) == query


@given(queries, queries)
def test_a_cursor_belongs_to_the_search_and_not_to_its_page(query, other):
    assert replace(query, limit=7, cursor="c").digest == query.digest
    assert (other.digest == query.digest) == (replace(other, limit=query.limit) == query)


@given(st.text(max_size=80))
def test_no_text_breaks_the_reader_of_cursors(text):
    read = Cursor.read(text)
    assert read is None or Cursor.read(read.written()) == read


@given(
    st.one_of(st.floats(allow_nan=False), st.text(max_size=40)),
    st.integers(0, 2**64 - 1),
    st.floats(0, 32_503_600_000),
    st.lists(st.integers(0, 2**32), min_size=1, max_size=9),
)
def test_a_cursor_survives_being_written(key, tie, now, counts):
    cursor = Cursor("abc", key, tie, now, counts[0], tuple(counts[1:]))
    assert Cursor.read(cursor.written()) == cursor


@pytest.mark.parametrize(
    "forged",
    [
        '["abc",NaN,1,0.0,5,[]]',
        '["abc",true,1,0.0,5,[]]',
        '["abc",1.0,-1,0.0,5,[]]',
        '["abc",1.0,18446744073709551616,0.0,5,[]]',
        '["abc",1.0,1,Infinity,5,[]]',
        '["abc",1.0,1,1e300,5,[]]',
        '["abc",1.0,1,-1e12,5,[]]',
        '["abc",1.0,1,0.0,-5,[]]',
        '["abc",1.0,1,0.0,5,["x"]]',
        '["abc",1.0,1,0.0,5]',
        "[" * 5000,
    ],
)
def test_a_place_that_is_none_is_no_cursor(forged):
    assert Cursor.read(base64.urlsafe_b64encode(forged.encode()).decode()) is None
