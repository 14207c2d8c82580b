"""Scores with intervals: the bootstrap over stories.

Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13 (percentile intervals); drawing whole stories
keeps together what depends on each other (Davison and Hinkley 1997, section 3.8).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Units = npt.NDArray[np.intp]
Statistic = Callable[[Array], Array]
"""How often each story was drawn (draws × stories) → the score of each draw; NaN where it is not defined."""

_BATCH = 100
_TAILS = (2.5, 97.5)
_FEWEST_STORIES = 2


@dataclass(frozen=True, slots=True)
class Measure:
    """A score before it is worked out.

    ``n``: how many cases it is measured on; ``stories``: how many stories those belong to.
    """

    name: str
    statistic: Statistic
    n: int
    stories: int


def measure(name: str, statistic: Statistic, units: Units) -> Measure:
    """A score measured on cases of which ``units`` gives the stories."""
    return Measure(name, statistic, len(units), len(np.unique(units)))


def per_story(values: npt.ArrayLike, units: Units, stories: int) -> Array:
    """Sums of the rows of ``values`` (cases × k, or cases) by story: stories × k."""
    rows = np.asarray(values, dtype=np.float64)
    rows = rows[:, np.newaxis] if rows.ndim == 1 else rows
    sums = np.zeros((stories, rows.shape[1]))
    np.add.at(sums, units, rows)
    return sums


def ratio(top: npt.ArrayLike, bottom: npt.ArrayLike) -> Array:
    """``top`` over ``bottom``; NaN where that is 0."""
    above, below = np.broadcast_arrays(np.asarray(top, float), np.asarray(bottom, float))
    return np.asarray(np.divide(above, below, out=np.full(above.shape, np.nan), where=below != 0))


def of_sums(sums: Array, formula: Callable[[Array], Array]) -> Statistic:
    """A score that depends on sums over cases alone: ``formula`` takes draws × k sums."""
    return lambda drawn: formula(np.asarray(drawn @ sums))


def quotient(sums: Array) -> Array:
    """The first of two sums over the second."""
    return ratio(sums[:, 0], sums[:, 1])


def mean(name: str, values: npt.ArrayLike, units: Units, stories: int) -> Measure:
    """The mean of one value per case."""
    rows = np.asarray(values, dtype=np.float64)
    sums = per_story(np.column_stack([rows, np.ones(len(units))]), units, stories)
    return measure(name, of_sums(sums, quotient), units)


def values_and_intervals(
    statistics: Sequence[Statistic], stories: int, draws: int, seed: int
) -> tuple[Array, Array, Array]:
    """Value, low and high end of the central 95 % interval of each statistic.

    All statistics see the same draws, so that the difference of two is paired. The interval is NaN with fewer than two
    stories, where no draw defines the score, and where all draws agree: when every case is right the draws cannot show
    how far that may be luck. Cost: draws × stories per statistic, in numpy.
    """
    whole = np.ones((1, stories))
    values = np.array([float(statistic(whole)[0]) for statistic in statistics])
    empty = np.full(len(statistics), np.nan)
    if stories < _FEWEST_STORIES or not draws:
        return values, empty, empty.copy()
    random = np.random.default_rng(seed)
    chances = np.full(stories, 1 / stories)
    batches = [min(_BATCH, draws - start) for start in range(0, draws, _BATCH)]
    drawn = [random.multinomial(stories, chances, size=size).astype(float) for size in batches]
    low, high = empty, empty.copy()
    for place, statistic in enumerate(statistics):
        results = np.concatenate([statistic(batch) for batch in drawn])
        defined = results[np.isfinite(results)]
        if len(defined) and defined.min() < defined.max():
            low[place], high[place] = np.percentile(defined, _TAILS)
    return values, low, high
