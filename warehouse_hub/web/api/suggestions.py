"""What a text in the search field may become: asked at every key, so it answers little and quickly."""

from __future__ import annotations

from dataclasses import asdict

from flask import Response, request

from warehouse_hub.core.errors import InvalidInput
from warehouse_hub.search.parameters import ParameterReader
from warehouse_hub.web.api.blueprint import blueprint, document
from warehouse_hub.web.engine import completions
from warehouse_hub.web.locale import dataset


@blueprint.get("/suggestions")
@blueprint.doc(
    summary="Complete what is being typed",
    responses={304: "Not modified", 422: "A parameter cannot be read; `errors` names it"},
)
def suggestions() -> Response:
    """What `q` may become, the likeliest first: the whole `text`, the `word` that ends it, and its `kind`, which is
    that of a filter or "word". None for an empty text.
    """
    reader = ParameterReader(request.args)
    text = reader.text("q")
    reader.refuse_other_names(("q", "dataset", "lang"))
    dataset()
    if reader.problems:
        raise InvalidInput("search.invalid", reader.problems)
    found = completions(text) if text else []
    return document({"suggestions": [asdict(each) for each in found]})
