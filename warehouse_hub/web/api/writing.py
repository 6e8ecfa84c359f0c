"""How every write of the API answers: against a version, once for each key, with the new version as its ETag.

The one thing to get wrong: what `Idempotency-Key` promises holds only if the answer commits together with the deed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from flask import Response, request
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import PreconditionFailed, PreconditionRequired

from warehouse_hub.accounts.repeated_requests import answer_before, keep_answer
from warehouse_hub.core.errors import Conflict
from warehouse_hub.core.unit_of_work import UnitOfWork
from warehouse_hub.web.api.blueprint import JSON, written
from warehouse_hub.web.context import actor, writing

_VERSION = re.compile(r'(?:W/)?"(\d{1,12})"')


@dataclass(frozen=True)
class Answer:
    """What a write answers: a JSON body, a status, the version that now stands, and where what was made is found."""

    body: Any
    status: int = 200
    version: int | None = None
    location: str | None = None


def if_match() -> int:
    """The version that the asker saw, from If-Match: "7".

    Answers 428 without the header, and 412 when it names no version of ours.
    """
    told = request.headers.get("If-Match")
    if told is None:
        raise PreconditionRequired
    found = _VERSION.fullmatch(told.strip())
    if found is None:
        raise PreconditionFailed
    return int(found[1])


def answered_once(deed: Callable[[UnitOfWork], Answer]) -> Response:
    """Do the deed in one unit of work and answer; the same Idempotency-Key again gets the same answer, and no deed.

    Whoever uses it asks `actor().must(...)` in the deed. A Conflict over versions ("….changed_meanwhile") is a 412.
    """
    key = request.headers.get("Idempotency-Key")
    try:
        answer = _done(deed, key)
    except IntegrityError:
        if key is None:
            raise
        # The same key a moment earlier, in another process: its answer stands now.
        answer = _done(deed, key)
    except Conflict as conflict:
        if conflict.code.endswith(".changed_meanwhile"):
            raise PreconditionFailed from None
        raise
    return _response(answer)


def _done(deed: Callable[[UnitOfWork], Answer], key: str | None) -> Answer:
    who = actor()
    with writing() as uow:
        if key is None or who.id is None:
            return deed(uow)
        before = answer_before(uow, who, key, _asked())
        if before is not None:
            return Answer(**before)
        answer = deed(uow)
        keep_answer(uow, who, key, asdict(answer))
        return answer


def _asked() -> str:
    told = (request.method, request.full_path, request.headers.get("If-Match", ""), request.get_data())
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _response(answer: Answer) -> Response:
    response = Response(written(answer.body), status=answer.status, mimetype=JSON)
    response.headers["Cache-Control"] = "no-store"
    if answer.version is not None:
        response.set_etag(str(answer.version))
    if answer.location is not None:
        response.headers["Location"] = answer.location
    return response
