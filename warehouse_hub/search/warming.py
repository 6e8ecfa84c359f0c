"""Everything compiled that a search runs, once, on next to nothing: else the first to ask waits for the compiler.

With the machine code of an earlier start this takes a moment; on a new installation, some seconds.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from warehouse_hub.search.geography import warm as geography
from warehouse_hub.search.kernels import compiled
from warehouse_hub.search.kernels import warm as kernels
from warehouse_hub.search.kernels.memory import keep_freed_memory
from warehouse_hub.search.map import warm as map_loops

# What a search over a million listings fills, and a little more.
_KEPT_BYTES: Final = 64 * 2**20


def warm(folder: Path | None = None) -> None:
    """Load or compile, and let large arrays be used again by the next search.

    Where the source's own folder cannot be written, the machine code is kept in `folder`.
    """
    beside = Path(compiled.__file__).parent
    if folder is not None and not os.access(beside, os.W_OK):
        compiled.keep_kernels_in(folder)
    keep_freed_memory(_KEPT_BYTES)
    kernels.warm()
    map_loops.warm()
    geography.warm()
