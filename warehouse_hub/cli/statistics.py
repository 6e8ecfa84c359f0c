"""The command `stats`."""

from __future__ import annotations

import json

import click

from warehouse_hub.cli.surface import answer, dataset_option, json_option, language, opened, refusing
from warehouse_hub.core.clock import Month
from warehouse_hub.monitoring.service import table_to_json, utilisation


@click.command("stats")
@click.argument("month")
@click.option(
    "--by",
    type=click.Choice(["region_set", "country", "record_class", "district"]),
    default="region_set",
    show_default=True,
)
@dataset_option
@json_option
@refusing
def stats_command(*, month: str, by: str, dataset: str, as_json: bool) -> None:
    """Utilisation of public warehouses, with coverage; what would show a single respondent is withheld."""
    with opened() as hub, hub.database.reading() as session:
        table = utilisation(session, Month.parse(month), by=by, dataset=dataset)
    document = table_to_json(table, language())
    if as_json:
        answer(document)
        return
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))
