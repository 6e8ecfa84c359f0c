"""setup.cfg lists every package and ships every folder that the product reads."""

from __future__ import annotations

import configparser
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]


def listed() -> set[str]:
    config = configparser.ConfigParser()
    config.read(TOP / "setup.cfg", encoding="utf-8")
    return set(config["options"]["packages"].split())


def test_every_package_of_the_tree_is_listed_and_no_other():
    folders = {path.parent for path in (TOP / "warehouse_hub").rglob("*.py")}
    standing = {".".join(folder.relative_to(TOP).parts) for folder in folders}
    shipped = {"warehouse_hub.templates", "warehouse_hub.static", "warehouse_hub.migrations"}
    assert listed() == standing | shipped
