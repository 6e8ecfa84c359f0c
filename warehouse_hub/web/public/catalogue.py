"""The catalogue in its editions: what each issue says, what changed since the one before, its files and their hashes.

The one thing to get wrong: an edition's page is drawn from its frozen content, never from the directory of today.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from warehouse_hub.catalogue import service
from warehouse_hub.catalogue.models import Edition
from warehouse_hub.core.errors import NotFound
from warehouse_hub.web.context import hub, reading
from warehouse_hub.web.fields import field_name
from warehouse_hub.web.locale import belongs_here, dataset, lang
from warehouse_hub.web.locale import gettext as _
from warehouse_hub.web.paging import Pages, page_number

blueprint = Blueprint("catalogue", __name__)

ENTRIES_A_PAGE = 20
CHANGES_SHOWN = 12
_TYPES = {
    ".pdf": "application/pdf",
    ".json": "application/json",
    ".geojson": "application/geo+json",
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".html": "text/html",
    ".jsonld": "application/ld+json",
    ".sig": "application/octet-stream",
}


@dataclass(frozen=True)
class FileRow:
    """A file of an edition with what it is for."""

    name: str
    kind: str
    what: str
    size: int
    sha256: str
    address: str


@blueprint.get("/catalogue")
def editions() -> ResponseReturnValue:
    """All published editions, the newest first."""
    with reading() as session:
        found = service.editions(session, dataset())
    return render_template("public/editions.html", editions=found)


@blueprint.get("/catalogue/<number>")
def edition(number: str) -> ResponseReturnValue:
    """One published edition."""
    with reading() as session:
        found = edition_here(session, number)
        content = service.content_of_edition(found)
        files = file_rows(found)
    wanted = request.args.get("q", "").strip()
    entries = [entry for entry in content["entries"] if _says(entry, wanted)]
    pages = Pages(
        page_number(),
        ENTRIES_A_PAGE,
        len(entries),
        lambda page: url_for("catalogue.edition", number=number, q=wanted or None, page=page) + "#entries",
    )
    first = (pages.number - 1) * ENTRIES_A_PAGE
    return render_template(
        "public/edition.html",
        edition=found,
        content=content,
        entries=entries[first : first + ENTRIES_A_PAGE],
        changed=set((content["compared_with"] or {}).get("changed", {})),
        added=set((content["compared_with"] or {}).get("added", ())),
        changes=_shown_changes(content),
        change_counts=_change_counts(content),
        files=files,
        pages=pages,
        wanted=wanted,
        of=of,
    )


def edition_here(session: Session, number: str, *, prepared: bool = False) -> Edition:
    """The edition of that number, also one that waits for its publisher if `prepared`.

    NotFound where this address may not show its dataset.
    """
    found = service.edition(session, number, prepared=prepared)
    if not belongs_here(found.dataset):
        raise NotFound("edition.not_found", number=number[:60])
    return found


@blueprint.get("/catalogue/<number>/files/<name>")
def file(number: str, name: str) -> Response:
    """A file of a published edition, as it was signed."""
    return edition_file(number, name)


def edition_file(number: str, name: str) -> Response:
    """The file for a page or the API. A file that is not of the edition is NotFound, whatever lies in the folder."""
    with reading() as session:
        found = service.edition(session, number)
        known = {each.name: each.sha256 for each in found.files}
    path = hub().settings.editions_dir / found.number / name
    if not belongs_here(found.dataset) or name not in known or not path.is_file():
        raise NotFound("edition.no_such_file", number=number[:60], name=name[:60])
    suffix = path.suffix
    return send_file(
        path,
        mimetype=_TYPES.get(suffix, "application/octet-stream"),
        as_attachment=suffix != ".pdf" or "download" in request.args,
        download_name=f"{found.number}-{name}",
        etag=known[name][:32],
        max_age=3600,
    )


def file_rows(found: Edition) -> list[FileRow]:
    """The files of an edition, the one for reading first."""
    what = {
        "catalogue.pdf": _("the whole edition for reading and printing"),
        "catalogue.xlsx": _("table with filters and the data dictionary"),
        "catalogue.csv": _("table, UTF-8"),
        "catalogue.geojson": _("points for maps"),
        "catalogue.html": _("one file in both languages that needs no network"),
        "catalogue.json": _("everything, for programs"),
        "dcat.jsonld": _("description for data portals"),
        "data-dictionary.csv": _("what each column means"),
        "changes.json": _("what changed since the edition before"),
        "manifest.json": _("the hashes of all files"),
        "manifest.sig": _("the signature of the manifest"),
    }
    order = {name: place for place, name in enumerate(what)}
    rows = [
        FileRow(
            name=each.name,
            kind=each.name.rpartition(".")[2].upper(),
            what=what.get(each.name, each.name),
            size=each.size,
            sha256=each.sha256,
            address=url_for("catalogue.file", number=found.number, name=each.name),
        )
        for each in found.files
    ]
    return sorted(rows, key=lambda row: (order.get(row.name, len(order)), row.name))


def of(labelled: Mapping[str, Any] | None) -> str | None:
    """A frozen bilingual value in the language of this request, else in the other one."""
    if not labelled:
        return None
    first, second = ("zh", "en") if lang() == "zh" else ("en", "zh")
    text: str | None = labelled.get(first) or labelled.get(second)
    return text


def _says(entry: Mapping[str, Any], wanted: str) -> bool:
    if not wanted:
        return True
    texts = [entry["id"], entry["address"] or ""]
    for labelled in (entry["name"], entry["operator"], entry["country"], entry["city"]):
        texts += [str((labelled or {}).get(key) or "") for key in ("zh", "en")]
    texts += [str(each[key]) for each in (entry["services"] or {}).get("offered", ()) for key in ("zh", "en")]
    return wanted.casefold() in " ".join(texts).casefold()


def _change_counts(content: Mapping[str, Any]) -> list[tuple[str, int]]:
    compared = content["compared_with"] or {"changed": {}}
    counts = Counter(change["field"] for changes in compared["changed"].values() for change in changes)
    return [(field_name(name), count) for name, count in counts.most_common(4)]


def _shown_changes(content: Mapping[str, Any]) -> list[tuple[str, str, list[str]]]:
    """(id, name, changed fields) of the first entries that changed."""
    compared = content["compared_with"]
    if not compared:
        return []
    names = {entry["id"]: of(entry["name"]) or entry["id"] for entry in content["entries"]}
    return [
        (key, names.get(key, key), [field_name(change["field"]) for change in changes])
        for key, changes in list(compared["changed"].items())[:CHANGES_SHOWN]
    ]
