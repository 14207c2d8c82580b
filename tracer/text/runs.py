"""The words of many texts at once, as numbers: what the search for shared words reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracer.text.identity import WordIds
from tracer.text.tokens import lowered_view
from tracer.text.words import word_places

_BREAK = "\n\u0000\n"
"""Stands between two texts; no word reaches over it, and no text's last dot meets the next text's first letter."""


@dataclass(frozen=True, slots=True)
class WordRuns:
    """The words of several texts, one text after the other.

    ``distinct`` (uint64, sorted, each once) are the ids that :func:`tracer.text.tokenise` gives the words, and
    ``places`` (int64) says which of them each word has; those of text ``i`` are ``places[offsets[i]:offsets[i + 1]]``
    (``offsets`` int64, one more than there are texts).
    """

    distinct: npt.NDArray[np.uint64]
    places: npt.NDArray[np.int64]
    offsets: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def places_of(self, text: int) -> npt.NDArray[np.int64]:
        """Which of the distinct ids each word of one text has."""
        return self.places[self.offsets[text] : self.offsets[text + 1]]

    def of(self, text: int) -> npt.NDArray[np.uint64]:
        """The ids of one text's words."""
        return self.distinct[self.places_of(text)]


class WordNumbers:
    """Turns texts into word ids; keeps the ids of the words met (:class:`WordIds`)."""

    def __init__(self) -> None:
        self._ids = WordIds()

    def runs(self, texts: Sequence[str]) -> WordRuns:
        """The words of ``texts``: the ids of ``tokenise(text).ids``, text by text. Linear, array arithmetic."""
        views = [lowered_view(text) for text in texts]
        joined = _BREAK.join(views)
        starts, stops = word_places(joined)
        edges = np.cumsum([0, *(len(view) + len(_BREAK) for view in views)])
        ids, index = self._ids.of(joined, starts, stops)
        distinct, places = np.unique(ids, return_inverse=True)
        return WordRuns(
            distinct, places[index].astype(np.int64, copy=False), np.searchsorted(starts, edges).astype(np.int64)
        )
