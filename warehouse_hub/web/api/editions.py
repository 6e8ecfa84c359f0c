"""The catalogue for programs: editions, their files, and what changed from one to another."""

from __future__ import annotations

from typing import Any

from flask import Response, url_for

from warehouse_hub.catalogue import service
from warehouse_hub.catalogue.models import Edition
from warehouse_hub.core.errors import NotFound
from warehouse_hub.web.api.blueprint import blueprint, document
from warehouse_hub.web.context import reading
from warehouse_hub.web.locale import dataset
from warehouse_hub.web.public.catalogue import edition_file

_GONE = {304: "Not modified", 404: "No such published edition in this dataset", 422: "Unreadable dataset"}


@blueprint.get("/editions")
@blueprint.doc(
    summary="Published editions",
    tags=["Catalogue"],
    responses={304: "Not modified", 422: "Unreadable dataset"},
)
def editions() -> Response:
    """The newest first."""
    with reading() as session:
        return document({"items": [_summary(each) for each in service.editions(session, dataset())]})


@blueprint.get("/editions/<number>")
@blueprint.doc(summary="One edition with its files", tags=["Catalogue"], responses=_GONE)
def edition(number: str) -> Response:
    """Counts, dates and the size and SHA-256 of every file."""
    with reading() as session:
        found = _of_this_dataset(service.edition(session, number))
        files = [
            {
                "name": each.name,
                "size": each.size,
                "sha256": each.sha256,
                "address": url_for("api.edition_file", number=number, name=each.name, _external=True),
            }
            for each in found.files
        ]
        return document(
            {
                **_summary(found),
                "counts": found.counts,
                "content_sha256": found.content_sha256,
                "files": files,
            }
        )


@blueprint.get("/editions/<number>/files/<name>", endpoint="edition_file")
@blueprint.doc(
    summary="A file of an edition",
    tags=["Catalogue"],
    responses={
        200: "The file",
        206: "A part of the file",
        304: "Not modified",
        404: "No such file",
        416: "No such part",
    },
)
def file_of_edition(number: str, name: str) -> Response:
    """The bytes that were signed."""
    return edition_file(number, name)


@blueprint.get("/editions/<before>/diff/<after>")
@blueprint.doc(summary="What changed between two editions", tags=["Catalogue"], responses=_GONE)
def difference(before: str, after: str) -> Response:
    """Ids that came and went, and the changed fields of the others; codes where a field has codes."""
    with reading() as session:
        _of_this_dataset(service.edition(session, after))
        found = service.difference(session, before, after)
    changed = {
        key: [{"field": one.field, "before": one.before, "after": one.after} for one in changes]
        for key, changes in found.changed.items()
    }
    return document(
        {
            "before": before,
            "after": after,
            "added": list(found.added),
            "removed": list(found.removed),
            "changed": changed,
        }
    )


def _of_this_dataset(found: Edition) -> Edition:
    if found.dataset != dataset():
        raise NotFound("edition.not_found", number=found.number)
    return found


def _summary(found: Edition) -> dict[str, Any]:
    return {
        "number": found.number,
        "series": found.series,
        "dataset": found.dataset,
        "period": found.period,
        "title": found.title,
        "cut_off": found.cut_off.isoformat(),
        "prepared_at": found.prepared_at.isoformat(),
        "published_at": found.published_at.isoformat() if found.published_at else None,
        "region_set_version": found.region_set_version,
        "counts": {name: found.counts[name] for name in ("entries", "countries", "operators")},
        "address": url_for("catalogue.edition", number=found.number, _external=True),
    }
