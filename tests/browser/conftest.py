"""A real Chromium before a served site: every request to another host is stopped and counted, as is every complaint."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import builders
import pytest
from browser_window import CHROMIUM, DESKTOP, FLAGS, HOSTILE, LONG, Watched
from playwright.sync_api import Browser, BrowserContext, Route, sync_playwright
from web_site import PASSWORD, Site, make_site
from werkzeug.serving import make_server


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[Site]:
    made = make_site(tmp_path_factory.mktemp("browser") / "data")
    made.publish_demo(
        "DEMO-HOSTILE",
        builders.hamburg_bonded(
            name_zh=HOSTILE, name_en=HOSTILE, latitude=48.1, longitude=11.5, city=HOSTILE
        ),
    )
    made.publish_demo(
        "DEMO-LONG",
        builders.hamburg_bonded(
            **dict.fromkeys(("name_zh", "name_en", "rate_hint"), LONG * 20),
            **dict.fromkeys(("city", "city_zh", "hub"), LONG * 12),
            address=LONG * 40,
            description=LONG * 200,
            systems=(LONG * 20,),
            hub_km=4999.0,
            latitude=-33.0,
            longitude=-70.0,
        ),
    )
    for number in range(30):
        made.publish_demo(
            f"DEMO-N{number:02}",
            builders.hamburg_bonded(
                name_zh=f"示例{number}号仓",
                name_en=f"Demo {number}",
                latitude=40 + number / 3,
                longitude=number / 2,
            ),
        )
    yield made
    made.database.dispose()


@pytest.fixture(scope="session")
def base(site) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, site.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def visit(browser, base):
    """Open a browser window: `visit(size, javascript=…, scheme=…)` gives a watched page."""
    contexts: list[BrowserContext] = []

    def opened(size=DESKTOP, *, javascript: bool = True, scheme: str = "light") -> Watched:
        context = browser.new_context(viewport=size, java_script_enabled=javascript, color_scheme=scheme)
        contexts.append(context)
        watched = Watched(context.new_page(), base)

        def guard(route: Route) -> None:
            if route.request.url.startswith((base, "data:")):
                route.continue_()
            else:
                watched.outside.append(route.request.url)
                route.abort()

        context.route("**/*", guard)
        watched.page.on(
            "console",
            lambda told: watched.complaints.append(told.text) if told.type in {"error", "warning"} else None,
        )
        watched.page.on("pageerror", lambda error: watched.complaints.append(str(error)))
        return watched

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def sign_in():
    """Sign a watched page in as a role."""

    def signed_in(watched: Watched, role: str) -> None:
        page = watched.open("/sign-in")
        page.fill("#email", f"{role}@example.invalid")
        page.fill("#password", PASSWORD)
        page.click("main button.btn-primary")
        page.wait_for_load_state("networkidle")

    return signed_in
