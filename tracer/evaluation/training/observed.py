"""Labelled pairs as the fit sees them: what is known of each, and the strength of every clue seen in it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from tracer.align import Passage
from tracer.evidence import Direction, Ledger, Overlap, Question, Weights
from tracer.evidence.compare import aligned
from tracer.evidence.direction import descent
from tracer.evidence.immediacy import distance
from tracer.evidence.kind import link_kind
from tracer.evidence.ledger import ClueWeight
from tracer.split import ParsedArticle

Strengths = Mapping[str, float]
"""The summed strength of each clue that was seen, in the clue's own unit."""


@dataclass(frozen=True, slots=True)
class Label:
    """What is known of a pair whose left id is the smaller one; ``None`` where it is unknown or does not apply.

    ``kind`` is the word of the gold format; ``direction`` is for lineage, ``is_direct`` for a known upstream side.
    """

    kind: str
    direction: Direction | None = None
    is_direct: bool | None = None


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """An aligned pair, its label, and where it comes from.

    ``group`` is the story or base text that folds keep together; ``recipe`` how a simulated pair was made.
    """

    sample: str
    group: str
    recipe: str
    label: Label
    left: ParsedArticle
    right: ParsedArticle
    passages: tuple[Passage, ...]
    overlap: Overlap

    @classmethod
    def of(
        cls, source: tuple[str, str, str], label: Label, sides: tuple[ParsedArticle, ParsedArticle], weights: Weights
    ) -> LabelledPair:
        """Align two articles, the smaller id first; ``source`` is sample, group and recipe.

        ``weights`` are those in force, which decide whether rewritten sentences are looked for.
        """
        left, right = sides
        passages, overlap, _ = aligned(left, right, 0.0, weights)
        return cls(*source, label, left, right, tuple(passages), overlap)

    def strengths(self, question: Question, weights: Weights) -> Strengths:
        """The strength of each clue to one question.

        Signs of origin derive from the direction ledger, so ``weights`` count for the other questions. Immediacy
        needs a labelled direction.

        Raises:
            ValueError: when immediacy is asked of a pair whose upstream side is not known.
        """
        units = _with_unit_rules(weights, question)
        if question is Question.KIND:
            return _summed(link_kind(self.left, self.right, self.passages, self.overlap, units).ledger)
        if question is Question.IMMEDIACY:
            direction = self.label.direction or Direction.UNRESOLVED
            near = distance(self.left, self.right, self.passages, direction, units)
            if near is None:
                raise ValueError(f"{self.left.id} and {self.right.id}: immediacy needs a direction")
            return _summed(near.ledger)
        line = descent(self.left, self.right, self.passages, self.overlap, units)
        return _summed(line.origin if question is Question.ORIGIN else line.direction)


def _with_unit_rules(weights: Weights, question: Question) -> Weights:
    """The weights with every clue of one question weighing exactly its strength, and no prior."""
    rules = weights.questions[question]
    units = MappingProxyType(dict.fromkeys(rules.clues, ClueWeight(1.0, math.inf)))
    changed = replace(rules, prior=0.0, clues=units)
    return replace(weights, questions=MappingProxyType({**weights.questions, question: changed}))


def _summed(ledger: Ledger) -> Strengths:
    strengths: dict[str, list[float]] = defaultdict(list)
    for clue in ledger.clues:
        strengths[clue.name].append(clue.weight)
    return MappingProxyType({name: math.fsum(strengths[name]) for name in sorted(strengths)})
