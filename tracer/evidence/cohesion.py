"""The cohesion clue: in whose text do the shared words belong?"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from tracer.align import Passage, PassageKind, matched_runs, once_per_article
from tracer.evidence.ledger import Observation
from tracer.split import ParsedArticle, WordClass
from tracer.text import background

_FEWEST_WORDS = 8
_REACH = 40
_SHORTEST_REACH = 15
_RARE = 5.0
_LEAST = 2

_Side: TypeAlias = tuple[npt.NDArray[np.uint64], npt.NDArray[np.bool_]]
"""Word ids of an article, and which of them are rare."""


def cohesion(left: ParsedArticle, right: ParsedArticle, passages: Sequence[Passage]) -> Iterator[Observation]:
    """The ``cohesion`` clue: rare words of a shared passage recur around it, on one side more than on the other.

    At each end of each passage of at least eight words, the same number of words (15 to 40) beyond it is read on both
    sides, so that the longer article has no advantage. Strength: the signed square root of the difference in recurring
    rare words, summed over all ends; below two of them nothing. Nothing where a language has no background model.
    """
    if background(left.split.language) is None or left.split.language != right.split.language:
        return
    sides = [(side.tokens.ids, _is_rare(side)) for side in (left, right)]
    found = [
        (sum(ours - theirs for ours, theirs in _recurrences(passage, sides)), passage)
        for passage in passages
        if passage.kind is not PassageKind.REWRITTEN and passage.matched >= _FEWEST_WORDS
    ]
    difference = sum(balance for balance, _ in found)
    if abs(difference) >= _LEAST:
        shown = max(found, key=lambda entry: abs(entry[0]))[1]
        strength = math.copysign(math.sqrt(abs(difference)), difference)
        side = "left" if difference > 0 else "right"
        sentence = f"rare words of the shared passages recur around them more often on the {side}"
        yield Observation("cohesion", strength, sentence, shown.left_span, shown.right_span)


def _recurrences(passage: Passage, sides: Sequence[_Side]) -> Iterator[tuple[int, int]]:
    """At each end of a passage: how many of its rare words recur beyond it, on the left and on the right."""
    keys = set().union(*(_rare_words(sides[0], slice(run.start, run.stop)) for run, _ in matched_runs(passage)))
    if keys:
        for ours, theirs in _ends(passage, *(len(ids) for ids, _ in sides)):
            yield len(keys & _rare_words(sides[0], ours)), len(keys & _rare_words(sides[1], theirs))


def _rare_words(side: _Side, place: slice) -> set[int]:
    ids, rare = side
    return set(ids[place][rare[place]].tolist())


@once_per_article
def _is_rare(parsed: ParsedArticle) -> npt.NDArray[np.bool_]:
    """Which words of an article are rare in its language, page furniture left out; none without a model."""
    model = background(parsed.split.language)
    if model is None:
        return np.zeros(len(parsed.tokens), dtype=np.bool_)
    rare = model.rarity_at(parsed.model_places) >= _RARE
    rare &= parsed.classes != WordClass.BOILERPLATE
    return rare


def _ends(passage: Passage, left: int, right: int) -> Iterator[tuple[slice, slice]]:
    """The words before and behind a passage on either side, equally many; none where one side has too few."""
    before = min(_REACH, passage.left.start, passage.right.start)
    if before >= _SHORTEST_REACH:
        yield (
            slice(passage.left.start - before, passage.left.start),
            slice(passage.right.start - before, passage.right.start),
        )
    behind = min(_REACH, left - passage.left.stop, right - passage.right.stop)
    if behind >= _SHORTEST_REACH:
        yield (
            slice(passage.left.stop, passage.left.stop + behind),
            slice(passage.right.stop, passage.right.stop + behind),
        )
