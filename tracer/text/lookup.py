"""Values under sorted hashes, found many at a time."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

_SPARE_BITS = 1
"""The directory has about two places per key, so that most look-ups end at the first or second key."""

_FEW = 256
"""Fewer hashes than this are found sooner by a plain binary search."""

_Keys = npt.NDArray[np.unsignedinteger]


@dataclass(frozen=True, slots=True)
class HashTable:
    """Numbers under hash values that are spread evenly over their type.

    ``keys`` are sorted and unique, unsigned; ``values`` (float64) go with them. A directory over the leading bits of
    the keys takes the place of a binary search, whose jumps are what looking up costs. Memory: 8 bytes a key beside
    the two arrays.
    """

    keys: _Keys
    values: npt.NDArray[np.float64]
    _shift: int = field(init=False)
    _first: npt.NDArray[np.int32] = field(init=False)

    def __post_init__(self) -> None:
        width = self.keys.dtype.itemsize * 8
        bits = min(width - 1, max(1, len(self.keys).bit_length() + _SPARE_BITS))
        counts = np.bincount((self.keys >> self.keys.dtype.type(width - bits)).astype(np.int64), minlength=1 << bits)
        # One key more, the greatest there can be, so that a search always ends inside the array.
        object.__setattr__(self, "keys", np.append(self.keys, np.iinfo(self.keys.dtype).max))
        object.__setattr__(self, "values", np.append(self.values, 0.0))
        object.__setattr__(self, "_shift", width - bits)
        object.__setattr__(self, "_first", np.concatenate(([0], np.cumsum(counts)[:-1])).astype(np.int32))

    def look_up(self, wanted: _Keys) -> npt.NDArray[np.float64]:
        """The value of each hash in ``wanted`` (of the keys' type), 0.0 where there is none. Same shape."""
        if len(wanted) < _FEW:
            at = self.keys.searchsorted(wanted)
            return np.where(self.keys[at] == wanted, self.values[at], 0.0)
        found = np.zeros(len(wanted), dtype=np.float64)
        open_: npt.NDArray[np.int64] | None = None
        place = self._first[wanted >> wanted.dtype.type(self._shift)]
        while len(place):
            keys = self.keys[place]
            hit = np.flatnonzero(keys == wanted)
            found[hit if open_ is None else open_[hit]] = self.values[place[hit]]
            rest = np.flatnonzero(keys < wanted)
            open_, place, wanted = rest if open_ is None else open_[rest], place[rest] + 1, wanted[rest]
        return found
