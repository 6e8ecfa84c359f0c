"""The search filters as options: the API's parameter names with hyphens, read by the API's own parser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from warehouse_hub.search.query import SORTS, SearchQuery

_REPEATED = ("country", "region_set", "service", "service_any", "goods", "platform", "record_class")
_SINGLE = {
    "min_available_m2": "Offered area in m², at least.",
    "near": "LAT,LON to measure from.",
    "within_km": "Radius around --near.",
    "bbox": "WEST,SOUTH,EAST,NORTH.",
}


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command every filter; a repeated --service asks for all of them."""
    for name, text in reversed(_SINGLE.items()):
        command = click.option(f"--{name.replace('_', '-')}", name, help=text)(command)
    for name in reversed(_REPEATED):
        command = click.option(f"--{name.replace('_', '-')}", name, multiple=True, metavar="CODE")(command)
    return click.option("--sort", type=click.Choice(SORTS))(command)


def query_from(text: str, *, dataset: str, limit: int | None = None, **options: Any) -> SearchQuery:
    """The search that the options state. Raises InvalidInput("search.invalid") as the API does."""
    params = {name: list(value) if isinstance(value, tuple) else value for name, value in options.items()}
    return SearchQuery.from_params({"q": text, "dataset": dataset, "limit": limit, **params})
