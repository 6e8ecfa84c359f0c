"""Our own engine as the benchmark asks it: built anew from a directory, and asked as a page would ask.

The one place that knows how the engine is called.
"""

from __future__ import annotations

from collections import Counter
from itertools import tee
from pathlib import Path

from warehouse_hub.core.database import Database
from warehouse_hub.operations.bench.answer import once
from warehouse_hub.operations.bench.installation import DATASET, standing_still
from warehouse_hub.operations.bench.peer_rows import read_rows
from warehouse_hub.operations.bench.question import FACETS, Box, Found
from warehouse_hub.operations.bench.search_queries import Asked
from warehouse_hub.search.engine import SearchEngine
from warehouse_hub.search.freshness.follower import IndexFollower
from warehouse_hub.search.geography.shapes import Box as MapBox
from warehouse_hub.search.mapping import map_features
from warehouse_hub.search.query import SearchQuery
from warehouse_hub.search.warming import warm
from warehouse_hub.search.whoosh_text.engine import WhooshText


def build_index(database: Database, index_dir: Path) -> None:
    """Write the index of everything in print."""
    IndexFollower(database, index_dir).rebuild()


def load_text(rows: Path, folder: Path, most: int) -> float:
    """The seconds that our bulk loader takes for the tokens of the first `most` rows of a file."""
    folder.mkdir()
    first, second = tee(read_rows(rows, most))
    # As they come, and an impact has eight bits.
    texts = (
        {token: min(times, 255) for token, times in Counter(row.tokens.split()).items()} for row in second
    )
    _, seconds = once(lambda: WhooshText().write(folder, "MAIN_bench", (row.id for row in first), texts))
    return seconds


class HubEngine:
    """One process's engine over an index that stands; safe for its threads."""

    def __init__(self, database: Database, index_dir: Path) -> None:
        # As every web process does before its first search.
        warm()
        self._engine = SearchEngine(database, index_dir, clock=standing_still)

    def search(self, asked: Asked) -> Found:
        """Total, facets and the ids of one page."""
        result = self._engine.search(asked.query, facets=FACETS, skip=asked.offset)
        return Found(result.total, result.facets, tuple(item.id for item in result.items))

    def map(self, box: Box | None, zoom: int) -> tuple[int, int]:
        """How many listings are drawn in a box of the map (the world without one), and by how many features."""
        query = SearchQuery(dataset=DATASET, bbox=None if box is None else MapBox(*box))
        drawn = map_features(self._engine, query, zoom)
        return sum(feature.count for feature in drawn.features), len(drawn.features)

    def finds(self, words: str) -> int:
        """How many listings a text finds now, everything committed by now included."""
        query = SearchQuery(q=words, literal=True, dataset=DATASET, limit=1)
        return self._engine.search(query, facets=()).total
