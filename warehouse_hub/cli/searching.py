"""The command `search`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import click

from warehouse_hub.cli.filters import filter_options, query_from
from warehouse_hub.cli.surface import answer, dataset_option, json_option, language, opened, refusing
from warehouse_hub.directory.published import published_listings
from warehouse_hub.directory.representation import summary_json
from warehouse_hub.search.engine import SearchResult
from warehouse_hub.search.language.suggesting import Suggestion
from warehouse_hub.search.language.understood import Piece, Understood
from warehouse_hub.search.representation import LITTLE, suggestion_json, understood_json
from warehouse_hub.vocabulary.countries import country_label
from warehouse_hub.vocabulary.text import format_price, translate


@click.command("search")
@click.argument("text", default="")
@filter_options
@click.option("--explain", is_flag=True, help="Tell how each score comes about.")
@dataset_option
@click.option("--limit", type=click.IntRange(1, 100), default=20, show_default=True)
@json_option
@refusing
def search_command(
    *, text: str, explain: bool, dataset: str, limit: int, as_json: bool, **filters: Any
) -> None:
    """Search the directory by words and filters; TEXT is read as the search field reads it.

    A text that begins with a minus stands behind two: search --dataset demo -- "-hazmat".
    """
    query = query_from(text, dataset=dataset, limit=limit, **filters)
    with opened() as hub:
        result = hub.search.search(query)
        ids = [item.id for item in result.items]
        meant = hub.search.did_you_mean(query) if text and result.total <= LITTLE else None
        explained = hub.search.explain(query, ids) if explain else {}
        with hub.database.reading() as session:
            found = {listing.id: listing for listing in published_listings(session, dataset, ids)}
    items = [
        summary_json(found[item.id], score=item.score, distance_km=item.distance_km, rates=result.rates)
        | ({"explanation": explained[item.id].to_json()} if item.id in explained else {})
        for item in result.items
        if item.id in found
    ]
    if as_json:
        answer(_document(result, meant, items))
        return
    click.echo(f"{result.total} ({result.took_ms:.1f} ms)")
    for line in (*_understood(result.understood), *_meant(meant), *map(_line, items)):
        click.echo(line)


def _document(result: SearchResult, meant: Suggestion | None, items: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "total": result.total,
        "took_ms": round(result.took_ms, 3),
        "understood": understood_json(result.understood),
        "did_you_mean": suggestion_json(meant),
        "facets": result.facets,
        "items": items,
        "next_cursor": result.next_cursor,
        "without_coordinates": result.without_coordinates,
    }


def _understood(understood: Understood) -> Iterator[str]:
    read = [_told(piece) for piece in understood.pieces if piece.kind != "unread"]
    if read:
        joint = "; " if language() == "en" else "；"
        yield f"{translate(language())('Understood as')}: {joint.join(read)}"
    for text in understood.unread:
        yield translate(language())("Not understood: “%(text)s”") % {"text": text}


def _told(piece: Piece) -> str:
    label = piece.label_en if language() == "en" else piece.label_zh
    meant = label if piece.is_filter else f'"{piece.text.lstrip("-－").strip(chr(34))}"'
    return translate(language())("not %(what)s") % {"what": meant} if piece.excluded else meant


def _meant(suggestion: Suggestion | None) -> Iterator[str]:
    if suggestion is not None:
        yield f"{translate(language())('Did you mean')} {suggestion.text}"


def _line(item: Mapping[str, Any]) -> str:
    away = "" if item["distance_km"] is None else f"  {item['distance_km']:.0f} km"
    name = (item["name_en"] if language() == "en" else item["name_zh"]) or item["name"]
    place = f"{country_label(item['country'], language())} {item['city'] or ''}"
    return f"{item['id']}  {name}  {place}{away}{_price(item)}{_why(item.get('explanation'))}"


def _price(item: Mapping[str, Any]) -> str:
    """What storing costs, with the yuan that it comes to and the rate where it was converted."""
    if item["storage_price"] is None:
        return ""
    unit, rate = item["storage_price_unit"], item["storage_price_rate"]
    stated = _money(item["storage_price"], item["storage_price_currency"], unit)
    if rate is None:
        return f"  {stated}"
    converted = _money(item["storage_price_cny"], "CNY", unit)
    return f"  {stated} = {converted} ({rate['cny_for_one']}, {rate['valid_from']})"


def _money(amount: float, currency: str, unit: str) -> str:
    return format_price(language(), Decimal(str(amount)), currency, unit)


def _why(explanation: Mapping[str, Any] | None) -> str:
    """The parts of a score on a line of its own."""
    if explanation is None:
        return ""
    one = explanation["points_of_one"]
    parts = [
        f"{'+'.join(token['token'] for token in word['tokens'])} {word['points'] / one:.3f}"
        for word in explanation["words"]
    ]
    parts += [f"{name} {explanation[name]['points'] / one:.3f}" for name in ("evidence", "freshness")]
    return f"\n    {explanation['points'] / one:.3f} = {' + '.join(parts)}"
