"""A process that dies at a point it tells of, to look at what it leaves behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys


def killed_when_it_says(words: str, script: str, *arguments: object) -> None:
    """Run a script in a process of its own and kill it with SIGKILL once it prints these words as a line."""
    with subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as running:
        try:
            said = words in map(str.strip, running.stdout)
        finally:
            running.kill()
    assert said, running.returncode
    assert running.returncode == -signal.SIGKILL
