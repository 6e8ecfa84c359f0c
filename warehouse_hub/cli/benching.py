"""The command `bench`.

The one thing to get wrong: importing the benchmarks here would load them with every other command.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from warehouse_hub.cli.surface import answer, json_option, refusing

BENCHES = ("search", "matching", "map", "catalogue", "statistics", "http")
PEERS = ("tantivy", "sqlite_fts5", "postgresql", "whoosh")
_WITH_KEPT_SAMPLE = ("search", "map")


@click.command("bench")
@click.argument("name", type=click.Choice(BENCHES))
@click.option(
    "--rows",
    type=click.IntRange(0, 10_000_000),
    help="Listings to generate; for http beside the bundled ones. Default: a modest number for each.",
)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--peers", is_flag=True, help="For search: compare with every peer that can be had here.")
@click.option(
    "--peer", "only", type=click.Choice(PEERS), multiple=True, help="For search: with this peer alone."
)
@click.option(
    "--repeats", type=click.IntRange(3, 1000), help="For search: calls of which the median is told."
)
@click.option(
    "--keep",
    type=click.Path(file_okay=False, path_type=Path),
    help="For search and map: a folder in which the generated listings stay for the next run.",
)
@click.option(
    "--write",
    type=click.Path(exists=True, dir_okay=False, writable=True, path_type=Path),
    help="A page whose measured part gets the figures, unless two engines disagree.",
)
@json_option
@refusing
def bench_command(
    *,
    name: str,
    rows: int | None,
    seed: int,
    peers: bool,
    only: tuple[str, ...],
    repeats: int | None,
    keep: Path | None,
    write: Path | None,
    as_json: bool,
) -> None:
    """Measure one part on generated listings in a folder of its own; exit 1 when two engines disagree.

    PostgreSQL is started privately from the system's programs, or taken where WAREHOUSE_HUB_BENCH_POSTGRES names one.
    """
    module = import_module(f"warehouse_hub.operations.bench.{name}_bench")
    more: dict[str, Any] = {}
    if name == "search":
        more = {"peers": only or peers} | ({} if repeats is None else {"repeats": repeats})
    elif only or repeats is not None:
        raise click.UsageError(f"bench {name} takes neither --peer nor --repeats")
    if keep is not None:
        if name not in _WITH_KEPT_SAMPLE:
            raise click.UsageError(f"bench {name} keeps no sample")
        more["keep"] = keep
    document = module.run(module.ROWS if rows is None else rows, seed, **more).to_json()
    if as_json:
        answer(document)
    else:
        for line in import_module("warehouse_hub.operations.bench.table").lines_of(document):
            click.echo(line)
    for line in document["disagreements"]:
        click.echo(line, err=True)
    if write is not None and not document["disagreements"]:
        import_module("warehouse_hub.operations.bench.page").write(write, [document])
    sys.exit(1 if document["disagreements"] else 0)
