"""A PostgreSQL server for one test run: real, private socket, unprivileged user, gone afterwards.

initdb refuses root, so as root everything runs as the `postgres` user of Debian's package.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg


class PrivatePostgres:
    """A running server; hands out empty databases that disappear after use."""

    def __init__(self, folder: Path, user: str) -> None:
        self._folder = folder
        self._user = user

    @classmethod
    @contextmanager
    def started(cls) -> Iterator[PrivatePostgres]:
        folder = Path(tempfile.mkdtemp(prefix="hub-pg-"))
        user = _unprivileged_user()
        if os.getuid() == 0:
            shutil.chown(folder, user)
        binaries = _binaries()
        cluster = folder / "cluster"
        _as(user, [binaries / "initdb", "-D", cluster, "-A", "trust", "-U", user, "-E", "UTF8", "--no-sync"])
        options = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=60"
        _as(user, [binaries / "pg_ctl", "-D", cluster, "-w", "-l", folder / "log", "-o", options, "start"])
        try:
            yield cls(folder, user)
        finally:
            _as(user, [binaries / "pg_ctl", "-D", cluster, "-m", "immediate", "stop"])
            shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def empty_database(self) -> Iterator[str]:
        name = f"hub_{uuid4().hex}"
        self._run(f'CREATE DATABASE "{name}"')
        try:
            yield f"postgresql+psycopg://{self._user}@/{name}?host={self._folder}"
        finally:
            self._run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        address = f"host={self._folder} user={self._user} dbname=postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement)


def _unprivileged_user() -> str:
    return "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name


def _binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        message = "PostgreSQL's server programs were not found: install Debian's package postgresql-15"
        raise RuntimeError(message)
    return found[-1].parent


def _as(user: str, command: list[str | Path]) -> None:
    words = [str(word) for word in command]
    if os.getuid() == 0:
        words = ["runuser", "-u", user, "--", *words]
    # pg_ctl leaves the server holding its output open, so the output goes to a file and not to a pipe.
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(words, stdout=output, stderr=output, cwd="/", check=False)
        if done.returncode:
            output.seek(0)
            raise RuntimeError(output.read().decode())
