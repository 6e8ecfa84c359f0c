"""Freed memory that is kept for the next search.

A search that finds very much fills arrays of megabytes and frees them; the C library then hands their pages back, and
the next search has each of them zeroed again by the system, which takes as long as filling them.
"""

from __future__ import annotations

import ctypes
from typing import Final

# Of malloc.h: what lies free at the end of a heap before it is given back, and what is too large for a heap.
_TRIM_THRESHOLD: Final = -1
_MMAP_THRESHOLD: Final = -3
_LARGEST_IN_A_HEAP: Final = 32 * 2**20


def keep_freed_memory(most: int) -> bool:
    """Keep up to `most` freed bytes, in the worst case for every thread that searches; False where this cannot be set.

    Only the GNU C library knows the setting, which then holds for the whole process.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return False
    return bool(mallopt(_MMAP_THRESHOLD, _LARGEST_IN_A_HEAP)) and bool(mallopt(_TRIM_THRESHOLD, most))
