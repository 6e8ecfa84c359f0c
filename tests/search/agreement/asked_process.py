"""A process that searches and draws the map, until its pipe closes."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from builders import noon
from search.agreement.comparing import Said

from warehouse_hub.app import create_app
from warehouse_hub.core.database import Database
from warehouse_hub.operations.parts import Hub
from warehouse_hub.search.engine import SearchEngine
from warehouse_hub.search.query import SearchQuery
from warehouse_hub.settings import Settings


def search(asked: Connection) -> None:
    """Answer (database, folder, parameters, zoom of the map or None) with what is said, one after another."""
    opened: dict[str, Opened] = {}
    with contextlib.suppress(EOFError):
        while True:
            database_url, index_dir, params, zoom = asked.recv()
            if database_url not in opened:
                opened = {database_url: Opened(database_url, index_dir)}
            asked.send(opened[database_url].answer(params, zoom))


class Opened:
    """An engine on one database with its web pages."""

    def __init__(self, database_url: str, index_dir: str | Path) -> None:
        data_dir = Path(index_dir).parent
        settings = Settings.from_environment(
            {"WAREHOUSE_HUB_DATA": str(data_dir), "WAREHOUSE_HUB_DATABASE_URL": database_url}
        )
        database = Database(database_url)
        self.engine = SearchEngine(database, Path(index_dir), clock=noon)
        self.web = create_app(settings, hub=Hub(settings, database, self.engine, noon)).test_client()

    def answer(self, params: dict[str, list[str]], zoom: int | None) -> Said:
        said = Said.by(self.engine, SearchQuery.from_params(params))
        if zoom is None:
            return said
        page = self.web.get("/api/v1/map", query_string={**params, "zoom": zoom})
        assert page.status_code == 200, page.text
        return replace(said, map=page.json)
