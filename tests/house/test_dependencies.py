"""Every third-party package that the product imports is declared and pinned, and every declared one is used."""

from __future__ import annotations

import ast
import configparser
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
# Used without an import of ours.
BY_NAME = {
    "gunicorn": "started as a process by operations/supervision.py",
    "psycopg": "SQLAlchemy's driver for PostgreSQL",
    "tzdata": "the zone database behind zoneinfo",
}


def declared() -> dict[str, str]:
    config = configparser.ConfigParser()
    config.read(TOP / "setup.cfg", encoding="utf-8")
    lines = [line for line in config["options"]["install_requires"].splitlines() if line.strip()]
    return {re.split(r"[\[=<>]", line)[0].lower(): line for line in lines}


def imported() -> set[str]:
    """The distributions behind every absolute import of the product."""
    modules: set[str] = set()
    for path in (TOP / "warehouse_hub").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                modules.add(node.module.split(".")[0])
    ours = modules - sys.stdlib_module_names - {"warehouse_hub"}
    names = packages_distributions()
    return {names[module][0].lower().replace("_", "-") for module in ours}


def test_what_is_imported_is_declared_and_what_is_declared_is_used():
    assert imported() | BY_NAME.keys() == declared().keys()


def test_every_dependency_is_pinned_to_one_version():
    assert [line for line in declared().values() if "==" not in line] == []
