"""Sentences of two texts as weighted bags of words in one space."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from tracer.domain import Span
from tracer.split import ParsedArticle

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_FEWEST_WORDS = 3
"""Shorter sentences (headings, list marks, odd line breaks) are read together with the next."""
_MOST_WORDS = 50
"""Longer ones (lists, tables, text without full stops) are cut into equal parts."""
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Units:
    """The sentences of one text, short ones joined to the next, long ones cut; page furniture takes part.

    Unit ``u`` holds the words from ``edges[u]`` to before ``edges[u + 1]``.
    """

    parsed: ParsedArticle
    edges: Places

    def __len__(self) -> int:
        return len(self.edges) - 1

    def span(self, first: int, last: int) -> Span:
        """The raw text from unit ``first`` to unit ``last`` inclusive."""
        return self.parsed.tokens.span(int(self.edges[first]), int(self.edges[last + 1]))

    def words(self, first: int, last: int) -> range:
        """The words from unit ``first`` to unit ``last`` inclusive."""
        return range(int(self.edges[first]), int(self.edges[last + 1]))

    def touching(self, taken: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """For each unit whether any of its words is ``taken`` (one flag per word)."""
        touched: npt.NDArray[np.bool_] = np.logical_or.reduceat(taken, self.edges[:-1])
        return touched


def units_of(parsed: ParsedArticle) -> Units:
    """Cut a text that has words into units. Linear."""
    starts: list[int] = []
    for start in np.flatnonzero(np.diff(parsed.sentence_of, prepend=-2)).tolist():
        if not starts or start - starts[-1] >= _FEWEST_WORDS:
            starts.append(start)
    edges = [edge for start, stop in pairwise([*starts, len(parsed.tokens)]) for edge in _cut(start, stop)]
    return Units(parsed, np.array([*edges, len(parsed.tokens)], dtype=np.int64))


def _cut(start: int, stop: int) -> Iterator[int]:
    parts = -(-(stop - start) // _MOST_WORDS)
    return (start + (stop - start) * part // parts for part in range(parts))


def weighted_rows(left: Units, right: Units) -> tuple[csr_matrix, csr_matrix]:
    """Both texts' units as rows over their common vocabulary: occurrences times inverse sentence frequency.

    The frequency of a word is that among the sentences of these two texts, ``ln((units + 1) / units with the word)``:
    what a pair is about is common in it, and tells its sentences apart no better than "the" does.
    """
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - heavy

    ids = np.concatenate((left.parsed.tokens.ids, right.parsed.tokens.ids))
    vocabulary, words = np.unique(ids, return_inverse=True)
    sizes = np.concatenate((np.diff(left.edges), np.diff(right.edges)))
    cells = np.repeat(np.arange(len(sizes)), sizes) * len(vocabulary) + words.reshape(-1)
    cells, counts = np.unique(cells, return_counts=True)
    rows, columns = cells // len(vocabulary), cells % len(vocabulary)
    weights = np.log((len(sizes) + 1) / np.bincount(columns, minlength=len(vocabulary)))
    starts = np.searchsorted(rows, np.arange(len(sizes) + 1))
    table = csr_matrix((counts * weights[columns], columns, starts), shape=(len(sizes), len(vocabulary)))
    return table[: len(left)], table[len(left) :]
