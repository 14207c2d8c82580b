"""The fit of one question: worked by hand, held by the expert, and folds that keep groups together."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.evaluation.training.fit import Design, Floats, Sample, fit, folds, temperature
from tracer.evidence.ledger import ClueWeight
from tracer.evidence.weights import QuestionWeights

EXPERT = QuestionWeights(0.4, {"scar": ClueWeight(2.0, 6.0), "lack": ClueWeight(-1.0, 1.0)})
LONE = Design.of(QuestionWeights(0.0, {"mark": ClueWeight(1.0, 2.0)}), has_prior=False)


def sample(strengths: Sequence[Sequence[float]], labels: Sequence[float]) -> Sample:
    rows = np.array(strengths, dtype=float).reshape(len(labels), len(strengths[0]) if strengths else 1)
    return Sample(rows, np.array(labels, dtype=float), np.ones(len(labels)))


def fitted(design: Design, ridge: float, strengths: Sequence[Sequence[float]], labels: Sequence[float]) -> list[float]:
    found: list[float] = fit(design, sample(strengths, labels), ridge).tolist()
    return found


def test_a_design_holds_what_the_expert_says() -> None:
    """Clues by name, their weights and last the prior, and the strength beyond which a clue adds nothing."""
    design = Design.of(EXPERT, has_prior=True)
    assert design.names == ("lack", "scar")
    assert design.centre.tolist() == [-1.0, 2.0, 0.4]
    assert design.saturation.tolist() == [1.0, 3.0]
    assert design.row({"scar": 9.0, "lack": -5.0}).tolist() == [-1.0, 3.0]
    assert design.row({}).tolist() == [0.0, 0.0]


def test_weights_are_rounded_and_keep_their_saturation() -> None:
    """Four decimals; a cap is the weight times the saturation."""
    rules = Design.of(EXPERT, has_prior=True).weights(np.array([-0.51234, 1.0, 0.25]))
    assert rules.prior == 0.25
    assert rules.clues == {"lack": ClueWeight(-0.5123, 0.5123), "scar": ClueWeight(1.0, 3.0)}


@pytest.mark.parametrize(
    ("ridge", "labels", "weight"),
    [
        (1e-9, [1, 1, 1, 0], math.log(3)),
        (0.13777, [1, 0], 0.5),
        (5.0, [], 1.0),
        (1e9, [0, 0, 0, 0], 1.0),
    ],
)
def test_a_lone_weight_worked_by_hand(ridge: float, labels: list[float], weight: float) -> None:
    """Likelihood alone: the log-odds of yes. At ½: 2·(logistic(½) − ½) = 2·ridge·(1 − ½) / .75²."""
    assert fitted(LONE, ridge, [[1.0]] * len(labels), labels)[0] == pytest.approx(weight, abs=1e-3)


def test_a_weight_keeps_its_sign() -> None:
    """Data that says the contrary brings it to nothing, never across."""
    assert fitted(LONE, 1e-6, [[1.0]] * 50, [0] * 50)[0] == 0
    negative = Design.of(QuestionWeights(0.0, {"mark": ClueWeight(-1.0, 2.0)}), has_prior=False)
    assert fitted(negative, 1e-6, [[1.0]] * 50, [1] * 50)[0] == 0


def test_the_more_ridge_the_nearer_the_expert() -> None:
    """Step by step."""
    away = [abs(fitted(LONE, ridge, [[1.0]] * 20, [1] * 20)[0] - 1.0) for ridge in (0.01, 0.1, 1.0, 10.0, 100.0)]
    assert away == sorted(away, reverse=True)
    assert away[-1] < 0.05 < away[0]


def test_a_small_weight_moves_less_than_a_large_one() -> None:
    """The same data against both: the spread of a weight is half the expert's plus .25."""
    rules = {"large": ClueWeight(3.0, 9.0), "small": ClueWeight(0.1, 0.3)}
    found = fitted(Design.of(QuestionWeights(0.0, rules), has_prior=False), 1.0, [[1.0, 1.0]] * 20, [0] * 20)
    assert 3.0 - found[0] > 0.1 - found[1] >= 0


def test_direction_has_no_prior() -> None:
    """Whatever the expert's prior and the data say; and a pair turned round says the same as the pair."""
    design = Design.of(EXPERT, has_prior=False)
    strengths = [[0.5, 1.0], [-0.2, 0.7], [0.1, 2.0]]
    once = fitted(design, 1.0, strengths, [1, 1, 0])
    turned = fitted(design, 1.0, [[-value for value in row] for row in strengths], [0, 0, 1])
    assert once[-1] == turned[-1] == 0
    assert once == pytest.approx(turned, abs=1e-6)


def test_a_prior_follows_the_data() -> None:
    """Cases without any clue move the prior alone."""
    found = fitted(Design.of(EXPERT, has_prior=True), 1e-6, [[0.0, 0.0]] * 4, [1, 1, 1, 0])
    assert found == pytest.approx([-1.0, 2.0, math.log(3)], abs=1e-3)


def test_the_same_data_gives_the_same_weights() -> None:
    """To the last bit; in another order to rounding error."""
    rng = np.random.default_rng(3)
    strengths, labels = rng.random((40, 2)).tolist(), rng.integers(0, 2, 40).tolist()
    design = Design.of(EXPERT, has_prior=True)
    once = fitted(design, 0.5, strengths, labels)
    assert once == fitted(design, 0.5, strengths, labels)
    assert once == pytest.approx(fitted(design, 0.5, strengths[::-1], labels[::-1]), abs=1e-5)


def test_a_count_is_so_many_cases() -> None:
    """A case that counts twice is two cases."""
    twice = Sample(np.ones((2, 1)), np.array([1.0, 0.0]), np.array([2.0, 1.0]))
    assert fit(LONE, twice, 0.3)[0] == pytest.approx(fitted(LONE, 0.3, [[1.0]] * 3, [1, 1, 0])[0], abs=1e-6)


def heat(logits: Sequence[float], labels: Sequence[float]) -> float:
    array: Floats = np.array(logits, dtype=float)
    return temperature(array, np.array(labels, dtype=float), np.ones(len(labels)))


def test_temperature_cools_what_is_too_sure() -> None:
    """Above 1 for too sure, below for too careful, 1 for none; within [.5, 4]."""
    assert heat([], []) == 1
    too_sure, too_careful = heat([6.0] * 50, [1, 0] * 25), heat([0.5] * 50, [1] * 50)
    assert 0.5 <= too_careful < 1 < too_sure <= 4


def test_one_wrong_case_cools_little() -> None:
    """The draw towards 1 holds against one case, and yields to many."""
    few, many = heat([3.0] * 20, [1] * 18 + [0] * 2), heat([3.0] * 400, [1] * 360 + [0] * 40)
    assert 1 < few < many


@given(st.lists(st.sampled_from("abcdefghij"), min_size=1, max_size=40), st.integers(2, 5), st.integers(0, 9))
def test_folds_keep_groups_together(groups: list[str], count: int, seed: int) -> None:
    """One fold for each group, the same in any order of the cases, and no fold much larger than another."""
    found = folds(groups, count, seed).tolist()
    fold_of = dict(zip(groups, found, strict=True))
    assert [fold_of[group] for group in groups] == found
    assert [fold_of[group] for group in reversed(groups)] == folds(groups[::-1], count, seed).tolist()
    sizes = [list(fold_of.values()).count(number) for number in range(count)]
    assert max(sizes) - min(sizes) <= 1
