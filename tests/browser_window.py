"""How tests start Chromium and what they watch on a page."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field

from playwright.sync_api import Page

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
LONG = "WithoutAny"
HOSTILE = '<img src=x onerror="window.pwned=1">`${window.pwned=2}`<script>window.pwned=3</script>'


@dataclass
class Watched:
    """A page with what went wrong on it."""

    page: Page
    base: str
    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        self.page.goto(self.base + path)
        self.page.wait_for_load_state("networkidle")
        return self.page

    def is_clean(self) -> None:
        assert self.outside == []
        assert self.complaints == []
