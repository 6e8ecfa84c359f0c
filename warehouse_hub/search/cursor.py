"""Where the next page starts: after which listing, and where that listing stood in the order.

The listing itself comes first: scores shift a little with every edit, so a bare score would skip or repeat
neighbours. The stored place serves when the listing has left the results meanwhile.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Cursor:
    """The last listing shown, its sort keys (numbers, or one text for names), and the search it belongs to."""

    search: str
    id: str
    keys: tuple[float | str, ...]

    def written(self) -> str:
        content = json.dumps([self.search, self.id, list(self.keys)], separators=(",", ":"))
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
            case [str() as search, str() as listing_id, [*keys]] if all(
                isinstance(k, int | float | str) for k in keys
            ):
                return cls(search, listing_id, tuple(keys))
        return None
