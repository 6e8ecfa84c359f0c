"""Another process that searches: reads the parameters of one search a line, answers with the ids."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from warehouse_hub.core.database import Database
from warehouse_hub.search.engine import SearchEngine
from warehouse_hub.search.query import SearchQuery


def main(database_url: str, index_dir: str) -> None:
    engine = SearchEngine(Database(database_url), Path(index_dir))
    for line in sys.stdin:
        found = engine.match_ids(SearchQuery.from_params(json.loads(line)))
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
