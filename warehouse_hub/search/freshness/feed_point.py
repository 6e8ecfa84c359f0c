"""A place in the change feed that can be recognised again.

A bare number is not enough: after a restored backup the same position names another change, and an index that
trusts the number keeps listings that the restored database never had.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from warehouse_hub.core.feed import FeedRow, changes_since, newest_change
from warehouse_hub.directory.listings import FEED_TOPIC


@dataclass(frozen=True)
class FeedPoint:
    """A position with the mark of the change that stands there; position 0 is before every change."""

    position: int
    mark: str = ""


START = FeedPoint(0)


def point_at(change: FeedRow) -> FeedPoint:
    """The point just after a change."""
    return FeedPoint(change.position, f"{change.topic} {change.key} {change.at.isoformat()}")


def newest_point(session: Session) -> FeedPoint:
    """The head of the feed as this session sees it."""
    newest = newest_change(session)
    return START if newest is None else point_at(newest)


def holds(session: Session, point: FeedPoint) -> bool:
    """Whether this database went through `point`: else what was derived up to it is of another history."""
    if point == START:
        return True
    stands = changes_since(session, point.position - 1, limit=1)
    return bool(stands) and point_at(stands[0]) == point


def changes_after(session: Session, point: FeedPoint, most: int) -> Sequence[FeedRow] | None:
    """What came after a point, oldest first; at most `most`. None where this database never was at the point.

    One statement tells both, since a search that has to catch up waits for it.
    """
    if point == START:
        return changes_since(session, 0, most)
    found = changes_since(session, point.position - 1, most + 1)
    return found[1:] if found and point_at(found[0]) == point else None


def changed_ids(session: Session, after: FeedPoint) -> dict[str, int]:
    """Every listing that changed after a point, with the position of its last change."""
    found: dict[str, int] = {}
    position = after.position
    while changes := changes_since(session, position):
        found |= {change.key: change.position for change in changes if change.topic == FEED_TOPIC}
        position = changes[-1].position
    return found
