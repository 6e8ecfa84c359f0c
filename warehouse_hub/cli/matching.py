"""The commands `need` and `match`."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import click

from warehouse_hub.cli.surface import answer, dataset_option, json_option, language, opened, refusing
from warehouse_hub.core.clock import civil_date, utc_now
from warehouse_hub.core.errors import InvalidInput
from warehouse_hub.directory.published import published_listings
from warehouse_hub.matching.need import Need
from warehouse_hub.matching.need_json import need_from_json
from warehouse_hub.matching.reading import read_needs
from warehouse_hub.matching.service import match
from warehouse_hub.matching.wording import worded

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("need")
@click.argument("text")
@click.option(
    "--today", type=_DAY, help="The date that relative words count from; default: today in Zhengzhou."
)
@json_option
@refusing
def need_command(*, text: str, today: datetime | None, as_json: bool) -> None:
    """Read a need that is written as people write it."""
    reading = read_needs(text, today=_today(today))
    document = {"needs": [need.to_json() for need in reading.needs], "unread": list(reading.unread)}
    answer(document) if as_json else click.echo(json.dumps(document, ensure_ascii=False, indent=2))


@click.command("match")
@click.argument("text", required=False)
@click.option(
    "--need", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A need as JSON."
)
@click.option("--today", type=_DAY)
@dataset_option
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True)
@json_option
@refusing
def match_command(
    *, text: str | None, file: Path | None, today: datetime | None, dataset: str, limit: int, as_json: bool
) -> None:
    """Hold the directory against a need: ranked matches with reasons, facts to confirm, near misses."""
    if (text is None) == (file is None):
        raise click.UsageError("give either TEXT or --need FILE")
    day = _today(today)
    needs = _needs_in(file) if file is not None else read_needs(text or "", today=day).needs
    with opened() as hub, hub.database.reading() as session:
        listings = published_listings(session, dataset)
    results = [match(listings, need, dataset=dataset, today=day, limit=limit) for need in needs]
    document = {"results": [result.to_json() for result in results]}
    if as_json:
        answer(document)
        return
    joint = "; " if language() == "en" else "；"
    names = {listing.id: listing.name(language()) for listing in listings}
    for result in results:
        click.echo(f"{result.total}")
        for item in result.items:
            told = joint.join(
                worded(fact, language(), result.need) for fact in (*item.reasons, *item.to_confirm)
            )
            click.echo(f"{item.score:.3f}  {item.id}  {names[item.id]}  {told}")
        for miss in result.near_misses:
            click.echo(
                f"  -    {miss.id}  {names[miss.id]}  {worded(miss.excluded_by, language(), result.need)}"
            )


def _needs_in(file: Path) -> tuple[Need, ...]:
    try:
        document = json.loads(file.read_text(encoding="utf-8-sig"))
    except ValueError:
        raise InvalidInput("need.not_json", file=file.name) from None
    return tuple(need_from_json(one) for one in (document if isinstance(document, list) else [document]))


def _today(given: datetime | None) -> date:
    return given.date() if given else civil_date(utc_now())
