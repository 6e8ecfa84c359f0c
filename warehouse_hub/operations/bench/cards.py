"""The rows behind one page of results, read from the directory by one function for every engine.

The one thing to get wrong: an engine that is spared this looks quicker than any search is for a person. One statement
below the ORM, so that it weighs little and the same for all.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

_STATEMENT: Final = """
SELECT l.warehouse_id, r.name_zh, r.name_en, o.name_zh, o.name_en, r.country, r.city, r.city_zh, r.latitude,
    r.longitude, r.record_class, r.stage, r.services, r.goods, r.grade, r.grade_date
FROM listing l
JOIN revision r ON r.id = l.published_revision_id
JOIN warehouse w ON w.id = l.warehouse_id
LEFT JOIN operator o ON o.id = w.operator_id
WHERE l.warehouse_id IN ({marks})
"""


class Cards:
    """One connection to the SQLite file of a directory, for one thread."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(
            f"{file.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None
        )

    def read(self, ids: Sequence[str]) -> list[tuple[Any, ...]]:
        """What the cards of those listings show, in the order of `ids`."""
        if not ids:
            return []
        rows = self._connection.execute(_STATEMENT.format(marks=", ".join("?" * len(ids))), ids)
        by_id = {row[0]: row for row in rows}
        return [by_id[listing] for listing in ids]

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
