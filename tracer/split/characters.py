"""What kind each character of a text is, told for the whole text at once.

Finders that start from a rare character or from the beginnings of words ask here for their places, instead of looking
at every character one by one.
"""

from __future__ import annotations

import re
from functools import cache, cached_property

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

PADDING = 8
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


class Characters:
    """The characters of one text. Linear to make; kept in two arrays of the text's length."""

    def __init__(self, text: str) -> None:
        encoded = (text + "\0" * PADDING).encode("utf-32-le", "surrogatepass")
        self.padded: npt.NDArray[np.uint32] = np.frombuffer(encoded, dtype="<u4")
        """The code point of each character, and zeros behind them."""
        self._kinds = _kinds().take(self.padded[: len(text)])

    def places(self, kind: int) -> list[int]:
        """Where the characters of a kind stand, in order."""
        return np.flatnonzero(self._kinds & kind).tolist()

    def free_places(self, kind: int) -> list[int]:
        """Where the characters of a kind stand that have no letter or digit right before them, in order."""
        found = (self._kinds & kind) != 0
        found[1:] &= (self._kinds[:-1] & LETTER_OR_DIGIT) == 0
        return np.flatnonzero(found).tolist()

    def pairs(self, first: int, second: int) -> list[int]:
        """Where a character of the ``second`` kind stands right behind one of the ``first``, in order."""
        behind = (self._kinds[:-1] & first).astype(bool) & (self._kinds[1:] & second).astype(bool)
        return (np.flatnonzero(behind) + 1).tolist()

    def has(self, kind: int) -> bool:
        """Whether a character of a kind stands in the text."""
        return bool(np.any(self._kinds & kind))

    def has_doubled(self, kind: int) -> bool:
        """Whether a character of a kind stands twice in a row."""
        codes = self.padded[: len(self._kinds)]
        return bool(np.any((codes[1:] == codes[:-1]) & ((self._kinds[1:] & kind) != 0)))

    @cached_property
    def word_starts(self) -> npt.NDArray[np.intp]:
        """Places without a letter or digit right before them: all at which a word, or a mark, may begin; in order."""
        free = np.ones(len(self._kinds), dtype=bool)
        np.equal(self._kinds[:-1] & LETTER_OR_DIGIT, 0, out=free[1:])
        return np.flatnonzero(free)

    @cached_property
    def capital_starts(self) -> npt.NDArray[np.intp]:
        """Where words begin with a capital or a digit, in order."""
        starts = self.word_starts
        capital: npt.NDArray[np.intp] = starts[(self._kinds.take(starts) & CAPITAL) != 0]
        return capital


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
