"""The parts that every process is made of, wired once: the web, the worker and each command open the same ones."""

from __future__ import annotations

from dataclasses import dataclass, field

from warehouse_hub.core.clock import Clock, utc_now
from warehouse_hub.core.database import Database
from warehouse_hub.core.errors import RuleViolation
from warehouse_hub.core.migration import is_current
from warehouse_hub.directory.in_print import InPrint
from warehouse_hub.search.engine import SearchEngine
from warehouse_hub.settings import Settings


@dataclass(frozen=True)
class Hub:
    """An opened installation."""

    settings: Settings
    database: Database
    search: SearchEngine
    clock: Clock = utc_now
    in_print: InPrint = field(default_factory=InPrint)


def open_hub(settings: Settings) -> Hub:
    """Open an installation whose database has the newest schema; reads nothing else and leaves no connection open.

    So a process may open it and then fork. Raises RuleViolation("database.missing") where there is none, which makes
    nothing, and RuleViolation("database.not_migrated") where `warehouse-hub init` has to run first.
    """
    database = Database(settings.database_url)
    if database.file is not None and not database.file.exists():
        raise RuleViolation("database.missing", folder=str(database.file.parent))
    current = is_current(database)
    database.dispose()
    if not current:
        raise RuleViolation("database.not_migrated")
    return Hub(settings, database, SearchEngine(database, settings.index_dir))
