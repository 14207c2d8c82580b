"""The words of many texts at once, as numbers: what the search for shared words reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracer.text.latin import latin_views
from tracer.text.view import lowered_view
from tracer.text.vocabulary import Vocabulary, vocabulary
from tracer.text.words import Codes, Places, characters_of, one_after_the_other, small_codes, word_places


@dataclass(frozen=True, slots=True)
class WordRuns:
    """The words of several texts, one text after the other.

    ``numbers`` (int64) are those of the words in ``vocabulary``; those of text ``i`` are
    ``numbers[offsets[i]:offsets[i + 1]]`` (``offsets`` int64, one more than there are texts).
    """

    vocabulary: Vocabulary
    numbers: Places
    offsets: Places

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def of(self, text: int) -> npt.NDArray[np.uint64]:
        """The ids of one text's words, which are those of its :class:`tracer.text.Tokens`."""
        return self.vocabulary.ids(self.numbers[self.offsets[text] : self.offsets[text + 1]])

    def subset(self, texts: Sequence[int]) -> WordRuns:
        """The words of some of the ``texts``, which are given in their order, each once."""
        if len(texts) == len(self):
            return self
        of_texts = [self.numbers[self.offsets[text] : self.offsets[text + 1]] for text in texts]
        offsets = np.cumsum([0, *map(len, of_texts)], dtype=np.int64)
        return WordRuns(self.vocabulary, np.concatenate(of_texts), offsets)


def word_runs(texts: Sequence[str]) -> WordRuns:
    """The words of ``texts``: as :func:`tracer.text.tokenise_all`, without their places. Linear, array arithmetic."""
    known = vocabulary()
    views, edges, told = latin_views(texts)
    numbers, offsets = _found(known, characters_of(views), views, edges)
    others = np.flatnonzero(~told)
    if len(others):
        joined, edges = one_after_the_other([lowered_view(texts[text]) for text in others.tolist()])
        more, ends = _found(known, joined, small_codes(joined), edges)
        # Those texts have had no words so far.
        counts = np.diff(ends)
        numbers = np.insert(numbers, np.repeat(offsets[others], counts), more)
        offsets += np.cumsum(np.bincount(others + 1, weights=counts, minlength=len(offsets))).astype(np.int64)
    return WordRuns(known, numbers, offsets)


def _found(known: Vocabulary, lowered: str, codes: Codes, edges: Places) -> tuple[Places, Places]:
    """The number of each word, and, by the ``edges`` of the texts, the first word of each."""
    starts, stops = word_places(lowered, codes)
    return known.numbers(lowered, codes, starts, stops), np.searchsorted(starts, edges).astype(np.int64)
