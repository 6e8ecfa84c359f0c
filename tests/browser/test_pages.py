"""Every page in a real browser: nothing from other hosts, no complaint, no barrier, nothing wider than the screen."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser_window import DESKTOP, PHONE

pytestmark = pytest.mark.browser

PAGES = {
    "home": "/?dataset=demo",
    "found": "/?dataset=demo&q=德国保税仓",
    "another-reading": "/?dataset=demo&q=birmingham 退货 service:levitation",
    "need": "/?dataset=demo&q=德国 300托，明年3月起租一年",
    "put-right": "/?dataset=demo&q=hambrg",
    "without-coordinates": "/?dataset=real&unlocated=1",
    "warehouse": "/warehouses/DEMO-DE-0001",
    "needs": "/needs?dataset=demo&text=汉堡要个保税仓，2000平，一件代发",
    "catalogue": "/catalogue?dataset=demo",
    "statistics": "/statistics?dataset=demo",
    "sign-in": "/sign-in",
    "styleguide": "/styleguide",
    "docs": "/api/v1/docs",
    "missing": "/nowhere",
}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_clean_accessible_and_fits_the_screen(visit, name, size, lang):
    watched = visit(size)
    path = PAGES[name]
    page = watched.open(f"{path}{'&' if '?' in path else '?'}lang={lang}")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    if name == "missing":
        watched.complaints = [each for each in watched.complaints if "404" not in each]
    watched.is_clean()


def test_dark_mode_keeps_its_contrast(visit):
    watched = visit(scheme="dark")
    for path in (PAGES["home"], PAGES["warehouse"], PAGES["needs"]):
        found = Axe().run(watched.open(path))
        assert found.violations_count == 0, found.generate_report()


def test_the_desks_are_clean_and_accessible(visit, sign_in):
    for role, path in (
        ("operator", "/operator/warehouses?dataset=demo"),
        ("operator", "/operator/warehouses/DEMO-DE-0001"),
        ("editor", "/bureau/review?dataset=demo"),
        ("publisher", "/bureau/editions?dataset=demo"),
    ):
        watched = visit()
        sign_in(watched, role)
        found = Axe().run(watched.open(path))
        assert found.violations_count == 0, found.generate_report()
        watched.is_clean()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_texts_as_long_as_the_form_takes_never_widen_a_page(visit, sign_in, size, lang):
    watched = visit(size)
    sign_in(watched, "operator")
    for path in (
        "/?dataset=demo&ids=DEMO-LONG",
        "/warehouses/DEMO-LONG?dataset=demo",
        "/operator/warehouses?dataset=demo",
        "/operator/warehouses/DEMO-LONG?dataset=demo",
    ):
        page = watched.open(f"{path}&lang={lang}")
        assert "WithoutAny" in page.content()
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path


def test_a_seal_stands_beside_its_grade_on_a_phone(visit):
    page = visit(PHONE).open("/?dataset=demo&country=DE&lang=en")
    apart = page.evaluate(
        """() => [...document.querySelectorAll('.evidence .seal')].filter(seal => {
          const [mark, text] = [seal, seal.nextElementSibling].map(each => each.getBoundingClientRect());
          return mark.bottom <= text.top;
        }).length"""
    )
    assert apart == 0


def test_every_stop_of_the_tab_key_shows_where_it_is(visit):
    page = visit().open("/?dataset=demo&country=DE&lang=en")
    stops, hidden = 0, []
    while stops < 200:
        page.keyboard.press("Tab")
        told = page.evaluate(
            """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
              const at = document.activeElement;
              if (at === document.body) return done(null);
              const style = getComputedStyle(at), box = at.getBoundingClientRect();
              const marked = style.boxShadow !== 'none' || style.outlineStyle !== 'none';
              const seen = box.width > 0 && box.bottom > 0 && box.top < innerHeight;
              done([at.outerHTML.slice(0, 80), marked && seen]);
            })))"""
        )
        if told is None:
            break
        stops += 1
        if not told[1]:
            hidden.append(told[0])
    assert stops > 40
    assert hidden == []
