"""Immediacy: did the derived article take the words from the upstream one itself, or from an unseen carrier?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracer.align import Passage
from tracer.domain import Packed
from tracer.evidence.direction import RESOLVED, Direction
from tracer.evidence.given import given_statement
from tracer.evidence.handed_in import is_agency
from tracer.evidence.ledger import Ledger, Observation, Question
from tracer.evidence.naming import credited_outlet, wire_credit
from tracer.evidence.restored import restored_quotations
from tracer.evidence.weights import Weights
from tracer.split import ParsedArticle


class Immediacy(StrEnum):
    """Verdict on a resolved direction."""

    DIRECT = "direct"
    THROUGH_UNSEEN = "through unseen"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class Distance(Packed):
    """How near the upstream article is to the derived one, given the direction.

    ``p_direct`` is P(the derived article had the upstream article itself before it).
    """

    ledger: Ledger

    @property
    def p_direct(self) -> float:
        """P(direct) in (0, 1)."""
        return self.ledger.probability

    @property
    def verdict(self) -> Immediacy:
        """``direct`` or ``through unseen`` at a probability of at least ``RESOLVED``, else ``unresolved``."""
        if self.p_direct >= RESOLVED:
            return Immediacy.DIRECT
        return Immediacy.THROUGH_UNSEEN if self.p_direct <= 1 - RESOLVED else Immediacy.UNRESOLVED


def distance(
    left: ParsedArticle,
    right: ParsedArticle,
    passages: Sequence[Passage],
    direction: Direction,
    weights: Weights,
    naming: Sequence[Observation] | None = None,
) -> Distance | None:
    """Judge immediacy; ``None`` unless the direction is left→right or right→left.

    ``naming`` is what :func:`credited_outlet` finds, where that is known already.
    """
    if direction not in {Direction.LEFT, Direction.RIGHT}:
        return None
    naming = list(credited_outlet(left, right, passages)) if naming is None else naming
    if direction is Direction.LEFT:
        seen = _observations(left, right, passages, naming, upstream_is_left=True)
    else:
        seen = _observations(right, left, passages, naming, upstream_is_left=False)
    return Distance(weights.weigh(Question.IMMEDIACY, seen))


def _observations(
    upstream: ParsedArticle,
    derived: ParsedArticle,
    passages: Sequence[Passage],
    naming: Sequence[Observation],
    *,
    upstream_is_left: bool,
) -> Iterator[Observation]:
    left, right = (upstream, derived) if upstream_is_left else (derived, upstream)
    for observation in naming:
        if observation.clue == "self_named":
            continue
        if (observation.strength > 0) == upstream_is_left:
            yield observation._replace(strength=1.0)
    for observation in given_statement(left, right):
        yield Observation(
            observation.clue, 1.0, f"{upstream.id} was handed in as a statement, which newsrooms are sent"
        )
    agency = wire_credit(upstream)
    if agency is not None or is_agency(upstream):
        sentence = f"every client of {agency.name if agency else 'the agency'} carries the same text"
        yield Observation("wire_text", 1.0, sentence)
    for restored in restored_quotations(upstream, derived, passages, upstream_is_left=upstream_is_left):
        sentence = f"the derived article holds {restored.words} more words of the same quotation"
        yield Observation("quote_restored", 1.0, sentence, restored.passage.left_span, restored.passage.right_span)
