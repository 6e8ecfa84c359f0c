"""The readable page of the API, written from the same description that programs read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from apiflask import APIFlask
from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from warehouse_hub.web.api.blueprint import blueprint


@dataclass(frozen=True)
class Operation:
    """One operation as its description states it."""

    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[dict[str, Any], ...]
    responses: tuple[tuple[str, str], ...]

    @property
    def anchor(self) -> str:
        return f"{self.method}{self.path}".replace("/", "-").replace("{", "").replace("}", "").lower()


def operations() -> list[Operation]:
    """Every operation of the API in the order of its addresses."""
    described = cast(dict[str, Any], cast(APIFlask, current_app).spec)
    return [
        Operation(
            method=method.upper(),
            path=path,
            summary=stated.get("summary", ""),
            description=stated.get("description", ""),
            parameters=tuple(stated.get("parameters", ())),
            responses=tuple(
                (code, told.get("description", "")) for code, told in stated["responses"].items()
            ),
        )
        for path, methods in sorted(described["paths"].items())
        for method, stated in methods.items()
        if method in {"get", "post", "put", "patch", "delete"}
    ]


@blueprint.get("/docs")
@blueprint.doc(hide=True)
def docs() -> ResponseReturnValue:
    """What can be asked, with which parameters, and every status that can come back."""
    return render_template("api/docs.html", operations=operations())
