"""The content words of sentences, and which sentences of two articles share enough of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tracer.align.remembered import once_per_article
from tracer.split import ParsedArticle, WordClass
from tracer.text import Background, background, is_new, sorted_once

FEWEST_SHARED = 4
_LEAST_RARITY = 3.2
"""Words that stand in more than about a tenth of all articles carry no sense worth matching."""
_MOST_SENTENCES = 100
"""Words in more sentences of one article than this are a refrain; they would make every sentence meet every other."""
_FURNITURE = int(WordClass.BOILERPLATE)
_HALF, _LOW = 32, (1 << 32) - 1
"""Two numbers are put into one, to be sorted together."""

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


class Rows(NamedTuple):
    """Words in sentences, each once a sentence: parallel arrays, sorted by sentence."""

    sentences: Places
    words: Places

    def at(self, chosen: Flags) -> Rows:
        """Some of the rows."""
        return Rows(self.sentences[chosen], self.words[chosen])


@dataclass(frozen=True, slots=True)
class Content:
    """What the sentences of one article are about: their content words by a ``model``, page furniture left out.

    ``ids`` (uint64, sorted) are the different words, ``rows`` give them by place in ``ids``; sentences with fewer than
    ``FEWEST_SHARED`` have no rows. ``sentence_of`` is the article's, ``third`` a third of the words of each sentence,
    rounded up, at least 1.
    """

    model: Background
    ids: npt.NDArray[np.uint64]
    rows: Rows
    sentence_of: npt.NDArray[np.int32]
    third: Places

    def outside(self, places: Sequence[range]) -> Rows:
        """The rows of sentences of which less than a third of the words belong to a passage."""
        if not places:
            return self.rows
        words = np.concatenate([self.sentence_of[place.start : place.stop] for place in places])
        held = np.bincount(words + 1, minlength=len(self.third) + 1)[1:]
        return self.rows.at((held < self.third)[self.rows.sentences])

    def common(self, other: Content) -> tuple[Places, Places]:
        """The places of the words that both have, in the one and in the other."""
        if not len(other.ids):
            return np.empty(0, np.int64), np.empty(0, np.int64)
        places = other.ids.searchsorted(self.ids)
        places[places == len(other.ids)] = 0
        ours = (other.ids[places] == self.ids).nonzero()[0]
        return ours, places[ours]

    def among(self, rows: Rows, common: Places) -> Rows:
        """The rows whose words are among some in ``common``, by their index in it."""
        index = np.full(len(self.ids), -1)
        index[common] = np.arange(len(common))
        words = index[rows.words]
        chosen = (words >= 0).nonzero()[0]
        return Rows(rows.sentences[chosen], words[chosen])

    def squares(self, words: Places) -> Floats:
        """Squared rarity of some words of the article."""
        squares: Floats = self.model.rarity(self.ids[words]) ** 2
        return squares

    def norms(self, sentences: Places) -> Floats:
        """The length of each sentence's vector of squares, of sentences that have rows.

        Summed without rounding error, so that the order of words is no matter. Same shape as ``sentences``.
        """
        is_sought = np.zeros(len(self.third), dtype=np.bool_)
        is_sought[sentences] = True
        sought = self.rows.at(is_sought[self.rows.sentences])
        starts = is_new(sought.sentences).nonzero()[0].tolist()
        values = (self.squares(sought.words) ** 2).tolist()
        norms = np.zeros(len(is_sought))
        norms[sought.sentences[starts]] = [
            math.sqrt(math.fsum(values[start:stop])) for start, stop in pairwise([*starts, len(values)])
        ]
        return norms[sentences]


@once_per_article
def content_of(parsed: ParsedArticle) -> Content | None:
    """The content words of an article; ``None`` where its language has no model. Sorts its words once."""
    model = background(parsed.split.language)
    if model is None:
        return None
    is_content = model.rarity_at(parsed.model_places) >= _LEAST_RARITY
    is_content &= (parsed.classes != _FURNITURE) & (parsed.sentence_of >= 0)
    told = is_content.nonzero()[0]
    ids = parsed.tokens.ids[told]
    order = ids.argsort()
    ids = ids[order]
    is_first = is_new(ids)
    joined = sorted_once((parsed.sentence_of[told[order]].astype(np.int64) << _HALF) | (is_first.cumsum() - 1))
    rows = Rows(joined >> _HALF, joined & _LOW)
    sentences = len(parsed.split.sentences)
    enough = np.bincount(rows.sentences, minlength=sentences) >= FEWEST_SHARED
    sizes = np.bincount(parsed.sentence_of + 1, minlength=sentences + 1)[1:]
    return Content(
        model,
        ids[is_first],
        rows.at(enough[rows.sentences]),
        parsed.sentence_of,
        np.maximum(1, (sizes + 2) // 3),
    )


class Met(NamedTuple):
    """Pairs of sentences that share at least ``FEWEST_SHARED`` words, a row for each word.

    ``left`` and ``right`` are the sentences of each row, ``words`` the word; ``starts`` the first rows of the pairs.
    """

    left: Places
    right: Places
    words: Places
    starts: Places


def met_sentences(ours: Rows, theirs: Rows, words: int) -> Met:
    """The sentences that share enough words. The rows are of ``words`` common words, refrains among them."""
    order = theirs.words.argsort()
    carriers = np.bincount(theirs.words, minlength=words)
    firsts = carriers.cumsum() - carriers
    carriers[(carriers > _MOST_SENTENCES) | (np.bincount(ours.words, minlength=words) > _MOST_SENTENCES)] = 0
    counts = carriers[ours.words]
    rows = np.arange(len(counts)).repeat(counts)
    others = order[np.arange(len(rows)) + (firsts[ours.words] - counts.cumsum() + counts).repeat(counts)]
    pairs = (ours.sentences[rows] << _HALF) | theirs.sentences[others]
    order = pairs.argsort()
    pairs = pairs[order]
    starts = is_new(pairs).nonzero()[0]
    sizes = np.append(starts[1:], len(pairs))[: len(starts)] - starts
    enough = sizes >= FEWEST_SHARED
    kept = enough.repeat(sizes)
    pairs, sizes = pairs[kept], sizes[enough]
    return Met(pairs >> _HALF, pairs & _LOW, ours.words[rows[order[kept]]], sizes.cumsum() - sizes)
