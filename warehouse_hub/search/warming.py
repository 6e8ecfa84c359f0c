"""Everything compiled that a search runs, once, on next to nothing: else the first to ask waits for the compiler.

With the machine code of an earlier start this takes a moment; on a new installation, some seconds.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from warehouse_hub.search.geography import warm as geography
from warehouse_hub.search.kernels import compiled
from warehouse_hub.search.kernels import warm as kernels
from warehouse_hub.search.kernels.phrases import holds_text
from warehouse_hub.search.map import warm as map_loops


def warm(folder: Path | None = None) -> None:
    """Load or compile. Where the source's own folder cannot be written, the machine code is kept in `folder`."""
    beside = Path(compiled.__file__).parent
    if folder is not None and not os.access(beside, os.W_OK):
        compiled.keep_kernels_in(folder)
    kernels.warm()
    map_loops.warm()
    geography.warm()
    text = np.frombuffer(b"a", np.uint8)
    holds_text(text, np.ones(1, np.uint64), np.zeros(1, np.uint32), text, True, True)
