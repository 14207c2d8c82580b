"""A number for each word: the same wherever and whenever the word is met."""

from __future__ import annotations

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

_Ids = npt.NDArray[np.uint64]


class _Known(dict[str, int]):
    """Ids of the words met so far; emptied when it has grown too large."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        found = int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
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


class WordIds:
    """Ids of many words at once; keeps those of the words met, so that few are looked up by their letters.

    Memory: for each width of characters a table of its own, of about 120 bytes per different word; one that holds a
    quarter of a million starts anew. The table of :func:`word_id`, which all objects share, holds as many words, at 90
    bytes more each.
    """

    def __init__(self) -> None:
        # By the bytes of a character too: two of Latin letters may be the same bytes as one of another script.
        self._known: dict[int, dict[int, int]] = {1: {}, 2: {}, 4: {}}

    def of(self, lowered: str, codes: Codes, starts: Places, stops: Places) -> tuple[_Ids, Places]:
        """The ids of the different words at ``starts`` and ``stops``, in no order, and which of them each word has.

        ``codes`` are the code points of ``lowered``. ``ids[index]`` are the ids of all words; an id may stand twice,
        where spellings differ in their dots. By a cheap hash of its characters first, by its own only where that is
        new. Linear.
        """
        if not len(starts):
            return np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int64)
        hashes = _character_hashes(lowered, codes, starts, stops)
        first, index = _alike(hashes)
        known = self._known[codes.dtype.itemsize]
        if len(known) > _MOST_KNOWN:
            known.clear()
        listed = hashes[first].tolist()
        found = list(map(known.get, listed))
        new = [place for place, id_ in enumerate(found) if id_ is None]
        where = first[new]
        words = [lowered[start:stop] for start, stop in zip(starts[where].tolist(), stops[where].tolist(), strict=True)]
        made = map(word_id, [without_dots(word) if "." in word else word for word in words])
        for place, id_ in zip(new, made, strict=True):
            found[place] = known[listed[place]] = id_
        return np.array(found, dtype=np.uint64), index


def _character_hashes(lowered: str, codes: Codes, starts: Places, stops: Places) -> _Ids:
    """A 64-bit hash of each word as it is written: a polynomial in stretches of eight bytes, finished with splitmix64.

    The last stretch is filled up with zeros, a character that no word has.
    """
    width = codes.dtype.itemsize
    filled = np.concatenate((codes.view(np.uint8), np.zeros(_STRETCH, dtype=np.uint8)))
    stretches = np.ndarray((len(filled) - _STRETCH + 1,), dtype="<u8", buffer=filled, strides=(1,))
    places, left = starts * width, (stops - starts) * width
    hashes: _Ids = stretches[places] & _KEPT[np.minimum(left, _STRETCH)]
    giant = np.flatnonzero(left > _LONGEST)
    words = np.flatnonzero((left > _STRETCH) & (left <= _LONGEST))
    while len(words):
        following, rest = places[words] + _STRETCH, left[words] - _STRETCH
        places[words], left[words] = following, rest
        hashes[words] = hashes[words] * _BASE + (stretches[following] & _KEPT[np.minimum(rest, _STRETCH)])
        words = words[rest > _STRETCH]
    finish(hashes)
    hashes[giant] = [word_id(lowered[starts[word] : stops[word]]) for word in giant.tolist()]
    return hashes


def _alike(hashes: _Ids) -> tuple[Places, Places]:
    """The place of one of each of the different ``hashes``, and which of these each of them is like.

    As ``numpy.unique``, but in no order, and by a table of places in the stead of a sort: each writes itself into the
    place of its leading bits, and is like the last to do so unless that is another, which is seldom.
    """
    bits = len(hashes).bit_length() + 1
    slots = (hashes >> np.uint64(64 - bits)).astype(np.int64)
    everyone = np.arange(len(hashes))
    table = np.empty(1 << bits, dtype=np.int64)
    table[slots] = everyone
    like = table[slots]
    others = np.flatnonzero(hashes[like] != hashes)
    _, first, index = np.unique(hashes[others], return_index=True, return_inverse=True)
    like[others] = others[first[index]]
    chosen = np.flatnonzero(like == everyone)
    everyone[chosen] = np.arange(len(chosen))
    return chosen, everyone[like]
