"""One served installation with the bundled data, shared by the journeys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from serving import Site, served


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[Site]:
    """The site as `./scripts/serve` starts it, in demonstration mode, on an empty data folder."""
    with served(tmp_path_factory.mktemp("site") / "var") as running:
        yield running
