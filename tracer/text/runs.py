"""The words of many texts at once, as numbers: what the search for shared words reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracer.text.identity import WordIds
from tracer.text.latin import latin_views
from tracer.text.view import lowered_view
from tracer.text.words import Codes, Places, characters_of, one_after_the_other, small_codes, word_places


@dataclass(frozen=True, slots=True)
class WordRuns:
    """The words of several texts, one text after the other.

    ``distinct`` (uint64, sorted, each once) are the ids that :func:`tracer.text.tokenise` gives the words, and
    ``places`` (int64) says which of them each word has; those of text ``i`` are ``places[offsets[i]:offsets[i + 1]]``
    (``offsets`` int64, one more than there are texts).
    """

    distinct: npt.NDArray[np.uint64]
    places: Places
    offsets: Places

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def places_of(self, text: int) -> Places:
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
        views, edges, told = latin_views(texts)
        ids, index, offsets = self._found(characters_of(views), views, edges)
        others = np.flatnonzero(~told)
        if len(others):
            joined, edges = one_after_the_other([lowered_view(texts[text]) for text in others.tolist()])
            more, which, ends = self._found(joined, small_codes(joined), edges)
            # Those texts have had no words so far.
            counts = np.diff(ends)
            index = np.insert(index, np.repeat(offsets[others], counts), which + len(ids))
            offsets += np.cumsum(np.bincount(others + 1, weights=counts, minlength=len(offsets))).astype(np.int64)
            ids = np.concatenate((ids, more))
        distinct, places = np.unique(ids, return_inverse=True)
        return WordRuns(distinct, places[index].astype(np.int64, copy=False), offsets)

    def _found(self, lowered: str, codes: Codes, edges: Places) -> tuple[npt.NDArray[np.uint64], Places, Places]:
        """Ids, which of them each word has, and, by the ``edges`` of the texts, the first word of each."""
        starts, stops = word_places(lowered, codes)
        ids, index = self._ids.of(lowered, codes, starts, stops)
        return ids, index, np.searchsorted(starts, edges).astype(np.int64)
