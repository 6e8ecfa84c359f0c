"""The command `bench`.

The one thing to get wrong: importing the benchmarks here would load them with every other command.
"""

from __future__ import annotations

import sys
from importlib import import_module

import click

from warehouse_hub.cli.surface import answer, json_option, refusing

BENCHES = ("search", "matching", "map", "catalogue", "statistics", "http")


@click.command("bench")
@click.argument("name", type=click.Choice(BENCHES))
@click.option(
    "--rows",
    type=click.IntRange(0, 10_000_000),
    help="Listings to generate; for http beside the bundled ones. Default: a modest number for each.",
)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option(
    "--peers", is_flag=True, help="Accepted for clarity: peers that need no server always take part."
)
@json_option
@refusing
def bench_command(*, name: str, rows: int | None, seed: int, peers: bool, as_json: bool) -> None:  # noqa: ARG001
    """Measure one part on generated listings in a folder of its own; exit 1 when two engines disagree."""
    module = import_module(f"warehouse_hub.operations.bench.{name}_bench")
    document = module.run(module.ROWS if rows is None else rows, seed).to_json()
    if as_json:
        answer(document)
    else:
        for one in document["results"]:
            total = "" if one["total"] is None else one["total"]
            click.echo(
                f"{one['engine']:<14}{one['query']:<34}{one['p50_ms']:>10.3f} ms {one['p95_ms']:>10.3f} ms  {total}"
            )
        told = {
            key: value for key, value in document.items() if key not in ("bench", "results", "disagreements")
        }
        click.echo("  ".join(f"{key} {value}" for key, value in told.items()))
    for line in document["disagreements"]:
        click.echo(line, err=True)
    sys.exit(1 if document["disagreements"] else 0)
