"""The review desk: submitted wordings, oldest first; what would change, field by field; approve or send back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from warehouse_hub.core.errors import InvalidInput, NotFound, RuleViolation
from warehouse_hub.directory import listings
from warehouse_hub.directory.models import Listing, Revision, Warehouse
from warehouse_hub.directory.revisions import facts_of
from warehouse_hub.directory.rules.facts import ListingFacts
from warehouse_hub.web.comparing import shown_changes
from warehouse_hub.web.context import actor, reading, writing
from warehouse_hub.web.locale import belongs_here, dataset
from warehouse_hub.web.locale import gettext as _
from warehouse_hub.web.seen_version import seen_version

blueprint = Blueprint("bureau_review", __name__, url_prefix="/bureau")


@dataclass(frozen=True)
class Waiting:
    """A submitted wording: whose, since when, and whether it is the listing's first."""

    id: str
    dataset: str
    facts: ListingFacts
    operator: str | None
    since: datetime
    first: bool


@blueprint.get("/review")
def queue() -> ResponseReturnValue:
    """Everything that waits for a decision, oldest first."""
    actor().must("review_listing")
    query = (
        select(Listing, Revision)
        .join(Revision, Listing.pending_revision_id == Revision.id)
        .join(Warehouse, Listing.warehouse_id == Warehouse.id)
        .where(Revision.state == "submitted", Warehouse.dataset == dataset())
        .options(
            selectinload(Revision.capacity), selectinload(Listing.warehouse).selectinload(Warehouse.operator)
        )
        .order_by(Revision.created_at, Listing.warehouse_id)
    )
    with reading() as session:
        waiting = [_waiting(listing, revision) for listing, revision in session.execute(query)]
    return render_template("bureau/queue.html", waiting=waiting)


@blueprint.get("/review/<warehouse_id>")
def diff(warehouse_id: str) -> ResponseReturnValue:
    """What approving would change in print."""
    return _diff_page(warehouse_id)


@blueprint.post("/review/<warehouse_id>/approve")
def approve(warehouse_id: str) -> ResponseReturnValue:
    """Put the wording in print."""
    actor().must("review_listing")
    with writing() as uow:
        listings.approve(
            uow,
            warehouse_id,
            actor=actor(),
            note=request.form.get("note", "").strip(),
            expected_version=seen_version(),
        )
    flash(_("%(id)s is in print in its new wording.") % {"id": warehouse_id}, "ok")
    return redirect(url_for("bureau_review.queue"))


@blueprint.post("/review/<warehouse_id>/return")
def send_back(warehouse_id: str) -> ResponseReturnValue:
    """Send the wording back with a reason, which the operator reads."""
    actor().must("review_listing")
    note = request.form.get("note", "")
    try:
        with writing() as uow:
            listings.return_to_operator(
                uow, warehouse_id, actor=actor(), note=note, expected_version=seen_version()
            )
    except InvalidInput:
        return _diff_page(
            warehouse_id, refused=_("Say why: the operator reads this sentence."), note=note
        ), 422
    flash(_("%(id)s went back to its operator.") % {"id": warehouse_id}, "ok")
    return redirect(url_for("bureau_review.queue"))


def _diff_page(warehouse_id: str, *, refused: str = "", note: str = "") -> str:
    actor().must("review_listing")
    with reading() as session:
        listing = session.get(Listing, warehouse_id)
        if listing is None or not belongs_here(listing.dataset):
            raise NotFound("listing.not_found", key=warehouse_id[:80])
        revision = listing.pending_revision
        if revision is None or revision.state != "submitted":
            raise RuleViolation("listing.not_submitted", key=warehouse_id)
        waiting = _waiting(listing, revision)
        published = facts_of(listing.published_revision) if listing.published_revision else None
        own_wording = revision.author_id is not None and revision.author_id == actor().id
        version = listing.version
    return render_template(
        "bureau/diff.html",
        one=waiting,
        changes=shown_changes(published, waiting.facts),
        version=version,
        own_wording=own_wording,
        refused=refused,
        note=note,
    )


def _waiting(listing: Listing, revision: Revision) -> Waiting:
    operator = listing.warehouse.operator
    return Waiting(
        id=listing.warehouse_id,
        dataset=listing.dataset,
        facts=facts_of(revision),
        operator=(operator.name_zh or operator.name_en) if operator else None,
        since=revision.created_at,
        first=listing.published_revision_id is None,
    )
