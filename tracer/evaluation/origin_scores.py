"""How well the origin of lineage pairs is called: by whom the words came, in which direction, how directly."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from tracer.evaluation.bootstrap import Array, Measure, Statistic, Units, mean, measure, ratio
from tracer.evaluation.gold import DIRECT, FLIPPED, LEFT, LINEAGE, THROUGH_UNSEEN
from tracer.evaluation.scored_pairs import ScoredPair, column, units_of, weighed_pairs

Test = Callable[[ScoredPair], bool]


def origin_measures(pairs: list[ScoredPair], stories: int) -> Iterator[Measure]:
    """Scores of origin, direction proper and immediacy, each over the pairs whose gold label it needs."""
    labelled = [pair for pair in pairs if pair.has_origin]
    yield from _called("origin", labelled, _is_called, _is_right, stories)
    directed = [pair for pair in labelled if pair.gold.origin in FLIPPED]
    yield from _called("direction", directed, _is_directed, _is_right, stories)
    weighed = weighed_pairs(pairs)
    yield mean("direction.likelier_side", likelier_side(weighed), units_of(weighed), stories)
    confidence, wrong = confidence_and_error(weighed)
    yield measure("direction.aurc", aurc(confidence, wrong, units_of(weighed)), units_of(weighed))
    others = [pair for pair in pairs if pair.gold.kind != LINEAGE]
    yield mean("direction.without_lineage", [_is_called(pair) for pair in others], units_of(others), stories)
    near = [pair for pair in directed if pair.gold.immediacy in {DIRECT, THROUGH_UNSEEN}]
    yield from _called("immediacy", near, _is_told, _is_told_right, stories)


def _is_called(pair: ScoredPair) -> bool:
    return pair.called is not None


def _is_directed(pair: ScoredPair) -> bool:
    return pair.called in FLIPPED


def _is_right(pair: ScoredPair) -> bool:
    return pair.called == pair.gold.origin


def _is_told(pair: ScoredPair) -> bool:
    return pair.found.immediacy in {DIRECT, THROUGH_UNSEEN}


def _is_told_right(pair: ScoredPair) -> bool:
    return _is_right(pair) and pair.found.immediacy == pair.gold.immediacy


def _called(name: str, pairs: list[ScoredPair], called: Test, right: Test, stories: int) -> Iterator[Measure]:
    """The share of pairs that get a verdict, and the share of those in which it is right."""
    told = [pair for pair in pairs if called(pair)]
    yield mean(f"{name}.coverage", [called(pair) for pair in pairs], units_of(pairs), stories)
    yield mean(f"{name}.accuracy", [right(pair) for pair in told], units_of(told), stories)


def likelier_side(pairs: list[ScoredPair]) -> Array:
    """Per pair: 1 when the side that the gold has upstream got the larger probability, ½ when both got the same."""
    lead = column(pairs, lambda pair: (pair.found.p_left or 0.0) - (pair.found.p_right or 0.0))
    sign = column(pairs, lambda pair: 1.0 if pair.gold.origin == LEFT else -1.0)
    return (np.sign(lead * sign) + 1) / 2


def confidence_and_error(pairs: list[ScoredPair]) -> tuple[Array, Array]:
    """Per pair: the larger of P(left upstream) and P(right upstream), and the error of choosing that side (0, ½, 1)."""
    confidence = column(pairs, lambda pair: max(pair.found.p_left or 0.0, pair.found.p_right or 0.0))
    return confidence, 1 - likelier_side(pairs)


def aurc(confidence: Array, error: Array, units: Units) -> Statistic:
    """Area under the risk–coverage curve: the mean, over all cases, of the error rate among those at least as sure.

    Geifman and El-Yaniv, Selective Classification for Deep Neural Networks (2017); Geifman, Uziel and El-Yaniv (2019).
    From 0 (best) to 1. Cases of one confidence are accepted together.
    """
    order = np.argsort(-confidence, kind="stable")
    ranked, wrong, story = confidence[order], error[order], units[order]
    starts = np.flatnonzero(np.diff(ranked, prepend=np.nan) != 0)

    def area(drawn: Array) -> Array:
        if not len(starts):
            return np.full(len(drawn), np.nan)
        weight = np.add.reduceat(drawn[:, story], starts, axis=1)
        errors = np.add.reduceat(drawn[:, story] * wrong, starts, axis=1)
        risk = ratio(np.cumsum(errors, axis=1), np.cumsum(weight, axis=1))
        return ratio((weight * np.nan_to_num(risk)).sum(axis=1), weight.sum(axis=1))

    return area


def risk_coverage(confidence: Array, error: Array) -> Iterator[tuple[float, float, float, int]]:
    """The curve's points, surest first: least confidence accepted, share of cases accepted, their error rate, number.

    One point for each confidence that occurs.
    """
    order = np.argsort(-confidence, kind="stable")
    wrong = np.cumsum(error[order])
    for place, at in enumerate(order):
        if place + 1 == len(order) or confidence[order[place + 1]] != confidence[at]:
            accepted = place + 1
            yield float(confidence[at]), accepted / len(order), float(wrong[place]) / accepted, accepted
