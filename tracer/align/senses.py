"""The content words of sentences, and which sentences of two articles share enough of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tracer.align.vocabulary import Places, is_new, vocabulary
from tracer.split import ParsedArticle, WordClass
from tracer.text import Background

FEWEST_SHARED = 4
_LEAST_RARITY = 3.2
"""Words that stand in more than about a tenth of all articles carry no sense worth matching."""
_MOST_SENTENCES = 100
"""Words in more sentences of one article than this are a refrain; they would make every sentence meet every other."""
QUOTED, _FURNITURE = int(WordClass.QUOTED), int(WordClass.BOILERPLATE)

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


class Rows(NamedTuple):
    """Words in sentences, each once a sentence: parallel arrays, sorted by sentence, then word.

    ``words`` are places in an article's vocabulary, or in what two articles have in common.
    """

    sentences: Places
    words: Places

    @classmethod
    def of(cls, sentences: npt.NDArray[np.int32], words: Places, width: int) -> Rows:
        """Rows from running words; ``width`` is the number of different words."""
        rows = sentences * np.int64(width) + words
        rows.sort()
        return cls(*np.divmod(rows[is_new(rows)], max(1, width)))

    def at(self, chosen: Flags) -> Rows:
        """Some of the rows."""
        return Rows(self.sentences[chosen], self.words[chosen])


@dataclass(frozen=True, slots=True)
class Sense:
    """One article of a pair: ``free`` are its words outside furniture, in sentences that no passage covers."""

    parsed: ParsedArticle
    model: Background
    free: Flags

    @classmethod
    def of(cls, parsed: ParsedArticle, model: Background, places: Sequence[range]) -> Sense:
        """An article with the places of its passages."""
        is_covered = np.zeros(len(parsed.split.sentences) + 1, dtype=np.bool_)
        is_covered[[-1, *_covered(parsed, places)]] = True  # the last stands for words outside any sentence
        return cls(parsed, model, (parsed.classes != _FURNITURE) & ~is_covered[parsed.sentence_of])

    def squares(self, words: Places) -> Floats:
        """Squared rarity of some words of the vocabulary; 0 for those that carry no sense."""
        squares: Floats = self.model.rarity(vocabulary(self.parsed).ids[words]) ** 2
        squares[squares < _LEAST_RARITY**2] = 0.0
        return squares

    def rows(self, words: Places, is_content: Flags) -> Rows:
        """Where some words of the vocabulary stand that carry sense, by their index among ``words``."""
        known = vocabulary(self.parsed)
        index = np.full(len(known.ids), -1)
        index[words[is_content]] = is_content.nonzero()[0]
        running = index[known.of]
        chosen = ((running >= 0) & self.free).nonzero()[0]
        return Rows.of(self.parsed.sentence_of[chosen], running[chosen], len(words))

    def norms(self, sentences: Places) -> Floats:
        """The length of each sentence's vector of squares; 0 for fewer than ``FEWEST_SHARED`` content words.

        Summed without rounding error, so that the order of words is no matter. Same shape as ``sentences``.
        """
        known = vocabulary(self.parsed)
        is_sought = np.zeros(len(self.parsed.split.sentences) + 1, dtype=np.bool_)
        is_sought[sentences] = True
        words = (self.free & is_sought[self.parsed.sentence_of]).nonzero()[0]
        rows = Rows.of(self.parsed.sentence_of[words], known.of[words], len(known.ids))
        squares = self.squares(rows.words)
        rows, squares = rows.at(squares > 0), squares[squares > 0]
        starts = is_new(rows.sentences).nonzero()[0].tolist()
        values = (squares * squares).tolist()
        norms = np.zeros(len(is_sought))
        norms[rows.sentences[starts]] = [
            math.sqrt(math.fsum(values[start:stop])) if stop - start >= FEWEST_SHARED else 0.0
            for start, stop in pairwise([*starts, len(values)])
        ]
        return norms[sentences]

    def refrains(self, rows: Rows) -> Places:
        """The words that stand in too many sentences, of those with enough content words."""
        if np.bincount(rows.words).max(initial=0) <= _MOST_SENTENCES:
            return rows.words[:0]
        return (np.bincount(rows.at(self.norms(rows.sentences) > 0).words) > _MOST_SENTENCES).nonzero()[0]


def _covered(parsed: ParsedArticle, places: Sequence[range]) -> list[int]:
    """Sentences of which at least a third of the words belong to a passage."""
    if not places:
        return []
    words = np.concatenate([parsed.sentence_of[place.start : place.stop] for place in places])
    counts = np.bincount(words[words >= 0])
    touched = counts.nonzero()[0]
    spans = [parsed.split.sentences[sentence].span for sentence in touched.tolist()]
    edges = parsed.tokens.starts.searchsorted([edge for span in spans for edge in (span.start, span.stop)])
    covered: list[int] = touched[3 * counts[touched] >= edges[1::2] - edges[::2]].tolist()
    return covered


class Met(NamedTuple):
    """Pairs of sentences that share at least ``FEWEST_SHARED`` words, a row for each word.

    ``left`` and ``right`` are the sentences of each row, ``words`` the word; ``starts`` the first rows of the pairs.
    """

    left: Places
    right: Places
    words: Places
    starts: Places


def met_sentences(left: Sense, right: Sense, ours: Rows, theirs: Rows) -> Met:
    """The sentences that share enough words. ``ours`` and ``theirs`` are rows of common words, refrains among them."""
    order = theirs.words.argsort()
    width = max(int(ours.words.max(initial=-1)), int(theirs.words.max(initial=-1))) + 1
    carriers = np.bincount(theirs.words, minlength=width)
    firsts = carriers.cumsum() - carriers
    for refrains in (left.refrains(ours), right.refrains(theirs)):
        carriers[refrains] = 0
    counts = carriers[ours.words]
    rows = np.arange(len(counts)).repeat(counts)
    others = order[np.arange(len(rows)) + (firsts[ours.words] - counts.cumsum() + counts).repeat(counts)]
    sentences = len(right.parsed.split.sentences)
    pairs = ours.sentences[rows] * sentences + theirs.sentences[others]
    order = pairs.argsort()
    pairs = pairs[order]
    starts = is_new(pairs).nonzero()[0]
    sizes = np.diff(starts, append=len(pairs))
    enough = sizes >= FEWEST_SHARED
    kept = enough.repeat(sizes)
    lefts, rights = np.divmod(pairs[kept], max(1, sentences))
    sizes = sizes[enough]
    return Met(lefts, rights, ours.words[rows[order[kept]]], sizes.cumsum() - sizes)
