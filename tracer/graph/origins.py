"""How many independent origins stand behind carriers that may have been joined: exactly, or by seeded draws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

EXACT_JOINS = 10
DRAWS = 2000
_SURE = 0.9999
"""Joins at least this likely count as certain."""
_CELLS_AT_ONCE = 4_000_000

Join = tuple[int, int, float]


def origin_counts(size: int, joins: Iterable[Join], seed: int) -> npt.NDArray[np.float64]:
    """Distribution over 1 … ``size`` origins (index 0 is one origin) of ``size`` carriers.

    ``joins`` are two carriers each and the probability that they have one origin. Exact up to ``EXACT_JOINS`` joins
    that are not certain, drawn ``DRAWS`` times beyond. Memory: a few million joins drawn at a time.
    """
    counts = np.zeros(size)
    root, groups = list(range(size)), size
    open_: list[Join] = []
    for join in joins:
        if join[2] < _SURE:
            open_.append(join)
        else:
            groups -= _united(root, join[0], join[1])
    if len(open_) <= EXACT_JOINS:
        weights = [0.0] * size
        _add_outcomes(weights, (root, groups), 1.0, open_, 0)
        counts += weights
    else:
        _add_draws(counts, (root, groups), open_, seed)
    counts /= counts.sum()
    return counts


def _add_outcomes(
    weights: list[float], state: tuple[list[int], int], weight: float, joins: Sequence[Join], done: int
) -> None:
    """Add the weight of every outcome of the joins from ``done`` on to that of its number of groups."""
    root, groups = state
    if done == len(joins):
        weights[groups - 1] += weight
        return
    one, other, chance = joins[done]
    held = list(root)
    fewer = groups - _united(held, one, other)
    _add_outcomes(weights, (held, fewer), weight * chance, joins, done + 1)
    _add_outcomes(weights, state, weight * (1 - chance), joins, done + 1)


def _add_draws(counts: npt.NDArray[np.float64], state: tuple[list[int], int], joins: Sequence[Join], seed: int) -> None:
    root, groups = state
    ends = [(one, other) for one, other, _ in joins]
    every = list(root)
    fewest = groups - sum(_united(every, one, other) for one, other in ends)
    chances = np.array([chance for _, _, chance in joins])
    generator = np.random.default_rng(seed)
    at_once = max(1, _CELLS_AT_ONCE // len(joins))
    for start in range(0, DRAWS, at_once):
        held = generator.random((min(at_once, DRAWS - start), len(joins))) < chances
        for pattern, repeat in Counter(row.tobytes() for row in held).items():
            here, left = list(root), groups
            for place in np.flatnonzero(np.frombuffer(pattern, dtype=bool)).tolist():
                left -= _united(here, *ends[place])
                if left == fewest:
                    break
            counts[left - 1] += repeat


def _united(root: list[int], one: int, other: int) -> bool:
    """Join the groups of two nodes in place; whether they were apart."""
    while root[one] != one:
        root[one] = one = root[root[one]]
    while root[other] != other:
        root[other] = other = root[root[other]]
    if one == other:
        return False
    root[other] = one
    return True
