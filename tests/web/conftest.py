"""The small site of tests/web_site.py: filled once, a copy of its own for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from web_site import Site, make_site


@pytest.fixture(scope="session")
def filled_folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("filled") / "data"
    make_site(folder).database.dispose()
    return folder


@pytest.fixture
def site(tmp_path, filled_folder) -> Iterator[Site]:
    folder = tmp_path / "data"
    shutil.copytree(filled_folder, folder)
    made = make_site(folder)
    yield made
    made.database.dispose()


@pytest.fixture
def client(site) -> FlaskClient:
    return site.client()
