"""The life of a listing as a pure state machine, and the life of the revision that waits beside it.

A published listing stays in print while a newer revision is drafted, submitted or returned.
"""

from __future__ import annotations

from enum import StrEnum

from warehouse_hub.core.errors import RuleViolation


class Step(StrEnum):
    """What somebody does to a listing."""

    SUBMIT = "submit"
    APPROVE = "approve"
    RETURN = "return"
    SUSPEND = "suspend"
    RESUME = "resume"
    WITHDRAW = "withdraw"


LISTING_STEPS: dict[tuple[str, Step], str] = {
    ("draft", Step.SUBMIT): "submitted",
    ("submitted", Step.APPROVE): "published",
    ("submitted", Step.RETURN): "draft",
    ("published", Step.SUBMIT): "published",
    ("published", Step.APPROVE): "published",
    ("published", Step.RETURN): "published",
    ("published", Step.SUSPEND): "suspended",
    ("suspended", Step.RESUME): "published",
    ("published", Step.WITHDRAW): "withdrawn",
    ("suspended", Step.WITHDRAW): "withdrawn",
    ("draft", Step.WITHDRAW): "withdrawn",
    ("submitted", Step.WITHDRAW): "withdrawn",
}

REVISION_STEPS: dict[tuple[str, Step], str] = {
    ("draft", Step.SUBMIT): "submitted",
    ("returned", Step.SUBMIT): "submitted",
    ("submitted", Step.APPROVE): "accepted",
    ("submitted", Step.RETURN): "returned",
}


def advance(state: str, step: Step) -> str:
    """The listing's next state; raises RuleViolation("listing.step_not_allowed")."""
    if (state, step) not in LISTING_STEPS:
        raise RuleViolation("listing.step_not_allowed", state=state, step=str(step))
    return LISTING_STEPS[(state, step)]


def advance_revision(state: str, step: Step) -> str:
    """The waiting revision's next state; raises RuleViolation("revision.step_not_allowed")."""
    if (state, step) not in REVISION_STEPS:
        raise RuleViolation("revision.step_not_allowed", state=state, step=str(step))
    return REVISION_STEPS[(state, step)]
