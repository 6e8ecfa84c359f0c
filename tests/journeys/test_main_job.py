"""The main job, end to end over HTTP on the bundled data: find, map, match, publish an edition, read the figures.

The order is the product's own; each step asserts what the person at that step would look for.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json

import pytest

from warehouse_hub.web.public.home import EXAMPLES

WORLD = "-180,-60,180,75"
NEED = "求美西海外仓,洛杉矶附近,一件代发,带电产品,日均300单"


def api(visitor, path, **params):
    answer = visitor.get(f"/api/v1{path}", **params)
    assert answer.ok, answer.text
    return answer.json()


def test_a_visitor_finds_the_real_building_in_perris(site):
    found = api(site.visitor(), "/warehouses", q="Lecangs Perris")
    assert {item["id"] for item in found["items"]} == {"CNW001", "CNW002"}
    page = site.visitor().get("/", q="Lecangs Perris").text
    assert "Perris distribution center" in page
    assert "1,203,449 sq ft" in site.visitor().get("/warehouses/CNW001").text


def test_two_entries_of_one_building_name_each_other_with_what_each_source_printed(site):
    page = site.visitor().get("/warehouses/CNW001", dataset="real").text
    assert "同一场地" in page
    assert 'href="/warehouses/CNW002' in page
    assert "120000 立方米" in page


@pytest.mark.parametrize(("dataset", "lang"), EXAMPLES)
def test_every_example_on_the_search_page_finds_something(site, dataset, lang):
    for example in EXAMPLES[dataset, lang]:
        page = site.visitor().get("/", q=example, dataset=dataset, lang=lang).text
        assert 'class="result-card' in page, example


def test_a_visitor_finds_dropshipping_in_los_angeles_in_the_demonstration(site):
    found = api(site.visitor(), "/warehouses", q="洛杉矶 一件代发", dataset="demo", facets=1)
    assert found["total"] > 0
    assert all(item["services"]["dropship"] for item in found["items"])
    assert {item["country"] for item in found["items"]} == {"US"}
    assert found["facets"]["country"] == {"US": found["total"]}


def test_the_two_datasets_never_meet(site):
    real = api(site.visitor(), "/warehouses", limit=100)
    demo = api(site.visitor(), "/warehouses", dataset="demo", limit=100)
    assert real["total"] == 44
    assert demo["total"] > 350
    assert not {item["id"] for item in real["items"]} & {item["id"] for item in demo["items"]}


def test_the_map_counts_what_the_list_counts(site):
    asked = {"dataset": "demo", "country": "DE"}
    listed = api(site.visitor(), "/warehouses", **asked)
    drawn = api(site.visitor(), "/map", bbox=WORLD, zoom=4, **asked)
    on_map = sum(feature["properties"].get("count", 1) for feature in drawn["features"])
    assert on_map == listed["total"] - listed["without_coordinates"]


def test_a_need_in_free_text_is_read_and_matched_with_reasons(site):
    read = site.visitor().http.post(f"{site.url}/api/v1/needs/read", json={"text": NEED}, timeout=30).json()
    assert read["needs"][0]["services"] == ["dropship", "battery"]
    answer = (
        site.visitor()
        .http.post(f"{site.url}/api/v1/matches", json={"text": NEED, "dataset": "demo"}, timeout=30)
        .json()
    )
    result = answer["results"][0]
    assert result["total"] > 0
    best = result["items"][0]
    assert best["reasons"]
    assert set(best["components"]) >= {"distance", "quantity"}
    assert all(near["excluded_by"] for near in result["near_misses"])
    assert "为什么" in site.visitor().get("/needs", text=NEED, dataset="demo").text


@pytest.mark.parametrize(("dataset", "number"), [("real", "ZZHWC-2026-11"), ("demo", "DEMO-2026-11")])
def test_an_editor_prepares_and_a_publisher_publishes(site, dataset, number):
    editor, publisher = site.signed_in("editor"), site.signed_in("publisher")
    editor.get("/", dataset=dataset)
    publisher.get("/", dataset=dataset)

    prepared = editor.send(
        "/bureau/editions", form_on=f"/bureau/editions?dataset={dataset}", period="2026-11"
    )
    assert number in prepared.text
    assert site.visitor().get(f"/catalogue/{number}", dataset=dataset).status_code == 404

    page = f"/bureau/editions/{number}?dataset={dataset}"
    refused = editor.send(
        f"/bureau/editions/{number}/publish?dataset={dataset}", form_on=f"/bureau/editions?dataset={dataset}"
    )
    assert refused.status_code == 403
    published = publisher.send(f"/bureau/editions/{number}/publish?dataset={dataset}", form_on=page)
    assert published.ok

    assert number in site.visitor().get("/catalogue", dataset=dataset).text
    files = f"/api/v1/editions/{number}/files"
    manifest = json.loads(site.visitor().get(f"{files}/manifest.json").content)
    for entry in manifest["files"]:
        content = site.visitor().get(f"{files}/{entry['name']}").content
        assert (len(content), hashlib.sha256(content).hexdigest()) == (entry["size"], entry["sha256"])
    names = {entry["name"] for entry in manifest["files"]}
    assert names >= {f"catalogue.{kind}" for kind in ("csv", "json", "geojson", "xlsx", "pdf")}


def test_the_real_edition_keeps_reported_sites_apart_with_their_sources(site):
    text = (
        site.visitor().get("/api/v1/editions/ZZHWC-2026-11/files/catalogue.csv").content.decode("utf-8-sig")
    )
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 44
    assert all("公开报道" in "".join(row.values()) for row in rows)
    assert "CNW032" not in text


def test_the_figures_of_a_month_are_a_ratio_of_sums_with_coverage_beside_it(site):
    table = api(site.visitor(), "/statistics/utilisation", month="2026-10", by="region_set", dataset="demo")
    total = table["total"]
    assert total["utilisation"] == pytest.approx(total["occupied_m2"] / total["rentable_m2"], abs=1e-4)
    assert 0 < total["coverage"] <= 1
    assert "利用率" in site.visitor().get("/statistics", dataset="demo").text


def test_a_month_without_reports_is_not_available_and_never_zero(site):
    table = api(site.visitor(), "/statistics/utilisation", month="2026-10", by="region_set")
    assert table["available"] is False
    assert table["total"]["utilisation"] is None


def test_a_change_that_is_withheld_is_not_called_not_available(site):
    table = api(site.visitor(), "/statistics/utilisation", month="2026-10", by="region_set", dataset="demo")
    assert any(cell["change_withheld"] for cell in table["cells"])
    assert (
        "不公布" in site.visitor().get("/statistics", dataset="demo", month="2026-10", by="region_set").text
    )


def test_database_and_index_agree_after_all_this(site):
    assert json.loads(site.command("check", "--json").stdout)["agrees"] is True
