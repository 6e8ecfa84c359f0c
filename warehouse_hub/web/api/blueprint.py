"""The API's blueprint, and what every operation of it has in common.

The one thing to get wrong: a session cookie counts for nothing here, so that no other site can act through a
browser that is signed in; whoever acts sends a token.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from apiflask import APIBlueprint
from flask import Response, g, request
from werkzeug.exceptions import BadRequest

from warehouse_hub.accounts.permissions import Actor
from warehouse_hub.core.errors import InvalidInput, Problem
from warehouse_hub.search.query import SearchQuery
from warehouse_hub.web.locale import dataset

blueprint = APIBlueprint("api", "api", url_prefix="/api/v1", tag="Directory")

JSON = "application/json"


@blueprint.before_request
def _as_visitor() -> None:
    g.api_actor = Actor.visitor()


@blueprint.after_request
def _open_to_read(response: Response) -> Response:
    # What a visitor may read, any page may read; nothing here depends on a cookie.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers.pop("Set-Cookie", None)
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = response.headers.get("Allow", "")
        response.headers["Access-Control-Allow-Headers"] = (
            "Content-Type, If-None-Match, If-Match, Idempotency-Key, Authorization"
        )
    return response


def document(body: Any, *, mimetype: str = JSON, passing: Mapping[str, Any] | None = None) -> Response:
    """`body` as a JSON document with an ETag; 304 without a body when the asker has it already.

    `passing` is told along with it but is no part of what is compared: two answers that differ only there are the
    same answer.
    """
    content = written(body)
    tag = _digest(content)
    if passing:
        # Two objects become one; writing the whole answer a second time would cost as much as the first.
        content = content[:-1] + b"," + written(passing)[1:]
    return tagged(Response(content, mimetype=mimetype), tag)


def tagged(response: Response, tag: str | None = None) -> Response:
    """`response` with an ETag of its content (weak for a `tag` of another making), 304 when If-None-Match names it."""
    own = _digest(response.get_data())
    response.set_etag(tag or own, weak=tag is not None and tag != own)
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    response.make_conditional(request)
    return response


def written(body: Any) -> bytes:
    """`body` as JSON in UTF-8."""
    # Half a surrogate pair, which JSON can bring in, cannot be written: a question mark stands for it.
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode(
        errors="replace"
    )


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:24]


def asked_json() -> Any:
    """The JSON body of this request; 400 when it is none or nested too deep, 415 when it is not declared as JSON."""
    try:
        return request.get_json()
    except RecursionError:
        raise BadRequest from None


def asked_query(*also: str, problems: Sequence[Problem] = ()) -> SearchQuery:
    """The search of this request's address; `also` names further parameters that may stand there.

    Raises InvalidInput("search.invalid"), with `problems` of those others among the faults.
    """
    chosen = dataset()
    try:
        query = SearchQuery.from_params(request.args, also=("lang", *also))
    except InvalidInput as error:
        raise InvalidInput(error.code, [*error.problems, *problems]) from None
    if problems:
        raise InvalidInput("search.invalid", problems)
    if query.dataset != chosen:
        raise ValueError("two readers of one parameter")
    return query
