"""What no browser sends by itself: bodies without a bottom, stale tags, methods that an address does not take."""

from __future__ import annotations

import json

import pytest
from web_site import send

JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize("body", ["[" * 10_000 + "]" * 10_000, '{"a":' * 10_000 + "1" + "}" * 10_000])
@pytest.mark.parametrize("path", ["/api/v1/matches", "/api/v1/needs/read"])
def test_a_body_nested_ten_thousand_deep_is_a_bad_request(client, path, body):
    answer = client.post(path, data=body, headers=JSON)
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"


def test_a_search_that_finds_the_same_again_is_not_sent_again(client):
    first = client.get("/api/v1/warehouses?dataset=demo&facets=1")
    assert "took_ms" in first.json
    again = client.get(
        "/api/v1/warehouses?dataset=demo&facets=1", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert again.status_code == 304
    other = client.get(
        "/api/v1/warehouses?dataset=demo&country=DE", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert other.status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/warehouses", "/catalogue"])
def test_a_refused_method_is_told_which_ones_are_taken(client, path):
    answer = client.delete(path)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_a_page_of_another_site_may_read_and_ask_the_api_but_no_page(client):
    answer = client.get("/api/v1/warehouses")
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    asked = client.options("/api/v1/matches")
    assert "POST" in asked.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in asked.headers["Access-Control-Allow-Headers"]
    page = client.get("/")
    assert page.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in page.headers


@pytest.mark.parametrize("month", ["9999-12", "0001-01"])
def test_a_month_at_the_edge_of_the_calendar_is_refused(client, month):
    assert client.get(f"/statistics?dataset=demo&month={month}").status_code == 422
    answer = client.get(f"/api/v1/statistics/utilisation?dataset=demo&month={month}")
    assert answer.status_code == 422
    assert answer.json["code"] == "month.unreadable"


@pytest.mark.parametrize("digits", ["9" * 5000, "²", "-1"])
def test_a_number_nobody_counts_to_is_refused(client, digits):
    for path in (f"/?page={digits}", f"/results?page={digits}", f"/api/v1/map?zoom={digits}"):
        assert client.get(path).status_code == 422
    assert client.get("/?page=").status_code == 200


def test_a_refusal_repeats_what_it_could_not_read(client):
    for path, typed in (
        ("/api/v1/warehouses?dataset=moon", "moon"),
        ("/api/v1/region-sets?at=yesterday", "yesterday"),
        ("/statistics?by=moon", "moon"),
    ):
        assert typed in json.dumps(client.get(path).json or client.get(path).text, ensure_ascii=False)


def test_a_table_of_an_edition_names_its_encoding_once(site):
    editor, publisher = site.signed_in("editor"), site.signed_in("publisher")
    send(editor, "/bureau/editions?dataset=demo", period="2026-11")
    send(publisher, "/bureau/editions/DEMO-2026-11/publish", form_on="/bureau/editions/DEMO-2026-11")
    address = "/api/v1/editions/DEMO-2026-11/files/catalogue.csv?dataset=demo"
    with site.client().get(address) as table:
        assert table.headers["Content-Type"].count("charset") == 1
    beyond = site.client().get(address, headers={"Range": "bytes=99999999-"})
    assert beyond.status_code == 416
    assert beyond.json["detail"]


def test_a_long_message_is_answered_although_it_fits_in_no_address(client):
    long = "德国汉堡2000平公共海外仓，保税。" + "货多多多" * 500
    answer = send(client, "/needs", text=long)
    assert answer.status_code == 200
    assert "汉堡" in answer.text
    short = send(client, "/needs", text="德国汉堡 保税")
    assert short.status_code == 302
    assert "text=" in short.location
