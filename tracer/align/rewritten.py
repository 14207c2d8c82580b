"""Rewritten passages: sentences that say the same in other words."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from tracer.align.passages import Passage, PassageKind
from tracer.align.senses import FEWEST_SHARED, content_of, met_sentences
from tracer.split import ParsedArticle, WordClass

_QUOTED = int(WordClass.QUOTED)
_ROUNDING = 1e-6
"""More than summing in arrays may be off; what comes so close is summed again without rounding error."""


def rewritten_passages(
    left: ParsedArticle, right: ParsedArticle, aligned: Sequence[Passage], least_cosine: float
) -> list[Passage]:
    """Pairs of sentences, not yet covered by ``aligned``, whose content words agree.

    Sentences are compared by the cosine of their distinct content words, weighted by squared rarity in the language's
    background model; a pair needs at least four words in common and a cosine of at least ``least_cosine``. Words in
    more than 100 sentences of either article are not compared. Each sentence is used once, best pairs first. Nothing
    where the language has no model. Sorted by place on the left. Cost: linear in the articles, at most 100 sentences
    met per word; the model is asked about each word of an article once.
    """
    scored = sorted(_scores(left, right, aligned, least_cosine), key=lambda row: (-row[0], row[1], row[2]))
    used_left: set[int] = set()
    used_right: set[int] = set()
    passages = []
    for cosine, sentence, other, shared in scored:
        if sentence not in used_left and other not in used_right:
            used_left.add(sentence)
            used_right.add(other)
            passages.append(_sentence_passage(left, right, sentence, other, cosine, shared))
    return sorted(passages, key=lambda passage: (passage.left.start, passage.right.start))


def _scores(
    left: ParsedArticle, right: ParsedArticle, aligned: Sequence[Passage], least_cosine: float
) -> list[tuple[float, int, int, int]]:
    """``(cosine, left sentence, right sentence, shared words)`` of all pairs that are close enough."""
    ours = content_of(left)
    if ours is None or len((our_rows := ours.outside([passage.left for passage in aligned])).words) < FEWEST_SHARED:
        return []  # so with most reprints, whose other side need not be looked at
    theirs = content_of(right)
    if theirs is None:
        return []
    their_rows = theirs.outside([passage.right for passage in aligned])
    our_words, their_words = ours.common(theirs)
    our_rows, their_rows = ours.among(our_rows, our_words), theirs.among(their_rows, their_words)
    if min(len(our_rows.words), len(their_rows.words)) < FEWEST_SHARED:
        return []
    met = met_sentences(our_rows, their_rows, len(our_words))
    if not len(met.words):
        return []
    our_squares = ours.squares(our_words)
    their_squares = our_squares if ours.model is theirs.model else theirs.squares(their_words)
    our_weights = our_squares[met.words] / ours.norms(met.left)
    products = our_weights * (their_squares[met.words] / theirs.norms(met.right))
    sums = np.add.reduceat(products, met.starts)
    scored = []
    for pair in (sums >= least_cosine - _ROUNDING).nonzero()[0].tolist():
        start, stop = met.starts[pair], met.starts[pair + 1] if pair + 1 < len(sums) else len(products)
        cosine = round(math.fsum(products[start:stop].tolist()), 9)
        if cosine >= least_cosine:
            scored.append((cosine, int(met.left[start]), int(met.right[start]), int(stop - start)))
    return scored


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
