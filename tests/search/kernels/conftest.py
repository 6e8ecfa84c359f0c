"""Kernels are compiled before the clock of any test runs."""

from __future__ import annotations

import pytest

from warehouse_hub.search.kernels.warm import warm


@pytest.fixture(scope="session", autouse=True)
def _warm():
    warm()
