"""Rewritten passages: sentences that say the same in other words."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracer.align.passages import Passage, PassageKind
from tracer.align.remembered import once_per_article
from tracer.align.vocabulary import vocabulary
from tracer.split import ParsedArticle, WordClass

_LEAST_RARITY = 3.2
"""Words that stand in more than about a tenth of all articles carry no sense worth matching."""
_FEWEST_SHARED = 4
_MOST_SENTENCES = 100
"""Words in more sentences of one article than this are a refrain; they would make every sentence meet every other."""
_ROUNDING = 1e-6
"""More than summing in arrays may be off; what comes so close is summed again without rounding error."""
_QUOTED, _FURNITURE = int(WordClass.QUOTED), int(WordClass.BOILERPLATE)


@dataclass(frozen=True, slots=True)
class _Senses:
    """The sentences of an article as weighted content words, each sentence of unit length; parallel arrays.

    A row is one word of one sentence: ``words`` (uint64, sorted), ``sentences`` and ``weights``.
    """

    words: npt.NDArray[np.uint64]
    sentences: npt.NDArray[np.int64]
    weights: npt.NDArray[np.float64]

    def at(self, chosen: npt.NDArray[np.bool_]) -> _Senses:
        """Some of the rows."""
        return _Senses(self.words[chosen], self.sentences[chosen], self.weights[chosen])

    def without(self, sentences: Collection[int]) -> _Senses:
        """The rows of all other sentences."""
        if not sentences or not len(self.words):
            return self
        kept = np.ones(int(self.sentences.max()) + 1, dtype=np.bool_)
        kept[[sentence for sentence in sentences if 0 <= sentence < len(kept)]] = False
        return self.at(kept[self.sentences])

    def refrains(self) -> npt.NDArray[np.uint64]:
        """The words in too many of the sentences, sorted."""
        is_refrain = self.words[_MOST_SENTENCES:] == self.words[:-_MOST_SENTENCES]
        return np.unique(self.words[_MOST_SENTENCES:][is_refrain])


def rewritten_passages(
    left: ParsedArticle, right: ParsedArticle, aligned: Sequence[Passage], least_cosine: float
) -> list[Passage]:
    """Pairs of sentences, not yet covered by ``aligned``, whose content words agree.

    Sentences are compared by the cosine of their distinct content words, weighted by squared rarity in the language's
    background model; a pair needs at least four words in common and a cosine of at least ``least_cosine``. Words in
    more than 100 sentences of either article are not compared. Each sentence is used once, best pairs first. Nothing
    where the language has no model. Sorted by place on the left. Cost: linear in the articles, at most 100 sentences
    met per word, all of it array arithmetic; the content words of an article are kept while pairs share it.
    """
    ours = _senses(left).without(_covered(left, [passage.left for passage in aligned]))
    theirs = _senses(right).without(_covered(right, [passage.right for passage in aligned]))
    scored = sorted(_scores(ours, theirs, least_cosine), key=lambda row: (-row[0], row[1], row[2]))
    used_left: set[int] = set()
    used_right: set[int] = set()
    passages = []
    for cosine, sentence, other, shared in scored:
        if sentence not in used_left and other not in used_right:
            used_left.add(sentence)
            used_right.add(other)
            passages.append(_sentence_passage(left, right, sentence, other, cosine, shared))
    return sorted(passages, key=lambda passage: (passage.left.start, passage.right.start))


def _covered(parsed: ParsedArticle, places: Sequence[range]) -> set[int]:
    """Sentences of which at least a third of the words belong to a passage."""
    if not places:
        return set()
    words = np.concatenate([parsed.sentence_of[place.start : place.stop] for place in places])
    counts = np.bincount(words[words >= 0]).tolist()
    return {
        sentence for sentence, count in enumerate(counts) if count and 3 * count >= len(parsed.words_of(sentence))
    }


@once_per_article
def _senses(parsed: ParsedArticle) -> _Senses:
    """All sentences of at least ``_FEWEST_SHARED`` different content words."""
    known = vocabulary(parsed)
    if known.rarity is None:
        return _Senses(known.ids[:0], known.of[:0], np.empty(0))
    squares = known.rarity**2
    usable = (parsed.classes != _FURNITURE) & (parsed.sentence_of >= 0) & (squares >= _LEAST_RARITY**2)[known.of]
    rows = parsed.sentence_of[usable].astype(np.int64) * len(known.ids) + known.of[usable]
    rows.sort()
    rows = rows[np.diff(rows, prepend=-1) != 0]
    sentences, words = np.divmod(rows, max(1, len(known.ids)))
    weights = squares[words]
    starts = np.flatnonzero(np.diff(sentences, prepend=-1))
    sizes = np.diff(starts, append=len(rows))
    norms = np.repeat(_norms(weights, starts, sizes), sizes)
    order = np.argsort(words, kind="stable")
    order = order[np.repeat(sizes >= _FEWEST_SHARED, sizes)[order]]
    return _Senses(known.ids[words[order]], sentences[order], (weights / norms)[order])


def _norms(
    weights: npt.NDArray[np.float64], starts: npt.NDArray[np.int64], sizes: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """The length of each sentence's vector, summed without rounding error, so that the order of words is no matter."""
    squared = (weights * weights).tolist()
    stops = (starts + sizes).tolist()
    return np.array([math.sqrt(math.fsum(squared[at:stop])) for at, stop in zip(starts.tolist(), stops, strict=True)])


def _scores(ours: _Senses, theirs: _Senses, least_cosine: float) -> Iterator[tuple[float, int, int, int]]:
    """``(cosine, left sentence, right sentence, shared words)`` of all pairs that are close enough."""
    ours, theirs = _comparable(ours, theirs)
    low = np.searchsorted(theirs.words, ours.words)
    counts = np.searchsorted(theirs.words, ours.words, side="right") - low
    lefts = np.repeat(np.arange(len(counts)), counts)
    rights = np.arange(len(lefts)) + np.repeat(low - np.cumsum(counts) + counts, counts)
    if not len(lefts):
        return
    width = int(theirs.sentences.max()) + 1
    pairs = ours.sentences[lefts] * width + theirs.sentences[rights]
    order = np.argsort(pairs)
    pairs, products = pairs[order], (ours.weights[lefts] * theirs.weights[rights])[order]
    starts = np.flatnonzero(np.diff(pairs, prepend=-1))
    shared = np.diff(starts, append=len(pairs))
    close = (shared >= _FEWEST_SHARED) & (np.add.reduceat(products, starts) >= least_cosine - _ROUNDING)
    for pair, start, words in zip(pairs[starts[close]], starts[close], shared[close], strict=True):
        cosine = round(math.fsum(products[start : start + words].tolist()), 9)
        if cosine >= least_cosine:
            yield cosine, int(pair // width), int(pair % width), int(words)


def _comparable(ours: _Senses, theirs: _Senses) -> tuple[_Senses, _Senses]:
    """Both sides without the words that are a refrain of either."""
    refrains = np.concatenate((ours.refrains(), theirs.refrains()))
    if not len(refrains):
        return ours, theirs
    return ours.at(~np.isin(ours.words, refrains)), theirs.at(~np.isin(theirs.words, refrains))


def _sentence_passage(
    left: ParsedArticle, right: ParsedArticle, sentence: int, other: int, cosine: float, shared: int
) -> Passage:
    ours, theirs = left.words_of(sentence), right.words_of(other)
    return Passage(
        ours,
        theirs,
        left.split.sentences[sentence].span,
        right.split.sentences[other].span,
        left_quoted=_mostly_quoted(left, ours),
        right_quoted=_mostly_quoted(right, theirs),
        kind=PassageKind.REWRITTEN,
        matched=shared,
        similarity=min(1.0, cosine),
    )


def _mostly_quoted(parsed: ParsedArticle, words: range) -> bool:
    quoted = int((parsed.classes[words.start : words.stop] == _QUOTED).sum())
    return 2 * quoted > len(words)
