"""Listings in print without a database."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from builders import hamburg_bonded, in_print

from warehouse_hub.directory.published import PublishedListing
from warehouse_hub.directory.rules.facts import ListingFacts

_BESIDE = {
    "id": "W00017",
    "dataset": "real",
    "revision": 3,
    "published_at": datetime(2026, 11, 20, 4, 0, tzinfo=UTC),
    "operator_id": "OP-1",
    "operator_zh": "示例启航海外仓有限公司",
    "operator_en": "Demo Qihang Overseas Warehousing Co.",
}


def printed(facts: ListingFacts | None = None, **changes: Any) -> PublishedListing:
    """The public bonded warehouse in Hamburg, or other facts, in print; `changes` to either."""
    return in_print(facts or hamburg_bonded(), **(_BESIDE | changes))


def silent(**changes: Any) -> PublishedListing:
    """A listing that says no more than it must."""
    nothing = {"operator_zh": None, "operator_en": None, "id": "W1"}
    return printed(ListingFacts(country="DE", name_en="X"), **(nothing | changes))
