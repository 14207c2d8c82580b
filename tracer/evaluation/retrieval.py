"""Precision, recall and F1 of things that should have been found (van Rijsbergen, Information Retrieval, 1979)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tracer.evaluation.bootstrap import Array, Measure, Units, measure, of_sums, per_story, ratio


def counted_measures(name: str, rows: Array, units: Units, stories: int) -> Iterator[Measure]:
    """Precision, recall and F1 from one row per thing: is it true, was it found, do the two match (0 or 1 each)?

    A score whose denominator is 0 is not defined: precision without anything found, recall without anything true.
    """
    sums = per_story(rows, units, stories)
    yield measure(f"{name}.precision", of_sums(sums, partial(_share, 1)), units[rows[:, 1] > 0])
    yield measure(f"{name}.recall", of_sums(sums, partial(_share, 0)), units[rows[:, 0] > 0])
    yield measure(f"{name}.f1", of_sums(sums, _f1), units)


def _share(column: int, sums: Array) -> Array:
    return ratio(sums[:, 2], sums[:, column])


def _f1(sums: Array) -> Array:
    return ratio(2 * sums[:, 2], sums[:, 0] + sums[:, 1])
