"""Direction on recipes that the model has not seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from tracer.evaluation.training.fitting import DEFAULT_FIT, Cases, FitSettings, answer, fitted_question
from tracer.evaluation.training.observed import LabelledPair
from tracer.evidence import Descent, Direction, Question, Weights
from tracer.evidence.direction import arrow, descent

RECIPE_JOINT = "+"


@dataclass(frozen=True, slots=True)
class DirectionTrial:
    """A pair of which one side draws on the other, judged for direction alone by a model that never met its recipe.

    ``p_left`` is P(left upstream), given that one side draws on the other; ``verdict`` the arrow that would be drawn,
    were that given.
    """

    pair: LabelledPair
    recipe: str
    p_left: float
    verdict: Direction

    @property
    def is_called(self) -> bool:
        """Whether an arrow is drawn."""
        return self.verdict is not Direction.UNRESOLVED

    @property
    def is_right(self) -> bool:
        """Whether the arrow points from source to copy."""
        return self.verdict is self.pair.label.direction


def leave_one_recipe_out(
    expert: Weights, train: Cases, test: Sequence[LabelledPair], settings: FitSettings = DEFAULT_FIT
) -> Iterator[DirectionTrial]:
    """Every directed pair of ``test`` that one recipe made, judged by weights fitted without that recipe.

    ``train`` should share neither base texts nor lexicon with ``test``. Pairs made by several recipes train the models
    of the recipes they lack, and are not judged.
    """
    asked = [pair for pair in test if answer(Question.DIRECTION, pair) is not None and pair.recipe]
    for recipe in sorted({pair.recipe for pair in asked if RECIPE_JOINT not in pair.recipe}):
        chosen = [i for i, pair in enumerate(train.pairs) if recipe not in pair.recipe.split(RECIPE_JOINT)]
        weights = _with_direction(expert, train, chosen, settings)
        for pair in asked:
            if pair.recipe == recipe:
                line = descent(pair.left, pair.right, pair.passages, pair.overlap, weights)
                yield _trial(pair, recipe, line)


def _with_direction(expert: Weights, train: Cases, chosen: Sequence[int], settings: FitSettings) -> Weights:
    rules, members = fitted_question(Question.DIRECTION, expert, expert, train, chosen, settings)
    return replace(
        expert,
        questions=MappingProxyType({**expert.questions, Question.DIRECTION: rules}),
        ensemble=MappingProxyType({**expert.ensemble, Question.DIRECTION: members}),
    )


def _trial(pair: LabelledPair, recipe: str, line: Descent) -> DirectionTrial:
    return DirectionTrial(pair, recipe, line.direction.probability, arrow(line.direction, 1.0))
