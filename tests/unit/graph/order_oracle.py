"""The model of docs/explanation/graph.md, spelled out graph by graph with sets: slow, plain, without arrays."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, permutations, product

import numpy as np

from tracer.graph.parent_sets import MOST_PARENTS, Neighbourhood

NEEDLESS, TOLERATED = 0.05, 4.5
Parents = tuple[frozenset[int], ...]


@dataclass
class Truth:
    """Posteriors by brute force."""

    edges: dict[tuple[int, int], float] = field(default_factory=lambda: defaultdict(float))
    upstream: dict[tuple[int, int], float] = field(default_factory=lambda: defaultdict(float))
    roots: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    behind: dict[tuple[int, int], float] = field(default_factory=lambda: defaultdict(float))


class Article:
    """One article and its neighbours, as the model sees them."""

    def __init__(self, hood: Neighbourhood, p_common: float) -> None:
        self.p_common = p_common
        self.known: dict[tuple[frozenset[int], frozenset[int]], float] = {}
        self.words = {m: set(np.flatnonzero(row).tolist()) for m, row in zip(hood.members, hood.carried, strict=True)}
        self.descent = dict(zip(hood.members, hood.descent.tolist(), strict=True))
        self.common = dict(zip(hood.members, hood.common.tolist(), strict=True))
        self.lineage = dict(zip(hood.members, hood.lineage.tolist(), strict=True))
        self.rank = {member: place for place, member in enumerate(hood.members)}
        self.above = hood.above

    def explained(self, member: int, by: frozenset[int]) -> float:
        if not by:
            return 0.0
        lacking = self.words[member] - set().union(*(self.words[other] for other in by))
        return 1 / (1 + math.exp(len(lacking) - TOLERATED))

    def apart(self, member: int, parents: frozenset[int]) -> float:
        above = max((float(self.above[self.rank[member], self.rank[other]]) for other in parents), default=0.0)
        through = self.explained(member, parents) * above
        return (1 - through) * self.common[member] + through * self.descent[member]

    def unseen(self, member: int, parents: frozenset[int]) -> float:
        share = (1 - self.explained(member, parents)) * self.common[member] * self.lineage[member]
        return share / self.apart(member, parents)

    def prior(self, parents: frozenset[int], earlier: frozenset[int]) -> float:
        return self._cost(parents, earlier) / sum(self._cost(other, earlier) for other in subsets(earlier))

    def _cost(self, parents: frozenset[int], earlier: frozenset[int]) -> float:
        rest = sorted(earlier - parents, key=self.rank.__getitem__)
        unseen = sum(
            1 - self.explained(member, parents | {other for other in earlier if self.rank[other] < self.rank[member]})
            for member in rest
        )
        used = len(parents)
        needless = NEEDLESS ** max(0.0, used + unseen - 1)
        return (1 - self.p_common) ** used * self.p_common**unseen * needless

    def weight(self, parents: frozenset[int], earlier: frozenset[int]) -> float:
        if (parents, earlier) not in self.known:
            self.known[parents, earlier] = self._weight(parents, earlier)
        return self.known[parents, earlier]

    def _weight(self, parents: frozenset[int], earlier: frozenset[int]) -> float:
        likelihood = math.prod(self.descent[member] for member in parents)
        likelihood *= math.prod(self.apart(member, parents) for member in earlier - parents)
        return self.prior(parents, earlier) * likelihood


def subsets(members: frozenset[int]) -> Iterator[frozenset[int]]:
    """All sets of parents that the model allows."""
    for size in range(min(MOST_PARENTS, len(members)) + 1):
        yield from map(frozenset, combinations(sorted(members), size))


def enumerated(hoods: Sequence[Neighbourhood], p_common: float) -> Truth:
    """Every order with every choice of parents, one after the other."""
    articles = [Article(hood, p_common) for hood in hoods]
    truth, total = Truth(), 0.0
    for order in permutations(range(len(hoods))):
        before = [frozenset(order[: order.index(n)]) & frozenset(hood.members) for n, hood in enumerate(hoods)]
        for graph in product(*(list(subsets(earlier)) for earlier in before)):
            weight = math.prod(
                one.weight(parents, earlier) for one, parents, earlier in zip(articles, graph, before, strict=True)
            )
            total += weight
            _count(truth, articles, (before, graph), weight)
    for table in (truth.edges, truth.upstream, truth.roots, truth.behind):
        for key in table:
            table[key] /= total
    return truth


def _count(truth: Truth, articles: list[Article], graph: tuple[list[frozenset[int]], Parents], weight: float) -> None:
    before, parents = graph
    clear = [1.0] * len(articles)
    for number, one in enumerate(articles):
        for parent in parents[number]:
            truth.edges[parent, number] += weight
        for ancestor in _ancestors(number, parents):
            truth.upstream[ancestor, number] += weight
        for member in before[number] - parents[number]:
            unseen = one.unseen(member, parents[number])
            truth.behind[min(member, number), max(member, number)] += weight * unseen
            clear[number] *= 1 - unseen
            clear[member] *= 1 - unseen
    for number, alone in enumerate(clear):
        truth.roots[number] += weight * alone * (not parents[number])


def _ancestors(number: int, parents: Parents) -> set[int]:
    found, waiting = set(), list(parents[number])
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += parents[one]
    return found


def invented(count: int, seed: int, linked: float = 1.0) -> list[Neighbourhood]:
    """Neighbourhoods with random words and clues; ``linked`` is the share of pairs that are joined."""
    random = np.random.default_rng(seed)
    shapes = {
        pair: random.dirichlet((1.0, 1.0, 1.0)) for pair in combinations(range(count), 2) if random.random() < linked
    }
    certain = {pair: 0.6 + 0.4 * random.random() for pair in shapes}
    hoods = []
    for number in range(count):
        pairs = [(a + b - number, (a, b)) for a, b in shapes if number in (a, b)]
        rows = []
        for other, pair in pairs:
            left, right, common = shapes[pair]
            upstream, p_lineage = (left if other == pair[0] else right), certain[pair]
            apart = p_lineage * common + 1 - p_lineage
            rows.append((p_lineage * upstream / 0.2, apart / 0.6, p_lineage * common / apart))
        carried = random.random((len(pairs), 14)) < random.choice([0.3, 0.8])
        ratios = np.array(rows).reshape(-1, 3)
        above = random.random((len(pairs), len(pairs))) * (1 - np.eye(len(pairs)))
        hoods.append(Neighbourhood(tuple(o for o, _ in pairs), carried, *ratios.T, above))
    return hoods
