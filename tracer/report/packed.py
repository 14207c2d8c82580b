"""Rows of byte strings as one block of bytes, column by column."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from itertools import accumulate

import numpy as np
import numpy.typing as npt

_HEAD = struct.Struct("<QQ")
_LENGTH = np.dtype("<u4")

Columns = list[list[bytes]]
"""Columns of equal length; the first holds the sort keys."""


class DamagedBlockError(ValueError):
    """The bytes are no block, or only a piece of one."""


class Block:
    """A packed block that can be cut without unpacking it. Opening it costs as much as reading the row lengths."""

    def __init__(self, data: bytes, start: int = 0, size: int | None = None) -> None:
        """Open the block that begins at a place in ``data`` and has so many bytes; all of ``data`` if not told.

        Raises:
            DamagedBlockError: when it was not made by :func:`packed`.
        """
        first = start + _HEAD.size
        try:
            self.width, self.rows = _HEAD.unpack_from(data, start)
            lengths = np.frombuffer(data, _LENGTH, self.width * self.rows, first).reshape(self.width, self.rows)
        except (struct.error, ValueError, OverflowError) as error:
            raise DamagedBlockError from error
        self.data, self.lengths = data, lengths
        self.stops = first + lengths.nbytes + np.cumsum(lengths, dtype=np.int64).reshape(lengths.shape)
        end = len(data) if size is None else start + size
        if (int(self.stops[-1, -1]) if self.stops.size else first) != end or end > len(data):
            raise DamagedBlockError

    def keys(self) -> list[bytes]:
        """The cells of the first column."""
        return _cells(self.data, self.stops[0] - self.lengths[0], self.stops[0]) if self.rows else []

    def cut(self, start: int, stop: int) -> bytes:
        """The block of the rows from ``start`` to before ``stop``, which must be at least one."""
        lengths = self.lengths[:, start:stop]
        firsts, lasts = (self.stops[:, start] - self.lengths[:, start]).tolist(), self.stops[:, stop - 1].tolist()
        pieces = [self.data[first:last] for first, last in zip(firsts, lasts, strict=True)]
        return b"".join([_HEAD.pack(*lengths.shape), lengths.tobytes(), *pieces])


class Rows:
    """The rows of some blocks, sorted by their first column; equal ones in the order of the blocks.

    ``keys`` are the cells of that column; the others are cut out when they are asked for.
    """

    def __init__(self, blocks: Iterable[Block]) -> None:
        """Sort the rows; blocks without rows may be of any width.

        Raises:
            DamagedBlockError: when blocks differ in width.
        """
        filled = [block for block in blocks if block.rows]
        if len({block.width for block in filled}) > 1:
            raise DamagedBlockError
        held = {id(block.data): block.data for block in filled}  # some stand in the same bytes
        self._data = b"".join(held.values())
        first_of = dict(zip(held, accumulate(map(len, held.values()), initial=0), strict=False))
        none = np.zeros((filled[0].width if filled else 1, 0), np.int64)
        placed = (block.stops + first_of[id(block.data)] for block in filled)
        self._stops = np.concatenate([none, *placed], axis=1)
        self._starts = self._stops - np.concatenate(
            [none, *(block.lengths.astype(np.int64) for block in filled)], axis=1
        )
        self.keys = self.column(0)
        if len(filled) > 1:
            self.keep(sorted(range(len(self.keys)), key=self.keys.__getitem__))

    def __len__(self) -> int:
        return len(self.keys)

    def column(self, place: int) -> list[bytes]:
        """The cells of one column."""
        return _cells(self._data, self._starts[place], self._stops[place])

    def keep(self, places: Sequence[int]) -> None:
        """Keep the rows at these places, in this order, and no others."""
        self._starts, self._stops = self._starts[:, places], self._stops[:, places]
        self.keys = [self.keys[place] for place in places]

    def columns(self) -> Columns:
        """All columns."""
        return [self.column(place) for place in range(len(self._stops))]


def _cells(data: bytes, starts: npt.NDArray[np.int64], stops: npt.NDArray[np.int64]) -> list[bytes]:
    return [data[start:stop] for start, stop in zip(starts.tolist(), stops.tolist(), strict=True)]


def packed(columns: Sequence[Sequence[bytes]]) -> bytes:
    """The block of columns of equal length; the same cells, the same bytes. A cell holds less than 4 GiB."""
    lengths = np.array([[len(cell) for cell in column] for column in columns], _LENGTH)
    head = _HEAD.pack(len(columns), len(columns[0]) if columns else 0)
    return b"".join([head, lengths.tobytes(), *(cell for column in columns for cell in column)])
