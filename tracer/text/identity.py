"""A number for each word: the same wherever and whenever the word is met."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from tracer.text.shingles import finish
from tracer.text.words import character_codes

_MOST_KNOWN = 1 << 18
_MOST_POWERS = 1 << 21
_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)

_Ids = npt.NDArray[np.uint64]
_Places = npt.NDArray[np.int64]


class _Known(dict[str, int]):
    """Ids of the words met so far; emptied when it has grown too large."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        found = int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
        self[word] = found
        return found


KNOWN = _Known()
"""Looked up like a dictionary that holds every word."""


def word_id(word: str) -> int:
    """A stable 64-bit hash of a comparable word (BLAKE2b), equal wherever the word is equal."""
    return KNOWN[word]


def without_dots(word: str) -> str:
    """``u.s.`` loses its dots, ``3.5`` keeps them."""
    return word if word[0].isdigit() else word.replace(".", "")


class WordIds:
    """Ids of many words at once; keeps those of the words met, so that a word is hashed once per object.

    Memory: about 100 bytes per different word, up to a quarter of a million, then it starts anew.
    """

    def __init__(self) -> None:
        self._known: dict[int, int] = {}

    def of(self, lowered: str, starts: _Places, stops: _Places) -> tuple[_Ids, npt.NDArray[np.intp]]:
        """The ids of the different words at ``starts`` and ``stops``, in no order, and which of them each word has.

        ``ids[index]`` are the ids of all words; an id may stand twice, where spellings differ in their dots. By a
        cheap hash of its characters first, by its own only where that is new. Cost: one sort.
        """
        if not len(starts):
            return np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.intp)
        keys, first, index = np.unique(
            _character_hashes(lowered, starts, stops), return_index=True, return_inverse=True
        )
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        listed = keys.tolist()
        found = list(map(self._known.get, listed))
        if None in found:
            for place in [place for place, known in enumerate(found) if known is None]:
                word = int(first[place])
                made = word_id(without_dots(lowered[starts[word] : stops[word]]))
                found[place] = self._known[listed[place]] = made
        return np.array(found, dtype=np.uint64), index


def _character_hashes(lowered: str, starts: _Places, stops: _Places) -> _Ids:
    """A 64-bit hash of each word as it is written: a polynomial in its characters, finished with splitmix64.

    As the difference of two sums over all characters before, divided by the power of its first place: powers of an
    odd number can be undone.
    """
    codes = character_codes(lowered)
    sums = np.zeros(len(codes) + 1, dtype=np.uint64)
    np.cumsum((codes + np.uint32(1)) * _powers(_BASE, len(codes)), out=sums[1:])
    return finish((sums[stops] - sums[starts]) * _powers(_INVERSE, len(codes))[starts])


def _powers(base: int, count: int) -> _Ids:
    """The powers of ``base`` from 0 on; those of a length once met are kept, for the next power of two."""
    if count > _MOST_POWERS:
        return _counted_powers(base, count)
    return _kept_powers(base, 1 << max(0, count - 1).bit_length())[:count]


@lru_cache(maxsize=4)
def _kept_powers(base: int, count: int) -> _Ids:
    return _counted_powers(base, count)


def _counted_powers(base: int, count: int) -> _Ids:
    powers = np.full(count, base, dtype=np.uint64)
    powers[:1] = 1
    return np.cumprod(powers, out=powers)
