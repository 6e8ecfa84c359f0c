"""Rules decide over values: no database, no web, no clock, no files, no network."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

import warehouse_hub

PACKAGE = Path(warehouse_hub.__file__).parent
RULES = sorted({*PACKAGE.rglob("rules.py"), *PACKAGE.rglob("rules/**/*.py")})
IMPURE_STANDARD = {
    "asyncio",
    "http",
    "os",
    "pathlib",
    "random",
    "shutil",
    "socket",
    "sqlite3",
    "subprocess",
    "time",
}
OUR_VALUES = (
    "warehouse_hub.core.errors",
    "warehouse_hub.core.clock",
    "warehouse_hub.vocabulary",
    "warehouse_hub.places.distance",
)


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def is_pure(name: str, path: Path) -> bool:
    top = name.split(".", maxsplit=1)[0]
    if top == "warehouse_hub":
        return name.startswith(OUR_VALUES) or ".rules" in name or name.rsplit(".", 1)[0] in values_of(path)
    return top == "numpy" or (top in sys.stdlib_module_names and top not in IMPURE_STANDARD)


def values_of(path: Path) -> set[str]:
    """Packages whose modules a subject's rules may share: the subject's own."""
    parts = path.relative_to(PACKAGE).parts
    return {f"warehouse_hub.{parts[0]}"}


@pytest.mark.parametrize("path", RULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_rules_module_imports_only_values(path):
    impure = {name for name in imported(path) if not is_pure(name, path)}
    assert not impure


def test_there_are_rules_to_hold():
    assert len(RULES) > 5
