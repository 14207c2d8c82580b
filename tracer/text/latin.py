"""The matching views of many texts at once, a byte a character, where the letters of Western Europe are enough.

Of nearly all texts in Latin letters, the view in lower case can be told character by character: quotation marks are
folded, capitals lose their size, and signs that stand in no word do not matter. One table says so for all texts of a
batch together. The others, some two in a hundred of English news, are left to :func:`tracer.text.view.normal_view`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from tracer.text.view import folded_only, lowered_view
from tracer.text.words import BREAK, character_codes, wordless

_BREAK = BREAK.encode("utf-16-le")
_STRANGE = ord("A")
"""In no text in lower case: stands for a character that cannot be told by itself, or is a letter of another script."""
_LAST = 0xFF
"""The last character of Latin-1."""
_BLANK = 0
"""Stands for all characters beyond the first 256 that are in no word."""


def latin_views(texts: Sequence[str]) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """The views of ``texts`` in lower case as Latin-1, one after the other; where each begins; which are told.

    Signs beyond Latin-1 that stand in no word are blanks. Texts that are not told are blank throughout. There is one
    more beginning than there are texts. Linear, array arithmetic.
    """
    encoded = [text.encode("utf-16-le", "surrogatepass") for text in texts]
    edges = np.cumsum([0, *((len(text) + len(_BREAK)) // 2 for text in encoded)])
    units = np.frombuffer(_BREAK.join(encoded), dtype=np.uint16)
    table = _table()
    views = np.frombuffer(bytearray(units.astype(np.uint8)).translate(table[:256].tobytes()), dtype=np.uint8)
    beyond = np.flatnonzero(units > _LAST)
    views[beyond] = table[units[beyond]]
    told = np.ones(len(texts), dtype=np.bool_)
    told[np.searchsorted(edges, np.flatnonzero(views == _STRANGE), side="right") - 1] = False
    for text in np.flatnonzero(~told).tolist():
        views[edges[text] : edges[text + 1]] = _BLANK
    return views, edges, told


@cache
def _table() -> npt.NDArray[np.uint8]:
    """What becomes of each character of the basic plane; made once per process."""
    table = np.full(1 << 16, _STRANGE, dtype=np.uint8)
    told = folded_only()
    lowered = lowered_view(told)
    codes = character_codes(lowered)
    table[character_codes(told)] = np.where(codes <= _LAST, codes, np.where(wordless(lowered), _BLANK, _STRANGE))
    return table
