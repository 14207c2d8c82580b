"""How well the kinds of link are told apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

import numpy as np

from tracer.evaluation.bootstrap import (
    Array,
    Measure,
    Statistic,
    Units,
    mean,
    measure,
    of_sums,
    per_story,
    quotient,
    ratio,
)
from tracer.evaluation.gold import KINDS, LINEAGE, NONE, STATEMENT
from tracer.evaluation.scored_pairs import ScoredPair, column, units_of


def kind_measures(pairs: list[ScoredPair], nones: Iterable[tuple[int, int]], stories: int) -> Iterator[Measure]:
    """Scores of the link kind, over all scored pairs; ``nones`` counts further gold none pairs rightly called none."""
    units = units_of(pairs)
    sums = per_story(_confusion_rows(pairs), units, stories)
    yield mean("kind.accuracy", [pair.right_kind for pair in pairs], units, stories)
    yield measure("kind.macro_f1", of_sums(sums, macro_f1), units)
    for place, kind in enumerate(KINDS):
        for name, formula in (("precision", precision), ("recall", recall), ("f1", f1)):
            yield measure(f"kind.{kind}.{name}", of_sums(sums, partial(formula, place)), _about(pairs, kind, name))
    scores, truth = column(pairs, lambda pair: pair.found.p_lineage), [pair.gold.kind == LINEAGE for pair in pairs]
    yield measure("kind.auc", auc(scores, np.array(truth, dtype=float), units), units)
    statement = [pair for pair in pairs if pair.gold.kind == STATEMENT]
    yield mean("kind.false_lineage_on_statement", _called_lineage(statement), units_of(statement), stories)
    yield _false_lineage_on_none([pair for pair in pairs if pair.gold.kind == NONE], nones, stories)


def _about(pairs: list[ScoredPair], kind: str, name: str) -> Units:
    """The pairs that a precision (found so), a recall (so in the gold) or an F1 (either) of a kind is measured on."""
    found = {pair for pair in range(len(pairs)) if pairs[pair].found.kind == kind}
    true = {pair for pair in range(len(pairs)) if pairs[pair].gold.kind == kind}
    chosen = {"precision": found, "recall": true}.get(name, found | true)
    return units_of([pairs[place] for place in sorted(chosen)])


def _called_lineage(pairs: list[ScoredPair]) -> list[bool]:
    return [pair.found.kind == LINEAGE for pair in pairs]


def _false_lineage_on_none(pairs: list[ScoredPair], nones: Iterable[tuple[int, int]], stories: int) -> Measure:
    units = units_of(pairs)
    sums = per_story(np.column_stack([_called_lineage(pairs), np.ones(len(pairs))]), units, stories)
    further = np.zeros(stories, dtype=np.intp)
    for story, number in nones:
        further[story] = number
    sums[:, 1] += further
    number = len(pairs) + int(further.sum())
    return Measure("kind.false_lineage_on_none", of_sums(sums, quotient), number, int((sums[:, 1] > 0).sum()))


def _confusion_rows(pairs: list[ScoredPair]) -> Array:
    rows = np.zeros((len(pairs), 9))
    for place, pair in enumerate(pairs):
        rows[place, 3 * KINDS.index(pair.gold.kind) + KINDS.index(pair.found.kind)] = 1
    return rows


def precision(kind: int, sums: Array) -> Array:
    """Of the pairs found to be of a kind, the share that is; NaN when none is found. ``sums``: draws × 9 counts."""
    table = sums.reshape(-1, 3, 3)
    return ratio(table[:, kind, kind], table[:, :, kind].sum(axis=1))


def recall(kind: int, sums: Array) -> Array:
    """Of the pairs that are of a kind, the share found to be; NaN when there is none."""
    table = sums.reshape(-1, 3, 3)
    return ratio(table[:, kind, kind], table[:, kind, :].sum(axis=1))


def f1(kind: int, sums: Array) -> Array:
    """Harmonic mean of precision and recall: 2·right / (found + true) (van Rijsbergen 1979, chapter 7)."""
    table = sums.reshape(-1, 3, 3)
    both = table[:, :, kind].sum(axis=1) + table[:, kind, :].sum(axis=1)
    return ratio(2 * table[:, kind, kind], both)


def macro_f1(sums: Array) -> Array:
    """Mean F1 of the kinds that the gold holds (Opitz and Burst 2019); a kind that it lacks is left out."""
    scores = np.column_stack([f1(kind, sums) for kind in range(3)])
    there = sums.reshape(-1, 3, 3).sum(axis=2) > 0
    return ratio(np.where(there, scores, 0).sum(axis=1), there.sum(axis=1))


def auc(scores: Array, truth: Array, units: Units) -> Statistic:
    """Area under the ROC curve: P(a true case scores higher than a false one), ties half (Hanley and McNeil 1982).

    NaN when all cases are true, or none is. Cost per draw: linear, after one sort.
    """
    order = np.argsort(scores, kind="stable")
    ranked, outcome, story = scores[order], truth[order], units[order]
    starts = np.flatnonzero(np.diff(ranked, prepend=np.nan) != 0)

    def area(drawn: Array) -> Array:
        if not len(starts):
            return np.full(len(drawn), np.nan)
        weight = drawn[:, story]
        true = np.add.reduceat(weight * outcome, starts, axis=1)
        false = np.add.reduceat(weight * (1 - outcome), starts, axis=1)
        below = np.cumsum(false, axis=1) - false
        return ratio((true * (below + false / 2)).sum(axis=1), true.sum(axis=1) * false.sum(axis=1))

    return area
