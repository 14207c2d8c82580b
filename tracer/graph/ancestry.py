"""What whole graphs tell that edges alone do not: ancestors, roots, and who draws on unseen texts."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from tracer.graph.parent_sets import Bools, Floats, Ints, ParentSets

MOST_ENUMERATED = 4
"""Tangles of at most so many articles have few enough graphs to go through them all."""
_CELLS_AT_ONCE = 500_000
_LINKED = math.log(0.9)
"""Log P(no unseen text behind a pair) below which the pair counts as one that an unseen text joins."""


@dataclass(frozen=True, slots=True)
class Graphs:
    """Weighted graphs: ``rows`` (graphs × articles) are rows of the articles' tables, ``weights`` sum to 1."""

    weights: Floats
    rows: Ints


@dataclass(frozen=True, slots=True)
class Ancestry:
    """Posteriors over n articles.

    ``upstream`` (n × n): P(column is upstream of row by a directed path). ``roots``: P(no article and no unseen text is
    a source). ``behind`` (n × n): P(one unseen text is a source of both).
    """

    upstream: Floats
    roots: Floats
    behind: Floats


def all_graphs(tables: Sequence[ParentSets]) -> Graphs:
    """Every order with every choice of parents: exact, for up to ``MOST_ENUMERATED`` articles."""
    logs, rows = [], []
    for order in permutations(range(len(tables))):
        log, chosen = np.zeros(1), np.zeros((1, len(tables)), dtype=np.int64)
        for place, article in enumerate(order):
            table = tables[article]
            earlier = sum(1 << bit for bit, member in enumerate(table.members) if member in order[:place])
            start = table.grid.starts[earlier]
            own = np.arange(start, start + 2 ** earlier.bit_count())
            log = (log[:, None] + table.log_weight[own]).ravel()
            chosen = np.repeat(chosen, len(own), axis=0)
            chosen[:, article] = np.tile(own, len(chosen) // len(own))
        logs.append(log)
        rows.append(chosen)
    every = np.concatenate(logs)
    weights = np.exp(every - every.max())
    return Graphs(weights / weights.sum(), np.concatenate(rows))


def drawn_graphs(tables: Sequence[ParentSets], drawn: Ints, seed: int) -> Graphs:
    """One choice of parents for each drawn order; standard error at most 0.5 / √draws."""
    generator = np.random.default_rng([seed, 1])
    rows = np.zeros_like(drawn)
    for number, table in enumerate(tables):
        grid, chances = table.grid, table.conditional()
        sums = np.cumsum(chances)
        base = sums[grid.starts] - chances[grid.starts]
        stops = np.append(grid.starts[1:], len(chances))
        span = sums[stops - 1] - base
        sets = drawn[:, number]
        found = np.searchsorted(sums, base[sets] + generator.random(len(sets)) * span[sets], side="right")
        rows[:, number] = np.clip(found, grid.starts[sets], stops[sets] - 1)
    return Graphs(np.full(len(drawn), 1 / max(1, len(drawn))), rows)


def ancestry(tables: Sequence[ParentSets], graphs: Graphs) -> Ancestry:
    """Weighted means over the graphs. Cost: graphs × n³ bit operations, in batches of bounded memory."""
    count = len(tables)
    upstream, roots, behind = np.zeros((count, count)), np.zeros(count), np.zeros((count, count))
    for weights, rows in _batches(graphs, count):
        parents, clear = _unpacked(tables, rows)
        is_first, alone, neither = ~parents.any(axis=2), *_without_unseen(parents, clear)
        for middle in range(count):
            parents |= parents[:, :, middle, None] & parents[:, None, middle, :]
        upstream += np.tensordot(weights, parents, axes=1)
        roots += weights @ (is_first * alone)
        behind += np.tensordot(weights, 1 - alone[:, :, None] - alone[:, None, :] + neither, axes=1)
    return Ancestry(np.clip(upstream, 0.0, 1.0), np.clip(roots, 0.0, 1.0), np.clip(behind, 0.0, 1.0))


def _without_unseen(parents: Bools, clear: Floats) -> tuple[Floats, Floats]:
    """P(no unseen text is a source) of each article, and of neither of two, by graph.

    An article that has the words in question by way of a parent that also shares them is no witness of its own.
    """
    through = (clear < _LINKED).astype(np.float32) @ parents.transpose(0, 2, 1).astype(np.float32) > 0
    own = np.where(through, 0.0, clear)
    either = own + own.transpose(0, 2, 1)
    alone = either.sum(axis=2)
    neither = np.minimum(0.0, alone[:, :, None] + alone[:, None, :] - either)
    return np.exp(alone), np.exp(neither)


def _batches(graphs: Graphs, count: int) -> Iterator[tuple[Floats, Ints]]:
    size = max(1, _CELLS_AT_ONCE // count**2)
    for start in range(0, len(graphs.weights), size):
        yield graphs.weights[start : start + size], graphs.rows[start : start + size]


def _unpacked(tables: Sequence[ParentSets], rows: Ints) -> tuple[Bools, Floats]:
    """Parents, and log P(no unseen text stands behind the pair), as graphs × article × neighbour."""
    count = len(tables)
    parents = np.zeros((len(rows), count, count), dtype=bool)
    clear = np.zeros((len(rows), count, count))
    for number, table in enumerate(tables):
        extra = table.extra[rows[:, number]]
        chosen, earlier = table.grid.parents[rows[:, number]], table.grid.predecessors[rows[:, number]]
        members, places = list(table.members), np.arange(len(table.members))[:, None]
        parents[:, number, members] = ((chosen >> places) & 1).T
        is_apart = ((earlier ^ chosen) >> places) & 1
        behind = np.minimum(1 - 1e-12, extra * is_apart * table.unseen[:, chosen])
        clear[:, number, members] = np.log1p(-behind).T
    return parents, clear
