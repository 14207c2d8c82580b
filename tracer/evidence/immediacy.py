"""Immediacy: did the derived article take the words from the upstream one itself, or from an unseen carrier?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tracer.align import Passage, PassageKind
from tracer.evidence.direction import RESOLVED, Direction
from tracer.evidence.ledger import Ledger, Observation, Question
from tracer.evidence.naming import credited_outlet, wire_credit
from tracer.evidence.weights import Weights
from tracer.split import ParsedArticle

_RESTORED_WORDS = 4


class Immediacy(StrEnum):
    """Verdict on a resolved direction."""

    DIRECT = "direct"
    THROUGH_UNSEEN = "through unseen"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class Distance:
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
    left: ParsedArticle, right: ParsedArticle, passages: Sequence[Passage], direction: Direction, weights: Weights
) -> Distance | None:
    """Judge immediacy; ``None`` unless the direction is left→right or right→left."""
    if direction is Direction.LEFT:
        seen = _observations(left, right, passages, upstream_is_left=True)
    elif direction is Direction.RIGHT:
        seen = _observations(right, left, passages, upstream_is_left=False)
    else:
        return None
    return Distance(weights.weigh(Question.IMMEDIACY, seen))


def _observations(
    upstream: ParsedArticle, derived: ParsedArticle, passages: Sequence[Passage], *, upstream_is_left: bool
) -> Iterator[Observation]:
    left, right = (upstream, derived) if upstream_is_left else (derived, upstream)
    for observation in credited_outlet(left, right, passages):
        if observation.clue == "self_named":
            continue
        if (observation.strength > 0) == upstream_is_left:
            yield replace(observation, strength=1.0)
    agency = wire_credit(upstream)
    if agency is not None:
        sentence = f"every client of {agency.name} carries the same text"
        yield Observation("wire_text", 1.0, sentence)
    yield from _restored_quotations(upstream, derived, passages, upstream_is_left=upstream_is_left)


def _restored_quotations(
    upstream: ParsedArticle, derived: ParsedArticle, passages: Sequence[Passage], *, upstream_is_left: bool
) -> Iterator[Observation]:
    """The derived article holds more of a quotation than the upstream one: it had another source for it."""
    for passage in passages:
        if not (passage.left_quoted and passage.right_quoted) or passage.kind is PassageKind.REWRITTEN:
            continue
        ours, theirs = (passage.left, passage.right) if upstream_is_left else (passage.right, passage.left)
        extra = _rest_of_quotation(derived, theirs) - _rest_of_quotation(upstream, ours)
        if extra >= _RESTORED_WORDS:
            sentence = f"the derived article holds {extra} more words of the same quotation"
            yield Observation("quote_restored", 1.0, sentence, passage.left_span, passage.right_span)


def _rest_of_quotation(parsed: ParsedArticle, place: range) -> int:
    """How many words of the quotation around ``place`` lie outside it."""
    span = parsed.tokens.span(place.start, place.stop)
    around = next((entry.span for entry in parsed.split.quotations if entry.span.overlaps(span)), None)
    return max(0, len(parsed.tokens.within(around)) - len(place)) if around else 0
