"""What every answer has in common: headers, prefix, errors, health."""

from __future__ import annotations

import re

import pytest
from web_site import make_site

PAGES = (
    "/",
    "/warehouses/CNW001",
    "/catalogue",
    "/statistics",
    "/needs",
    "/styleguide",
    "/sign-in",
    "/nowhere",
)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_holds_inline_style_handlers_or_scripts_without_the_nonce(client, path):
    answer = client.get(path)
    policy = answer.headers["Content-Security-Policy"]
    nonce = re.search(r"'nonce-([^']+)'", policy)[1]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert not re.search(r"\sstyle=", answer.text)
    assert not re.search(r"\son[a-z]+=", answer.text)
    for tag in re.findall(r"<(?:script|style)[^>]*>", answer.text):
        assert f'nonce="{nonce}"' in tag


@pytest.mark.parametrize("path", PAGES)
def test_no_page_refers_to_another_host(client, path):
    text = client.get(path).text
    outside = re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]+"', text)
    assert [each for each in outside if "localhost" not in each] == []


def test_two_answers_never_share_a_nonce(client):
    nonces = {
        re.search(r"nonce-([^']+)", client.get("/").headers["Content-Security-Policy"])[1] for _ in range(3)
    }
    assert len(nonces) == 3


def test_the_whole_site_answers_below_a_prefix_and_nowhere_else(tmp_path):
    site = make_site(tmp_path / "data", prefix="/hub/warehouses")
    client = site.client()
    page = client.get("/hub/warehouses/?dataset=demo").text
    addresses = re.findall(
        r'(?:href|src|action|data-source|data-results|data-told|data-page)="(/[^"]*)"', page
    )
    assert len(addresses) > 20
    assert [each for each in addresses if not each.startswith("/hub/warehouses/")] == []
    with client.get("/hub/warehouses/static/css/site.css") as style:
        assert style.status_code == 200
    assert client.get("/").status_code == 404
    site.database.dispose()


def test_a_missing_page_is_told_in_the_readers_language_with_a_next_step(client):
    answer = client.get("/nowhere?lang=en")
    assert answer.status_code == 404
    assert "There is no page at this address." in answer.text
    assert "Search warehouses" in answer.text


def test_health_readiness_robots_and_sitemap(client):
    assert client.get("/healthz").text == "ok\n"
    assert client.get("/readyz").status_code == 200
    assert "Disallow: /bureau/" in client.get("/robots.txt").text
    sitemap = client.get("/sitemap.xml")
    assert "/warehouses/CNW001" in sitemap.text
    assert "DEMO" not in sitemap.text
