"""Rows of byte strings as one block of bytes, column by column."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

_HEAD = struct.Struct("<QQ")
_LENGTH = np.dtype("<u4")

Columns = list[list[bytes]]
"""Columns of equal length; the first holds the sort keys."""


class DamagedBlockError(ValueError):
    """The bytes are no block, or only a piece of one."""


class Block:
    """A packed block that can be cut without unpacking it. Opening it costs as much as reading the row lengths."""

    def __init__(self, data: bytes) -> None:
        """Open ``data``.

        Raises:
            DamagedBlockError: when it was not made by :func:`packed`.
        """
        try:
            width, self.rows = _HEAD.unpack_from(data)
            lengths = np.frombuffer(data, _LENGTH, width * self.rows, _HEAD.size).reshape(width, self.rows)
        except (struct.error, ValueError, OverflowError) as error:
            raise DamagedBlockError from error
        first = _HEAD.size + lengths.nbytes
        ends = first + np.cumsum(lengths, dtype=np.int64).reshape(width, self.rows)
        if (int(ends[-1, -1]) if ends.size else first) != len(data):
            raise DamagedBlockError
        self._data, self._lengths = data, lengths
        self._ends = ends

    def column(self, place: int) -> list[bytes]:
        """The cells of one column."""
        data = self._data
        stops = self._ends[place].tolist()
        return [data[start:stop] for start, stop in pairwise([self._start(place, 0), *stops])] if stops else []

    def columns(self) -> Columns:
        """All cells."""
        return [self.column(place) for place in range(len(self._lengths))]

    def cut(self, start: int, stop: int) -> bytes:
        """The block of the rows from ``start`` to before ``stop``."""
        if (start, stop) == (0, self.rows):
            return self._data
        lengths = self._lengths[:, start:stop]
        places = range(len(lengths))
        pieces = [self._data[self._start(place, start) : self._start(place, stop)] for place in places]
        return b"".join([_HEAD.pack(*lengths.shape), lengths.tobytes(), *pieces])

    def _start(self, place: int, row: int) -> int:
        return int(self._ends[place, row - 1] if row else self._ends[place, 0] - self._lengths[place, 0])


def packed(columns: Sequence[Sequence[bytes]]) -> bytes:
    """The block of columns of equal length; the same cells, the same bytes. A cell holds less than 4 GiB."""
    lengths = np.array([[len(cell) for cell in column] for column in columns], _LENGTH)
    head = _HEAD.pack(len(columns), len(columns[0]) if columns else 0)
    return b"".join([head, lengths.tobytes(), *(cell for column in columns for cell in column)])
