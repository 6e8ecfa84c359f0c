"""The command `search`."""

from __future__ import annotations

from typing import Any

import click

from warehouse_hub.cli.filters import filter_options, query_from
from warehouse_hub.cli.surface import answer, dataset_option, json_option, language, opened, refusing
from warehouse_hub.directory.published import published_listings
from warehouse_hub.directory.representation import summary_json
from warehouse_hub.vocabulary.countries import country_label


@click.command("search")
@click.argument("text", default="")
@filter_options
@dataset_option
@click.option("--limit", type=click.IntRange(1, 100), default=20, show_default=True)
@json_option
@refusing
def search_command(*, text: str, dataset: str, limit: int, as_json: bool, **filters: Any) -> None:
    """Search the directory by words and filters."""
    query = query_from(text, dataset=dataset, limit=limit, **filters)
    with opened() as hub:
        result = hub.search.search(query)
        with hub.database.reading() as session:
            found = {
                listing.id: listing
                for listing in published_listings(session, dataset, [item.id for item in result.items])
            }
    items = [
        summary_json(found[item.id], score=item.score, distance_km=item.distance_km)
        for item in result.items
        if item.id in found
    ]
    if as_json:
        answer(
            {
                "total": result.total,
                "took_ms": round(result.took_ms, 3),
                "facets": result.facets,
                "items": items,
                "next_cursor": result.next_cursor,
                "without_coordinates": result.without_coordinates,
            }
        )
        return
    click.echo(f"{result.total} ({result.took_ms:.1f} ms)")
    for item in items:
        away = "" if item["distance_km"] is None else f"  {item['distance_km']:.0f} km"
        name = (item["name_en"] if language() == "en" else item["name_zh"]) or item["name"]
        click.echo(
            f"{item['id']}  {name}  {country_label(item['country'], language())} {item['city'] or ''}{away}"
        )
