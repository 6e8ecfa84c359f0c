"""A served site for measuring: the real command with its web processes and its worker, on a free port of loopback."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from time import monotonic, perf_counter, sleep

from warehouse_hub.core.errors import RuleViolation
from warehouse_hub.operations.bench.memory import proportional_mb, resident_mb

_STARTS_WITHIN_S = 300
_ENDS_WITHIN_S = 30


@dataclass
class Site:
    """A running site; `ready_s` is from the start of the command to its first answer, which has read the directory."""

    port: int
    process: subprocess.Popen[bytes]
    ready_s: float = 0.0

    def __post_init__(self) -> None:
        self._connection = HTTPConnection("127.0.0.1", self.port, timeout=120)

    def get(self, path: str) -> tuple[int, bytes]:
        """One request over a connection that is kept; opened anew when the server has closed it."""
        try:
            return self._ask(path)
        except (HTTPException, OSError):
            self._connection.close()
            return self._ask(path)

    def reconnect(self) -> None:
        """Let the next request find whichever process takes it."""
        self._connection.close()

    def memory(self) -> dict[str, list[float]]:
        """Megabytes of every process, by the part it plays, and of all together without counting a page twice."""
        parts: dict[str, list[int]] = {
            "supervisor": [self.process.pid],
            "web_master": [],
            "web": [],
            "worker": [],
        }
        for child in _children(self.process.pid):
            forked = _children(child)
            parts["web_master" if forked else "worker"].append(child)
            parts["web"] += forked
        everyone = [process for part in parts.values() for process in part]
        resident = {part: [resident_mb(process) for process in found] for part, found in parts.items()}
        return {**resident, "all": [round(sum(proportional_mb(process) for process in everyone), 1)]}

    def _ask(self, path: str) -> tuple[int, bytes]:
        self._connection.request("GET", path)
        answer = self._connection.getresponse()
        return answer.status, answer.read()


def environment(data: Path, *, demo: bool = True) -> dict[str, str]:
    """The environment of an installation in that folder, whatever the present one says of another."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WAREHOUSE_HUB_")}
    return {**kept, "WAREHOUSE_HUB_DATA": str(data), "WAREHOUSE_HUB_DEMO": "1" if demo else "0"}


@contextmanager
def served(data: Path) -> Iterator[Site]:
    """Serve the installation in that folder until the block ends; raises RuleViolation("serve.not_started")."""
    port = _free_port()
    command = [sys.executable, "-m", "warehouse_hub.cli", "serve", "--port", str(port)]
    with (data / "serve.log").open("wb") as log:
        started = perf_counter()
        process = subprocess.Popen(command, env=environment(data), stdout=log, stderr=log)  # noqa: S603
        try:
            site = Site(port, process)
            _wait(site)
            site.ready_s = perf_counter() - started
            yield site
        finally:
            process.terminate()
            process.wait(_ENDS_WITHIN_S)


def _wait(site: Site) -> None:
    deadline = monotonic() + _STARTS_WITHIN_S
    while monotonic() < deadline and site.process.poll() is None:
        try:
            if site.get("/readyz")[0] == 200:
                return
        except (HTTPException, OSError):
            sleep(0.02)
    raise RuleViolation("serve.not_started")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _children(process: int) -> list[int]:
    try:
        text = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [int(word) for word in text.split()]
