"""Where the next page starts: after which place in the order, and by what scale the order was made.

A place is a sort key and the key of the listing that stood there, so it stays where it is when that listing leaves.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
from dataclasses import dataclass
from typing import Any, Final

_LARGEST_COUNT: Final = 2**32
_LARGEST_TIE: Final = 2**64 - 1
# The first and the last moment of a cursor: the years 1970 to 2999, all of which have a civil date.
_MOMENTS: Final = (0, 32_503_600_000)


@dataclass(frozen=True)
class Cursor:
    """The search it belongs to, the last place shown (its key is a text where names are the order), and the scale:
    the moment of the first page, the listings in print then, and in how many of them each token of the text stood.
    `rates` is the digest of those that an order by price went by, and empty for another order.
    """

    search: str
    key: float | str
    tie: int
    now: float
    listings: int
    counts: tuple[int, ...]
    rates: str = ""

    def written(self) -> str:
        place = [self.search, self.key, self.tie, self.now, self.listings, self.counts, self.rates]
        content = json.dumps(place, separators=(",", ":"))
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
            case [str() as search, key, int() as tie, now, int() as listings, [*counts], str() as rates] if (
                (isinstance(key, str) or _is_number(key))
                and 0 <= tie <= _LARGEST_TIE
                and _is_number(now)
                and _MOMENTS[0] <= now <= _MOMENTS[1]
                and all(_is_count(count) for count in (listings, *counts))
            ):
                return cls(search, key, tie, now, listings, tuple(counts), rates)
        return None


def _is_number(value: object) -> bool:
    """Whether a value can be compared: not a truth value, not NaN, not too large for a float."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return not math.isnan(value) if isinstance(value, float) else abs(value) <= _LARGEST_TIE


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _LARGEST_COUNT
