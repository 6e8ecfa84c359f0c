"""The `warehouse-hub` command: a thin skin over the same services as the web."""

from __future__ import annotations

import click

from warehouse_hub import __version__
from warehouse_hub.cli.asking import match_command, need_command, search_command, stats_command
from warehouse_hub.cli.benching import bench_command
from warehouse_hub.cli.editions import edition
from warehouse_hub.cli.keeping import check_command, demo_command, index, init_command
from warehouse_hub.cli.serving import serve_command, worker_command
from warehouse_hub.cli.tables import import_command


@click.group()
@click.version_option(__version__, prog_name="warehouse-hub")
def main() -> None:
    """Overseas-warehouse directory and matching. 海外仓名录与供需匹配."""


for command in (
    init_command,
    demo_command,
    serve_command,
    worker_command,
    import_command,
    search_command,
    need_command,
    match_command,
    stats_command,
    edition,
    check_command,
    index,
    bench_command,
):
    main.add_command(command)
