"""The search field: completions, what was understood, and the map that goes along."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser_window import PHONE
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def cards(page) -> list[str]:
    return page.locator("#list [data-card]").evaluate_all("all => all.map(each => each.dataset.card)")


def suggestions(page):
    return page.locator("#q-suggestions [role=option]")


def test_a_word_is_completed_by_keyboard_and_searched_for(visit):
    watched = visit()
    page = watched.open("/?dataset=demo&lang=en")
    page.locator("#q").press_sequentially("Demo germ")
    expect(suggestions(page).first).to_be_visible()
    assert page.get_attribute("#q", "aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    active = page.get_attribute("#q", "aria-activedescendant")
    assert page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    assert page.locator(f"#{active}").inner_text().split("\n") == ["Demo Germany", "Country or region"]
    assert page.input_value("#q") == "Demo Germany"
    with page.expect_navigation(wait_until="networkidle"):
        page.keyboard.press("Enter")
    assert page.input_value("#q") == "Demo Germany"
    assert "Germany" in page.inner_text("#understood")
    watched.is_clean()


def test_suggestions_move_nothing_and_escape_gives_back_what_was_typed(visit):
    page = visit().open("/?dataset=demo&lang=en")
    before = page.locator("#list").bounding_box()
    page.locator("#q").press_sequentially("germ")
    expect(suggestions(page).first).to_be_visible()
    assert page.locator("#list").bounding_box() == before
    page.keyboard.press("ArrowUp")
    assert page.input_value("#q") != "germ"
    page.keyboard.press("Escape")
    assert page.input_value("#q") == "germ"
    expect(page.locator("#q-suggestions")).to_be_hidden()
    assert page.get_attribute("#q", "aria-expanded") == "false"


def test_a_suggestion_is_taken_by_pressing_on_it(visit):
    page = visit(PHONE).open("/?dataset=demo&lang=en")
    page.locator("#q").press_sequentially("germ")
    assert suggestions(page).first.bounding_box()["height"] >= 44
    with page.expect_navigation(wait_until="networkidle"):
        suggestions(page).first.click()
    assert page.input_value("#q") == "Germany"


def test_open_suggestions_are_no_barrier(visit):
    page = visit().open("/?dataset=demo&lang=en")
    page.locator("#q").press_sequentially("germ")
    expect(suggestions(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_a_chip_that_is_taken_off_takes_its_words_out_of_the_field(visit):
    watched = visit()
    page = watched.open("/?dataset=demo&lang=en&q=德国 保税")
    page.evaluate("window.sameDocument = true")
    page.locator("[aria-label='Remove: Service Bonded storage']").first.click()
    expect(page.locator("#q")).to_have_value("德国")
    expect(page.locator("#understood .chip")).to_have_count(1)
    assert page.evaluate("window.sameDocument")
    watched.is_clean()


def test_a_typed_value_is_taken_off_in_its_facet(visit):
    page = visit().open("/?dataset=demo&lang=en&q=美国")
    assert cards(page) == ["DEMO-US-0001"]
    page.locator("#facet-country a.check--typed").click()
    expect(page.locator("#q")).to_have_value("")
    expect(page.locator("#list [data-card]")).to_have_count(10)


def test_the_circle_of_a_typed_place_comes_and_goes_with_it(visit):
    page = visit().open("/?dataset=demo&lang=en&q=洛杉矶 一件代发")
    assert page.locator("path.map-radius").count() == 1
    page.locator("[aria-label^='Remove: Place']").click()
    expect(page.locator("path.map-radius")).to_have_count(0)


def test_the_map_leads_to_what_it_cannot_draw(visit):
    watched = visit()
    page = watched.open("/?dataset=real&lang=en")
    page.locator(".map-foot a").click()
    expect(page.locator("#list [data-card]")).to_have_count(1)
    assert cards(page) == ["CNW002"]
    expect(page.locator(".map-foot a:not(.leaflet-control-attribution a)")).to_have_count(0)
    watched.is_clean()


def test_reading_words_otherwise_works_without_scripts(visit):
    page = visit(javascript=False).open("/?dataset=demo&lang=en&q=德国 保税")

    def followed(link: str) -> None:
        with page.expect_navigation(wait_until="networkidle"):
            page.click(link)

    followed("text=Search for these words only")
    assert page.locator("#understood .chips >> .chip").count() == 1
    followed("text=Read the words as filters")
    assert page.locator("#understood .chips >> .chip").count() == 2
    followed("#facet-country a.check--typed")
    assert page.input_value("#q") == "保税"
