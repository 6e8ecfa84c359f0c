"""A PostgreSQL for one benchmark or one test run: somebody's own by its address, or a private one, gone afterwards.

The one thing to get wrong: `initdb` refuses to work as root, so for root everything runs as the user of Debian's
package. The private server listens on a socket in its own folder alone.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

ADDRESS_VARIABLE: Final = "WAREHOUSE_HUB_BENCH_POSTGRES"
_PACKAGED_USER: Final = "postgres"
# A private server needs not survive a power cut; one that is measured may use what a machine of its own would have.
_PRIVATE: Final = {"listen_addresses": "''", "fsync": "off"}
_MEASURED: Final = {
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "1GB",
    "work_mem": "256MB",
    "maintenance_work_mem": "512MB",
    "effective_cache_size": "4GB",
    "max_wal_size": "8GB",
    "random_page_cost": "1.1",
}


class PostgresUnavailable(Exception):
    """Neither an address nor what a private server needs; says what is missing."""


@contextmanager
def postgres_address() -> Iterator[str]:
    """The address of a server as libpq reads it: the one that WAREHOUSE_HUB_BENCH_POSTGRES names, else a private one.

    Raises PostgresUnavailable.
    """
    named = os.environ.get(ADDRESS_VARIABLE)
    if named:
        yield named.replace("postgresql+psycopg://", "postgresql://")
        return
    with private_postgres(_MEASURED, locale="C") as address:
        yield address


@contextmanager
def private_postgres(settings: Mapping[str, str], *, locale: str | None = None) -> Iterator[str]:
    """The address of a server of our own, its data below the temporary folder; its locale is that of the environment
    unless one is given. Raises PostgresUnavailable.
    """
    user, binaries = _user(), _binaries()
    home = Path(tempfile.mkdtemp(prefix="warehouse-hub-postgres-"))
    try:
        if os.getuid() == 0:
            shutil.chown(home, user)
        with _running(home, binaries, user, {**_PRIVATE, **settings}, locale):
            yield f"host={home} user={user} dbname=postgres"
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _running(
    home: Path, binaries: Path, user: str, settings: Mapping[str, str], locale: str | None
) -> Iterator[None]:
    cluster = home / "cluster"
    make: list[str | Path] = [binaries / "initdb", "-D", cluster, "-A", "trust", "-U", user, "-E", "UTF8"]
    _as(user, [*make, *([] if locale is None else [f"--locale={locale}"]), "--no-sync"])
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    start: list[str | Path] = [binaries / "pg_ctl", "-D", cluster, "-w", "-l", home / "log", "-o"]
    _as(user, [*start, f"-k {home} {options}", "start"])
    try:
        yield
    finally:
        _as(user, [binaries / "pg_ctl", "-D", cluster, "-m", "immediate", "stop"])


def _user() -> str:
    if os.getuid() != 0:
        return pwd.getpwuid(os.getuid()).pw_name
    try:
        pwd.getpwnam(_PACKAGED_USER)
    except KeyError:
        raise PostgresUnavailable(f"as root it needs the user {_PACKAGED_USER}") from None
    return _PACKAGED_USER


def _binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    if not found and on_path is None:
        raise PostgresUnavailable(f"no server programs are installed, and {ADDRESS_VARIABLE} names no server")
    return found[-1].parent if found else Path(str(on_path)).resolve().parent


def _as(user: str, command: list[str | Path]) -> None:
    words = [str(word) for word in command]
    if os.getuid() == 0:
        words = ["runuser", "-u", user, "--", *words]
    # pg_ctl leaves the server holding its output open, so the output goes to a file and not to a pipe.
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(words, stdout=output, stderr=output, cwd="/", check=False)  # noqa: S603
        if done.returncode:
            output.seek(0)
            raise PostgresUnavailable(output.read().decode(errors="replace").strip()[-400:])
