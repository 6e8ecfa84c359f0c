"""A directory of several hundred warehouses, made once, with an index on disk beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from builders import noon
from search.fleet import publish_fleet

from warehouse_hub.core.database import Database
from warehouse_hub.core.migration import migrate
from warehouse_hub.directory.published import PublishedListing, published_listings
from warehouse_hub.search.engine import SearchEngine
from warehouse_hub.search.freshness.follower import IndexFollower


@dataclass(frozen=True)
class Fleet:
    database: Database
    index_dir: Path
    engine: SearchEngine
    listings: list[PublishedListing]


@pytest.fixture(scope="session")
def fleet(tmp_path_factory):
    """600 real and 150 demonstration listings; two thirds in the index on disk, the rest newer than it."""
    folder = tmp_path_factory.mktemp("fleet")
    database = Database(f"sqlite:///{folder / 'hub.sqlite'}")
    migrate(database)
    publish_fleet(database, 400)
    publish_fleet(database, 150, seed=2, dataset="demo", prefix="DEMO-DE-")
    IndexFollower(database, folder / "index").catch_up()
    publish_fleet(database, 200, seed=3, prefix="N")
    with database.reading() as session:
        listings = published_listings(session)
    yield Fleet(database, folder / "index", SearchEngine(database, folder / "index", clock=noon), listings)
    database.dispose()


@pytest.fixture
def index_dir(tmp_path) -> Path:
    return tmp_path / "index"
