"""What machines ask of the site: is it alive, is it ready, what may be crawled."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError

from warehouse_hub.directory.models import Listing, Warehouse
from warehouse_hub.web.context import reading

blueprint = Blueprint("health", __name__)
LARGEST_SITEMAP = 50_000


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """The process answers; nothing else is looked at, so that a slow database does not get it killed."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def readyz() -> ResponseReturnValue:
    """The database answers too; 503 while it does not."""
    try:
        with reading() as session:
            session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return Response("database\n", status=503, mimetype="text/plain")
    return Response("ready\n", mimetype="text/plain")


@blueprint.get("/robots.txt")
def robots() -> ResponseReturnValue:
    """Pages may be crawled; desks, the API and the endless filter addresses need not be."""
    root = url_for("home.search", dataset=None)
    lines = [
        "User-agent: *",
        *(f"Disallow: {root}{path}" for path in ("operator/", "bureau/", "api/", "results")),
    ]
    lines.append(f"Sitemap: {url_for('health.sitemap', _external=True)}")
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@blueprint.get("/sitemap.xml")
def sitemap() -> ResponseReturnValue:
    """The public pages and every published warehouse of the real dataset."""
    query = (
        select(Listing.warehouse_id)
        .join(Warehouse)
        .where(Listing.state == "published", Warehouse.dataset == "real")
        .order_by(Listing.warehouse_id)
        .limit(LARGEST_SITEMAP)
    )
    with reading() as session:
        ids = list(session.scalars(query))
    pages = [
        url_for(endpoint, _external=True)
        for endpoint in ("home.search", "needs.match", "catalogue.editions", "statistics.utilisation")
    ]
    pages += [url_for("warehouse.page", warehouse_id=each, _external=True) for each in ids]
    return Response(render_template("sitemap.xml", pages=pages), mimetype="application/xml")
