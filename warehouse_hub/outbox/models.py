"""What the outbox keeps: one row for each message, from the deed that it tells of until long after it was sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from warehouse_hub.core.entity import Base

QUEUED, SENT, GIVEN_UP = "queued", "sent", "given_up"


class Letter(Base):
    """One mail. `once` is a key that no second letter may bear; `next_at` is when its next attempt is due."""

    __tablename__ = "letter"
    __table_args__ = (Index("ix_letter_state_next_at", "state", "next_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    once: Mapped[str | None] = mapped_column(unique=True)
    recipient: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str]
    state: Mapped[str]
    attempts: Mapped[int]
    queued_at: Mapped[datetime]
    next_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str | None]
