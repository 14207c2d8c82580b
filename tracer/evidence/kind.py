"""Link kind: do two articles share a journalist's words, only a third party's, or nothing worth naming?"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracer.align import Passage
from tracer.domain import Span
from tracer.evidence.ledger import Ledger, Observation, Question, logistic, weigh
from tracer.evidence.naming import common_credits, credited_outlet
from tracer.evidence.overlap import Overlap, is_narrative
from tracer.evidence.readings import shared_typos
from tracer.evidence.weights import Weights
from tracer.split import ParsedArticle


class Kind(StrEnum):
    """What two articles share."""

    LINEAGE = "lineage"
    STATEMENT = "statement"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class LinkKind:
    """Probabilities of the three kinds, summing to 1, and the ledger behind P(lineage).

    P(lineage) is the ledger's probability; what is left is divided between statement and none by the number of words
    that both sides give to a third party.
    """

    p_lineage: float
    p_statement: float
    p_none: float
    ledger: Ledger

    @property
    def verdict(self) -> Kind:
        """The likeliest kind; ties go to the more careful answer (none before statement before lineage)."""
        ranked = ((self.p_none, Kind.NONE), (self.p_statement, Kind.STATEMENT), (self.p_lineage, Kind.LINEAGE))
        return max(ranked, key=lambda entry: entry[0])[1]


def link_kind(
    left: ParsedArticle, right: ParsedArticle, passages: Sequence[Passage], overlap: Overlap, weights: Weights
) -> LinkKind:
    """Judge what a pair shares from its passages, measures and credits."""
    rules = weights.questions[Question.KIND]
    observations = list(_observations(left, right, passages, overlap))
    ledger = weigh(Question.KIND, rules.prior, observations, rules.clues)
    p_lineage = ledger.probability
    statement = weights.statement["prior"] + weights.statement["per_log_word"] * math.log1p(overlap.quoted_words)
    p_statement = (1 - p_lineage) * logistic(statement)
    return LinkKind(p_lineage, p_statement, max(0.0, 1 - p_lineage - p_statement), ledger)


def _observations(
    left: ParsedArticle, right: ParsedArticle, passages: Sequence[Passage], overlap: Overlap
) -> Iterator[Observation]:
    own = [passage for passage in passages if is_narrative(left, right, passage)]
    if own:
        longest = max(own, key=lambda passage: (passage.matched, -passage.left.start))
        words = f"{overlap.narrative_words} words in {len(own)} passages outside quotation marks are the same"
        yield _seen("narrative_words", math.log1p(overlap.narrative_words), words, longest)
        yield _seen("narrative_passages", math.log(len(own)), f"own words agree in {len(own)} separate places", longest)
    yield from _lifted(passages, overlap, names_other=any(True for _ in credited_outlet(left, right)))
    if overlap.quoted_words:
        sentence = f"{overlap.quoted_words} shared words are a third party's"
        yield Observation("third_party_words", math.log1p(overlap.quoted_words), sentence)
    if own or overlap.lifted_left or overlap.lifted_right:
        for observation in credited_outlet(left, right):
            yield Observation(
                "names_other", abs(observation.strength), observation.sentence, observation.left, observation.right
            )
        yield from common_credits(left, right)
    yield from shared_typos(left, right, passages)


def _lifted(passages: Sequence[Passage], overlap: Overlap, *, names_other: bool) -> Iterator[Observation]:
    words = overlap.lifted_left + overlap.lifted_right
    if words:
        lifted = max(
            (passage for passage in passages if passage.left_quoted != passage.right_quoted),
            key=lambda passage: (passage.matched, -passage.left.start),
        )
        clue = "quoted_from_other" if names_other else "quoted_one_side"
        sentence = f"{words} words that are one side's own stand in quotation marks on the other"
        yield _seen(clue, math.log1p(words), sentence, lifted)


def _seen(clue: str, strength: float, sentence: str, passage: Passage) -> Observation:
    left: Span = passage.left_span
    return Observation(clue, strength, sentence, left, passage.right_span)
