"""The array types that kernels take and give. They are exact: another width of number is another kernel."""

from __future__ import annotations

from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

K = TypeVar("K", bound=np.generic)

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


def sealed(array: NDArray[K]) -> NDArray[K]:
    """The array read-only, as every kernel takes it."""
    if not array.flags.writeable and type(array) is np.ndarray:
        return array
    view = array.view(np.ndarray)
    view.flags.writeable = False
    return view


def exact(array: NDArray[Any], kind: type[np.generic]) -> NDArray[Any]:
    """The array itself if it has this type and lies in one piece, else a copy that does."""
    if array.dtype == kind and array.flags.c_contiguous:
        return array
    return np.ascontiguousarray(array, kind)


NO_ROWS: Final[Rows] = sealed(np.zeros(0, np.uint32))
NO_SCORES: Final[Scores] = sealed(np.zeros(0, np.int32))
NO_FLOATS: Final[Floats] = sealed(np.zeros(0, np.float64))
