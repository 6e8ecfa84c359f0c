"""The one table from what was refused to HTTP: a page in the reader's language, or a problem document (RFC 9457).

The one thing to get wrong: a refusal's facts may hold what somebody typed; they are only ever shown escaped.
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from apiflask import APIFlask
from apiflask.exceptions import HTTPError
from flask import Response, jsonify, make_response, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from warehouse_hub.core.errors import Conflict, Forbidden, HubError, InvalidInput, NotFound, RuleViolation
from warehouse_hub.web.context import actor
from warehouse_hub.web.locale import gettext
from warehouse_hub.web.wording import refusal_text

LOG = logging.getLogger(__name__)
PROBLEM_TYPE = "application/problem+json"

STATUS: tuple[tuple[type[HubError], int], ...] = (
    (NotFound, 404),
    (Forbidden, 403),
    (InvalidInput, 422),
    (Conflict, 409),
    (RuleViolation, 409),
    (HubError, 400),
)


def status_of(error: HubError) -> int:
    """The HTTP status of a refusal; a visitor who lacks a permission is asked to sign in (401)."""
    if isinstance(error, Forbidden) and actor().id is None:
        return 401
    return next(status for kind, status in STATUS if isinstance(error, kind))


def install(app: APIFlask) -> None:
    """Answer every refusal and failure of `app` in the form that the asker reads."""
    app.register_error_handler(HubError, _refused)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPError, _api_error)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _failed)


def is_api() -> bool:
    """Whether the asker is a program."""
    return request.path.startswith("/api/")


def problem(status: int, code: str, detail: str, **more: Any) -> Response:
    """A problem document; `code` is stable and for programs, `detail` is for people."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "instance": request.script_root + request.path,
        **more,
    }
    response = jsonify(body)
    response.status_code = status
    response.mimetype = PROBLEM_TYPE
    return response


def _refused(error: HubError) -> Response:
    status = status_of(error)
    if is_api():
        return problem(status, error.code, refusal_text(error), **_listed_problems(error))
    if status == 401 and request.method == "GET":
        return _as_response(redirect(url_for("signing_in.sign_in", next=request.full_path.rstrip("?"))))
    return _page(status, error.code, refusal_text(error))


def _listed_problems(error: HubError) -> dict[str, Any]:
    if not isinstance(error, InvalidInput) or not error.problems:
        return {}
    return {
        "errors": [
            {
                "row": p.row,
                "column": p.column,
                "code": p.code,
                "facts": {name: _plain(fact) for name, fact in p.facts.items()},
            }
            for p in error.problems
        ]
    }


def _stale_form(_error: CSRFError) -> Response:
    text = gettext("This form was open for too long. Go back, reload the page and send it again.")
    return problem(400, "form.stale", text) if is_api() else _page(400, "form.stale", text)


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if error.response is not None or status < 400:
        return make_response(error.get_response())
    code = f"http.{status}"
    text = _HTTP_TEXT.get(status)
    words = gettext(text) if text else ""
    response = problem(status, code, words) if is_api() else _page(status, code, words)
    for name, value in error.get_headers():
        # Allow of a 405, Content-Range of a 416, Retry-After: the refusal is of no use without them.
        if name not in {"Content-Type", "Content-Length"}:
            response.headers[name] = value
    return response


def _failed(error: Exception) -> Response:
    LOG.error("request failed: %s %s", request.method, request.path, exc_info=error)
    text = gettext("Something broke on our side. It was recorded; please try again in a minute.")
    return problem(500, "internal", text) if is_api() else _page(500, "internal", text)


def _api_error(error: HTTPError) -> Response:
    # What APIFlask refuses by an operation's schema, before the operation is called.
    more = {"errors": error.detail} if error.detail else {}
    return problem(error.status_code, "request.invalid", error.message or "", **more)


def _page(status: int, code: str, text: str) -> Response:
    return make_response(render_template("errors/error.html", status=status, code=code, text=text), status)


def _as_response(value: Any) -> Response:
    return make_response(value)


def _marked(message: str) -> str:
    return message


_HTTP_TEXT = {
    400: _marked("The request could not be read."),
    404: _marked("There is no page at this address."),
    412: _marked("Somebody changed this since you read it. Read it again and repeat your change."),
    428: _marked("Say in If-Match which version you have read."),
    405: _marked("This address does not take that kind of request."),
    413: _marked("What was sent is too large."),
    414: _marked("The address is too long."),
    415: _marked("The body has to be declared as application/json."),
    416: _marked("The file has no such part."),
    429: _marked("Too many requests. Please wait a moment and try again."),
}


def _plain(fact: Any) -> str | list[str]:
    return [str(part) for part in fact] if isinstance(fact, list | tuple) else str(fact)
