"""Reading needs and matching them, for programs. Nothing that is sent here is stored."""

from __future__ import annotations

from typing import Any

from flask import Response

from warehouse_hub.core.errors import InvalidInput, Problem
from warehouse_hub.matching.need import Need
from warehouse_hub.matching.need_json import need_from_json
from warehouse_hub.matching.reading import read_needs
from warehouse_hub.matching.service import match
from warehouse_hub.web.api.blueprint import asked_json, blueprint, document
from warehouse_hub.web.context import hub, reading, today
from warehouse_hub.web.locale import dataset

MOST_ITEMS = 100
_REFUSED = {
    400: "The body is no JSON",
    413: "The body is too large",
    415: "The body is not declared as JSON",
    422: "The need cannot be read; `errors` lists every fault",
}


@blueprint.post("/needs/read")
@blueprint.doc(summary="Read needs out of free text", tags=["Matching"], responses=_REFUSED)
def read() -> Response:
    """Body `{"text"}`; one message can hold several needs, and none. `unread` is what was not understood."""
    return document(read_needs(_text(_body()), today=today()).to_json())


@blueprint.post("/matches")
@blueprint.doc(summary="Match needs with listings in print", tags=["Matching"], responses=_REFUSED)
def matches() -> Response:
    """Body `{"text"}` or `{"need"}`, and `limit` (1 to 100); a result a need, best first, with reasons as codes."""
    body = _body()
    limit = _limit(body.get("limit", 20))
    needs = _needs(body)
    with reading() as session:
        listings = hub().in_print.of(session, dataset())
    results = [
        match(listings, need, dataset=dataset(), today=today(), limit=limit).to_json() for need in needs
    ]
    return document({"dataset": dataset(), "results": results})


def _body() -> dict[str, Any]:
    body = asked_json()
    if not isinstance(body, dict):
        raise InvalidInput("need.invalid", [Problem("need.not_an_object")])
    return body


def _text(body: dict[str, Any]) -> str:
    text = body.get("text")
    if not isinstance(text, str):
        raise InvalidInput("need.missing", [Problem("need.missing", column="text")])
    return text


def _needs(body: dict[str, Any]) -> tuple[Need, ...]:
    if "need" in body:
        return (need_from_json(body["need"]),)
    return read_needs(_text(body), today=today()).needs


def _limit(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MOST_ITEMS:
        raise InvalidInput(
            "search.invalid",
            [Problem("filter.out_of_range", column="limit", facts={"least": 1, "most": MOST_ITEMS})],
        )
    return value
