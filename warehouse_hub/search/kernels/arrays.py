"""The array types that kernels take and give. They are exact: another width of number is another kernel."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Shorts = NDArray[np.uint16]
Rows = NDArray[np.uint32]
Numbers = NDArray[np.uint32]
Words = NDArray[np.uint64]
Scores = NDArray[np.int32]
# Positions in another array.
Places = NDArray[np.int64]
Counted = NDArray[np.int64]
Floats = NDArray[np.float64]
# Half-open, one a line: first row, end.
Spans = NDArray[np.int64]


def exact(array: NDArray[Any], kind: type[np.generic]) -> NDArray[Any]:
    """The array itself if it has this type, lies in one piece and is writable, else a copy that does and is."""
    if array.dtype == kind and array.flags.carray:
        return array
    return np.array(array, kind, order="C")


NO_ROWS: Final[Rows] = np.zeros(0, np.uint32)
NO_SCORES: Final[Scores] = np.zeros(0, np.int32)
NO_FLOATS: Final[Floats] = np.zeros(0, np.float64)
