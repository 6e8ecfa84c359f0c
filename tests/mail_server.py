"""A mail server of our own on the loopback: it keeps what it is sent, or refuses it for now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from aiosmtpd.controller import Controller


@dataclass
class Mailbox:
    """What arrived, in order; `folder` is where a transport without a server may write."""

    folder: Path
    address: str = ""
    refusing: bool = False
    mails: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802 - the library's name
        if self.refusing:
            return "451 Try again later"
        self.mails.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"


class _OnAFreePort(Controller):
    """Listens on a port that the system chose, which is known only once it listens."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def receiving(folder: Path) -> Iterator[Mailbox]:
    """A server that listens while the block lasts."""
    box = Mailbox(folder)
    server = _OnAFreePort(box, hostname="127.0.0.1", port=0)
    server.start()
    try:
        box.address = f"smtp://127.0.0.1:{server.port}"
        yield box
    finally:
        server.stop()
