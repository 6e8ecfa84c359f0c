"""A directory with two warehouses in print, and a folder for editions."""

from __future__ import annotations

import pytest
from builders import hamburg_bonded, perris_dropship, publish


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "editions"


@pytest.fixture
def listed(database):
    """Two warehouses in print."""
    publish(database, "W-HAM", hamburg_bonded())
    publish(database, "W-PER", perris_dropship())
    return database
