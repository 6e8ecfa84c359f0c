"""List and map move together, survive without scripts, and never run what an operator typed."""

from __future__ import annotations

import re

import pytest
from browser_window import PHONE
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def cards(page) -> list[str]:
    return page.locator("#list [data-card]").evaluate_all("all => all.map(each => each.dataset.card)")


def test_the_map_shows_as_many_warehouses_as_the_list_counts(visit):
    page = visit().open("/?dataset=demo")
    total = int(re.search(r"\d+", page.inner_text("#list h1"))[0])
    labels = page.locator(".leaflet-marker-pane [role=button]").evaluate_all(
        "all => all.map(each => each.getAttribute('aria-label'))"
    )
    assert labels
    shown = sum(int(re.search(r"\d+", label)[0]) if "座" in label else 1 for label in labels)
    assert shown == total == 34


def test_a_ticked_filter_changes_list_map_and_address_without_reloading(visit):
    watched = visit()
    page = watched.open("/?dataset=demo")
    page.evaluate("window.sameDocument = true")
    page.locator("label:has(#country-US)").click()
    expect(page.locator("#list [data-card]")).to_have_count(1)
    assert cards(page) == ["DEMO-US-0001"]
    assert "country=US" in page.url
    assert page.evaluate("window.sameDocument")
    assert page.is_checked("#country-US")
    expect(page.locator(".leaflet-marker-pane [role=button]")).to_have_count(1)
    watched.is_clean()


def test_moving_the_map_moves_the_list_and_the_address_can_be_shared(visit):
    page = visit().open("/?dataset=demo")
    before = page.inner_text("#list h1")
    page.click("#map-in")
    expect(page).to_have_url(re.compile("bbox="))
    page.click("#map-in")
    expect(page.locator("#list h1")).not_to_have_text(before)
    page.wait_for_load_state("networkidle")
    narrowed, shared = page.inner_text("#list h1"), page.url
    again = visit()
    again.page.goto(shared)
    assert again.page.inner_text("#list h1") == narrowed


def test_without_following_the_list_waits_for_the_button(visit):
    page = visit().open("/?dataset=demo")
    page.locator(".map-follow").click()
    page.click("#map-in")
    page.wait_for_selector("#search-here:not([hidden])")
    assert "bbox" not in page.url
    page.click("#search-here")
    expect(page).to_have_url(re.compile("bbox="))


def test_the_map_stays_beside_the_list_that_is_read(visit):
    page = visit().open("/?dataset=demo")
    page.locator("[data-card]").last.scroll_into_view_if_needed()
    assert page.evaluate("scrollY") > 600
    box = page.locator(".map-panel").bounding_box()
    assert 0 <= box["y"] < 100


def test_a_card_that_is_pointed_at_lights_its_pin_up(visit):
    page = visit().open("/?dataset=demo&country=US")
    page.hover("[data-card='DEMO-US-0001']")
    assert page.locator(".map-pin.is-linked").count() == 1


def test_a_pin_tells_its_warehouse_and_leads_to_it_by_keyboard(visit):
    page = visit().open("/?dataset=demo&country=US&lang=en")
    page.locator(".map-pin").focus()
    page.keyboard.press("Enter")
    link = page.locator(".map-told a").first
    link.wait_for()
    assert link.inner_text() == "Demo Perris"
    with page.expect_navigation(wait_until="networkidle"):
        link.click()
    assert "/warehouses/DEMO-US-0001" in page.url


def test_a_hostile_name_is_inert_in_list_pop_up_and_page(visit):
    watched = visit()
    page = watched.open("/?dataset=demo&bbox=11,47.5,12,48.5")
    page.locator(".map-pin").first.click()
    page.locator(".map-told a").first.wait_for()
    assert page.evaluate("window.pwned") is None
    assert page.locator(".map-told img, #list img").count() == 0
    page = watched.open("/warehouses/DEMO-HOSTILE")
    assert page.evaluate("window.pwned") is None
    assert page.inner_text("h1").startswith("<img")
    watched.is_clean()


def test_search_filters_and_pages_work_without_scripts(visit):
    page = visit(javascript=False).open("/?dataset=demo")
    page.fill("#q", "示例佩里斯仓")
    page.press("#q", "Enter")
    assert "DEMO-US-0001" in cards(page)
    page.goto(page.url.split("?")[0] + "?dataset=demo")
    page.locator("label:has(#country-US)").click()
    page.click("#facets button[data-without-script]")
    assert cards(page) == ["DEMO-US-0001"]
    page.goto(page.url.split("?")[0] + "?dataset=demo")
    page.click(".pagination a[rel=next]")
    assert len(cards(page)) == 10
    assert "page=2" in page.url


def test_on_a_phone_the_map_covers_the_list_and_gives_it_back(visit):
    page = visit(PHONE).open("/?dataset=demo")
    assert not page.is_visible("#facet-form")
    page.click("[data-show=map]")
    box = page.locator(".map-panel").bounding_box()
    assert (box["width"], box["height"]) == (390, 844)
    page.click("[data-show=list]")
    assert page.locator("[data-card]").first.is_visible()


def test_touch_targets_on_a_phone_are_large_enough(visit):
    page = visit(PHONE).open("/?dataset=demo&country=DE")
    small = page.evaluate(
        """() => [...document.querySelectorAll('.btn, .chip a, .pagination a, .site-nav a, .facets label.check')]
        .filter(each => each.offsetParent && each.getBoundingClientRect().height < 43.5)
        .map(each => each.outerHTML.slice(0, 90))"""
    )
    assert small == []


def test_the_print_view_leaves_the_controls_out_and_keeps_the_mark(visit):
    page = visit().open("/warehouses/DEMO-DE-0001")
    page.emulate_media(media="print")
    assert not page.is_visible(".site-nav")
    assert page.is_visible(".demo-notice")
