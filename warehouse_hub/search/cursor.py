"""Where the next page starts: after which listing, and where that listing stood in the order.

The listing itself comes first: scores shift a little with every edit, so a bare score would skip or repeat
neighbours. When it has left the results, one shown before it serves; the stored place only when all of them have.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Cursor:
    """The last listings shown, each as "revision:id" and the very last first, its sort keys (numbers, or a text for
    names), and the search.
    """

    search: str
    ids: tuple[str, ...]
    keys: tuple[float | str, ...]

    def written(self) -> str:
        content = json.dumps([self.search, list(self.ids), list(self.keys)], separators=(",", ":"))
        return base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str) -> Cursor | None:
        """The cursor, or None for a text that is none."""
        try:
            padded = text + "=" * (-len(text) % 4)
            content: Any = json.loads(base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True))
        except (ValueError, binascii.Error, RecursionError):
            return None
        match content:
            case [str() as search, [*ids], [*keys]] if _all_are(ids, str) and _all_are(
                keys, (int, float, str)
            ):
                return cls(search, tuple(ids), tuple(keys))
        return None


def _all_are(values: list[Any], kind: type | tuple[type, ...]) -> bool:
    return all(isinstance(value, kind) for value in values)
