"""How many independent origins stand behind carriers that may have been joined: exactly, or by seeded draws."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

EXACT_JOINS = 10
DRAWS = 2000
_SURE = 0.9999
"""Joins at least this likely count as certain."""
_CELLS_AT_ONCE = 4_000_000
_MOST_TOGETHER = 4_000
"""Joins: with more of them draws are followed one by one, for each comes to its fewest groups long before the last."""

Join = tuple[int, int, float]
Floats = npt.NDArray[np.float64]


def origin_counts(size: int, joins: Iterable[Join], seed: int) -> Floats:
    """Distribution over 1 … ``size`` origins (index 0 is one origin) of ``size`` carriers.

    ``joins`` are two carriers each and the probability that they have one origin. Exact up to ``EXACT_JOINS`` joins
    that are not certain, drawn ``DRAWS`` times beyond. Memory: a few million joins drawn at a time, and a label of each
    carrier for each draw.
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


def _add_draws(counts: Floats, state: tuple[list[int], int], joins: Sequence[Join], seed: int) -> None:
    root, _ = state
    roots = [_find(root, carrier) for carrier in range(len(root))]
    chances = np.array([chance for _, _, chance in joins])
    generator = np.random.default_rng(seed)
    at_once = max(1, _CELLS_AT_ONCE // len(joins))
    followed = _groups if len(joins) <= _MOST_TOGETHER else _groups_one_by_one
    for start in range(0, DRAWS, at_once):
        held = generator.random((min(at_once, DRAWS - start), len(joins))) < chances
        counts += np.bincount(followed(roots, joins, held) - 1, minlength=len(counts))


def _groups(roots: Sequence[int], joins: Sequence[Join], held: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
    """Into how many groups the carriers fall in each draw (a row of ``held``).

    Every root is a label to itself at first, and takes the smaller one of those it is joined to until none changes:
    then each group has one label, that of its smallest root.
    """
    labels = np.repeat(np.array(roots, dtype=np.int32)[:, None], len(held), axis=1)
    ends = [(labels[roots[one]], labels[roots[other]]) for one, other, _ in joins]
    ties = [(*pair, is_held) for pair, is_held in zip(ends, held.T.copy(), strict=True)]
    before = np.full_like(labels, -1)
    while not np.array_equal(before, labels):
        before[:] = labels
        for one, other, is_held in ties:
            smaller = np.minimum(one, other)
            np.copyto(one, smaller, where=is_held)
            np.copyto(other, smaller, where=is_held)
    # Of carriers that are joined for certain the root alone is counted: the others never bear their own label.
    groups: npt.NDArray[np.intp] = np.count_nonzero(labels == np.arange(len(roots))[:, None], axis=0)
    return groups


def _groups_one_by_one(
    roots: Sequence[int], joins: Sequence[Join], held: npt.NDArray[np.bool_]
) -> npt.NDArray[np.intp]:
    """As :func:`_groups`, a draw after the other."""
    ends = [(one, other) for one, other, _ in joins]
    every, groups = list(roots), len(set(roots))
    fewest = groups - sum(_united(every, one, other) for one, other in ends)
    found = np.empty(len(held), dtype=np.intp)
    for draw, row in enumerate(held):
        here, left = list(roots), groups
        for place in np.flatnonzero(row).tolist():
            left -= _united(here, *ends[place])
            if left == fewest:
                break
        found[draw] = left
    return found


def _find(root: list[int], node: int) -> int:
    while root[node] != node:
        root[node] = node = root[root[node]]
    return node


def _united(root: list[int], one: int, other: int) -> bool:
    """Join the groups of two nodes in place; whether they were apart."""
    one, other = _find(root, one), _find(root, other)
    if one == other:
        return False
    root[other] = one
    return True
