"""The words of many texts at once, as numbers: what the search for shared words reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracer.text.shingles import finish
from tracer.text.tokens import lowered_view, without_dots, word_id
from tracer.text.words import character_codes, word_places

_BREAK = "\n\u0000\n"
"""Stands between two texts; no word reaches over it, and no text's last dot meets the next text's first letter."""
_BASE = np.uint64(0x9E3779B97F4A7C15)
_MOST_TEXTS = 1 << 16


@dataclass(frozen=True, slots=True)
class WordRuns:
    """The words of several texts, one text after the other.

    ``ids`` (uint64) are those of :func:`tracer.text.tokenise`; text ``i`` has ``ids[offsets[i]:offsets[i + 1]]``
    (``offsets`` int64, one more than there are texts).
    """

    ids: npt.NDArray[np.uint64]
    offsets: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def of(self, text: int) -> npt.NDArray[np.uint64]:
        """The ids of one text's words."""
        return self.ids[self.offsets[text] : self.offsets[text + 1]]


class WordNumbers:
    """Turns texts into word ids; keeps the ids of the words met, so that a word is hashed once per object.

    Memory: 16 bytes per different word, up to a quarter of a million, then it starts anew.
    """

    _MOST_KNOWN = 1 << 18

    def __init__(self) -> None:
        self._known: dict[int, int] = {}

    def runs(self, texts: Sequence[str]) -> WordRuns:
        """The words of ``texts``: the ids of ``tokenise(text).ids``, text by text. Linear, array arithmetic."""
        views = [lowered_view(text) for text in texts]
        joined = _BREAK.join(views)
        starts, stops = word_places(joined)
        edges = np.cumsum([0, *(len(view) + len(_BREAK) for view in views)])
        offsets = np.searchsorted(starts, edges)
        return WordRuns(self._ids(joined, starts, stops), offsets.astype(np.int64))

    def _ids(self, joined: str, starts: npt.NDArray[np.int64], stops: npt.NDArray[np.int64]) -> npt.NDArray[np.uint64]:
        """One id per word: by a cheap hash of its characters first, by its own only where that is new."""
        if not len(starts):
            return np.empty(0, dtype=np.uint64)
        keys, first, inverse = np.unique(
            _character_hashes(character_codes(joined), starts, stops), return_index=True, return_inverse=True
        )
        if len(self._known) > self._MOST_KNOWN:
            self._known.clear()
        known = self._known
        ids = np.empty(len(keys), dtype=np.uint64)
        for place, key in enumerate(keys.tolist()):
            found = known.get(key)
            if found is None:
                word = int(first[place])
                found = known[key] = word_id(without_dots(joined[starts[word] : stops[word]]))
            ids[place] = found
        return ids[inverse]


def _character_hashes(
    codes: npt.NDArray[np.uint32], starts: npt.NDArray[np.int64], stops: npt.NDArray[np.int64]
) -> npt.NDArray[np.uint64]:
    """A 64-bit hash of each word as it is written: a polynomial in its characters, finished with splitmix64."""
    lengths = stops - starts
    first = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    places = np.arange(int(lengths.sum()), dtype=np.int64) - np.repeat(first - starts, lengths)
    within = places - np.repeat(starts, lengths)
    powers = np.cumprod(np.full(int(lengths.max()), _BASE, dtype=np.uint64))
    sums = np.add.reduceat((codes[places].astype(np.uint64) + np.uint64(1)) * powers[within], first)
    return finish(sums)
