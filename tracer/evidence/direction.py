"""Origin and direction: who is upstream, or does an unseen text stand behind both?"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracer.align import Passage
from tracer.domain import Packed
from tracer.evidence.cohesion import cohesion
from tracer.evidence.given import given_agency, given_statement
from tracer.evidence.handed_in import is_agency
from tracer.evidence.ledger import Clue, Ledger, Observation, Question
from tracer.evidence.naming import credited_outlet, wire_credit
from tracer.evidence.origin import origin_observations
from tracer.evidence.overlap import Overlap, Owner, lifted_strength, ownership
from tracer.evidence.persons import introductions
from tracer.evidence.readings import article_scars, private_typos
from tracer.evidence.software_scars import glyph_scars, splitter_scars
from tracer.evidence.substitution import substitutions
from tracer.evidence.timing import time_order
from tracer.evidence.weights import Weights
from tracer.split import ParsedArticle

RESOLVED = 0.9
"""An arrow that is inferred from marks and dates needs at least this probability."""
RESOLVED_BY_WORD = 0.7
"""An arrow that one side gives in so many words needs at least this, and so does a common source."""
_SETTLING = frozenset({"names_other", "quoted_words_of", "given_statement"})
"""Clues that settle a direction alone: one side says in so many words where it has its text from, or the user does."""
_TELLING_WEIGHT = 0.1
"""Clues of next to no weight support nothing."""
_MANY_PLACES = 3
"""One swapped word may be an accident; three in as many places are somebody's hand."""


class Direction(StrEnum):
    """Verdict on a lineage pair."""

    LEFT = "left→right"
    RIGHT = "right→left"
    COMMON = "common source"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class Descent(Packed):
    """Who draws on whom, given lineage: three probabilities that sum to 1, and the ledgers behind them.

    ``origin`` gives P(one unseen source of both); ``direction`` gives P(left upstream) against P(right upstream) when
    one draws on the other. Exchanging left and right exchanges ``p_left`` and ``p_right`` exactly.
    """

    origin: Ledger
    direction: Ledger

    @property
    def p_common(self) -> float:
        """P(both draw on a source that neither of them is)."""
        return self.origin.probability

    @property
    def p_left(self) -> float:
        """P(left upstream)."""
        return (1 - self.p_common) * self.direction.probability

    @property
    def p_right(self) -> float:
        """P(right upstream)."""
        return max(0.0, 1 - self.p_common - self.p_left)

    @property
    def verdict(self) -> Direction:
        """The answer that reaches ``RESOLVED`` in every model of the ensemble on enough evidence, else ``unresolved``.

        A left or right verdict needs two different clues that point its way, one seen in three places, or one that
        settles the matter alone.
        """
        if self.origin.low >= RESOLVED_BY_WORD:
            return Direction.COMMON
        return arrow(self.direction, 1 - self.origin.high)


def arrow(direction: Ledger, p_descends: float) -> Direction:
    """Left→right, right→left or unresolved, by a direction ledger alone.

    ``p_descends`` is the least probability that one of the two draws on the other.
    """
    for verdict, p_side, sign in (
        (Direction.LEFT, direction.low, 1.0),
        (Direction.RIGHT, 1 - direction.high, -1.0),
    ):
        pointing = [clue for clue in direction.clues if clue.weight * sign >= _TELLING_WEIGHT]
        is_given = any(clue.name in _SETTLING for clue in pointing)
        if p_descends * p_side >= (RESOLVED_BY_WORD if is_given else RESOLVED) and _is_supported(pointing):
            return verdict
    return Direction.UNRESOLVED


def _is_supported(pointing: Sequence[Clue]) -> bool:
    """Whether two clues in different places point one way, or one clue in many places, or one that settles it."""
    if any(clue.name in _SETTLING for clue in pointing):
        return True
    places = Counter(name for name, _, _ in {(clue.name, clue.left, clue.right) for clue in pointing if clue.left})
    return any(count >= _MANY_PLACES for count in places.values()) or any(
        one.name != other.name and not _same_place(one, other)
        for index, one in enumerate(pointing)
        for other in pointing[index + 1 :]
    )


def _same_place(one: Clue, other: Clue) -> bool:
    return one.left is not None and other.left is not None and (one.left, one.right) == (other.left, other.right)


def descent(
    left: ParsedArticle,
    right: ParsedArticle,
    passages: Sequence[Passage],
    overlap: Overlap,
    weights: Weights,
    naming: Sequence[Observation] | None = None,
) -> Descent:
    """Judge the descent of a lineage pair. Meaningless, and not to be called, for pairs of another kind.

    ``naming`` is what :func:`credited_outlet` finds, where that is known already.
    """
    naming = list(credited_outlet(left, right, passages)) if naming is None else naming
    direction = weights.weigh(Question.DIRECTION, _direction_observations(left, right, passages, overlap, naming))
    origin = weights.weigh(Question.ORIGIN, origin_observations(left, right, passages, overlap, naming, direction))
    return Descent(origin, direction)


def _direction_observations(
    left: ParsedArticle,
    right: ParsedArticle,
    passages: Sequence[Passage],
    overlap: Overlap,
    naming: Sequence[Observation],
) -> Iterator[Observation]:
    yield from given_statement(left, right)
    yield from given_agency(left, right)
    yield from substitutions(left, right, passages)
    yield from article_scars(left, right, passages)
    yield from private_typos(left, right, passages)
    yield from introductions(left, right, passages)
    yield from naming
    yield from _wire_credit_kept(left, right)
    yield from _quoted_words_of(left, right, passages, overlap)
    yield from time_order(left.article.published, right.article.published)
    yield from cohesion(left, right, passages)
    yield from glyph_scars(left, right, passages)
    yield from splitter_scars(left, right, passages)


def _wire_credit_kept(left: ParsedArticle, right: ParsedArticle) -> Iterator[Observation]:
    """One side still says whose text it is, the other no longer does; what is an agency's own need not say so."""
    ours, theirs = wire_credit(left), wire_credit(right)
    if ours is not None and theirs is None and not is_agency(right):
        yield Observation("wire_credit", 1.0, f"only the left side carries the credit of {ours.name}")
    if theirs is not None and ours is None and not is_agency(left):
        yield Observation("wire_credit", -1.0, f"only the right side carries the credit of {theirs.name}")


def _quoted_words_of(
    left: ParsedArticle, right: ParsedArticle, passages: Sequence[Passage], overlap: Overlap
) -> Iterator[Observation]:
    """One side puts the other's own words in quotation marks."""
    difference = overlap.lifted_left - overlap.lifted_right
    if difference:
        owner = Owner.LEFT if difference > 0 else Owner.RIGHT
        shown = max(
            (passage for passage in passages if ownership(left, right, passage) is owner),
            key=lambda passage: (passage.matched, -passage.left.start),
        )
        strength = math.copysign(lifted_strength(abs(difference)), difference)
        sentence = f"{abs(difference)} words of one side's own stand in quotation marks on the other"
        yield Observation("quoted_words_of", strength, sentence, shown.left_span, shown.right_span)
