"""Values under sorted hashes, found many at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

_SPARE_BITS = 2
"""There are four to eight places per key, so that nearly all look-ups end at the first or second."""

_FEW = 256
"""Fewer hashes than this are found sooner by a plain binary search."""

_Keys = npt.NDArray[np.unsignedinteger]
_Value = TypeVar("_Value", np.int32, np.uint8)


@dataclass(frozen=True, slots=True)
class HashTable(Generic[_Value]):
    """Numbers under hash values that are spread evenly over their type.

    ``keys`` are sorted and unique, unsigned; ``values`` go with them. Each key stands in the place that its leading
    bits name, or in the first free one after it; since they are sorted, so are the places, and a search is over at the
    first key that is not smaller. Memory: four to eight times that of the two arrays, beside them.
    """

    keys: _Keys
    values: npt.NDArray[_Value]
    _shift: int = field(init=False)
    _places: _Keys = field(init=False)
    _placed: npt.NDArray[_Value] = field(init=False)

    def __post_init__(self) -> None:
        width, count = self.keys.dtype.itemsize * 8, len(self.keys)
        bits = min(width - 1, max(1, count.bit_length() + _SPARE_BITS))
        shift = width - bits
        each = np.arange(count)
        taken = np.maximum.accumulate((self.keys >> self.keys.dtype.type(shift)).astype(np.int64) - each) + each
        # The last place is always free, and what is free holds the greatest key there can be: there a search ends.
        size = max(1 << bits, int(taken[-1]) + 1 if count else 0) + 1
        places = np.full(size, np.iinfo(self.keys.dtype).max, dtype=self.keys.dtype)
        placed = np.zeros(size, dtype=self.values.dtype)
        places[taken], placed[taken] = self.keys, self.values
        for name, value in (("_shift", shift), ("_places", places), ("_placed", placed)):
            object.__setattr__(self, name, value)

    def look_up(self, wanted: _Keys) -> npt.NDArray[_Value]:
        """The value of each hash in ``wanted`` (of the keys' type), 0 where there is none. Same shape."""
        if len(wanted) < _FEW and len(self.keys):
            at = np.minimum(self.keys.searchsorted(wanted), len(self.keys) - 1)
            return np.where(self.keys[at] == wanted, self.values[at], self.values.dtype.type(0))
        # No place is out of bounds; numpy gathers sooner where it is told what to do with those.
        place = (wanted >> wanted.dtype.type(self._shift)).astype(np.int64)
        keys = self._places.take(place, mode="clip")
        found: npt.NDArray[_Value] = self._placed.take(place, mode="clip") * (keys == wanted)
        rows = np.flatnonzero(keys < wanted)
        place, wanted = place[rows] + 1, wanted[rows]
        while len(rows):
            keys = self._places.take(place, mode="clip")
            found[rows] = self._placed.take(place, mode="clip") * (keys == wanted)
            rest = np.flatnonzero(keys < wanted)
            rows, place, wanted = rows[rest], place[rest] + 1, wanted[rest]
        return found
