"""Rewritten sentences as their definition reads: every sentence against every other, one cosine at a time."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from tracer.align import Passage
from tracer.split import ParsedArticle, WordClass
from tracer.text import background, word_id

LEAST_RARITY = 3.2
FEWEST_SHARED = 4
MOST_SENTENCES = 100


def content_words(parsed: ParsedArticle, places: Sequence[range]) -> dict[int, dict[str, float]]:
    """The squared rarity of the content words of each sentence that passages do not cover, if there are enough."""
    model = background(parsed.split.language)
    assert model is not None
    covered = [word for place in places for word in place]
    sentences = {}
    for sentence in range(len(parsed.split.sentences)):
        words = parsed.words_of(sentence)
        if 0 < len(words) <= 3 * sum(word in words for word in covered):
            continue
        rarities = {
            parsed.tokens.words[word]: float(model.rarity(np.array([word_id(parsed.tokens.words[word])], np.uint64))[0])
            for word in words
            if parsed.classes[word] != WordClass.BOILERPLATE
        }
        squares = {word: rarity**2 for word, rarity in rarities.items() if rarity**2 >= LEAST_RARITY**2}
        if len(squares) >= FEWEST_SHARED:
            sentences[sentence] = squares
    return sentences


def rewritten_by_hand(
    left: ParsedArticle, right: ParsedArticle, aligned: Sequence[Passage], least: float
) -> list[tuple[range, range, int, float]]:
    """Places, shared words and cosine of the pairs that are chosen, best first, each sentence once."""
    ours = content_words(left, [passage.left for passage in aligned])
    theirs = content_words(right, [passage.right for passage in aligned])
    refrains = {
        word
        for side in (ours, theirs)
        for word in {word for words in side.values() for word in words}
        if sum(word in words for words in side.values()) > MOST_SENTENCES
    }
    scored = []
    for one, mine in ours.items():
        for other, yours in theirs.items():
            shared = (mine.keys() & yours.keys()) - refrains
            norms = [math.sqrt(math.fsum(value * value for value in words.values())) for words in (mine, yours)]
            cosine = round(math.fsum(mine[word] / norms[0] * (yours[word] / norms[1]) for word in shared), 9)
            if len(shared) >= FEWEST_SHARED and cosine >= least:
                scored.append((-cosine, one, other, len(shared)))
    chosen: list[tuple[range, range, int, float]] = []
    used: set[tuple[str, int]] = set()
    for cosine, one, other, shared_words in sorted(scored):
        if not {("left", one), ("right", other)} & used:
            used |= {("left", one), ("right", other)}
            chosen.append((left.words_of(one), right.words_of(other), shared_words, min(1.0, -cosine)))
    return sorted(chosen, key=lambda row: (row[0].start, row[1].start))
