"""The supervisor behind `serve`: gunicorn with its web processes, and one worker; whichever dies is started again.

The one thing to get wrong: leaving children behind. They get SIGTERM when the supervisor ends in any orderly way,
and the kernel sends it to them when the supervisor is killed.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import FrameType

from warehouse_hub.core.errors import RuleViolation
from warehouse_hub.settings import Settings

THREADS_PER_PROCESS = 8
GRACE_S = 10.0
_PR_SET_PDEATHSIG = 1


@dataclass
class _Child:
    """One process that must be running, with how often it has died in a row."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    started_at: float = 0.0

    def start(self, environ: Mapping[str, str]) -> None:
        self.process = subprocess.Popen(self.command, env=dict(environ), preexec_fn=_die_with_parent)  # noqa: S603, PLW1509
        self.started_at = time.monotonic()

    def keep_running(self, environ: Mapping[str, str]) -> None:
        """Start it again if it died; one that dies at once is given a growing pause, so that it cannot spin."""
        if self.process is None or self.process.poll() is None:
            return
        lived = time.monotonic() - self.started_at
        self.deaths = self.deaths + 1 if lived < GRACE_S else 0
        if lived < min(0.2 * 2**self.deaths, 30.0):
            return
        print(f"{self.name} ended with status {self.process.returncode}; starting it again", file=sys.stderr)  # noqa: T201
        self.start(environ)


def refuse_taken(host: str, port: int) -> None:
    """Raise RuleViolation("serve.port_taken") when nothing could listen there, before anything else is done."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise RuleViolation("serve.port_taken", host=host, port=port) from None


def supervise(settings: Settings, *, port: int, workers: int) -> None:
    """Run until SIGTERM or SIGINT, then end every child."""
    environ = {**os.environ, "PORT": str(port), "WAREHOUSE_HUB_DATA": str(settings.data_dir)}
    children = [
        _Child("web", _gunicorn(settings.host, port, workers)),
        _Child("worker", [sys.executable, "-m", "warehouse_hub.cli", "worker"]),
    ]
    stopping = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    for child in children:
        child.start(environ)
    while not stopping:
        time.sleep(0.2)
        for child in children:
            child.keep_running(environ)
    _end(children)


def _gunicorn(host: str, port: int, workers: int) -> list[str]:
    return [
        sys.executable,
        "-m",
        "gunicorn",
        f"--bind={host}:{port}",
        f"--workers={workers}",
        f"--threads={THREADS_PER_PROCESS}",
        "--worker-class=gthread",
        "--preload",
        "--no-control-socket",
        "--log-level=warning",
        "warehouse_hub.app:application()",
    ]


def _die_with_parent() -> None:
    # Its own process group, so that Ctrl-C reaches the supervisor alone and the children end in order.
    os.setpgrp()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _end(children: list[_Child]) -> None:
    running = [child.process for child in children if child.process is not None]
    for process in running:
        process.terminate()
    deadline = time.monotonic() + GRACE_S
    for process in running:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
