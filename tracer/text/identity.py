"""A number for each word: the same wherever and whenever the word is met."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from tracer.text.shingles import finish
from tracer.text.words import Codes, Places

_MOST_KNOWN = 1 << 18
_BASE = np.uint64(0x9E3779B97F4A7C15)
_STRETCH = 8
_LONGEST = 64 * _STRETCH
"""Bytes. What is longer is no word, and would take a step for each of its stretches."""
_KEPT = np.array([(1 << 8 * count) - 1 for count in range(_STRETCH + 1)], dtype=np.uint64)
"""By the number of bytes of a stretch that belong to a word: those bytes."""
_WIDTHS = {1: np.uint64(0), 2: np.uint64(0xBF58476D1CE4E5B9), 4: np.uint64(0x94D049BB133111EB)}
"""By the bytes of a character, for two of Latin letters may be the same bytes as one of another script."""

_Ids = npt.NDArray[np.uint64]


def _digest(word: str) -> bytes:
    return blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()


class _Known(dict[str, int]):
    """Ids of the words met so far; emptied when it has grown too large."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        found = int.from_bytes(_digest(word), "little")
        self[word] = found
        return found


_WORDS = _Known()
"""Looked up like a dictionary that holds every word."""


def word_id(word: str) -> int:
    """A stable 64-bit hash of a comparable word (BLAKE2b), equal wherever the word is equal."""
    return _WORDS[word]


def without_dots(word: str) -> str:
    """``u.s.`` loses its dots, ``3.5`` keeps them."""
    return word if word[0].isdigit() else word.replace(".", "")


def ids_of(words: Sequence[str]) -> _Ids:
    """The ids of words as they are written, which may have dots; nothing is looked up or kept."""
    plain = (without_dots(word) if "." in word else word for word in words)
    return np.frombuffer(b"".join(map(_digest, plain)), dtype="<u8").astype(np.uint64, copy=False)


def character_hashes(lowered: str, codes: Codes, starts: Places, stops: Places) -> _Ids:
    """A 64-bit hash of each word as it is written: a polynomial in stretches of eight bytes, finished with splitmix64.

    The last stretch is filled up with zeros, a character that no word has. No hash is 0. Two words
    have the same with probability about 2⁻⁶⁴; so has one word in characters of another number of bytes. Linear, array
    arithmetic.
    """
    width = codes.dtype.itemsize
    filled = np.concatenate((codes.view(np.uint8), np.zeros(_STRETCH, dtype=np.uint8)))
    stretches = np.ndarray((len(filled) - _STRETCH + 1,), dtype="<u8", buffer=filled, strides=(1,))
    places, left = (starts, stops - starts) if width == 1 else (starts * width, (stops - starts) * width)
    hashes: _Ids = stretches[places] & _KEPT.take(left, mode="clip")
    giant = np.flatnonzero(left > _LONGEST)
    words = np.flatnonzero((left > _STRETCH) & (left <= _LONGEST))
    places, left = places[words], left[words]
    while len(words):
        places, left = places + _STRETCH, left - _STRETCH
        hashes[words] = hashes[words] * _BASE + (stretches[places] & _KEPT.take(left, mode="clip"))
        longer = left > _STRETCH
        words, places, left = words[longer], places[longer], left[longer]
    hashes += _WIDTHS[width]
    finish(hashes)
    hashes[giant] = ids_of([lowered[starts[word] : stops[word]] for word in giant.tolist()])
    np.maximum(hashes, np.uint64(1), out=hashes)
    return hashes
