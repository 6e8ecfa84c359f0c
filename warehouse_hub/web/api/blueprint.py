"""The API's blueprint, and what every operation of it has in common.

The one thing to get wrong: a session cookie counts for nothing here, so that no other site can act through a
browser that is signed in; whoever acts sends a token.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from apiflask import APIBlueprint
from flask import Response, g, request

from warehouse_hub.accounts.permissions import Actor
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
    return response


def document(body: Any, *, mimetype: str = JSON) -> Response:
    """`body` as a JSON document with an ETag; 304 without a body when the asker has it already."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return tagged(Response(text, mimetype=mimetype))


def tagged(response: Response) -> Response:
    """`response` with an ETag of its content, answered 304 when If-None-Match names it."""
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:24])
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    response.make_conditional(request)
    return response


def asked_query(*also: str) -> SearchQuery:
    """The search of this request's address; `also` names further parameters that may stand there.

    Raises InvalidInput("search.invalid").
    """
    chosen = dataset()
    query = SearchQuery.from_params(request.args, also=("lang", *also))
    if query.dataset != chosen:
        raise ValueError("two readers of one parameter")
    return query
