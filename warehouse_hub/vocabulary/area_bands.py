"""The bands that available areas are counted in.

The one thing a reader would get wrong: a band holds its lower end and not its upper one, so 3,000 m² is in
"3,000-10,000". An area that nobody stated is in the band of its own, never in the smallest.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from warehouse_hub.vocabulary.codes import AREA_BANDS

UNKNOWN: Final = "unknown"
_FROM_M2: Final = (1_000.0, 3_000.0, 10_000.0, 30_000.0)
_STATED: Final = tuple(code for code in AREA_BANDS.codes if code != UNKNOWN)


def area_band(available_m2: float | None) -> str:
    """The code of the band that an available area in m² is in; "unknown" for None."""
    return UNKNOWN if available_m2 is None else _STATED[bisect_right(_FROM_M2, available_m2)]
