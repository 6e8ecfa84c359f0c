"""The two ways a mail leaves: to a mail server, or, where none is set, into a folder that the keeper can read."""

from __future__ import annotations

import os
import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urlsplit

from warehouse_hub.outbox.delivery import Transport

_TIMEOUT_S = 30


def transport_to(server: str | None, folder: Path) -> Transport:
    """To `smtp://`, `smtp+starttls://` or `smtps://[user:password@]host[:port]`; into `folder` without a server."""
    if server is None:
        return _Folder(folder)
    return _Server(server)


class _Server:
    """Speaks SMTP; the certificate of the server is checked wherever the connection is encrypted."""

    def __init__(self, address: str) -> None:
        self._parts = urlsplit(address)

    def __call__(self, message: EmailMessage) -> None:
        with self._connected() as server:
            server.send_message(message)

    def _connected(self) -> smtplib.SMTP:
        parts, host = self._parts, self._parts.hostname or ""
        if parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, parts.port or 465, timeout=_TIMEOUT_S, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(host, parts.port or 25, timeout=_TIMEOUT_S)
        if parts.scheme == "smtp+starttls":
            server.starttls(context=ssl.create_default_context())
        if parts.username is not None:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        return server


class _Folder:
    """Keeps each mail as a file that any mail program opens, named by its Message-ID, readable by its owner only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, message: EmailMessage) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = sha256(str(message["Message-ID"]).encode()).hexdigest()[:16]
        aside = self._folder / f".{name}.{os.getpid()}"
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(message.as_bytes(policy=SMTP))
        aside.replace(self._folder / f"{name}.eml")
