"""The command `search` reads its text and filters as page and API do, and tells what it understood."""

from __future__ import annotations

import pytest


def test_the_text_is_read_as_the_search_field_reads_it(hub_json):
    typed = hub_json("search", "德国 一件代发", "--dataset", "demo", "--limit", "100")
    ticked = hub_json(
        "search", "--country", "DE", "--service", "dropship", "--dataset", "demo", "--limit", "100"
    )
    assert {item["id"] for item in typed["items"]} == {item["id"] for item in ticked["items"]} != set()
    assert [piece["kind"] for piece in typed["understood"]["pieces"]] == ["country", "service"]


def test_a_literal_text_holds_no_filter(hub_json):
    found = hub_json("search", "德国 一件代发", "--literal", "--dataset", "demo")
    assert {piece["kind"] for piece in found["understood"]["pieces"]} == {"word"}


@pytest.mark.parametrize(
    ("words", "keeps"),
    [
        (["--not-country", "DE"], lambda item: item["country"] != "DE"),
        (["--not-service", "bonded"], lambda item: not item["services"].get("bonded")),
        (["--grade", "verified"], lambda item: item["grade"] == "verified"),
        (["--area-band", "1000-3000"], lambda item: 1000 <= item["available_m2"] < 3000),
        (["--max-available-m2", "500"], lambda item: item["available_m2"] <= 500),
        (["--city", "DE/hamburg"], lambda item: item["city"] == "Hamburg"),
        (
            ["--near", "53.5,10", "--near", "34,-118", "--within-km", "60"],
            lambda item: item["distance_km"] <= 60,
        ),
        (["--polygon", "47,5;55,5;55,15;47,15"], lambda item: 47 <= item["latitude"] <= 55),
    ],
)
def test_every_filter_of_the_api_has_its_option(hub_json, words, keeps):
    found = hub_json("search", *words, "--dataset", "demo", "--limit", "100")
    assert found["total"] > 0
    assert all(keeps(item) for item in found["items"])


def test_what_was_understood_is_told_before_the_results(hub):
    told = hub("search", "德国 -危险品 service:levitation Demo", "--dataset", "demo", "--limit", "1").stdout
    assert 'Understood as: Germany; not Dangerous goods; "Demo"' in told
    assert "Not understood: “service:levitation”" in told
    assert "理解为: 德国" in hub("search", "德国", "--dataset", "demo", lang="zh_CN.UTF-8").stdout
    assert "Understood" not in hub("search", "--country", "DE", "--dataset", "demo").stdout


def test_what_was_probably_meant_is_told_where_nothing_is_found(hub, hub_json):
    assert "Did you mean hamburg" in hub("search", "hambrg", "--dataset", "demo").stdout
    assert hub_json("search", "hambrg", "--dataset", "demo")["did_you_mean"]["text"] == "hamburg"


def test_a_score_is_explained_where_that_is_asked(hub, hub_json):
    found = hub_json("search", "Hamburg Demo", "--explain", "--dataset", "demo", "--limit", "2")
    for item in found["items"]:
        told = item["explanation"]
        assert told["points"] / told["points_of_one"] == pytest.approx(item["score"], abs=1e-5)
    line = hub(
        "search", "Hamburg Demo", "--explain", "--dataset", "demo", "--limit", "1"
    ).stdout.splitlines()[-1]
    assert "= demo" in line
    assert "+ evidence" in line
    assert "explanation" not in hub_json("search", "Hamburg Demo", "--dataset", "demo")["items"][0]
