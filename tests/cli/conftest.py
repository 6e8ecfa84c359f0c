"""One installation with the bundled data for the commands; each test runs the command in this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from warehouse_hub.cli import main


@pytest.fixture(scope="session")
def installed(tmp_path_factory) -> Path:
    """The data folder of an installation with both datasets and the demonstration accounts."""
    data = tmp_path_factory.mktemp("cli") / "var"
    for words in (["init"], ["demo"]):
        done = CliRunner(env={"WAREHOUSE_HUB_DATA": str(data)}).invoke(main, words, catch_exceptions=False)
        assert done.exit_code == 0, done.output
    return data


@pytest.fixture
def hub(installed) -> Callable[..., Result]:
    """Run a command: `hub("search", "Hamburg")`."""

    def run(*words: str, lang: str = "en_GB.UTF-8") -> Result:
        environ = {"WAREHOUSE_HUB_DATA": str(installed), "LANG": lang, "LC_ALL": "", "LC_MESSAGES": ""}
        return CliRunner(env=environ).invoke(main, list(words), catch_exceptions=False)

    return run


@pytest.fixture
def hub_json(hub) -> Callable[..., dict]:
    """Run a command with --json and read its one document."""

    def run(*words: str) -> dict:
        done = hub(*words, "--json")
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    return run
