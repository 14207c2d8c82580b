"""From labelled pairs to the weights of all questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from tracer.evaluation.gold import LINEAGE
from tracer.evaluation.training.fit import Design, Floats, Sample, fit, folds, temperature
from tracer.evaluation.training.observed import LabelledPair, Strengths
from tracer.evidence import Direction, Question, Weights
from tracer.evidence.weights import QuestionWeights

GOLD = "gold"
EASY, HARD = FILLERS = ("simulated, easy filler", "simulated, hard filler")
UNRELATED = "unrelated"
_INNER_FOLDS = 5
_ARROWS = (Direction.LEFT, Direction.RIGHT)


@dataclass(frozen=True, slots=True)
class FitSettings:
    """How strongly the expert's weights hold, and how much each sample counts.

    ``ridge`` per question: see :func:`tracer.evaluation.training.fit.fit`. ``shares`` give, per question and sample,
    what all its pairs together count against all gold pairs together (gold pairs count 1 each; a question without
    gold takes simulated pairs at 1 each). ``seed`` drives the folds.
    """

    ridge: Mapping[Question, float]
    shares: Mapping[Question, Mapping[str, float]]
    seed: int = 0


DEFAULT_FIT = FitSettings(
    ridge={Question.KIND: 10.0, Question.ORIGIN: 10.0, Question.DIRECTION: 2.0, Question.IMMEDIACY: 1.0},
    shares={
        Question.KIND: {EASY: 0.02, HARD: 0.02, UNRELATED: 0.2},
        Question.ORIGIN: {EASY: 0.05, HARD: 0.05},
        Question.DIRECTION: {EASY: 4.0, HARD: 4.0},
        Question.IMMEDIACY: {},
    },
)


class Cases:
    """Labelled pairs with their strengths, seen once and kept. Origin is seen anew where the weights changed."""

    def __init__(self, pairs: Sequence[LabelledPair]) -> None:
        self.pairs = tuple(pairs)
        self._seen: dict[tuple[int, Question], Strengths] = {}

    def strengths(self, index: int, question: Question, weights: Weights) -> Strengths:
        """The strengths of one pair's clues to a question; see :meth:`LabelledPair.strengths`."""
        if question is Question.ORIGIN:
            return self.pairs[index].strengths(question, weights)
        key = index, question
        if key not in self._seen:
            self._seen[key] = self.pairs[index].strengths(question, weights)
        return self._seen[key]


def answer(question: Question, pair: LabelledPair) -> bool | None:
    """Whether a pair's label says yes to a question; ``None`` where it does not answer it."""
    label = pair.label
    if question is Question.KIND:
        return label.kind == LINEAGE
    if question is Question.ORIGIN:
        return None if label.direction is None else label.direction is Direction.COMMON
    if label.direction not in _ARROWS:
        return None
    return label.direction is Direction.LEFT if question is Question.DIRECTION else label.is_direct


def fitted(expert: Weights, cases: Cases, chosen: Sequence[int], settings: FitSettings = DEFAULT_FIT) -> Weights:
    """The expert's weights moved to where the chosen cases say, question by question.

    Direction comes first, because signs of origin derive from it. Each question is cooled by the temperature that
    held-out groups of its own cases ask for; questions with simulated pairs get an ensemble of two, one per filler.
    What makes a statement stays the expert's: six words in common are one.
    """
    weights = expert
    for question in (Question.DIRECTION, Question.ORIGIN, Question.KIND, Question.IMMEDIACY):
        rules, members = fitted_question(question, weights, expert, cases, chosen, settings)
        weights = replace(
            weights,
            questions=MappingProxyType({**weights.questions, question: rules}),
            ensemble=MappingProxyType({**weights.ensemble, question: members}),
        )
    return weights


def fitted_question(
    question: Question,
    weights: Weights,
    expert: Weights,
    cases: Cases,
    chosen: Sequence[int],
    settings: FitSettings,
) -> tuple[QuestionWeights, tuple[QuestionWeights, ...]]:
    """The rules of one question and those of its ensemble: the same fit without the pairs of either filler."""
    rules = _fit_question(question, weights, expert, cases, chosen, settings)
    members = tuple(
        _fit_question(question, weights, expert, cases, kept, settings)
        for other in FILLERS
        for kept in ([index for index in chosen if cases.pairs[index].sample != other],)
        if 0 < len(kept) < len(chosen)
    )
    return rules, members


def _fit_question(
    question: Question,
    weights: Weights,
    expert: Weights,
    cases: Cases,
    chosen: Sequence[int],
    settings: FitSettings,
) -> QuestionWeights:
    design = Design.of(expert.questions[question], has_prior=question is not Question.DIRECTION)
    asked = [index for index in chosen if answer(question, cases.pairs[index]) is not None]
    if not asked:
        return expert.questions[question]
    sample = Sample(
        np.array([design.row(cases.strengths(index, question, weights)) for index in asked]),
        np.array([float(bool(answer(question, cases.pairs[index]))) for index in asked]),
        _counts([cases.pairs[index].sample for index in asked], settings.shares[question]),
    )
    groups = [cases.pairs[index].group for index in asked]
    heat = _heat(design, sample, groups, settings, settings.ridge[question])
    return design.weights(fit(design, sample, settings.ridge[question]) / heat)


def _heat(design: Design, sample: Sample, groups: Sequence[str], settings: FitSettings, ridge: float) -> float:
    """The temperature of predictions for groups that the fit has not seen; never below 1, which would sharpen them."""
    fold = folds(groups, _INNER_FOLDS, settings.seed)
    logits = np.zeros(len(sample.labels))
    for number in range(_INNER_FOLDS):
        held = fold == number
        if held.any() and not held.all():
            logits[held] = design.logits(sample.strengths[held], fit(design, sample.only(~held), ridge))
    return max(1.0, temperature(logits, sample.labels, sample.counts))


def _counts(samples: Sequence[str], shares: Mapping[str, float]) -> Floats:
    sizes = Counter(samples)
    gold = sizes.get(GOLD, 0)
    return np.array(
        [1.0 if name == GOLD or not gold else shares.get(name, 0.0) * gold / sizes[name] for name in samples]
    )
