"""Delivery: every due letter is claimed, handed to the transport, and marked, one at a time.

The one thing to get wrong: two workers. A letter is claimed by moving its next attempt on, which only one of them can
do. A process that dies after the mail server took a letter and before it was marked sends it once more under the same
Message-ID; nothing is ever lost.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from typing import Protocol

from sqlalchemy import select, update

from warehouse_hub.core.clock import Clock
from warehouse_hub.core.database import Database
from warehouse_hub.outbox.models import GIVEN_UP, QUEUED, SENT, Letter
from warehouse_hub.outbox.rules import pause_after

AT_A_TIME = 50
# How long an attempt may take before another worker takes the letter for abandoned.
_CLAIM = timedelta(minutes=10)
_LONGEST_ERROR = 300


class Transport(Protocol):
    """Takes a mail off our hands, or raises OSError (of which smtplib's errors are)."""

    def __call__(self, message: EmailMessage) -> None: ...


def deliver_due(
    database: Database,
    clock: Clock,
    transport: Transport,
    *,
    sender: str,
    stopped: Callable[[], bool] = lambda: False,
) -> int:
    """Send what is due, oldest first; returns how many letters were sent. Safe to run twice or by two at once."""
    sent = 0
    with database.reading() as session:
        due = session.scalars(
            select(Letter.id)
            .where(Letter.state == QUEUED, Letter.next_at <= clock())
            .order_by(Letter.next_at, Letter.id)
            .limit(AT_A_TIME)
        ).all()
    for key in due:
        if stopped():
            break
        letter = _claimed(database, clock, key)
        if letter is not None:
            sent += _attempt(database, clock, transport, letter, sender)
    return sent


def mail_of(letter: Letter, sender: str) -> EmailMessage:
    """The letter as a mail; its Message-ID is the same at every attempt."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, letter.recipient, letter.subject
    message["Date"] = letter.queued_at
    message["Message-ID"] = (
        f"<letter-{letter.id}-{letter.queued_at:%Y%m%d%H%M%S%f}@{sender.rpartition('@')[2]}>"
    )
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = letter.language
    message.set_content(letter.text)
    return message


def _claimed(database: Database, clock: Clock, key: int) -> Letter | None:
    with database.unit_of_work(clock) as uow:
        now = uow.now()
        claim = (
            update(Letter)
            .where(Letter.id == key, Letter.state == QUEUED, Letter.next_at <= now)
            .values(next_at=now + _CLAIM)
        )
        taken = uow.session.connection().execute(claim).rowcount
        return uow.session.get(Letter, key) if taken else None


def _attempt(database: Database, clock: Clock, transport: Transport, letter: Letter, sender: str) -> bool:
    error = None
    try:
        transport(mail_of(letter, sender))
    except (OSError, ValueError) as failed:
        # A header that cannot be written is a ValueError; smtplib's refusals are OSErrors.
        error = f"{type(failed).__name__}: {failed}"[:_LONGEST_ERROR]
    with database.unit_of_work(clock) as uow:
        kept = uow.get(Letter, letter.id)
        kept.attempts += 1
        kept.last_error = error
        if error is None:
            kept.state, kept.sent_at = SENT, uow.now()
        else:
            pause = pause_after(kept.attempts)
            kept.state = GIVEN_UP if pause is None else QUEUED
            kept.next_at = uow.now() + (pause or _CLAIM)
    return error is None
