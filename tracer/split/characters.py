"""What kind each character is, told for many texts at once.

Finders that start from a rare character or from the beginnings of words ask here for their places, instead of looking
at every character one by one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from tracer.split.phrases import CAPITALS

LETTER_OR_DIGIT = 1
"""What ``str.isalnum`` accepts."""
CAPITAL = 2
"""A capital of :data:`tracer.split.phrases.CAPITALS`, or a decimal digit: what items in lists of names begin with."""
MARK = 4
"""A character that a double quotation mark of any kind begins with."""
SINGLE_MARK = 8
"""A single mark that may open a quotation."""
WIDE_SPACE = 16
"""White space beyond ASCII."""
STOP = 32
"""A mark that may end a sentence."""
LATE_CLOSER = 64
"""A mark that closes something when it stands behind a stop."""
HALF = 128
"""Half of a character, which cannot be encoded."""

_Found = TypeVar("_Found")

PADDING = 12
"""How many zeros stand behind the code points."""

_WRITTEN = 0x40000  # code points from here on are neither letters nor digits
_RUNS = {
    LETTER_OR_DIGIT: r"[^\W_]+",
    CAPITAL: rf"[{CAPITALS}\d]+",
    WIDE_SPACE: r"[^\S\x00-\x7f]+",
    HALF: "[\ud800-\udfff]+",
}
_SIGNS = {
    MARK: "“”„‟«»\"＂â`‘’'",
    SINGLE_MARK: "‘'",
    STOP: ".!?…",
    LATE_CLOSER: "’'´)]",
}


class Extents:
    """Where each of many texts stands that follow each other, with a line break behind each."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.stops = np.cumsum([len(text) + 1 for text in texts]) - 1
        """Where each text ends: the place of its line break."""
        self.starts = np.concatenate(([0], self.stops[:-1] + 1))
        """Where each text begins."""

    def divided(self, places: npt.NDArray[np.intp]) -> list[list[int]]:
        """Places in order, as those of each text, counted from where it begins."""
        edges = places.searchsorted(self.stops)
        counts = edges.copy()
        counts[1:] -= edges[:-1]
        own = (places - self.starts.repeat(counts)).tolist()
        return [own[first:stop] for first, stop in pairwise([0, *edges.tolist()])]


class Texts:
    """The characters of many texts, which stand one behind the other, each with a line break behind it.

    Linear to make. A step of array arithmetic costs little more for many short texts than for one: what one finder asks
    of a text is told of all at once, and kept. What is told must not refer back to the texts: megabytes of arrays would
    stay until the next round of garbage collection.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self.joined = "\n".join((*texts, ""))
        encoded = (self.joined + "\0" * PADDING).encode("utf-32-le", "surrogatepass")
        self.codes: npt.NDArray[np.uint32] = np.frombuffer(encoded, dtype="<u4")
        """The code point of each character, and zeros behind them."""
        self.kinds = _kinds().take(self.codes[: len(self.joined)], mode="clip")
        self.extents = Extents(texts)
        self._told: dict[Callable[[Texts], Any], Any] = {}

    def told(self, find: Callable[[Texts], _Found]) -> _Found:
        """What a function finds in the texts: called once."""
        if find not in self._told:
            self._told[find] = find(self)
        found: _Found = self._told[find]
        return found

    def places(self, kind: int) -> npt.NDArray[np.intp]:
        """Where the characters of a kind stand, in order."""
        # Among truth values places are found eight times as fast as among numbers.
        return np.flatnonzero((self.kinds & kind) != 0)

    def free_places(self, kind: int) -> npt.NDArray[np.intp]:
        """Where the characters of a kind stand that have no letter or digit right before them, in order."""
        found = (self.kinds & kind) != 0
        found[1:] &= (self.kinds[:-1] & LETTER_OR_DIGIT) == 0
        return np.flatnonzero(found)

    def pairs(self, first: int, second: int) -> list[int]:
        """Where a character of the ``second`` kind stands right behind one of the ``first``, in order."""
        behind = self.places(second)
        # Before the very first character stands, for this, the last: a line break, which is of no kind.
        found: list[int] = behind[(self.kinds.take(behind - 1) & first) != 0].tolist()
        return found

    def has(self, kind: int) -> bool:
        """Whether a character of a kind stands in the texts."""
        return bool(np.bitwise_or.reduce(self.kinds) & kind)

    def has_doubled(self, kind: int) -> bool:
        """Whether a character of a kind stands twice in a row."""
        places = self.places(kind)
        return bool(np.any(self.codes.take(places) == self.codes.take(places + 1)))

    @cached_property
    def word_starts(self) -> npt.NDArray[np.intp]:
        """Places without a letter or digit right before them: all at which a word, or a mark, may begin; in order."""
        free = np.empty(len(self.kinds), dtype=bool)
        free[:1] = True
        np.equal(self.kinds[:-1] & LETTER_OR_DIGIT, 0, out=free[1:])
        free[self.extents.stops] = False
        return np.flatnonzero(free)

    @cached_property
    def begins_capital(self) -> npt.NDArray[np.bool_]:
        """Whether a capital or a digit stands at each of the :attr:`word_starts`."""
        found: npt.NDArray[np.bool_] = (self.kinds.take(self.word_starts) & CAPITAL) != 0
        return found


@dataclass(frozen=True, slots=True)
class Characters:
    """The characters of one text among the ``texts`` that are read together."""

    texts: Texts
    number: int = 0

    @property
    def start(self) -> int:
        """Where the text begins among all."""
        return int(self.texts.extents.starts[self.number])

    def told(self, find: Callable[[Texts], Sequence[_Found]]) -> _Found:
        """What a function that finds something in each of the texts found in this one."""
        return self.texts.told(find)[self.number]


@cache
def _kinds() -> npt.NDArray[np.uint8]:
    """The kinds of all code points, one bit for each kind."""
    kinds = np.zeros(0x110000, dtype=np.uint8)
    written = np.arange(_WRITTEN, dtype="<u4").tobytes().decode("utf-32-le", "surrogatepass")
    for kind, pattern in _RUNS.items():
        for run in re.finditer(pattern, written):
            kinds[run.start() : run.end()] |= kind
    for kind, signs in _SIGNS.items():
        kinds[[ord(sign) for sign in signs]] |= kind
    return kinds
