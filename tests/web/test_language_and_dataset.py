"""Language and dataset: chosen by the address, remembered, never mixed."""

from __future__ import annotations

import pytest
from web_site import make_site


def test_a_page_is_chinese_until_english_is_asked_for(client):
    assert '<html lang="zh-CN">' in client.get("/").text
    assert "找仓" in client.get("/").text
    assert '<html lang="en">' in client.get("/?lang=en").text


def test_the_chosen_language_is_remembered_without_standing_in_the_address(client):
    client.get("/?lang=en")
    assert "Find a warehouse" in client.get("/catalogue").text
    assert "lang=en" not in client.get("/catalogue").text.split("hreflang")[0]


def test_the_real_dataset_is_shown_until_the_demonstration_is_asked_for(client):
    page = client.get("/?lang=en").text
    assert "CNW001" in page
    assert "DEMO-DE-0001" not in page
    assert "made up" not in page


def test_a_demonstration_page_says_so_and_carries_the_dataset_in_every_link(client):
    page = client.get("/?dataset=demo&lang=en").text
    assert "made up" in page
    assert "/warehouses/DEMO-DE-0001?dataset=demo" in page
    assert "CNW001" not in page


def test_the_address_wins_over_the_remembered_dataset(client):
    client.get("/?dataset=demo")
    assert "DEMO-DE-0001" in client.get("/").text
    assert "DEMO-DE-0001" not in client.get("/?dataset=real").text


def test_a_shared_link_to_a_demonstration_record_is_marked_whatever_was_looked_at_before(client):
    page = client.get("/warehouses/DEMO-DE-0001")
    assert page.status_code == 200
    assert "演示数据" in page.text
    assert client.get("/warehouses/DEMO-DE-0001?dataset=real").status_code == 404


def test_outside_demonstration_mode_no_demonstration_exists(tmp_path):
    site = make_site(tmp_path / "data", demo=False)
    page = site.client().get("/").text
    assert "dataset=demo" not in page
    assert "演示" not in page
    assert site.client().get("/?dataset=demo").status_code == 422
    site.database.dispose()


@pytest.mark.parametrize("path", ["/", "/catalogue", "/statistics", "/needs", "/styleguide", "/sign-in"])
def test_every_public_page_stands_in_both_languages(client, path):
    for lang in ("zh", "en"):
        assert client.get(f"{path}?lang={lang}&dataset=demo").status_code == 200
