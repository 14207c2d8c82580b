"""Arrays as one string of bytes: pickled one by one they take several times as long to write and to read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Layout: TypeAlias = tuple[tuple[str, int], ...]
"""Type and length of each array."""


def packed_arrays(*arrays: npt.NDArray[Any]) -> tuple[Layout, bytes]:
    """One-dimensional arrays as bytes, and how these are laid out. Linear; sooner read with the widest types first."""
    layout = tuple((array.dtype.str, len(array)) for array in arrays)
    return layout, b"".join(array.tobytes() for array in arrays)


def unpacked_arrays(layout: Layout, packed: bytes) -> Sequence[npt.NDArray[Any]]:
    """The arrays again, which look into the bytes and cannot be written to."""
    arrays, place = [], 0
    for kind, size in layout:
        arrays.append(np.frombuffer(packed, kind, size, place))
        place += arrays[-1].nbytes
    return arrays
