"""The API: the promised addresses and names, problem documents, pages, ETags, and a description that is complete."""

from __future__ import annotations

import builders
import pytest

DEMO = "dataset=demo"


def test_search_answers_rows_with_the_promised_names(client):
    body = client.get(f"/api/v1/warehouses?{DEMO}&country=DE&facets=1").json
    assert body["total"] == 1
    row = body["items"][0]
    assert row["id"] == "DEMO-DE-0001"
    assert {"name", "country", "city", "latitude", "longitude", "score", "distance_km"} <= row.keys()
    assert row["available_m2"] == 3200
    assert body["facets"]["country"]["DE"] == 1


def test_distance_is_told_from_the_point_that_was_asked(client):
    body = client.get(f"/api/v1/warehouses?{DEMO}&near=53.5,10&within_km=100").json
    assert [row["id"] for row in body["items"]] == ["DEMO-DE-0001"]
    assert 5 < body["items"][0]["distance_km"] < 6


def test_a_list_is_paged_by_cursor_to_its_end(site, client):
    for number in range(7):
        site.publish_demo(f"DEMO-P{number}", builders.hamburg_bonded())
    address, seen = f"/api/v1/warehouses?{DEMO}&limit=4", []
    while address:
        body = client.get(address).json
        seen += [row["id"] for row in body["items"]]
        address = body["next"]
    assert len(seen) == len(set(seen)) == 9


def test_geojson_and_csv_hold_the_same_rows(client):
    shapes = client.get("/api/v1/warehouses?format=geojson").json
    assert {feature["id"]: feature["geometry"] is None for feature in shapes["features"]} == {
        "CNW001": False,
        "CNW002": True,
    }
    table = client.get("/api/v1/warehouses?format=csv")
    assert table.mimetype == "text/csv"
    assert table.text.count("\r\n") == 3


def test_one_listing_tells_each_capacity_with_unit_basis_date_and_grade(client):
    body = client.get("/api/v1/warehouses/CNW001").json
    assert {"value": 3200, "unit": "m2", "basis": "available", "as_of": "2026-11-01"}.items() <= body[
        "capacity"
    ][2].items()
    assert "hazmat" not in body["services"]


def test_a_record_of_the_other_dataset_is_not_found(client):
    answer = client.get("/api/v1/warehouses/DEMO-DE-0001")
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"
    assert answer.json["code"] == "listing.not_found"


def test_the_session_of_a_browser_chooses_no_dataset_for_the_api(client):
    client.get("/?dataset=demo")
    assert client.get("/api/v1/warehouses").json["dataset"] == "real"


def test_every_unreadable_parameter_is_named_in_a_problem_document(client):
    answer = client.get("/api/v1/warehouses?country=XX&near=here&colour=red")
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert {fault["column"] for fault in answer.json["errors"]} == {"country", "near", "colour"}


def test_an_unchanged_answer_is_not_sent_again(client):
    first = client.get("/api/v1/vocabulary")
    again = client.get("/api/v1/vocabulary", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""


def test_the_map_answers_features_of_the_view(client):
    answer = client.get(f"/api/v1/map?{DEMO}&bbox=-20,30,40,60&zoom=6")
    assert answer.mimetype == "application/geo+json"
    (feature,) = answer.json["features"]
    assert feature["properties"]["ids"] == ["DEMO-DE-0001"]
    assert client.get("/api/v1/map?bbox=1,2,3,4&zoom=far").status_code == 422


def test_a_need_is_read_and_matched(client):
    read = client.post("/api/v1/needs/read", json={"text": "汉堡要个保税仓，2000平"}).json
    assert read["needs"][0]["services"] == ["bonded"]
    results = client.post(f"/api/v1/matches?{DEMO}", json={"need": read["needs"][0]}).json["results"]
    assert results[0]["items"][0]["id"] == "DEMO-DE-0001"
    assert results[0]["items"][0]["reasons"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"text": 3}, 422),
        ([], 422),
        ({"need": {"countries": "DE"}}, 422),
        ({"text": "x", "limit": 0}, 422),
    ],
)
def test_a_bad_need_is_refused(client, body, status):
    assert client.post("/api/v1/matches", json=body).status_code == status


def test_a_body_that_is_no_json_is_refused_as_such(client):
    assert client.post("/api/v1/matches", data="{", content_type="application/json").status_code == 400
    assert client.post("/api/v1/matches", data="text=x").status_code == 415


def test_region_sets_are_those_of_the_asked_date(client):
    def members(at: str) -> set[str]:
        sets = client.get(f"/api/v1/region-sets?at={at}").json["region_sets"]
        return set(next(each["members"] for each in sets if each["code"] == "EU"))

    assert "GB" in members("2019-06-01")
    assert "GB" not in members("2026-11-23")
    assert client.get("/api/v1/region-sets?at=today").status_code == 422


def test_the_description_names_every_operation_with_its_parameters_and_is_readable_as_a_page(client):
    described = client.get("/api/v1/openapi.json").json
    assert described["openapi"].startswith("3.1")
    assert {
        "/api/v1/warehouses",
        "/api/v1/warehouses/{warehouse_id}",
        "/api/v1/suggestions",
        "/api/v1/map",
        "/api/v1/needs/read",
        "/api/v1/matches",
        "/api/v1/statistics/utilisation",
        "/api/v1/editions",
        "/api/v1/editions/{number}",
        "/api/v1/editions/{number}/files/{name}",
        "/api/v1/editions/{before}/diff/{after}",
        "/api/v1/vocabulary",
        "/api/v1/region-sets",
    } == described["paths"].keys()
    names = {each["name"] for each in described["paths"]["/api/v1/warehouses"]["get"]["parameters"]}
    assert {"q", "country", "service", "near", "within_km", "bbox", "limit", "cursor", "dataset"} <= names
    page = client.get("/api/v1/docs?lang=en").text
    for path in described["paths"]:
        assert path in page
    assert "within_km" in page
