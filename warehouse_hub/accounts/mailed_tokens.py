"""Secrets that travel by mail: each opens one thing, once, for some hours.

The one thing to get wrong: the database keeps only a hash, so that whoever reads it cannot use what was mailed.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Mapped, Session, mapped_column

from warehouse_hub.core.entity import Base
from warehouse_hub.core.errors import RuleViolation
from warehouse_hub.core.unit_of_work import UnitOfWork

_LONGEST = 100


class MailedToken(Base):
    """What a mailed secret opens (`purpose` and `facts`), until when, and whether it has been used."""

    __tablename__ = "mailed_token"

    digest: Mapped[str] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    facts: Mapped[dict[str, Any]]
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


def issue(uow: UnitOfWork, purpose: str, facts: Mapping[str, Any], *, hours: int) -> str:
    """A new secret for `purpose`, to be put into a link of a letter of the same unit of work."""
    token = secrets.token_urlsafe(24)
    uow.session.add(
        MailedToken(
            digest=_digest(token),
            purpose=purpose,
            facts=dict(facts),
            issued_at=uow.now(),
            expires_at=uow.now() + timedelta(hours=hours),
        )
    )
    return token


def read(session: Session, purpose: str, token: str, now: datetime) -> dict[str, Any]:
    """What the secret opens, without using it up. Raises RuleViolation("mailed_token.not_valid")."""
    found = session.get(MailedToken, _digest(token))
    if found is None or found.purpose != purpose or found.used_at is not None or found.expires_at <= now:
        raise RuleViolation("mailed_token.not_valid")
    return found.facts


def redeem(uow: UnitOfWork, purpose: str, token: str) -> dict[str, Any]:
    """What the secret opens, used up with this unit of work; of two at once one succeeds.

    Raises RuleViolation("mailed_token.not_valid") alike for an unknown, used or expired one and one of another purpose.
    """
    facts = read(uow.session, purpose, token, uow.now())
    use = (
        update(MailedToken)
        .where(MailedToken.digest == _digest(token), MailedToken.used_at.is_(None))
        .values(used_at=uow.now())
    )
    if not uow.session.connection().execute(use).rowcount:
        raise RuleViolation("mailed_token.not_valid")
    return facts


def _digest(token: str) -> str:
    return sha256(token[:_LONGEST].encode(errors="replace")).hexdigest()
