"""Searching through the API: the page's own reader of text, every filter, counts, explanations, suggestions."""

from __future__ import annotations

import builders
import pytest
from web.search_page import EVERY_FACET

from warehouse_hub.search.query import SearchQuery

SEARCH = "/api/v1/warehouses"


def found(client, **parameters) -> dict:
    answer = client.get(SEARCH, query_string={"dataset": "demo", **parameters})
    assert answer.status_code == 200, answer.json
    return answer.json


def ids(body: dict) -> list[str]:
    return [row["id"] for row in body["items"]]


def faults(client, **parameters) -> dict[str, str]:
    """The refusals of a request by parameter."""
    answer = client.get(SEARCH, query_string=parameters)
    assert answer.status_code == 422
    return {fault["column"]: fault["code"] for fault in answer.json["errors"]}


def test_the_text_is_read_as_on_the_page_and_told_piece_by_piece(client):
    text = "Demo 德国 -退货 service:levitation birmingham"
    told = found(client, q=text)["understood"]
    assert told["text"] == text
    assert [(piece["kind"], piece["excluded"]) for piece in told["pieces"]] == [
        ("word", False),
        ("country", False),
        ("service", True),
        ("unread", False),
        ("near", False),
    ]
    for piece in told["pieces"]:
        assert text[piece["start"] : piece["end"]] == piece["text"]
    country, place = told["pieces"][1], told["pieces"][4]
    assert (country["value"], country["labels"]) == (["DE"], {"zh": "德国", "en": "Germany"})
    assert place["value"]["within_km"] == 100
    assert place["alternatives"][0]["written"].startswith("near:")
    assert told["unread"] == ["service:levitation"]


def test_a_literal_text_is_words_alone(client):
    assert ids(found(client, q="德国")) == ["DEMO-DE-0001"]
    told = found(client, q="德国 dropshipping", literal="1")["understood"]
    assert {piece["kind"] for piece in told["pieces"]} == {"word"}


def test_a_text_and_a_parameter_of_one_kind_join(client):
    assert sorted(ids(found(client, q="德国", country="US"))) == ["DEMO-DE-0001", "DEMO-US-0001"]


def test_every_facet_is_counted_or_those_that_are_named(client):
    every = found(client, facets="1")["facets"]
    assert set(every) == EVERY_FACET
    assert every["city"] == {"DE/hamburg": 1, "US/perris": 1}
    assert every["area_band"] == {"3000-10000": 2}
    assert set(found(client, facets="grade,city")["facets"]) == {"grade", "city"}
    assert set(found(client, facets=["grade", "city"])["facets"]) == {"grade", "city"}
    assert "facets" not in found(client, facets="0")
    assert "facets" not in found(client)


def test_facets_that_there_are_not_are_named_with_every_other_fault(client):
    assert faults(client, facets="grade,colour", explain="perhaps", country="XX", format="pdf") == {
        "facets": "filter.unknown_facet",
        "explain": "filter.unreadable",
        "country": "filter.unknown_country",
        "format": "filter.unknown_format",
    }


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"city": "hamburg"}, {"DEMO-DE-0001"}),
        ({"city": "US/Perris"}, {"DEMO-US-0001"}),
        ({"grade": "documented"}, {"DEMO-DE-0001", "DEMO-US-0001"}),
        ({"grade": "verified"}, set()),
        ({"area_band": "lt1000"}, set()),
        ({"max_available_m2": "3000"}, set()),
        ({"not_country": "DE"}, {"DEMO-US-0001"}),
        ({"not_service": "bonded"}, {"DEMO-US-0001"}),
        ({"near": ["53.5,10", "33.8,-117.2"], "within_km": "50"}, {"DEMO-DE-0001", "DEMO-US-0001"}),
        ({"polygon": "50,5;55,5;55,15;50,15"}, {"DEMO-DE-0001"}),
        ({"port_within_km": "20"}, {"DEMO-DE-0001"}),
    ],
)
def test_a_filter_keeps_what_it_says(client, parameters, expected):
    assert set(ids(found(client, **parameters))) == expected


def test_what_has_coordinates_and_what_has_none_can_be_asked_for_apart(client):
    every = ids(found(client, dataset="real"))
    without = found(client, dataset="real", located="0", facets="country")
    assert ids(without) == ["CNW002"]
    assert without["facets"] == {"country": {"DE": 1}}
    assert without["without_coordinates"] == 1
    located = found(client, dataset="real", located="1")
    assert sorted([*ids(located), "CNW002"]) == sorted(every)
    assert located["without_coordinates"] == 1
    nowhere = found(client, dataset="real", located="0", near="53.5,10", within_km="20000")
    assert (nowhere["total"], nowhere["without_coordinates"]) == (0, 1)
    assert faults(client, located="perhaps") == {"located": "filter.unreadable"}


def test_of_several_points_the_nearer_one_counts(client):
    rows = found(client, near=["53.5,10", "33.8,-117.2"], sort="distance")["items"]
    assert {row["id"] for row in rows} == {"DEMO-DE-0001", "DEMO-US-0001"}
    assert all(row["distance_km"] < 10 for row in rows)


def test_an_explained_score_is_the_sum_of_its_parts(client):
    (row,) = found(client, q="Hanse", explain="1")["items"]
    told = row["explanation"]
    parts = [word["points"] for word in told["words"]]
    assert sum(parts) + told["evidence"]["points"] + told["freshness"]["points"] == told["points"]
    assert told["points"] / told["points_of_one"] == pytest.approx(row["score"], abs=1e-5)
    assert told["words"][0]["tokens"][0]["token"] == "hanse"
    assert "explanation" not in found(client, q="Hanse")["items"][0]


def test_what_was_probably_meant_is_told_where_little_is_found(client):
    assert found(client, q="hambrg")["did_you_mean"] == {
        "text": "hamburg",
        "changes": [{"typed": "hambrg", "meant": "hamburg"}],
    }
    assert found(client, q="hamburg")["did_you_mean"] is None
    assert found(client)["did_you_mean"] is None


def test_completions_are_whole_texts_with_the_word_and_its_kind(client):
    first = client.get("/api/v1/suggestions", query_string={"q": "德国 一件"}).json["suggestions"][0]
    assert first == {"text": "德国 一件代发", "word": "一件代发", "kind": "service"}
    assert client.get("/api/v1/suggestions?q=").json == {"suggestions": []}
    assert client.get("/api/v1/suggestions").json == {"suggestions": []}


@pytest.mark.parametrize(
    "query", [{"q": "x" * 501}, {"q": "x", "colour": "red"}, {"q": "x", "dataset": "moon"}]
)
def test_completions_refuse_what_they_cannot_read(client, query):
    assert client.get("/api/v1/suggestions", query_string=query).status_code == 422


def test_a_listing_tells_its_three_nearest_ports(client):
    body = client.get("/api/v1/warehouses/DEMO-DE-0001?dataset=demo").json
    ports = body["nearest_ports"]
    assert ports[0]["name"] == "Port of Hamburg"
    assert len(ports) == 3
    assert [port["distance_km"] for port in ports] == sorted(port["distance_km"] for port in ports)
    assert ports[0]["distance_km"] < 15
    assert client.get("/api/v1/warehouses/CNW002").json["nearest_ports"] == []


def test_the_map_takes_the_filters_of_the_list(client):
    query = {"dataset": "demo", "q": "德国 保税", "bbox": "-180,-80,180,80", "zoom": "2"}
    drawn = client.get("/api/v1/map", query_string=query).json
    assert [feature["properties"]["ids"] for feature in drawn["features"]] == [["DEMO-DE-0001"]]
    nothing = client.get("/api/v1/map", query_string={**query, "not_country": "DE"}).json
    assert nothing["total"] == 0


def test_the_map_tells_how_many_it_cannot_draw(client):
    assert client.get("/api/v1/map").json["without_coordinates"] == 1
    assert client.get("/api/v1/map?country=US").json["without_coordinates"] == 0


def test_a_list_of_typed_text_is_paged_to_its_end(site, client):
    for number in range(7):
        site.publish_demo(f"DEMO-P{number}", builders.hamburg_bonded())
    seen, body = [], found(client, q="德国 Demo", limit=3)
    while body:
        seen += ids(body)
        body = client.get(body["next"]).json if body["next"] else None
    assert len(seen) == len(set(seen)) == 8


def test_the_description_has_every_parameter_that_a_search_reads_and_no_other(client):
    described = client.get("/api/v1/openapi.json").json["paths"]

    def names(path: str) -> set[str]:
        return {each["name"] for each in described[path]["get"]["parameters"]}

    filters = SearchQuery.__dataclass_fields__.keys() - {
        "also_near",
        "sort",
        "price_unit",
        "limit",
        "cursor",
    }
    paged = {"sort", "price_unit", "limit", "cursor", "facets", "explain", "format"}
    assert names(SEARCH) == filters | paged
    assert names("/api/v1/map") == filters | {"zoom"}
    for path in (SEARCH, "/api/v1/map", "/api/v1/suggestions"):
        assert {"200", "304", "422", "default"} <= described[path]["get"]["responses"].keys()
