"""Words as numbers: what a process has met once is known again by its spelling, and so is what was made of it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from tracer.text.identity import character_hashes, ids_of
from tracer.text.words import Codes, Places

_MOST_KNOWN = 1 << 18
_SLOT_BITS = 19
_SHIFT = np.uint64(64 - _SLOT_BITS)

_Ids = npt.NDArray[np.uint64]
_Value = TypeVar("_Value", np.uint64, np.int32)


def _extended(values: npt.NDArray[_Value], count: int, more: npt.NDArray[_Value]) -> npt.NDArray[_Value]:
    """An array with ``more`` behind the first ``count`` of ``values``, and room to spare; the same one if there is."""
    stop = count + len(more)
    if stop > len(values):
        values, narrow = np.zeros(2 * stop, dtype=values.dtype), values
        values[:count] = narrow[:count]
    values[count:stop] = more
    return values


class Vocabulary:
    """The spellings met so far, each with a number from 1 on; grows, and never forgets.

    Numbers mean nothing outside the object: the same word may have several, where spellings differ in their dots or in
    the bytes of their characters, and others in another process. Memory: 2 MB, and some 150 bytes per spelling.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._count = 1
        self._ids = self._hashes = np.zeros(1, dtype=np.uint64)
        self._numbers: dict[int, int] = {}
        # By the leading bits of its hash, the first word to have them: nearly all words of a text are found there.
        self._slots = np.zeros(1 << _SLOT_BITS, dtype=np.int32)
        self._made: dict[Hashable, tuple[int, npt.NDArray[np.int32]]] = {}

    def __len__(self) -> int:
        return self._count

    def numbers(self, lowered: str, codes: Codes, starts: Places, stops: Places) -> Places:
        """The number of each word that stands at ``starts`` and ``stops``; those met for the first time get theirs.

        ``codes`` are the code points of ``lowered``. Linear, array arithmetic; letters are looked at of new words only.
        """
        if not len(starts):
            return np.empty(0, dtype=np.int64)
        hashes = character_hashes(lowered, codes, starts, stops)
        numbers = self._slots.take((hashes >> _SHIFT).astype(np.int64)).astype(np.int64)
        others = np.flatnonzero(self._hashes.take(numbers) != hashes)
        if len(others):
            first, like = _alike(hashes[others])
            places = others[first]
            begins, ends = starts[places].tolist(), stops[places].tolist()
            with self._lock:
                numbers[others] = self._numbered(hashes[places], lowered, list(zip(begins, ends, strict=True)))[like]
        return numbers

    def ids(self, numbers: Places) -> _Ids:
        """The ids of words, as :func:`tracer.text.word_id` gives them, by their numbers."""
        return self._ids.take(numbers)

    def known(
        self, numbers: Places, what: Hashable, make: Callable[[_Ids], npt.NDArray[np.int32]]
    ) -> npt.NDArray[np.int32]:
        """``make(ids)`` of words by their numbers, made once for each word of the vocabulary and kept.

        ``what`` names it: ``make`` must be the same wherever that is.
        """
        with self._lock:
            done, values = self._made.get(what, (0, np.empty(0, dtype=np.int32)))
            if done < len(self):
                values = _extended(values, done, make(self._ids[done : len(self)]))
                self._made[what] = len(self), values
        return values.take(numbers)

    def _numbered(self, hashes: _Ids, lowered: str, spans: list[tuple[int, int]]) -> Places:
        """The numbers of different spellings that have no slot: they are new, or another has it."""
        listed = hashes.tolist()
        found = np.array([self._numbers.get(hash_, 0) for hash_ in listed], dtype=np.int64)
        new = np.flatnonzero(found == 0)
        numbers = np.arange(len(self), len(self) + len(new))
        ids = ids_of([lowered[start:stop] for start, stop in map(spans.__getitem__, new.tolist())])
        # In this order, so that whoever is interrupted, or finds a number meanwhile, finds what it stands for.
        self._ids = _extended(self._ids, len(self), ids)
        self._hashes = _extended(self._hashes, len(self), hashes[new])
        self._count += len(new)
        self._numbers.update(zip(map(listed.__getitem__, new.tolist()), numbers.tolist(), strict=True))
        slots = (hashes[new] >> _SHIFT).astype(np.int64)
        free = self._slots[slots] == 0
        self._slots[slots[free]] = numbers[free]
        found[new] = numbers
        return found


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


_MET = [Vocabulary()]


def vocabulary() -> Vocabulary:
    """That of the process; a new one, once the last has a quarter of a million spellings. Which it is shows nowhere."""
    if len(_MET[0]) > _MOST_KNOWN:
        _MET[0] = Vocabulary()
    return _MET[0]
