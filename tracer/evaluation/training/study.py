"""What the fitted model is worth on pairs that it was not fitted to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tracer.evaluation.bootstrap import Array, Measure
from tracer.evaluation.calibration import Forecasts, calibration_measures, equal_width, forecasts
from tracer.evaluation.gold import COMMON, LEFT, RIGHT, GoldPair
from tracer.evaluation.kind_scores import kind_measures
from tracer.evaluation.origin_scores import origin_measures
from tracer.evaluation.report_files import FoundPair
from tracer.evaluation.scored_pairs import ScoredPair
from tracer.evaluation.scores import Score, scores_of
from tracer.evaluation.training.judged import JudgedPair
from tracer.evaluation.training.trials import DirectionTrial
from tracer.evidence import Direction

_WORDS = {Direction.LEFT: LEFT, Direction.RIGHT: RIGHT, Direction.COMMON: COMMON}
_DRAWS = 1000


def as_scored(judged: Sequence[JudgedPair]) -> list[ScoredPair]:
    """Judged pairs as ``tracer evaluate`` scores them, with the cells that a report would hold."""
    number = {name: place for place, name in enumerate(sorted({entry.pair.group for entry in judged}))}
    return [ScoredPair(_gold(entry), _found(entry), number[entry.pair.group]) for entry in judged]


def _gold(entry: JudgedPair) -> GoldPair:
    label = entry.pair.label
    origin = None if label.direction is None else _WORDS[label.direction]
    immediacy = None if label.is_direct is None else ("direct" if label.is_direct else "through unseen")
    return GoldPair(entry.pair.left.id, entry.pair.right.id, label.kind, origin, immediacy)


def _found(entry: JudgedPair) -> FoundPair:
    kind = entry.kind
    line = entry.descent if entry.verdict_counts else None
    near = entry.distance if line else None
    return FoundPair(
        kind.verdict.value,
        kind.p_lineage,
        kind.p_statement,
        line.p_left if line else None,
        line.p_right if line else None,
        line.p_common if line else None,
        line.verdict.value if line else None,
        near.p_direct if near else None,
        near.verdict.value if near else None,
    )


def pair_scores(judged: Sequence[JudgedPair]) -> dict[str, Score]:
    """The scores of ``tracer evaluate`` that concern pairs, with intervals by story or base text."""
    pairs = as_scored(judged)
    stories = len({pair.story for pair in pairs})
    measures: list[Measure] = [*kind_measures(pairs, (), stories), *origin_measures(pairs, stories)]
    for entry in forecasts(pairs):
        measures += calibration_measures(entry, stories)
    return scores_of(measures, (), stories, draws=_DRAWS, seed=0)


def pooled_forecasts(samples: Iterable[Sequence[JudgedPair]]) -> list[Forecasts]:
    """Every probability of ``pairs.csv`` over several samples together; stories of two samples stay apart."""
    pooled: dict[str, list[Forecasts]] = {}
    offset = 0
    for judged in samples:
        pairs = as_scored(judged)
        for entry in forecasts(pairs):
            moved = Forecasts(entry.column, entry.probability, entry.outcome, entry.units + offset)
            pooled.setdefault(entry.column, []).append(moved)
        offset += len(pairs)
    return [_joined(entries) for entries in pooled.values()]


def _joined(entries: Sequence[Forecasts]) -> Forecasts:
    parts = [(entry.probability, entry.outcome, entry.units) for entry in entries]
    probability, outcome, units = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Forecasts(entries[0].column, probability, outcome, units)


def expected_error(probability: Array, outcome: Array) -> float:
    """Expected calibration error over ten bins of one width; see :mod:`tracer.evaluation.calibration`."""
    bins = equal_width(probability)
    gaps = (abs(float((probability[bins == one] - outcome[bins == one]).sum())) for one in np.unique(bins).tolist())
    return sum(gaps) / len(probability) if len(probability) else float("nan")


def error_by_chance(probability: Array, seed: int = 0) -> float:
    """The calibration error that exact probabilities would show: few cases never come out in the very shares.

    The mean over draws of outcomes that follow the probabilities; not a number for none. Source: Bröcker and Smith
    2007, consistency resampling.
    """
    if not len(probability):
        return float("nan")
    drawn = np.random.default_rng(seed).random((_DRAWS, len(probability))) < probability
    return float(np.mean([expected_error(probability, outcome.astype(float)) for outcome in drawn]))


@dataclass(frozen=True, slots=True)
class RecipeScore:
    """Direction on the pairs of one recipe (empty name: all): how many, share called, share of those right."""

    recipe: str
    pairs: int
    called: float
    right: float


def recipe_scores(trials: Sequence[DirectionTrial]) -> Iterator[RecipeScore]:
    """The score of each recipe, then that of all together."""
    for recipe in (*sorted({trial.recipe for trial in trials}), ""):
        chosen = [trial for trial in trials if recipe in ("", trial.recipe)]
        called = [trial for trial in chosen if trial.is_called]
        right = sum(trial.is_right for trial in called) / len(called) if called else float("nan")
        yield RecipeScore(recipe, len(chosen), len(called) / len(chosen) if chosen else float("nan"), right)


def trial_calibration(trials: Sequence[DirectionTrial]) -> float:
    """Expected calibration error of P(left upstream), given that one side draws on the other.

    Every pair counts both ways round, since which side is left is an accident of ids.
    """
    probability = np.array([trial.p_left for trial in trials])
    outcome = np.array([float(trial.pair.label.direction is Direction.LEFT) for trial in trials])
    return expected_error(np.append(probability, 1 - probability), np.append(outcome, 1 - outcome))
