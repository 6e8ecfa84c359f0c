"""The search filters as options: the API's parameter names with hyphens, read by the API's own parser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from warehouse_hub.search.query import SORTS, SearchQuery
from warehouse_hub.vocabulary.codes import PRICE_UNITS

# Those with their own word for a value, then all that take codes.
_REPEATED = {
    "near": ("LAT,LON", "To measure from; repeated: the nearest counts."),
    "city": ("CITY", "US/los angeles, or a bare name in any country."),
    **dict.fromkeys(
        (
            *("country", "region_set", "service", "service_any", "goods", "platform", "record_class"),
            *("grade", "area_band"),
            *(
                "not_country",
                "not_region_set",
                "not_service",
                "not_goods",
                "not_platform",
                "not_record_class",
            ),
        ),
        ("CODE", None),
    ),
}
_SINGLE = {
    "min_available_m2": "Offered area in m², at least.",
    "max_available_m2": "Offered area in m², at most.",
    "within_km": "Radius around --near.",
    "port_within_km": "At most so far from a major port.",
    "bbox": "WEST,SOUTH,EAST,NORTH.",
    "polygon": "LAT,LON;LAT,LON;... corners.",
    "located": "1: only with coordinates, 0: only without.",
}


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command every filter; a repeated --service asks for all of them, any other for any of them."""
    for name, text in reversed(_SINGLE.items()):
        command = click.option(f"--{name.replace('_', '-')}", name, help=text)(command)
    for name, (value, told) in reversed(_REPEATED.items()):
        option = click.option(f"--{name.replace('_', '-')}", name, multiple=True, metavar=value, help=told)
        command = option(command)
    command = click.option("--literal", is_flag=True, help="Nothing in the text is a filter.")(command)
    command = click.option(
        "--price-unit",
        type=click.Choice(PRICE_UNITS.codes),
        help="What --sort price compares; m3_day by default.",
    )(command)
    return click.option("--sort", type=click.Choice(SORTS))(command)


def query_from(text: str, *, dataset: str, limit: int | None = None, **options: Any) -> SearchQuery:
    """The search that the options state. Raises InvalidInput("search.invalid") as the API does."""
    params = {name: list(value) if isinstance(value, tuple) else value for name, value in options.items()}
    params["literal"] = "1" if options.get("literal") else None
    return SearchQuery.from_params({"q": text, "dataset": dataset, "limit": limit, **params})
