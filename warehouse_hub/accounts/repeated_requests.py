"""Writes that a program sends again because it never saw the answer: the second gets the first one's answer.

The one thing to get wrong: deed and answer are kept in one transaction; two requests at once with one key wait for
each other at the key's row, which is written before the deed.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Text, delete
from sqlalchemy.orm import Mapped, mapped_column

from warehouse_hub.accounts.permissions import Actor
from warehouse_hub.core.clock import Clock
from warehouse_hub.core.database import Database
from warehouse_hub.core.entity import Base
from warehouse_hub.core.errors import InvalidInput
from warehouse_hub.core.unit_of_work import UnitOfWork

KEPT_FOR = timedelta(days=2)
LONGEST_KEY = 200


class AnsweredRequest(Base):
    """An answer under the key that its asker chose; `request` is a digest of what was asked."""

    __tablename__ = "answered_request"

    account_id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    request: Mapped[str]
    answer: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime]


def answer_before(uow: UnitOfWork, actor: Actor, key: str, request: str) -> dict[str, Any] | None:
    """The answer that this key got already; None when it is new, and then the key is taken from now on.

    Raises InvalidInput("request.key_reused" | "request.bad_key") when the key stood for another request.
    """
    if not key.isascii() or not key.isprintable() or len(key) > LONGEST_KEY:
        raise InvalidInput("request.bad_key", most=LONGEST_KEY)
    held = uow.session.get(AnsweredRequest, (actor.id, key))
    if held is None:
        uow.session.add(AnsweredRequest(account_id=actor.id, key=key, request=request, at=uow.now()))
        uow.session.flush()
        return None
    if held.request != request:
        raise InvalidInput("request.key_reused")
    answer: dict[str, Any] = json.loads(held.answer or "{}")
    return answer


def keep_answer(uow: UnitOfWork, actor: Actor, key: str, answer: dict[str, Any]) -> None:
    """Keep the answer under a key that `answer_before` has just taken."""
    uow.session.get_one(AnsweredRequest, (actor.id, key)).answer = json.dumps(answer, ensure_ascii=False)


def forget_old_answers(database: Database, clock: Clock) -> None:
    """Drop answers that nobody will ask for again."""
    with database.unit_of_work(clock) as uow:
        uow.session.execute(delete(AnsweredRequest).where(AnsweredRequest.at < uow.now() - KEPT_FOR))
