"""Where phrases of many lists may begin: one pass over many texts that serves all lists.

A place is told by its first twelve characters, looked up in tables for all lists; most places fall out by their first
four. So the answer may be too long, but lacks no place at which a phrase does begin; whoever asks matches the phrases
there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_

import numpy as np
import numpy.typing as npt

from tracer.split.characters import PADDING, Extents, Texts
from tracer.split.phrases import Spellings

_LONGEST = PADDING  # characters that a place is told by
_SIEVE = 4  # characters that most places fall out by
_BITS = 15
_FACTOR = np.uint32(0x9E3779B1)  # odd, and near the golden ratio of 2 ** 32: multiples of it spread well
_SHIFT = np.uint32(32 - _BITS)
_MASK = 0xFFFFFFFF
MOST_LISTS = 32
"""One bit of a table entry for each."""


class Beginnings:
    """The beginnings of the spellings of up to 32 lists.

    Raises:
        ValueError: when there are more than 32 lists.
    """

    def __init__(self, lists: Sequence[Spellings]) -> None:
        if len(lists) > MOST_LISTS:
            raise ValueError(f"at most {MOST_LISTS} lists can be sought at once, not {len(lists)}")
        self._bits = {phrases: 1 << number for number, phrases in enumerate(lists)}
        self._tables = [np.zeros(1 << _BITS, dtype=np.uint32) for _ in range(_LONGEST + 1)]
        self._sieve = np.zeros(1 << _BITS, dtype=np.uint32)
        for phrases, bit in self._bits.items():
            for spelling in phrases.spellings:
                length = min(len(spelling), _LONGEST)
                self._tables[length][_slot(spelling[:length])] |= np.uint32(bit)
                if length > _SIEVE:
                    self._sieve[_slot(spelling[:_SIEVE])] |= np.uint32(bit)

    def sought_in(self, texts: Texts) -> Sought:
        """The places of some texts, for all lists. Linear in the texts, about 5 ns a character."""
        codes, starts = texts.codes, texts.word_starts
        slots, lists = _Slots(len(starts)), np.zeros(len(starts), dtype=np.uint32)
        for length in range(1, _SIEVE + 1):
            slots.read(codes[length - 1 :].take(starts))
            lists |= slots.among(self._tables[length])
        longer = slots.among(self._sieve)
        found = np.flatnonzero(lists | longer)
        slots, lists, longer, starts = slots.of(found), lists.take(found), longer.take(found), starts.take(found)
        for length in range(_SIEVE + 1, _LONGEST + 1):
            slots.read(codes[length - 1 :].take(starts))
            lists |= slots.among(self._tables[length]) & longer
        found = np.flatnonzero(lists)
        return Sought(texts.extents, self._bits, starts.take(found), lists.take(found))


class _Slots:
    """For each of many places, the slot of the characters read so far; see :func:`_slot`."""

    def __init__(self, places: int) -> None:
        self._mixed = np.zeros(places, dtype=np.uint32)

    def read(self, letters: npt.NDArray[np.uint32]) -> None:
        """Go on by one character at each place."""
        self._mixed += letters
        self._mixed *= _FACTOR

    def among(self, table: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
        """What a table holds for each place."""
        return table.take(self._mixed >> _SHIFT)

    def of(self, places: npt.NDArray[np.intp]) -> _Slots:
        """The slots of some of the places."""
        fewer = _Slots(0)
        fewer._mixed = self._mixed.take(places)
        return fewer


class Sought:
    """The places of some texts at which phrases may begin."""

    def __init__(
        self,
        extents: Extents,
        bits: Mapping[Spellings, int],
        places: npt.NDArray[np.intp],
        lists: npt.NDArray[np.uint32],
    ) -> None:
        self._extents, self._bits, self._places, self._lists = extents, bits, places, lists
        self._known: dict[tuple[Spellings, ...], Sequence[Sequence[int]]] = {}

    def __contains__(self, phrases: Spellings) -> bool:
        return phrases in self._bits

    def places(self, *lists: Spellings) -> Sequence[Sequence[int]]:
        """For each text the places at which a phrase of any of some lists may begin, in order; never inside a word."""
        known = self._known.get(lists)
        if known is None:
            bits = np.uint32(reduce(or_, (self._bits[phrases] for phrases in lists)))
            known = self._known[lists] = self._extents.divided(self._places[(self._lists & bits) != 0])
        return known


def _slot(beginning: str) -> int:
    """The slot of a phrase's first characters: a number that all texts beginning so share."""
    slot = 0
    for letter in beginning:
        slot = (slot + ord(letter)) * int(_FACTOR) & _MASK
    return slot >> int(_SHIFT)
