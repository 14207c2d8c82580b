"""A score with its interval, and beside it that of a second report."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from tracer.evaluation.bootstrap import Array, Measure, Statistic, values_and_intervals
from tracer.evaluation.catalogue import SCORES

_FEWEST_STORIES = 2
Measures = Mapping[str, Measure]


@dataclass(frozen=True, slots=True)
class Score:
    """One score of a report.

    ``value`` is ``None`` where it cannot be measured: the gold does not speak of it, or no case came up. ``low`` and
    ``high`` bound the central 95 % bootstrap interval; ``None`` with fewer than two stories, or when every draw gives
    the same value (all cases right, say), which tells nothing of how far that is luck. ``n`` is the number of cases,
    ``stories`` that of the stories they belong to. ``against`` is the value of a second report; ``difference_low`` and
    ``difference_high`` bound the interval of ``value - against``, both drawn together. ``docs/reference/scores.md``
    says what each name means, what it is measured on, and which way is better.
    """

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int = 0
    stories: int = 0
    against: float | None = None
    difference_low: float | None = None
    difference_high: float | None = None


def scores_of(
    ours: Iterable[Measure], theirs: Iterable[Measure], stories: int, *, draws: int, seed: int
) -> dict[str, Score]:
    """Every known score in order; those without a single case have no value."""
    mine, other = ({entry.name: entry for entry in side if entry.n} for side in (ours, theirs))
    values, low, high = values_and_intervals([entry.statistic for entry in mine.values()], stories, draws, seed)
    found = {
        name: Score(name, finite(value), n=entry.n, stories=entry.stories)
        for (name, entry), value in zip(mine.items(), values, strict=True)
    }
    for name, *bounds in zip(mine, map(finite, low), map(finite, high), strict=True):
        if mine[name].stories >= _FEWEST_STORIES and found[name].value is not None:
            found[name] = replace(found[name], low=bounds[0], high=bounds[1])
    for name, *cells in _compared(mine, other, stories, draws, seed):
        score = found.get(name, Score(name, None))
        found[name] = replace(score, against=cells[0], difference_low=cells[1], difference_high=cells[2])
    return {name: found.get(name, Score(name, None)) for name in SCORES}


def _compared(
    ours: Measures, theirs: Measures, stories: int, draws: int, seed: int
) -> Iterator[tuple[str, float | None, float | None, float | None]]:
    """What the second report adds to each score: its value, and the interval of the difference."""
    values, _, _ = values_and_intervals([entry.statistic for entry in theirs.values()], stories, 0, seed)
    both = [name for name in theirs if name in ours and _has_interval(ours[name], theirs[name])]
    apart = [_difference(ours[name].statistic, theirs[name].statistic) for name in both]
    _, low, high = values_and_intervals(apart, stories, draws, seed)
    bounds = {name: (finite(low[place]), finite(high[place])) for place, name in enumerate(both)}
    for name, value in zip(theirs, values, strict=True):
        yield (name, finite(value), *bounds.get(name, (None, None)))


def _has_interval(*measures: Measure) -> bool:
    return min(entry.stories for entry in measures) >= _FEWEST_STORIES


def _difference(one: Statistic, other: Statistic) -> Statistic:
    def apart(drawn: Array) -> Array:
        return one(drawn) - other(drawn)

    return apart


def finite(value: float) -> float | None:
    """``value``, or ``None`` where it is not defined."""
    return float(value) + 0.0 if math.isfinite(value) else None
