"""The commands about exchange rates: import, list."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from warehouse_hub.cli.surface import (
    acting,
    answer,
    as_option,
    dataset_option,
    json_option,
    language,
    opened,
    refusing,
)
from warehouse_hub.cli.tables import document_of, print_report
from warehouse_hub.core.clock import civil_date
from warehouse_hub.directory.exchange_rates import import_rates, rates_kept, rates_on
from warehouse_hub.directory.spreadsheet.rate_row import rate_headers
from warehouse_hub.directory.spreadsheet.reading import read_table
from warehouse_hub.vocabulary.refusals import refusal_text


@click.group("rates")
def rates() -> None:
    """The exchange rates that prices are compared by; none are shipped or fetched."""


@rates.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@as_option
@dataset_option
@json_option
@refusing
def import_command(*, file: Path, email: str, dataset: str, as_json: bool) -> None:
    """Keep the rates of FILE (csv, xlsx): currency, valid_from, cny_for_one, source.

    Any problem: exit 1 and nothing kept. A rate of the same currency and day is replaced.
    """
    table = read_table(file, rate_headers())
    with opened() as hub, hub.database.unit_of_work(hub.clock) as uow:
        report = import_rates(uow, table, dataset=dataset, actor=acting(uow.session, email))
    if as_json:
        answer(document_of(report))
    else:
        print_report(report)
        click.echo(refusal_text("import.into", {"dataset": dataset}, language()))
    sys.exit(1 if report.problems else 0)


@rates.command("list")
@dataset_option
@json_option
@refusing
def list_command(*, dataset: str, as_json: bool) -> None:
    """Every rate that is kept, with those in force today marked by *."""
    with opened() as hub, hub.database.reading() as session:
        kept = rates_kept(session, dataset)
        now = set(rates_on(session, dataset, civil_date(hub.clock())).by_currency.values())
    if as_json:
        answer(
            [
                {
                    "currency": rate.currency,
                    "valid_from": rate.valid_from.isoformat(),
                    "cny_for_one": str(rate.cny_for_one),
                    "source": rate.source,
                    "in_force": rate in now,
                }
                for rate in kept
            ]
        )
        return
    if not kept:
        click.echo(refusal_text("rate.none_kept", {"dataset": dataset}, language()))
    for rate in kept:
        mark = "*" if rate in now else " "
        click.echo(f"{mark} {rate.currency}  {rate.valid_from}  {rate.cny_for_one}  {rate.source}")
