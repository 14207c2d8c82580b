"""Arrays travel as one string of bytes."""

from __future__ import annotations

import numpy as np
import pytest

from tracer.text import packed_arrays, unpacked_arrays


def test_arrays_come_back_as_they_were() -> None:
    """Of any types and lengths, empty ones and none at all."""
    arrays = [np.array([2.5, -1.0]), np.empty(0, dtype=np.uint64), np.array([True, False, True]), np.arange(3)]
    again = unpacked_arrays(*packed_arrays(*arrays))
    assert all(
        one.dtype == other.dtype and np.array_equal(one, other) for one, other in zip(arrays, again, strict=True)
    )
    assert [len(array) for array in unpacked_arrays(*packed_arrays(np.empty(0)))] == [0]
    assert not unpacked_arrays(*packed_arrays())


def test_nobody_writes_into_what_came_back() -> None:
    """The bytes may be shared."""
    (again,) = unpacked_arrays(*packed_arrays(np.arange(3)))
    with pytest.raises(ValueError, match="read-only"):
        again[0] = 1
