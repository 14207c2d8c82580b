"""Exact sums over all orders of a tangle's articles: a dynamic program over its subsets.

After Koivisto and Sood, "Exact Bayesian structure discovery in Bayesian networks" (2004), and Ott, Imoto and Miyano,
"Finding optimal models for small gene networks" (2004). An article's parents come from its predecessors, so that no
graph has a cycle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracer.graph.parent_sets import Floats, Ints, ParentSets

MOST_EXACT = 12
"""Tangles of at most so many articles are summed exactly: 4,096 subsets."""


@dataclass(frozen=True, slots=True)
class Orders:
    """The posterior over what came before each article.

    ``before`` gives for each article the probability of each set of its neighbours that may precede it.
    ``drawn`` (draws × articles) are the same sets in draws of a whole order, as bit masks over the neighbours.
    """

    before: tuple[Floats, ...]
    drawn: Ints


def exact_orders(tables: Sequence[ParentSets], draws: int, seed: int) -> Orders:
    """Sum over all orders; the prior is uniform over them.

    Cost: 2^n·n logarithmic additions, plus ``draws`` seeded orders from the exact posterior.
    """
    places = [_local(table.members, np.arange(2 ** len(tables))) for table in tables]
    scores = np.stack([table.score[place] for table, place in zip(tables, places, strict=True)])
    first, last = _forward(scores), _backward(scores)
    before = []
    for number, (table, place) in enumerate(zip(tables, places, strict=True)):
        free = np.flatnonzero((np.arange(len(first)) >> number) & 1 == 0)
        mass = np.exp(first[free] + scores[number, free] + last[free | 1 << number] - first[-1])
        sets = np.bincount(place[free], weights=mass, minlength=len(table.score))
        before.append(sets / sets.sum())
    return Orders(tuple(before), _draw(scores, first, places, draws, seed))


def _local(members: Sequence[int], sets: Ints) -> Ints:
    """Sets of a tangle's articles as sets of one article's neighbours."""
    local = np.zeros_like(sets)
    for place, member in enumerate(members):
        local |= ((sets >> member) & 1) << place
    return local


def _layers(count: int) -> list[Ints]:
    sizes = np.zeros(2**count, dtype=np.int64)
    for number in range(count):
        sizes += (np.arange(2**count) >> number) & 1
    order = np.argsort(sizes, kind="stable")
    edges = np.searchsorted(sizes[order], np.arange(1, count + 1))
    return np.split(order, edges)


def _forward(scores: Floats) -> Floats:
    """Log weight of all ways to put each set first."""
    count = len(scores)
    log = np.full(2**count, -np.inf)
    log[0] = 0.0
    for layer in _layers(count)[1:]:
        for number in range(count):
            sets = layer[(layer >> number) & 1 == 1]
            rest = sets ^ 1 << number
            log[sets] = np.logaddexp(log[sets], log[rest] + scores[number, rest])
    return log


def _backward(scores: Floats) -> Floats:
    """Log weight of all ways to go on after each set."""
    count = len(scores)
    log = np.full(2**count, -np.inf)
    log[-1] = 0.0
    for layer in reversed(_layers(count)[:-1]):
        for number in range(count):
            sets = layer[(layer >> number) & 1 == 0]
            log[sets] = np.logaddexp(log[sets], log[sets | 1 << number] + scores[number, sets])
    return log


def _draw(scores: Floats, first: Floats, places: Sequence[Ints], draws: int, seed: int) -> Ints:
    """Whole orders, drawn last article first, as each article's set of earlier neighbours."""
    count = len(scores)
    generator = np.random.default_rng(seed)
    drawn = np.zeros((draws, count), dtype=np.int64)
    sets = np.full(draws, 2**count - 1, dtype=np.int64)
    bits, every, local = 1 << np.arange(count), np.arange(draws), np.stack(places)
    for _ in range(count):
        rest = sets[:, None] & ~bits
        is_in = (sets[:, None] & bits) > 0
        chances = np.exp(np.where(is_in, first[rest] + scores[np.arange(count), rest], -np.inf) - first[sets][:, None])
        chosen = _choose(chances, generator)
        sets = sets ^ bits[chosen]
        drawn[every, chosen] = local[chosen, sets]
    return drawn


def _choose(chances: Floats, generator: np.random.Generator) -> npt.NDArray[np.intp]:
    """A column for each row, with the chances given; columns without a chance are never chosen."""
    sums = np.cumsum(chances, axis=1)
    chosen: npt.NDArray[np.intp] = (sums <= generator.random((len(sums), 1)) * sums[:, -1:]).sum(axis=1)
    return chosen
