"""What an installation decides: read once from the environment, typed, never changed afterwards.

This is the only module that reads os.environ. An unreadable value stops the start with one clear line.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit


class SettingsError(Exception):
    """A setting that cannot be read; the message names the variable and what it takes."""


@dataclass(frozen=True)
class MapSettings:
    """The base map: without an approval number (审图号) no tiles and no borders are published."""

    tile_url: str | None = None
    tile_subdomains: str = ""
    tile_attribution: str = ""
    tile_approval_number: str | None = None
    basemap_file: Path | None = None


@dataclass(frozen=True)
class Settings:
    """Everything that differs between installations."""

    data_dir: Path
    database_url: str
    demo: bool
    given_secret_key: str | None = field(default=None, repr=False)
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    url_prefix: str = ""
    https: bool = False
    given_public_url: str | None = None
    mail_server: str | None = field(default=None, repr=False)
    mail_from: str = "warehouse-hub@localhost"
    map: MapSettings = MapSettings()

    @property
    def public_url(self) -> str:
        """Where people reach the site, without a slash at the end; links in mails begin with it."""
        return self.given_public_url or f"http://{self.host}:{self.port}{self.url_prefix}"

    @property
    def secret_key(self) -> str:
        """What signs cookies: given by the environment, else kept in the data folder, where it is made when missing."""
        return self.given_secret_key or _kept_secret(self.data_dir / "secret-key")

    @property
    def editions_dir(self) -> Path:
        """Published editions, a folder each."""
        return self.data_dir / "editions"

    @property
    def letters_dir(self) -> Path:
        """Where mails are put while no mail server is set."""
        return self.data_dir / "letters"

    @property
    def index_dir(self) -> Path:
        """The text index: derived, may be deleted at any time."""
        return self.data_dir / "index"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read WAREHOUSE_HUB_* and PORT."""
        data_dir = Path(environ.get("WAREHOUSE_HUB_DATA") or "var").resolve()
        prefix = environ.get("WAREHOUSE_HUB_URL_PREFIX", "").strip("/")
        return cls(
            data_dir=data_dir,
            database_url=environ.get("WAREHOUSE_HUB_DATABASE_URL") or f"sqlite:///{data_dir / 'hub.sqlite'}",
            demo=_flag(environ, "WAREHOUSE_HUB_DEMO", default=True),
            given_secret_key=environ.get("WAREHOUSE_HUB_SECRET_KEY") or None,
            host=environ.get("WAREHOUSE_HUB_HOST") or "127.0.0.1",
            port=_number(environ, "PORT", default=8000, least=1, most=65535),
            workers=_number(environ, "WAREHOUSE_HUB_WORKERS", default=2, least=1, most=64),
            url_prefix=f"/{prefix}" if prefix else "",
            https=_flag(environ, "WAREHOUSE_HUB_HTTPS", default=False),
            given_public_url=_address(environ, "WAREHOUSE_HUB_PUBLIC_URL", ("https", "http")),
            mail_server=_address(environ, "WAREHOUSE_HUB_MAIL_SERVER", ("smtp", "smtps", "smtp+starttls")),
            mail_from=environ.get("WAREHOUSE_HUB_MAIL_FROM") or "warehouse-hub@localhost",
            map=_map_settings(environ),
        )


def _map_settings(environ: Mapping[str, str]) -> MapSettings:
    basemap = environ.get("WAREHOUSE_HUB_BASEMAP")
    return MapSettings(
        tile_url=environ.get("WAREHOUSE_HUB_TILE_URL") or None,
        tile_subdomains=environ.get("WAREHOUSE_HUB_TILE_SUBDOMAINS", ""),
        tile_attribution=environ.get("WAREHOUSE_HUB_TILE_ATTRIBUTION", ""),
        tile_approval_number=environ.get("WAREHOUSE_HUB_MAP_APPROVAL") or None,
        basemap_file=Path(basemap).resolve() if basemap else None,
    )


def _flag(environ: Mapping[str, str], name: str, *, default: bool) -> bool:
    value = environ.get(name, "").strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    if value:
        raise SettingsError(f"{name} takes 1 or 0, not {value!r}")
    return default


def _number(environ: Mapping[str, str], name: str, *, default: int, least: int, most: int) -> int:
    value = environ.get(name, "").strip()
    if not value:
        return default
    if not value.isdecimal() or not least <= int(value) <= most:
        raise SettingsError(f"{name} takes a whole number from {least} to {most}, not {value!r}")
    return int(value)


def _address(environ: Mapping[str, str], name: str, schemes: tuple[str, ...]) -> str | None:
    value = environ.get(name, "").strip().rstrip("/")
    if not value:
        return None
    parts = urlsplit(value)
    try:
        readable = parts.scheme in schemes and parts.hostname is not None and parts.port != 0
    except ValueError:
        readable = False
    if not readable:
        # Not repeated: a mail server's address may hold a password.
        raise SettingsError(
            f"{name} takes an address that begins with {' or '.join(f'{s}://' for s in schemes)}"
        )
    return value


def _kept_secret(path: Path) -> str:
    """The key that signs cookies; made once for each data folder, readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Written aside and then linked: of two processes that start at once, one wins and both read the same key.
        aside = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            os.link(aside, path)
        aside.unlink()
    return path.read_text().strip()
