"""A place in the change feed that can be recognised again.

A bare number is not enough: after a restored backup the same position names another change, and an index that
trusts the number keeps listings that the restored database never had.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from warehouse_hub.core.feed import Change, changes_since, head


@dataclass(frozen=True)
class FeedPoint:
    """A position with the mark of the change that stands there; position 0 is before every change."""

    position: int
    mark: str = ""


START = FeedPoint(0)


def point_at(change: Change) -> FeedPoint:
    """The point just after a change."""
    return FeedPoint(change.position, f"{change.topic} {change.key} {change.at.isoformat()}")


def newest_point(session: Session) -> FeedPoint:
    """The head of the feed as this session sees it."""
    return _point(session, head(session)) or START


def holds(session: Session, point: FeedPoint) -> bool:
    """Whether this database went through `point`: else what was derived up to it is of another history."""
    return point == START or _point(session, point.position) == point


def changes_after(session: Session, point: FeedPoint) -> Sequence[Change] | None:
    """What came after a point, oldest first, some 1,000 at a time; None where this database never was at it.

    One query, since a search that has to catch up waits for it.
    """
    if point == START:
        return changes_since(session, 0)
    first, *newer = changes_since(session, point.position - 1) or (None,)
    return newer if first is not None and point_at(first) == point else None


def _point(session: Session, position: int) -> FeedPoint | None:
    found = changes_since(session, position - 1, limit=1) if position else []
    return point_at(found[0]) if found and found[0].position == position else None
