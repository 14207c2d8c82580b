"""The model of docs/explanation/graph.md, spelled out graph by graph with sets: slow, plain, without arrays."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, permutations, product

import numpy as np

from tracer.graph.parent_sets import MOST_PARENTS, Neighbourhood

NEEDLESS, TOLERATED, CHANCE, CHANGE, LINKED = 0.1, 4.5, 1.5, 30, 0.1
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
        self.in_unseen = set(np.flatnonzero(hood.in_unseen).tolist())
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

    def carried(self, members: frozenset[int]) -> set[int]:
        return set().union(*(self.words[member] for member in members))

    def own(self, member: int, others: frozenset[int]) -> float:
        """The share of a member's words that none of the others has."""
        return len(self.words[member] - self.carried(others)) / max(1, len(self.words[member]))

    def priors(self, parents: frozenset[int], earlier: frozenset[int]) -> tuple[float, float]:
        """Without an unseen source and with one."""
        rest = earlier - parents
        fuller = {m: frozenset(other for other in earlier if self.rank[other] < self.rank[m]) for m in earlier}
        needless = sum(1 - self.own(member, fuller[member] & parents) for member in parents)
        texts = sum(self.own(member, fuller[member] | parents) for member in rest)
        left_over = self.carried(earlier) - self.carried(parents)
        source = (1 - self.p_common) ** len(parents) * NEEDLESS**needless
        seen = source * (1 + len(left_over)) ** -CHANCE
        if len(parents) == 1:
            seen *= 1 + len(self.carried(rest)) / CHANGE
        stray = left_over - self.in_unseen
        unseen = source * self.p_common ** max(1.0, texts) * (1 + len(stray)) ** -CHANCE
        if parents:
            unseen *= NEEDLESS ** max(0.0, 1 - texts)
        is_of_use = bool(earlier) and (not parents or left_over != stray)
        return (0.0 if earlier and not parents else seen), (unseen if is_of_use else 0.0)

    def p_extra(self, parents: frozenset[int], earlier: frozenset[int]) -> float:
        seen, unseen = self.priors(parents, earlier)
        return unseen / (seen + unseen)

    def weight(self, parents: frozenset[int], earlier: frozenset[int]) -> float:
        if (parents, earlier) not in self.known:
            self.known[parents, earlier] = self._weight(parents, earlier)
        return self.known[parents, earlier]

    def _weight(self, parents: frozenset[int], earlier: frozenset[int]) -> float:
        likelihood = math.prod(self.descent[member] for member in parents)
        likelihood *= math.prod(self.apart(member, parents) for member in earlier - parents)
        return sum(self.priors(parents, earlier)) * likelihood


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
    for number in range(len(articles)):
        for parent in parents[number]:
            truth.edges[parent, number] += weight
        for ancestor in _ancestors(number, parents):
            truth.upstream[ancestor, number] += weight
    links = dict(_links(articles, before, parents))
    for number in range(len(articles)):
        clear = math.prod(1 - chance for pair, chance in links.items() if number in pair)
        truth.roots[number] += weight * clear * (not parents[number])
    for one, other in combinations(range(len(articles)), 2):
        alone = [math.prod(1 - chance for pair, chance in links.items() if end in pair) for end in (one, other)]
        neither = math.prod(1 - chance for pair, chance in links.items() if one in pair or other in pair)
        truth.behind[one, other] += weight * (1 - sum(alone) + neither)


def _links(
    articles: list[Article], before: list[frozenset[int]], parents: Parents
) -> Iterator[tuple[tuple[int, int], float]]:
    """P(an unseen text joins the two), by pair; those that a parent's link accounts for left out."""
    for number, one in enumerate(articles):
        apart = before[number] - parents[number]
        extra = one.p_extra(parents[number], before[number])
        chances = {member: extra * one.unseen(member, parents[number]) for member in apart}
        for member, chance in chances.items():
            if not any(chances.get(parent, 0.0) > LINKED for parent in parents[member]):
                yield (number, member), chance


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
        in_unseen = random.random(14) < 0.7
        hoods.append(Neighbourhood(tuple(o for o, _ in pairs), carried, in_unseen, *ratios.T, above))
    return hoods
