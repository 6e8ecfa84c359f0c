"""The change feed: which keys changed, in commit order; indexes follow it from their own high-water mark.

The one thing to get wrong: a position taken from a sequence is not commit order. Position 2 may commit before
position 1, and a follower that has read 2 never sees 1. So positions are given under a lock taken last.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import BigInteger, Index, Integer, bindparam, func, insert, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from warehouse_hub.core.entity import Base

# Any fixed number does; it only has to be the same in every process that shares the database.
_FEED_LOCK = 4210_2023


class Change(Base):
    """One key that changed, at its place in the order of commits."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_topic_position", "topic", "position"),)

    position: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    topic: Mapped[str]
    key: Mapped[str]
    dataset: Mapped[str]
    at: Mapped[datetime]


class FeedRow(NamedTuple):
    """A change as followers read it."""

    position: int
    topic: str
    key: str
    at: datetime


_CHANGE: Final = Change.__table__.c
FEED_ROW: Final = tuple(_CHANGE[name] for name in FeedRow._fields)
# Built once, and of columns, not of the entity: a search that has to catch up waits for them.
_HEAD: Final = select(func.max(_CHANGE.position))
_NEWEST: Final = select(*FEED_ROW).order_by(_CHANGE.position.desc()).limit(1)
_SINCE: Final = (
    select(*FEED_ROW)
    .where(_CHANGE.position > bindparam("position"))
    .order_by(_CHANGE.position)
    .limit(bindparam("limit", type_=Integer))
)


def append(session: Session, changes: Sequence[tuple[str, str, str]], *, at: datetime) -> None:
    """Add (topic, key, dataset) rows at the end of the feed; the caller commits next and does nothing in between.

    On PostgreSQL the lock is held to the end of the transaction, so positions become visible in their own order.
    SQLite has one writer at a time and needs none.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _FEED_LOCK})
    last = head(session)
    rows = [
        {"position": last + offset, "topic": topic, "key": key, "dataset": dataset, "at": at}
        for offset, (topic, key, dataset) in enumerate(changes, start=1)
    ]
    session.execute(insert(Change), rows)


def head(session: Session) -> int:
    """The position of the newest committed change; 0 when nothing ever changed."""
    return session.scalar(_HEAD) or 0


def newest_change(session: Session) -> FeedRow | None:
    """The newest committed change; None when nothing ever changed."""
    found = session.execute(_NEWEST).first()
    return None if found is None else FeedRow._make(found)


def changes_since(session: Session, position: int, limit: int = 1000) -> list[FeedRow]:
    """At most `limit` changes after `position`, oldest first."""
    return [FeedRow._make(row) for row in session.execute(_SINCE, {"position": position, "limit": limit})]
