"""Rewritten passages: sentences that say the same in other words."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tracer.align.passages import Passage, PassageKind
from tracer.split import ParsedArticle, WordClass
from tracer.text import background

_LEAST_RARITY = 3.2
"""Words that stand in more than about a tenth of all articles carry no sense worth matching."""
_FEWEST_SHARED = 4
_MOST_SENTENCES = 100
"""Words in more sentences of one article than this are a refrain; they would make every sentence meet every other."""


@dataclass(frozen=True, slots=True)
class _Sense:
    """A sentence as weighted content words (unit length), ready for a cosine."""

    sentence: int
    weights: dict[str, float]


def rewritten_passages(
    left: ParsedArticle, right: ParsedArticle, aligned: Sequence[Passage], least_cosine: float
) -> list[Passage]:
    """Pairs of sentences, not yet covered by ``aligned``, whose content words agree.

    Sentences are compared by the cosine of their distinct content words, weighted by squared rarity in the language's
    background model; a pair needs at least four words in common and a cosine of at least ``least_cosine``. Words in
    more than 100 sentences of either article are not compared. Each sentence is used once, best pairs first. Nothing
    where the language has no model. Sorted by place on the left. Cost: linear in the articles, at most 100 sentences
    met per word.
    """
    left_covered = _covered(left, [passage.left for passage in aligned])
    right_covered = _covered(right, [passage.right for passage in aligned])
    ours = [sense for sense in _senses(left) if sense.sentence not in left_covered]
    theirs = [sense for sense in _senses(right) if sense.sentence not in right_covered]
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
    counts: dict[int, int] = defaultdict(int)
    for place in places:
        for sentence in parsed.sentence_of[place.start : place.stop].tolist():
            counts[sentence] += 1
    return {sentence for sentence, count in counts.items() if 3 * count >= len(parsed.words_of(sentence))}


def _senses(parsed: ParsedArticle) -> list[_Sense]:
    model = background(parsed.split.language)
    if model is None:
        return []
    squares = model.rarity(parsed.tokens.ids) ** 2
    usable = (parsed.classes != WordClass.BOILERPLATE) & (squares >= _LEAST_RARITY**2)
    grouped: dict[int, dict[str, float]] = defaultdict(dict)
    for word in np.flatnonzero(usable).tolist():
        grouped[int(parsed.sentence_of[word])][parsed.tokens.words[word]] = float(squares[word])
    senses = []
    for sentence, weights in sorted(grouped.items()):
        if sentence >= 0 and len(weights) >= _FEWEST_SHARED:
            norm = math.sqrt(math.fsum(value * value for value in weights.values()))
            senses.append(_Sense(sentence, {word: value / norm for word, value in weights.items()}))
    return senses


def _scores(ours: Sequence[_Sense], theirs: Sequence[_Sense], least_cosine: float) -> list[tuple[float, int, int, int]]:
    """``(cosine, left sentence, right sentence, shared words)`` of all pairs that are close enough."""
    carriers = _carriers(theirs)
    refrains = {word for side in (_carriers(ours), carriers) for word in side if len(side[word]) > _MOST_SENTENCES}
    scored = []
    for sense in ours:
        dots: dict[int, list[float]] = defaultdict(list)
        for word, weight in sense.weights.items():
            for other in carriers[word] if word in carriers and word not in refrains else ():
                dots[other.sentence].append(weight * other.weights[word])
        for sentence, products in dots.items():
            cosine = round(math.fsum(products), 9)
            if len(products) >= _FEWEST_SHARED and cosine >= least_cosine:
                scored.append((cosine, sense.sentence, sentence, len(products)))
    return scored


def _carriers(senses: Sequence[_Sense]) -> dict[str, list[_Sense]]:
    """The sentences that hold each word."""
    carriers: dict[str, list[_Sense]] = defaultdict(list)
    for sense in senses:
        for word in sense.weights:
            carriers[word].append(sense)
    return carriers


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
    quoted = int((parsed.classes[words.start : words.stop] == WordClass.QUOTED).sum())
    return 2 * quoted > len(words)
