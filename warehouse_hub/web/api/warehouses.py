"""Searching, reading and mapping the directory."""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for

from warehouse_hub.core.errors import InvalidInput, NotFound, Problem
from warehouse_hub.directory.exchange_rates import rates_on
from warehouse_hub.directory.published import published_listings
from warehouse_hub.press.columns import Column
from warehouse_hub.press.csv_file import csv_bytes
from warehouse_hub.search.conditions import FACETS
from warehouse_hub.search.engine import SearchResult
from warehouse_hub.search.mapping import map_features
from warehouse_hub.search.parameters import ParameterReader
from warehouse_hub.search.query import SearchQuery
from warehouse_hub.search.representation import suggestion_json, understood_json
from warehouse_hub.web.api.blueprint import asked_query, blueprint, document, tagged
from warehouse_hub.web.api.shapes import detail, summary
from warehouse_hub.web.context import hub, reading, today
from warehouse_hub.web.engine import answer, explanations, probably_meant
from warehouse_hub.web.locale import dataset

FORMATS = ("json", "geojson", "csv")
GEOJSON = "application/geo+json"
_REFUSED = {304: "Not modified", 422: "A parameter cannot be read; `errors` names it"}
_COLUMNS = tuple(
    Column(key, key, key)
    for key in (
        "id",
        "name_zh",
        "name_en",
        "country",
        "city",
        "city_zh",
        "latitude",
        "longitude",
        "record_class",
        "stage",
        "operator_zh",
        "operator_en",
        "total_m2",
        "rentable_m2",
        "available_m2",
        "storage_price",
        "storage_price_currency",
        "storage_price_unit",
        "storage_price_cny",
        "services",
        "grade",
        "grade_date",
        "dataset",
        "distance_km",
    )
)


@blueprint.get("/warehouses")
@blueprint.doc(summary="Search the directory", responses=_REFUSED)
def search() -> Response:
    """Published listings that meet every filter, a page at a time.

    `q` is read as the search field reads it; `understood` tells how. `format` is json, geojson or csv; `facets` adds
    counts, `explain=1` why each listing stands where it stands; `cursor` continues where the answer before ended.
    `sort=price` puts the lowest storage price first, in yuan for one `price_unit`, and what cannot be compared last;
    only then prices are told in yuan, by the rates in force on the day of the first page.
    """
    reader = ParameterReader(request.args)
    wanted = reader.one_of("format", FORMATS) or "json"
    counted, explained = _facets(reader), reader.flag("explain")
    query = asked_query("format", "facets", "explain", problems=reader.problems)
    answered = answer(query, facets=counted if wanted == "json" else ())
    rows = _rows(query, answered)
    if wanted == "geojson":
        return document(
            {"type": "FeatureCollection", "features": [_feature(row) for row in rows]}, mimetype=GEOJSON
        )
    if wanted == "csv":
        flat = [
            row | {"services": " ".join(code for code, has in row["services"].items() if has)} for row in rows
        ]
        return tagged(Response(csv_bytes(_COLUMNS, flat), mimetype="text/csv"))
    if explained:
        told = explanations(query, [row["id"] for row in rows])
        rows = [{**row, "explanation": told.get(row["id"])} for row in rows]
    body: dict[str, Any] = {
        "total": answered.total,
        "without_coordinates": answered.without_coordinates,
        "dataset": query.dataset,
        "understood": understood_json(answered.understood),
        "did_you_mean": suggestion_json(probably_meant(query, answered.total)),
        "items": rows,
        "next_cursor": answered.next_cursor,
        "next": _next_address(answered),
    }
    if counted:
        body["facets"] = {name: dict(counts) for name, counts in answered.facets.items()}
    return document(body, passing={"took_ms": round(answered.took_ms, 3)})


@blueprint.get("/warehouses/<warehouse_id>")
@blueprint.doc(
    summary="One listing",
    responses={
        304: "Not modified",
        404: "No such listing in print in this dataset",
        422: "Unreadable dataset",
    },
)
def one(warehouse_id: str) -> Response:
    """One listing in print, with evidence, every capacity statement, and its price in yuan by the rates of today."""
    with reading() as session:
        found = published_listings(session, dataset(), [warehouse_id])
        rates = rates_on(session, dataset(), today())
    if not found:
        raise NotFound("listing.not_found", key=warehouse_id[:80])
    return document(detail(found[0], rates))


@blueprint.get("/map")
@blueprint.doc(summary="Clusters and points of a search inside a view", responses=_REFUSED)
def features() -> Response:
    """`bbox` and `zoom` (0 to 22) describe the view; every search filter applies. Never more than 2,000 features."""
    query = asked_query("zoom", "said", "page", "unlocated")
    zoom = _zoom()
    return document(map_features(hub().search, query, zoom).geojson(), mimetype=GEOJSON)


def _facets(reader: ParameterReader) -> tuple[str, ...]:
    """The facets to count: all for 1, none for 0, else those that are named, repeated or separated by commas."""
    named = [name for value in request.args.getlist("facets") for name in value.split(",") if name]
    if named in ([], ["0"], ["false"]):
        return ()
    if named in (["1"], ["true"]):
        return FACETS
    for name in named:
        if name not in FACETS:
            reader.problem("filter.unknown_facet", "facets", value=name[:40], known=list(FACETS))
    return tuple(dict.fromkeys(named))


def _zoom() -> int:
    text = request.args.get("zoom", "2")
    if not text.isdecimal() or len(text) > 2 or int(text) > 22:
        raise InvalidInput(
            "search.invalid", [Problem("filter.unreadable", column="zoom", facts={"value": text[:40]})]
        )
    return int(text)


def _rows(query: SearchQuery, answered: SearchResult) -> list[dict[str, Any]]:
    with reading() as session:
        found = published_listings(session, query.dataset, [item.id for item in answered.items])
    listings = {listing.id: listing for listing in found}
    return [
        summary(listings[item.id], score=item.score, distance_km=item.distance_km, rates=answered.rates)
        for item in answered.items
        if item.id in listings
    ]


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    known = row["longitude"] is not None and row["latitude"] is not None
    geometry = {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]} if known else None
    properties = {name: value for name, value in row.items() if name not in {"longitude", "latitude"}}
    return {"type": "Feature", "id": row["id"], "geometry": geometry, "properties": properties}


def _next_address(answered: SearchResult) -> str | None:
    if answered.next_cursor is None:
        return None
    more: dict[str, Any] = {name: request.args.getlist(name) for name in request.args if name != "cursor"}
    return url_for("api.search", **more, cursor=answered.next_cursor, _external=True)
