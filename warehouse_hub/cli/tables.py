"""The command `import`: tables of warehouses or of monthly reports, all or nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from warehouse_hub.cli.surface import (
    acting,
    answer,
    as_option,
    dataset_option,
    json_option,
    language,
    opened,
    problem_line,
    refusing,
)
from warehouse_hub.core.errors import Problem
from warehouse_hub.directory.importing import ImportReport, import_listings
from warehouse_hub.directory.spreadsheet.reading import read_table
from warehouse_hub.monitoring.service import import_reports, report_headers
from warehouse_hub.vocabulary.refusals import refusal_text


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--kind", type=click.Choice(["warehouses", "reports"]), default="warehouses", show_default=True)
@click.option("--dry-run", is_flag=True, help="Say what would happen, load nothing.")
@click.option("--skip-bad-rows", is_flag=True, help="Load the rows without a problem and list the others.")
@as_option
@dataset_option
@json_option
@refusing
def import_command(
    *, file: Path, kind: str, dry_run: bool, skip_bad_rows: bool, email: str, dataset: str, as_json: bool
) -> None:
    """Load FILE (xlsx, xls, csv, json, geojson). Any problem: exit 1 and nothing loaded. Repeating changes nothing."""
    load, words = (import_reports, report_headers()) if kind == "reports" else (import_listings, None)
    table = read_table(file, words)
    with opened() as hub, hub.database.unit_of_work(hub.clock) as uow:
        actor = acting(uow.session, email)
        report = load(uow, table, dataset=dataset, actor=actor, dry_run=dry_run, skip_bad_rows=skip_bad_rows)
    if as_json:
        answer(document_of(report))
    else:
        print_report(report, dry_run=dry_run, skip_bad_rows=skip_bad_rows)
    sys.exit(1 if report.problems and not skip_bad_rows else 0)


def document_of(report: ImportReport) -> dict[str, Any]:
    """What an import did, as one JSON document."""
    return {
        "rows": report.rows,
        "created": report.created,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "problems": _listed(report.problems),
        "warnings": _listed(report.warnings),
    }


def _listed(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    return [
        {
            "row": problem.row,
            "column": problem.column,
            "code": problem.code,
            "message": problem_line(None, None, problem.code, problem.facts).strip(),
        }
        for problem in problems
    ]


def print_report(report: ImportReport, *, dry_run: bool = False, skip_bad_rows: bool = False) -> None:
    """Print what an import did: counts on stdout, every problem on stderr with its row and column."""
    counts = {name: getattr(report, name) for name in ("rows", "created", "changed", "unchanged")}
    click.echo(refusal_text("import.counted", counts, language()))
    for code, problems in (("import.problems", report.problems), ("import.warnings", report.warnings)):
        if problems:
            click.echo(refusal_text(code, {}, language()), err=True)
        for problem in problems:
            click.echo(problem_line(problem.row, problem.column, problem.code, problem.facts), err=True)
    if report.problems and not skip_bad_rows:
        click.echo(refusal_text("import.nothing_loaded", {}, language()), err=True)
    elif dry_run:
        click.echo(refusal_text("import.dry_run", {}, language()), err=True)
