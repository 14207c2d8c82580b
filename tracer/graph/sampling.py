"""Orders of large tangles, sampled by order-MCMC.

After Friedman and Koller, "Being Bayesian about network structure" (2003).

Convergence is judged by split-R̂ of the log score (Gelman et al., *Bayesian Data Analysis*, 3rd edition, 2013) and by
the agreement of the chains on every edge.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from tracer.graph.orders import Orders
from tracer.graph.parent_sets import Floats, ParentSets

CHAINS = 4
MOST_PROPOSALS = 100_000
"""Moves proposed in each chain before it is given up as not converged."""
_PROPOSALS_PER_ARTICLE = 100
_KEPT_PER_ROUND = 50
_MOST_SPREAD = 1.05
"""Split-R̂ beyond which the chains have not mixed."""
_MOST_DISAGREEMENT = 0.1
_SPREAD_OF_STARTS = 2.0
_FARTHEST = 8
"""A move swaps articles at most so many places apart."""


@dataclass(frozen=True, slots=True)
class Sampled:
    """``orders`` as sampled, and whether the chains agreed before the bound."""

    orders: Orders
    converged: bool


class _Chain:
    """One walk over the orders. ``outside`` are log factors of earlier articles that are no neighbours."""

    def __init__(
        self, tables: Sequence[ParentSets], outside: Sequence[dict[int, float]], start: Floats, seed: Sequence[int]
    ) -> None:
        self.bits = [{member: 1 << place for place, member in enumerate(table.members)} for table in tables]
        self.scores = [table.score.tolist() for table in tables]
        self.outside = outside
        self.generator = np.random.default_rng(seed)
        self.order = np.argsort(start, kind="stable").tolist()
        self.sets, self.apart = [0] * len(tables), [0.0] * len(tables)
        for place, article in enumerate(self.order):
            self.sets[article], self.apart[article] = self._moved(article, self.order[:place], ())
        self.log = [self.scores[article][earlier] for article, earlier in enumerate(self.sets)]
        self.trace: list[float] = []
        self.kept: list[list[int]] = []

    def _moved(self, article: int, gained: Iterable[int], lost: Iterable[int]) -> tuple[int, float]:
        """An article's earlier neighbours, and the factor of other earlier articles, after some came or went."""
        bits, factors = self.bits[article], self.outside[article]
        earlier, apart = self.sets[article], self.apart[article]
        for other in gained:
            earlier |= bits.get(other, 0)
            apart += factors.get(other, 0.0)
        for other in lost:
            earlier &= ~bits.get(other, 0)
            apart -= factors.get(other, 0.0)
        return earlier, apart

    def walk(self, proposals: int) -> None:
        """Propose so many swaps, half of them of neighbours in the order, and keep evenly spaced states."""
        count = len(self.order)
        lows = self.generator.integers(0, count - 1, proposals).tolist()
        reach = self.generator.integers(2, _FARTHEST + 1, proposals)
        gaps = np.where(self.generator.random(proposals) < 0.5, 1, reach).tolist()  # noqa: PLR2004
        limits = (-self.generator.exponential(size=proposals)).tolist()
        every = max(1, proposals // _KEPT_PER_ROUND)
        for step in range(proposals):
            self._propose(lows[step], lows[step] + gaps[step], limits[step])
            if (step + 1) % every == 0:
                self.trace.append(sum(self.log) + sum(self.apart))
                self.kept.append(list(self.sets))

    def _propose(self, low: int, high: int, limit: float) -> None:
        if high >= len(self.order):
            return
        first, *between, last = self.order[low : high + 1]
        moved = {first: self._moved(first, (*between, last), ()), last: self._moved(last, (), (*between, first))}
        for article in between:
            known, more = self.bits[article], self.outside[article]
            if first in known or last in known or first in more or last in more:
                moved[article] = self._moved(article, (last,), (first,))
        gain = 0.0
        for article, (earlier, apart) in moved.items():
            gain += self.scores[article][earlier] - self.log[article] + apart - self.apart[article]
        if gain >= limit:
            self.order[low], self.order[high] = last, first
            for article, (earlier, apart) in moved.items():
                self.sets[article], self.apart[article] = earlier, apart
                self.log[article] = self.scores[article][earlier]


def sampled_orders(
    tables: Sequence[ParentSets], outside: Sequence[dict[int, float]], lateness: Floats, draws: int, seed: int
) -> Sampled:
    """Sample orders by swapping articles, in several chains from dispersed starts.

    ``lateness`` is how late each article looks by its pairs alone (log-odds); starts are sorted by it, with noise. The
    first half of each chain is thrown away. Seeded; cost bounded by ``CHAINS`` × ``MOST_PROPOSALS`` moves.
    """
    chains = []
    for number in range(CHAINS):
        noise = np.random.default_rng([seed, number]).normal(0.0, _SPREAD_OF_STARTS * number, len(tables))
        chains.append(_Chain(tables, outside, lateness + noise, [seed, number, 1]))
    step = min(MOST_PROPOSALS // 2, max(2000, _PROPOSALS_PER_ARTICLE * len(tables)))
    edges = [_edges_given(table) for table in tables]
    converged = False
    for _ in range(MOST_PROPOSALS // step):
        for chain in chains:
            chain.walk(step)
        converged = len(chains[0].trace) > _KEPT_PER_ROUND and _agree(chains, edges)
        if converged:
            break
    kept = np.array([row for chain in chains for row in chain.kept[len(chain.kept) // 2 :]], dtype=np.int64)
    before = tuple(
        np.bincount(kept[:, number], minlength=len(table.score)) / len(kept) for number, table in enumerate(tables)
    )
    spaced = kept[np.linspace(0, len(kept) - 1, min(draws, len(kept))).round().astype(np.int64)]
    return Sampled(Orders(before, spaced), converged)


def _edges_given(table: ParentSets) -> Floats:
    """P(neighbour is a parent | predecessors), sets × neighbours."""
    rows = table.conditional()
    bits = (table.grid.parents[:, None] >> np.arange(len(table.members))) & 1
    given: Floats = np.add.reduceat(rows[:, None] * bits, table.grid.starts, axis=0)
    return given


def _agree(chains: Sequence[_Chain], edges: Sequence[Floats]) -> bool:
    traces = np.array([chain.trace[len(chain.trace) // 2 :] for chain in chains])
    if split_r_hat(traces) > _MOST_SPREAD:
        return False
    halves = [np.array(chain.kept[len(chain.kept) // 2 :]) for chain in chains]
    for number, given in enumerate(edges):
        means = np.array([given[half[:, number]].mean(axis=0) for half in halves])
        if means.size and float(np.ptp(means, axis=0).max()) > _MOST_DISAGREEMENT:
            return False
    return True


def split_r_hat(traces: Floats) -> float:
    """Split-R̂ of chains (rows): near 1 when all halves of all chains look alike; 1 where nothing moves at all."""
    size = traces.shape[1] // 2
    parts = np.concatenate([traces[:, :size], traces[:, -size:]])
    within, between = float(parts.var(axis=1, ddof=1).mean()), size * float(parts.mean(axis=1).var(ddof=1))
    if within <= 0:
        return 1.0 if between <= 0 else float("inf")
    return float(np.sqrt((size - 1) / size + between / (size * within)))
