"""The one reader of search parameters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from warehouse_hub.core.errors import InvalidInput
from warehouse_hub.search.cursor import Cursor
from warehouse_hub.search.geography import Box
from warehouse_hub.search.query import SORTS, SearchQuery
from warehouse_hub.vocabulary.codes import SERVICES


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
            ("near", "53.5,10"),
            ("within_km", "100"),
            ("bbox", "170,-20,-170,20"),
            ("sort", "distance"),
            ("dataset", "demo"),
            ("limit", "100"),
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


def test_an_empty_field_of_a_form_is_no_filter():
    assert SearchQuery.from_params({"country": "", "near": "", "q": "", "limit": ""}) == SearchQuery()


def test_every_problem_is_told_at_once():
    found = problems(
        country="ZZ,DE",
        region_set="MARS",
        service="flying",
        record_class="secret",
        min_available_m2="many",
        near="91,0",
        bbox="0,10,5,-10",
        sort="price",
        dataset="other",
        limit="101",
        cursor="???",
    )
    assert found == [
        ("country", "filter.unknown_country"),
        ("region_set", "filter.unknown_region_set"),
        ("service", "filter.unknown_service"),
        ("record_class", "filter.unknown_record_class"),
        ("min_available_m2", "filter.unreadable"),
        ("near", "filter.out_of_range"),
        ("bbox", "filter.out_of_range"),
        ("sort", "filter.unknown_sort"),
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
    ],
)
def test_a_map_scrolled_around_the_world_is_brought_back(written, box):
    assert SearchQuery.from_params({"bbox": written}).bbox == box


def test_without_text_a_point_orders_by_distance():
    assert SearchQuery.from_params({"near": "1,2"}).order == "distance"
    assert SearchQuery.from_params({"near": "1,2", "q": "仓"}).order == "relevance"


degrees = st.floats(-90, 90, allow_nan=False)
queries = st.builds(
    SearchQuery,
    q=st.text(max_size=20).map(str.strip),
    country=st.sampled_from([(), ("DE",), ("US", "PL")]),
    service=st.lists(st.sampled_from(SERVICES.codes), unique=True, max_size=3).map(tuple),
    ids=st.sampled_from([(), ("W1", "CNW001")]),
    min_available_m2=st.none() | st.floats(0, 1e9),
    near=st.tuples(degrees, degrees),
    within_km=st.none() | st.floats(0, 20_000),
    bbox=st.none() | st.builds(Box, degrees, st.floats(-90, 0), degrees, st.floats(0, 90)),
    sort=st.none() | st.sampled_from(SORTS),
    dataset=st.sampled_from(["real", "demo"]),
    limit=st.integers(1, 100),
)


@given(queries)
def test_a_query_survives_its_own_address(query):
    assert SearchQuery.from_params(query.to_params()) == query


@given(st.text(max_size=80))
def test_no_cursor_breaks_the_reader(text):
    Cursor.read(text)


def test_a_cursor_survives_being_written():
    cursor = Cursor("abc", ("CNW002", "CNW001"), (-1.5, float("inf"), "han bao", 3.0))
    assert Cursor.read(cursor.written()) == cursor
