"""A served site for tests: the real command with its web processes and worker, on a free port of loopback."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import requests

STARTS_WITHIN_S = 120


@dataclass
class Site:
    """A running site: its address, its data folder, and a visitor's browser session."""

    url: str
    data: Path
    pid: int
    environ: dict[str, str] = field(repr=False)

    def visitor(self) -> Visitor:
        return Visitor(self)

    def signed_in(self, role: str) -> Visitor:
        visitor = self.visitor()
        visitor.sign_in(f"{role}@demo.invalid", self.password(role))
        return visitor

    def password(self, role: str) -> str:
        text = (self.data / "demo-accounts.txt").read_text(encoding="utf-8")
        found = re.search(rf"{role}@demo\.invalid\s+(\S+)", text)
        assert found, text
        return found[1]

    def command(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run `warehouse-hub` on the same installation."""
        return hub_command(*words, environ=self.environ, check=check)


class Visitor:
    """One person at a browser without scripts: follows links, fills in forms with their hidden fields."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.http = requests.Session()

    def get(self, path: str, **params) -> requests.Response:
        return self.http.get(self.site.url + path, params=params, timeout=30)

    def send(self, path: str, *, form_on: str | None = None, **fields) -> requests.Response:
        """Post a form as the page `form_on` (by default `path` itself) gives it, with its forgery token."""
        page = self.get(form_on or path).text
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert token, page[:2000]
        return self.http.post(self.site.url + path, data={"csrf_token": token[1], **fields}, timeout=60)

    def sign_in(self, email: str, password: str) -> None:
        answer = self.send("/sign-in", email=email, password=password)
        assert answer.ok, answer.status_code


def hub_command(*words: str, environ: dict[str, str], check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run the command as a person would, in its own process."""
    return subprocess.run(
        [sys.executable, "-m", "warehouse_hub.cli", *words],
        env=environ,
        capture_output=True,
        text=True,
        check=check,
        timeout=300,
    )


def installation(data: Path, **more: str) -> dict[str, str]:
    """The environment of an installation in `data`."""
    return {
        **os.environ,
        "WAREHOUSE_HUB_DATA": str(data),
        "WAREHOUSE_HUB_DEMO": "1",
        "LANG": "en_GB.UTF-8",
        **more,
    }


@contextmanager
def served(data: Path, **more: str) -> Iterator[Site]:
    """Serve an installation until the block ends; its output is kept in `data`/serve.log."""
    port = free_port()
    environ = installation(data, PORT=str(port), **more)
    url = f"http://127.0.0.1:{port}"
    data.mkdir(parents=True, exist_ok=True)
    with (data / "serve.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "warehouse_hub.cli", "serve"], env=environ, stdout=log, stderr=log
        )
        try:
            _wait(url + more.get("WAREHOUSE_HUB_URL_PREFIX", ""), process, data)
            yield Site(url, data, process.pid, environ)
        finally:
            process.terminate()
            process.wait(30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(url: str, process: subprocess.Popen, data: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            if requests.get(f"{url}/readyz", timeout=5).ok:
                return
        except requests.RequestException:
            pass
        # Also where it answers that it is not ready yet.
        time.sleep(0.1)
    raise AssertionError((data / "serve.log").read_text(encoding="utf-8"))
