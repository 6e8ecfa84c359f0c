"""The `warehouse-hub` command: a thin skin over the same services as the web."""

from __future__ import annotations

from importlib import import_module

import click

from warehouse_hub import __version__

# Loaded when it is asked for: a search does not wait for typst, nor the worker for the reader of needs.
_COMMANDS = {
    "init": "keeping:init_command",
    "demo": "keeping:demo_command",
    "serve": "serving:serve_command",
    "worker": "working:worker_command",
    "import": "tables:import_command",
    "search": "searching:search_command",
    "rates": "rates:rates",
    "need": "matching:need_command",
    "match": "matching:match_command",
    "stats": "statistics:stats_command",
    "edition": "editions:edition",
    "account": "accounts:account",
    "check": "keeping:check_command",
    "index": "keeping:index",
    "bench": "benching:bench_command",
}


class _Commands(click.Group):
    """A group that imports the module of a command only when that command is called or described."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(f"{__name__}.{module}"), name)
        return command


@click.command(cls=_Commands)
@click.version_option(__version__, prog_name="warehouse-hub")
def main() -> None:
    """Overseas-warehouse directory and matching. 海外仓名录与供需匹配."""
