"""The edition desk: prepare this month's edition, read its draft, and publish what a colleague prepared."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from warehouse_hub.catalogue import service
from warehouse_hub.catalogue.models import PREPARED
from warehouse_hub.core.clock import Month
from warehouse_hub.web.context import actor, hub, reading, today, writing
from warehouse_hub.web.locale import dataset
from warehouse_hub.web.locale import gettext as _
from warehouse_hub.web.public.catalogue import edition_here, of

blueprint = Blueprint("bureau_editions", __name__, url_prefix="/bureau")


@blueprint.get("/editions")
def desk() -> ResponseReturnValue:
    """What waits for a signature, then what can be prepared, then what is out."""
    actor().must("read_prepared_editions")
    with reading() as session:
        every = service.editions(session, dataset(), prepared=True)
    month = Month.of(today())
    return render_template(
        "bureau/editions.html",
        waiting=[each for each in every if each.state == PREPARED],
        published=[each for each in every if each.state != PREPARED],
        months=[str(month), str(month.previous())],
        quarter=f"{month.year}-Q{(month.number - 1) // 3 + 1}",
        me=actor().id,
        may_prepare=actor().may("prepare_edition"),
        may_publish=actor().may("publish_edition"),
    )


@blueprint.get("/editions/<number>")
def prepared(number: str) -> ResponseReturnValue:
    """What would be published, with everything that stands in the way named before the button."""
    actor().must("read_prepared_editions")
    with reading() as session:
        found = edition_here(session, number, prepared=True)
        actor().must("read_prepared_editions", found)
        content = service.content_of_edition(found)
    same_person = found.prepared_by == actor().id
    return render_template(
        "bureau/edition.html",
        edition=found,
        content=content,
        of=of,
        same_person=same_person,
        may_publish=actor().may("publish_edition", found) and not same_person and found.state == PREPARED,
        is_publisher=actor().may("publish_edition", found),
    )


@blueprint.get("/editions/<number>/draft.pdf")
def draft(number: str) -> Response:
    """The PDF as it will look, marked as a draft."""
    actor().must("read_prepared_editions")
    with reading() as session:
        pdf = service.draft(session, number, actor=actor())
    return Response(pdf, mimetype="application/pdf", headers={"Cache-Control": "no-store"})


@blueprint.post("/editions")
def prepare() -> ResponseReturnValue:
    """Freeze what is in print now as the edition of the chosen month or quarter."""
    with writing() as uow:
        found = service.prepare(
            uow,
            request.form.get("period", ""),
            dataset=dataset(),
            actor=actor(),
            correction=request.form.get("correction") == "1",
        )
        number = found.number
    flash(_("%(number)s is prepared and waits for a publisher.") % {"number": number}, "ok")
    return redirect(url_for("bureau_editions.prepared", number=number))


@blueprint.post("/editions/<number>/publish")
def publish(number: str) -> ResponseReturnValue:
    """Put the edition in print; whoever prepared it is refused."""
    actor().must("publish_edition")
    with reading() as session:
        edition_here(session, number, prepared=True)
        made = service.typeset(session, number, actor=actor(), now=hub().clock())
    with writing() as uow:
        service.publish(uow, made, actor=actor(), editions_dir=hub().settings.editions_dir)
    flash(_("%(number)s is published.") % {"number": number}, "ok")
    return redirect(url_for("catalogue.edition", number=number))
