"""Published statistics: figures, flags and coverage; what disclosure control withholds never leaves."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from warehouse_hub.core.clock import Month
from warehouse_hub.core.errors import InvalidInput, NotFound, Problem
from warehouse_hub.monitoring.service import months_with_reports, table_to_json
from warehouse_hub.monitoring.service import utilisation as utilisation_of
from warehouse_hub.press.columns import Column
from warehouse_hub.press.csv_file import csv_bytes
from warehouse_hub.web.api.blueprint import blueprint, document, tagged
from warehouse_hub.web.context import reading, today
from warehouse_hub.web.locale import dataset, lang

_KEYS = (
    "month",
    "dataset",
    "by",
    "code",
    "label",
    "state",
    "flags",
    "warehouses",
    "reporting",
    "rentable_m2",
    "occupied_m2",
    "utilisation",
    "change_pp",
    "coverage",
    "imputed_share",
)


@blueprint.get("/statistics/utilisation")
@blueprint.doc(
    summary="Utilisation of public warehouses in a month",
    tags=["Statistics"],
    responses={
        304: "Not modified",
        404: "No month has a report yet",
        422: "The month or the breakdown cannot be read",
    },
)
def utilisation() -> Response:
    """`month` (2026-10, by default the newest) `by` region_set, country, record_class or district; `format=csv`."""
    by = request.args.get("by", "region_set")
    wanted = request.args.get("format", "json")
    if wanted not in {"json", "csv"}:
        raise InvalidInput("search.invalid", [Problem("filter.unknown_format", column="format")])
    text = request.args.get("month")
    with reading() as session:
        month = Month.parse(text) if text else _newest(months_with_reports(session, dataset()))
        table = utilisation_of(session, month, by=by, dataset=dataset(), today=today())
    body = table_to_json(table, lang())
    if wanted == "csv":
        return tagged(
            Response(csv_bytes([Column(key, key, key) for key in _KEYS], _rows(body)), mimetype="text/csv")
        )
    return document(body)


def _newest(months: list[Month]) -> Month:
    if not months:
        raise NotFound("statistics.no_reports")
    return months[-1]


def _rows(body: dict[str, Any]) -> list[dict[str, Any]]:
    shared = {"month": body["month"], "dataset": body["dataset"]}
    rows = [
        {**shared, "by": "total", **body["total"]},
        *({**shared, "by": body["by"], **cell} for cell in body["cells"]),
    ]
    return [row | {"flags": "".join(row["flags"])} for row in rows]
