"""Processes that are started once, as their imports take longer than what they are asked."""

from __future__ import annotations

import random

import pytest
from search.agreement.asked_process import Opened
from search.agreement.editor import Editor
from search.agreement.invented import invented_query
from search.agreement.processes import started

from warehouse_hub.core.database import Database
from warehouse_hub.core.migration import migrate
from warehouse_hub.search.freshness.follower import IndexFollower


@pytest.fixture(scope="session")
def compiled(tmp_path_factory) -> None:
    """Every kernel compiled by this process first: several that begin together would each compile them all."""
    folder = tmp_path_factory.mktemp("compiled")
    database, rng = Database(f"sqlite:///{folder / 'hub.sqlite'}"), random.Random(0)
    migrate(database)
    editor, follower = Editor(database, rng), IndexFollower(database, folder / "index")
    opened = Opened(database.url, folder / "index")
    for fold in (follower.rebuild, follower.catch_up):
        editor.enter(20)
        fold()
        editor.reword()
        for _ in range(20):
            opened.answer(invented_query(rng, []).to_params(), zoom=rng.randrange(19))
    database.dispose()


@pytest.fixture(scope="session")
def processes(compiled):
    with started() as running:
        yield running
