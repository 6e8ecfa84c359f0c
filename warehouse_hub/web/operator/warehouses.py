"""An operator's own warehouses: what waits for a step first, then each listing's draft and its way into print."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from wtforms import FormField

from warehouse_hub.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from warehouse_hub.directory import listings
from warehouse_hub.directory.models import Listing, Revision, Warehouse
from warehouse_hub.directory.revisions import facts_of
from warehouse_hub.directory.rules.facts import ListingFacts
from warehouse_hub.vocabulary.codes import SERVICES
from warehouse_hub.web.comparing import ShownChange, shown_changes
from warehouse_hub.web.context import actor, reading, today, writing
from warehouse_hub.web.fields import field_name
from warehouse_hub.web.locale import belongs_here, dataset
from warehouse_hub.web.locale import gettext as _
from warehouse_hub.web.operator.form import (
    BASES_IN_THE_FORM,
    ListingForm,
    facts_from,
    filled_form,
    services_from,
    show_problems,
)
from warehouse_hub.web.seen_version import seen_version

blueprint = Blueprint("operator", __name__, url_prefix="/operator")
# What waits for the operator comes first.
_URGENCY = {"returned": 0, "draft": 1, "submitted": 2}


@dataclass(frozen=True)
class Row:
    """One warehouse of the desk: the facts that it shows, and where its newest wording stands."""

    id: str
    dataset: str
    facts: ListingFacts
    state: str
    waiting: str | None
    note: str | None
    version: int


@blueprint.get("/warehouses")
def warehouses() -> ResponseReturnValue:
    """The operator's warehouses, those that wait for it first."""
    own = _own_operator()
    with reading() as session:
        rows = [_row(listing) for listing in _own_listings(session, own)]
    rows.sort(key=lambda row: (_URGENCY.get(row.waiting or "", 3), row.id))
    counts = {
        "published": sum(row.state == "published" for row in rows),
        "draft": sum(row.waiting in {"draft", "returned"} for row in rows),
        "submitted": sum(row.waiting == "submitted" for row in rows),
    }
    return render_template("operator/warehouses.html", rows=rows, counts=counts)


@blueprint.route("/warehouses/<warehouse_id>", methods=["GET", "POST"])
def edit(warehouse_id: str) -> ResponseReturnValue:
    """The form of one listing. Saving writes a draft; what is in print stays until the bureau approves."""
    with reading() as session:
        row = _row(_own_listing(session, warehouse_id))
    form = filled_form(row.facts, row.version)
    services = services_from(request.form) if request.method == "POST" else dict(row.facts.services)
    overtaken: list[ShownChange] | None = None
    if form.validate_on_submit():
        try:
            saved = _save(form, services, row)
        except Conflict:
            row, overtaken = _overtaken(form, services, warehouse_id)
        else:
            if saved is not None:
                return saved
    page = render_template(
        "operator/edit.html",
        row=row,
        form=form,
        answers={code: services.get(code) for code in SERVICES.codes},
        bases=BASES_IN_THE_FORM,
        wrong=_wrong_fields(form),
        overtaken=overtaken,
    )
    return page, 422 if form.errors else 200 if overtaken is None else 409


@blueprint.post("/warehouses/<warehouse_id>/submit")
def submit(warehouse_id: str) -> ResponseReturnValue:
    """Hand the draft to the bureau."""
    actor().must("submit_listing")
    with writing() as uow:
        listings.submit(uow, warehouse_id, actor=actor(), expected_version=seen_version())
    flash(_("Handed in. The bureau reads it next; until then the published wording stays in print."), "ok")
    return redirect(url_for("operator.warehouses"))


def _save(form: ListingForm, services: dict[str, bool], row: Row) -> ResponseReturnValue | None:
    facts = facts_from(form, services, row.facts, today())
    hand_in = request.form.get("then") == "submit"
    try:
        with writing() as uow:
            listings.edit(uow, row.id, facts, actor=actor(), expected_version=seen_version())
            if hand_in:
                listings.submit(uow, row.id, actor=actor())
    except InvalidInput as refused:
        show_problems(form, refused.problems)
        return None
    flash(_("Handed in to the bureau.") if hand_in else _("Draft saved. Nothing is in print yet."), "ok")
    return redirect(url_for("operator.warehouses"))


def _overtaken(
    form: ListingForm, services: dict[str, bool], warehouse_id: str
) -> tuple[Row, list[ShownChange]]:
    """The listing as somebody else left it, and where the form differs; sent again, the form is meant to win."""
    with reading() as session:
        row = _row(_own_listing(session, warehouse_id))
    form.version.data = str(row.version)
    return row, shown_changes(row.facts, facts_from(form, services, row.facts, today()))


def _own_operator() -> str:
    who = actor()
    who.must("edit_listing")
    if who.operator_id is None:
        raise Forbidden("operator.no_enterprise")
    return who.operator_id


def _own_listings(session: Session, operator_id: str) -> list[Listing]:
    query = (
        select(Listing)
        .join(Warehouse)
        .where(
            Warehouse.operator_id == operator_id, Warehouse.dataset == dataset(), Listing.state != "withdrawn"
        )
        .options(
            selectinload(Listing.warehouse),
            selectinload(Listing.published_revision).selectinload(Revision.capacity),
            selectinload(Listing.pending_revision).selectinload(Revision.capacity),
        )
    )
    return list(session.scalars(query))


def _own_listing(session: Session, warehouse_id: str) -> Listing:
    # Whoever may edit nothing is not told either which listings there are.
    actor().must("edit_listing")
    listing = session.get(Listing, warehouse_id)
    if listing is None or not belongs_here(listing.dataset):
        raise NotFound("listing.not_found", key=warehouse_id[:80])
    actor().must("edit_listing", listing)
    return listing


def _row(listing: Listing) -> Row:
    revision = listing.pending_revision or listing.published_revision
    if revision is None:
        raise ValueError(f"listing {listing.warehouse_id} has no wording")
    waiting = listing.pending_revision.state if listing.pending_revision else None
    return Row(
        id=listing.warehouse_id,
        dataset=listing.dataset,
        facts=facts_of(revision),
        state=listing.state,
        waiting=waiting,
        note=revision.note if waiting == "returned" else None,
        version=listing.version,
    )


def _wrong_fields(form: ListingForm) -> list[tuple[str, str, str]]:
    """(id, name, what is wrong) of every refused field, those inside a capacity line included."""
    found = []
    for field in form:
        if isinstance(field, FormField):
            found += [
                (each.id, field_name(field.name), str(each.errors[0])) for each in field.form if each.errors
            ]
        elif field.errors:
            found.append((field.id, field.label.text, str(field.errors[0])))
    return found
