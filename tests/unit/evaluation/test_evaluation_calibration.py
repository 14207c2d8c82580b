"""Brier score, log-loss, calibration errors and their bins, by hand and against scikit-learn."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_rows import pair
from sklearn.metrics import brier_score_loss
from sklearn.metrics import log_loss as textbook_log_loss

from tracer.evaluation import evaluate_report
from tracer.evaluation.calibration import (
    Forecasts,
    brier,
    calibration_error,
    equal_mass,
    equal_width,
    forecasts,
    log_loss,
    reliability,
)

ONE = np.ones((1, 1))


def entry(probability, outcome):
    values = np.array(probability, dtype=float), np.array(outcome, dtype=float)
    return Forecasts("p_lineage", *values, np.zeros(len(probability), dtype=int))


def test_a_calibration_error_by_hand():
    """Bins .1–.2: .12 and .18, one true: |.15 − .5|; .9–1: .9 and 1, both true: |.95 − 1|. Halves: .175 + .025."""
    cases = entry([0.12, 0.18, 0.9, 1.0], [0, 1, 1, 1])
    assert calibration_error(cases, equal_width(cases.probability), 1)(ONE)[0] == pytest.approx(0.2)
    assert list(reliability(cases)) == [
        (0.1, 0.2, 2, pytest.approx(0.15), 0.5),
        (0.9, 1.0, 2, pytest.approx(0.95), 1.0),
    ]


def test_bins():
    """A border belongs to the bin above it; equal probabilities are never parted."""
    assert equal_width(np.array([0, 0.1, 0.29, 0.3, 0.7, 0.999, 1])).tolist() == [0, 1, 2, 3, 7, 9, 9]
    assert equal_mass(np.arange(10) / 10).tolist() == list(range(10))
    assert equal_mass(np.array([0.5] * 6 + [0.9] * 4)).tolist() == [3] * 6 + [8] * 4


pairs = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 1)), min_size=1, max_size=30)


@given(pairs)
def test_the_losses_are_the_textbook_ones(rows):
    said, true = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    assert brier(said, true).mean() == pytest.approx(brier_score_loss(true, said, labels=[0, 1]))
    held = np.clip(said, 1e-6, 1 - 1e-6)
    assert log_loss(said, true).mean() == pytest.approx(textbook_log_loss(true, held, labels=[0, 1]))


@given(pairs)
def test_errors_lie_between_nought_and_one(rows):
    said, true = zip(*rows, strict=True)
    cases = entry(said, true)
    for bins in (equal_width(cases.probability), equal_mass(cases.probability)):
        assert 0 <= calibration_error(cases, bins, 1)(ONE)[0] <= 1


def test_a_sure_mistake_costs_no_more_than_a_millionth():
    assert log_loss(np.array([0.0]), np.array([1.0]))[0] == pytest.approx(-log(1e-6))


def test_every_column_has_its_own_population(report, gold):
    """Kind: all pairs. Origin: lineage pairs with an origin, judged lineage. Direct: the arrow was called right."""
    line = {"p_left_upstream": 0.7, "p_right_upstream": 0.1, "p_common_source": 0.2}
    rows = [
        pair("a", "b", "lineage", **line, direction="left→right", p_direct=0.6, immediacy="unresolved"),
        pair("a", "c", "lineage", **line, direction="left→right", p_direct=0.9, immediacy="direct"),
        pair("a", "d", "statement"),
        pair("b", "c", "lineage", **line, direction="left→right", p_direct=0.9, immediacy="direct"),
    ]
    names = ("left", "right", "kind", "origin", "immediacy")
    truth = [
        dict(zip(names, row, strict=False))
        for row in (
            ("a", "b", "lineage", "->", "direct"),
            ("a", "c", "lineage", "<-", "direct"),
            ("a", "d", "lineage", "common"),
            ("b", "c", "statement"),
            ("c", "d", "none"),
        )
    ]
    result = evaluate_report(report("a b c d", pairs=rows), gold(pairs=truth))
    counts = {made.column: (len(made.outcome), int(made.outcome.sum())) for made in forecasts(list(result.pairs))}
    assert counts == {
        "p_lineage": (5, 3),
        "p_statement": (5, 1),
        "p_left_upstream": (2, 1),
        "p_right_upstream": (2, 1),
        "p_common_source": (2, 0),
        "p_direct": (1, 1),
    }
    assert result.scores["calibration.p_direct.brier"].value == pytest.approx(0.16)
    assert result.scores["calibration.p_left_upstream.brier"].value == pytest.approx((0.09 + 0.49) / 2)
