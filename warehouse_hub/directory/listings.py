"""Listings: drafted, submitted, reviewed, taken out of print.

The published wording stays in print until a newer revision is approved; every step is a row in the audit trail.
"""

from __future__ import annotations

from sqlalchemy.orm.exc import StaleDataError

from warehouse_hub.accounts.permissions import Actor, Remit
from warehouse_hub.accounts.service import record
from warehouse_hub.core.errors import Conflict, InvalidInput, RuleViolation
from warehouse_hub.core.unit_of_work import UnitOfWork
from warehouse_hub.directory.models import Listing, Revision, Warehouse
from warehouse_hub.directory.revisions import next_revision, write_facts
from warehouse_hub.directory.rules.facts import ListingFacts, problems_of
from warehouse_hub.directory.rules.lifecycle import Step, advance, advance_revision

FEED_TOPIC = "listing"


def register(
    uow: UnitOfWork,
    warehouse_id: str,
    facts: ListingFacts,
    *,
    dataset: str,
    operator_id: str | None,
    actor: Actor,
    site_group: str | None = None,
) -> Listing:
    """Enter a warehouse with a first draft of its listing, which nobody but its operator and the bureau sees.

    Raises Forbidden, InvalidInput("listing.refused") with every problem, or Conflict("warehouse.exists").
    """
    actor.must("edit_listing", Remit(dataset, operator_id))
    _refuse_bad(facts)
    if uow.session.get(Warehouse, warehouse_id) is not None:
        raise Conflict("warehouse.exists", key=warehouse_id)
    uow.session.add(
        Warehouse(
            id=warehouse_id,
            dataset=dataset,
            operator_id=operator_id,
            site_group=site_group,
            created_at=uow.now(),
        )
    )
    listing = Listing(warehouse_id=warehouse_id, state="draft", version=1)
    uow.session.add(listing)
    uow.session.flush()
    listing.pending_revision = next_revision(
        uow, listing, facts, state="draft", author_id=actor.id, at=uow.now()
    )
    record(uow, actor, "listing.register", warehouse_id, dataset)
    return listing


def edit(
    uow: UnitOfWork,
    warehouse_id: str,
    facts: ListingFacts,
    *,
    actor: Actor,
    expected_version: int | None = None,
) -> Listing:
    """Write a draft of the listing's next wording; what is in print stays in print.

    A revision that is under review goes back to being a draft. `expected_version` is the version that the writer
    saw. Raises Conflict("listing.changed_meanwhile") when it is no longer the newest, InvalidInput, Forbidden.
    """
    listing = _for_change(uow, warehouse_id, "edit_listing", actor, expected_version)
    _refuse_bad(facts)
    if listing.state == "withdrawn":
        raise RuleViolation("listing.withdrawn", key=warehouse_id)
    revision = listing.pending_revision
    if revision is None:
        listing.pending_revision = next_revision(
            uow, listing, facts, state="draft", author_id=actor.id, at=uow.now()
        )
    else:
        write_facts(revision, facts)
        revision.state, revision.author_id = "draft", actor.id
    if listing.state == "submitted":
        listing.state = "draft"
    _touched(uow, listing)
    record(uow, actor, "listing.edit", warehouse_id, listing.dataset)
    return listing


def submit(
    uow: UnitOfWork, warehouse_id: str, *, actor: Actor, expected_version: int | None = None
) -> Listing:
    """Hand the draft to the bureau. Raises RuleViolation("listing.no_draft" | "listing.step_not_allowed")."""
    listing = _for_change(uow, warehouse_id, "submit_listing", actor, expected_version)
    revision = _pending(listing)
    revision.state = advance_revision(revision.state, Step.SUBMIT)
    listing.state = advance(listing.state, Step.SUBMIT)
    _touched(uow, listing)
    record(uow, actor, "listing.submit", warehouse_id, listing.dataset, revision=revision.number)
    return listing


def approve(
    uow: UnitOfWork, warehouse_id: str, *, actor: Actor, note: str = "", expected_version: int | None = None
) -> Listing:
    """Put the submitted wording in print, from the next edition on.

    Search sees it after the commit, so an approval that is rolled back is never findable. Nobody approves a wording
    of his own. Raises NotFound, Forbidden, RuleViolation("revision.step_not_allowed" | "revision.own_wording").
    """
    listing = _for_change(uow, warehouse_id, "review_listing", actor, expected_version)
    revision = _pending(listing)
    if revision.author_id is not None and revision.author_id == actor.id:
        raise RuleViolation("revision.own_wording", key=warehouse_id)
    _decide(uow, revision, Step.APPROVE, actor, note)
    listing.state = advance(listing.state, Step.APPROVE)
    put_in_print(uow, listing, revision)
    record(uow, actor, "listing.approve", warehouse_id, listing.dataset, revision=revision.number)
    return listing


def return_to_operator(
    uow: UnitOfWork, warehouse_id: str, *, actor: Actor, note: str, expected_version: int | None = None
) -> Listing:
    """Send the submitted wording back with a reason that the operator reads.

    Raises InvalidInput("review.reason_missing") without one.
    """
    listing = _for_change(uow, warehouse_id, "review_listing", actor, expected_version)
    if not note.strip():
        raise InvalidInput("review.reason_missing")
    revision = _pending(listing)
    _decide(uow, revision, Step.RETURN, actor, note)
    listing.state = advance(listing.state, Step.RETURN)
    _touched(uow, listing)
    record(uow, actor, "listing.return", warehouse_id, listing.dataset, note=note)
    return listing


def suspend(uow: UnitOfWork, warehouse_id: str, *, actor: Actor, note: str) -> Listing:
    """Take a listing out of print until it is resumed; it is no longer found."""
    return _out_of_print(uow, warehouse_id, Step.SUSPEND, "suspend_listing", actor, note)


def resume(uow: UnitOfWork, warehouse_id: str, *, actor: Actor, note: str = "") -> Listing:
    """Put a suspended listing back in print in its published wording."""
    return _out_of_print(uow, warehouse_id, Step.RESUME, "suspend_listing", actor, note)


def withdraw(uow: UnitOfWork, warehouse_id: str, *, actor: Actor, note: str = "") -> Listing:
    """Take a listing out of print for good; its revisions stay in the history."""
    return _out_of_print(uow, warehouse_id, Step.WITHDRAW, "withdraw_listing", actor, note)


def put_in_print(uow: UnitOfWork, listing: Listing, revision: Revision) -> None:
    """Make `revision` the published wording and tell the change feed."""
    listing.published_revision, listing.published_at = revision, uow.now()
    if listing.pending_revision is revision:
        listing.pending_revision = None
    _touched(uow, listing)
    uow.changed(FEED_TOPIC, listing.warehouse_id, listing.dataset)


def _out_of_print(
    uow: UnitOfWork, warehouse_id: str, step: Step, permission: str, actor: Actor, note: str
) -> Listing:
    listing = _for_change(uow, warehouse_id, permission, actor, None)
    listing.state = advance(listing.state, step)
    _touched(uow, listing)
    uow.changed(FEED_TOPIC, warehouse_id, listing.dataset)
    record(uow, actor, f"listing.{step}", warehouse_id, listing.dataset, note=note)
    return listing


def _for_change(
    uow: UnitOfWork, warehouse_id: str, permission: str, actor: Actor, expected_version: int | None
) -> Listing:
    listing = uow.get(Listing, warehouse_id)
    actor.must(permission, listing)
    if expected_version is not None and listing.version != expected_version:
        raise Conflict("listing.changed_meanwhile", key=warehouse_id, version=listing.version)
    return listing


def _touched(uow: UnitOfWork, listing: Listing) -> None:
    """Raise the listing's version even when only a revision beside it changed; another's change in between refuses."""
    listing.version += 1
    try:
        uow.session.flush()
    except StaleDataError:
        raise Conflict("listing.changed_meanwhile", key=listing.warehouse_id) from None


def _pending(listing: Listing) -> Revision:
    if listing.pending_revision is None:
        raise RuleViolation("listing.no_draft", key=listing.warehouse_id)
    return listing.pending_revision


def _decide(uow: UnitOfWork, revision: Revision, step: Step, actor: Actor, note: str) -> None:
    revision.state = advance_revision(revision.state, step)
    revision.decided_by, revision.decided_at, revision.note = actor.id, uow.now(), note or None


def _refuse_bad(facts: ListingFacts) -> None:
    if problems := problems_of(facts):
        raise InvalidInput("listing.refused", problems)
