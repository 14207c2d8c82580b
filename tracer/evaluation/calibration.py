"""Whether probabilities come true: Brier score, log-loss, expected calibration error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from tracer.evaluation.bootstrap import Array, Measure, Statistic, Units, mean, measure, of_sums, per_story, ratio
from tracer.evaluation.gold import COMMON, DIRECT, LEFT, LINEAGE, RIGHT, STATEMENT, THROUGH_UNSEEN
from tracer.evaluation.scored_pairs import ScoredPair, column, units_of

BINS = 10
_ROUNDING = 1e-9
LEAST_PROBABILITY = 1e-6
"""Probabilities are held to at least this, and at most one minus this, where their logarithm is taken."""


@dataclass(frozen=True, slots=True)
class Forecasts:
    """One probability column beside what came true: 0 or 1 per pair, and each pair's story."""

    column: str
    probability: Array
    outcome: Array
    units: Units


def forecasts(pairs: list[ScoredPair]) -> Iterator[Forecasts]:
    """Every probability column over the pairs for which gold and report speak of it.

    ``p_lineage``, ``p_statement``: all pairs. The three of origin: gold lineage pairs with an origin for which the
    report gives them. ``p_direct``: gold pairs with an immediacy whose direction the report resolved rightly.
    """
    yield _forecasts("p_lineage", pairs, lambda p: p.found.p_lineage, lambda p: p.gold.kind == LINEAGE)
    yield _forecasts("p_statement", pairs, lambda p: p.found.p_statement, lambda p: p.gold.kind == STATEMENT)
    given = [pair for pair in pairs if pair.has_origin and pair.found.p_common is not None]
    yield _forecasts("p_left_upstream", given, lambda p: p.found.p_left, lambda p: p.gold.origin == LEFT)
    yield _forecasts("p_right_upstream", given, lambda p: p.found.p_right, lambda p: p.gold.origin == RIGHT)
    yield _forecasts("p_common_source", given, lambda p: p.found.p_common, lambda p: p.gold.origin == COMMON)
    near = [
        pair
        for pair in pairs
        if pair.gold.immediacy in {DIRECT, THROUGH_UNSEEN}
        and pair.found.p_direct is not None
        and pair.found.direction == pair.gold.origin
    ]
    yield _forecasts("p_direct", near, lambda p: p.found.p_direct, lambda p: p.gold.immediacy == DIRECT)


def _forecasts(
    name: str,
    pairs: list[ScoredPair],
    probability: Callable[[ScoredPair], float | None],
    outcome: Callable[[ScoredPair], bool],
) -> Forecasts:
    return Forecasts(name, column(pairs, probability), column(pairs, outcome), units_of(pairs))


def calibration_measures(entry: Forecasts, stories: int) -> Iterator[Measure]:
    """Brier score, log-loss and both calibration errors of one column."""
    head, units = f"calibration.{entry.column}", entry.units
    yield mean(f"{head}.brier", brier(entry.probability, entry.outcome), units, stories)
    yield mean(f"{head}.log_loss", log_loss(entry.probability, entry.outcome), units, stories)
    for name, bins in (("ece", equal_width(entry.probability)), ("ece_equal_mass", equal_mass(entry.probability))):
        yield measure(f"{head}.{name}", calibration_error(entry, bins, stories), units)


def brier(probability: Array, outcome: Array) -> Array:
    """Per case: squared distance from the outcome, 0 to 1, less is better (Brier 1950, for two outcomes)."""
    return (probability - outcome) ** 2


def log_loss(probability: Array, outcome: Array) -> Array:
    """Per case: −ln of the probability of what came true, held to 1e-6 … 1 − 1e-6; less is better (Good 1952)."""
    held = np.clip(probability, LEAST_PROBABILITY, 1 - LEAST_PROBABILITY)
    return -np.log(np.where(outcome == 1, held, 1 - held))


def equal_width(probability: Array) -> Units:
    """The bin of each case among ten of one width; a probability on a border goes up, 1 into the last."""
    return np.minimum((probability * BINS + _ROUNDING).astype(np.intp), BINS - 1)


def equal_mass(probability: Array) -> Units:
    """The bin of each case among ten of nearly one size; equal probabilities share a bin (the one of their middle)."""
    values, inverse, counts = np.unique(probability, return_inverse=True, return_counts=True)
    middle = (np.cumsum(counts) - counts / 2) / max(1, len(probability))
    return np.minimum((middle * BINS).astype(np.intp), BINS - 1)[inverse] if len(values) else inverse.astype(np.intp)


def calibration_error(entry: Forecasts, bins: Units, stories: int) -> Statistic:
    """Expected calibration error: the bins' distances between mean probability and share come true, by their sizes.

    Naeini, Cooper and Hauskrecht 2015; Guo et al. 2017 (ten bins of equal width). From 0 to 1, less is better. It is
    biased upwards on few cases. The bins stay those of all cases in every draw.
    """
    rows = np.zeros((len(bins), BINS, 3))
    rows[np.arange(len(bins)), bins] = np.column_stack([np.ones(len(bins)), entry.probability, entry.outcome])
    return of_sums(per_story(rows.reshape(len(bins), BINS * 3), entry.units, stories), _weighted_gaps)


def _weighted_gaps(sums: Array) -> Array:
    table = sums.reshape(-1, BINS, 3)
    return ratio(np.abs(table[:, :, 1] - table[:, :, 2]).sum(axis=1), table[:, :, 0].sum(axis=1))


def reliability(entry: Forecasts) -> Iterator[tuple[float, float, int, float, float]]:
    """The bins of equal width that hold cases: low border, high border, cases, mean probability, share come true."""
    bins = equal_width(entry.probability)
    for number in range(BINS):
        inside = bins == number
        if inside.any():
            means = float(entry.probability[inside].mean()), float(entry.outcome[inside].mean())
            yield number / BINS, (number + 1) / BINS, int(inside.sum()), *means
