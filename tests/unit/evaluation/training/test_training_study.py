"""Scores of a study, counted by hand, and its tables."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from training_pairs import EXPERT, labelled, newsroom

from tracer.evaluation.training.judged import judged
from tracer.evaluation.training.report import study_text
from tracer.evaluation.training.run import Study
from tracer.evaluation.training.study import (
    as_scored,
    error_by_chance,
    expected_error,
    pooled_forecasts,
    recipe_scores,
    trial_calibration,
)
from tracer.evaluation.training.trials import DirectionTrial
from tracer.evidence import Direction

LEFT, RIGHT, OPEN = Direction.LEFT, Direction.RIGHT, Direction.UNRESOLVED


def trial(recipe: str, p_left: float, verdict: Direction, truth: Direction = LEFT) -> DirectionTrial:
    return DirectionTrial(labelled("lineage", truth), recipe, p_left, verdict)


TRIALS = [
    trial("spin", 0.95, LEFT),
    trial("spin", 0.95, LEFT, RIGHT),
    trial("spin", 0.05, RIGHT, RIGHT),
    trial("spin", 0.6, OPEN),
    trial("cut", 0.5, OPEN),
]


def test_recipes_are_counted_one_by_one_and_together() -> None:
    """Pairs, share called, share of those right; no share of nothing."""
    found = {entry.recipe: (entry.pairs, entry.called, entry.right) for entry in recipe_scores(TRIALS)}
    assert list(found) == ["cut", "spin", ""]
    assert found["spin"] == (4, 0.75, pytest.approx(2 / 3))
    assert found[""] == (5, 0.6, pytest.approx(2 / 3))
    assert found["cut"][:2] == (1, 0.0)
    assert math.isnan(found["cut"][2])


def error(probability: Sequence[float], outcome: Sequence[float]) -> float:
    return expected_error(np.array(probability, dtype=float), np.array(outcome, dtype=float))


def test_calibration_errors_by_hand() -> None:
    """Bins by tenths: |sum of p − sum of outcomes| of each, over all cases."""
    assert error([0.95, 0.95, 0.05, 0.05], [1, 1, 0, 0]) == pytest.approx(0.05)
    assert error([0.95, 0.95], [1, 0]) == pytest.approx(0.45)
    assert error([0.31, 0.39, 0.81], [1, 0, 1]) == pytest.approx((0.3 + 0.19) / 3)
    assert math.isnan(error([], []))


@pytest.mark.parametrize(
    ("probability", "expected"), [([0.0, 1.0], 0.0), ([0.5], 0.5), ([0.5] * 2, 0.25), ([0.5] * 10_000, 0.004)]
)
def test_exact_probabilities_err_by_chance_on_few_cases(probability: list[float], expected: float) -> None:
    """One toss is off by a half, two by a quarter on average, ten thousand hardly; what is certain is not off."""
    assert error_by_chance(np.array(probability)) == pytest.approx(expected, abs=0.02)
    assert error_by_chance(np.array(probability)) == error_by_chance(np.array(probability))


def test_a_trial_counts_both_ways_round() -> None:
    """Which side is left is an accident of ids."""
    for p_left, truth in ((0.95, LEFT), (0.05, RIGHT)):
        assert trial_calibration([trial("spin", p_left, OPEN, truth)]) == pytest.approx(0.05)
    assert trial_calibration([trial("spin", 0.95, OPEN), trial("spin", 0.95, OPEN, RIGHT)]) == pytest.approx(0.45)


def test_a_verdict_on_origin_counts_for_lineage_only() -> None:
    """As in a report, whose cells are empty for other pairs."""
    found = [judged(pair, EXPERT) for pair in newsroom("hard")]
    for entry, scored in zip(found, as_scored(found), strict=True):
        assert (scored.found.p_common is not None) == entry.verdict_counts
        assert scored.gold.kind == entry.pair.label.kind


def test_pooled_samples_keep_their_stories_apart() -> None:
    """Story 0 of one sample is not story 0 of the other."""
    found = [judged(pair, EXPERT) for pair in newsroom("hard")]
    once, twice = ({entry.column: entry for entry in pooled_forecasts(samples)} for samples in ([found], [found] * 2))
    for column, entry in once.items():
        assert len(twice[column].probability) == 2 * len(entry.probability)
        assert len(set(twice[column].units.tolist())) == 2 * len(set(entry.units.tolist()))


def test_a_study_as_text_and_figures(tmp_path: Path) -> None:
    """Five tables, and the figures beside them; the same text each time."""
    gold = tuple(judged(replace(pair, sample="gold"), EXPERT) for pair in newsroom("easy"))
    rooms = tuple(judged(pair, EXPERT) for pair in newsroom("hard"))
    study = Study(gold, tuple(TRIALS), rooms, (), 20)
    text = study_text(study, tmp_path)
    assert text.count("\n## ") == 4
    assert text.startswith("## Labelled news pairs")
    assert "| spin     | 4       | 0.750    | 0.667            |" in text
    assert "| pairs of unrelated articles called lineage | 0       | 190  |" in text
    assert {path.name for path in tmp_path.iterdir()} >= {"reliability.svg", "risk_coverage.svg"}
    assert text == study_text(study, tmp_path)
