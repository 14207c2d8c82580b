"""Which of the earlier articles one article draws on: a table over what came before it and what it used.

The model is written down in docs/explanation/graph.md. Everything here is arrays: articles are numbers, sets of them
are bit masks over an article's neighbours.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from tracer.evidence import logistic

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MOST_PARENTS = 4
"""An article draws on at most so many other articles of its tangle at once."""
TOLERATED_WORDS = 4
"""So many words a more distant ancestor may have in common with an article, and the nearer one not, by chance."""
_NEEDLESS = 0.05
"""Prior weight of each source, seen or not, beyond the first: outlets draw on few."""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """One article's lineage pairs, seen from the article as the later side.

    ``members`` are the numbers of its m neighbours. ``carried`` (m × words) says which of the article's words each of
    them has. ``descent`` and ``common`` (m each) are the pair's likelihood ratios, against its prior, of "the article
    draws on the neighbour" and of "it does not"; ``lineage`` is the share of ``common`` that an unseen source of both
    takes, the rest being no lineage at all. ``above`` (m × m) is P(row is upstream of column) by that pair alone, 0
    where the two are no lineage pair.
    """

    members: tuple[int, ...]
    carried: npt.NDArray[np.bool_]
    descent: Floats
    common: Floats
    lineage: Floats
    above: Floats


@dataclass(frozen=True, slots=True)
class Grid:
    """All rows (predecessors, parents) over m neighbours, parents within predecessors, sorted by predecessors.

    ``starts`` gives each predecessor set its first row.
    """

    predecessors: Ints
    parents: Ints
    starts: Ints


@dataclass(frozen=True, slots=True)
class ParentSets:
    """The table of one article.

    ``log_weight`` is log P(parents | predecessors) + log likelihood for each row of the grid; ``score`` its log sum
    for each predecessor set. ``unseen`` (m × parent sets) is P(an unseen text is what the article shares with a
    neighbour | that one came before and is no parent, parents).
    """

    members: tuple[int, ...]
    grid: Grid
    log_weight: Floats
    score: Floats
    unseen: Floats

    def row_probabilities(self, before: Floats) -> Floats:
        """P(row), given the probability of each predecessor set; sums to 1 when ``before`` does."""
        rows: Floats = before[self.grid.predecessors] * self.conditional()
        return rows

    def conditional(self) -> Floats:
        """P(parents | predecessors) of each row, posterior to the evidence of the article's own pairs."""
        rows: Floats = np.exp(self.log_weight - self.score[self.grid.predecessors])
        return rows


def parent_sets(hood: Neighbourhood, p_common: float) -> ParentSets:
    """Tabulate one article. ``p_common`` is the prior of "common source" for a lineage pair.

    Cost: rows of the grid × neighbours; 126,000 rows for eleven.
    """
    count = len(hood.members)
    grid = rows_over(count)
    lacking = _lacking(hood.carried)
    explained = 1 / (1 + np.exp(np.clip(lacking - TOLERATED_WORDS - 0.5, -50.0, 50.0)))
    explained[:, 0] = 0.0
    through = explained * _above_any(hood.above)
    apart = (1 - through) * hood.common[:, None] + through * hood.descent[:, None]
    weight = _log_prior(grid, explained, p_common)
    log_descent, log_apart = np.log(hood.descent), np.log(apart)
    for place in range(count):
        is_parent = (grid.parents >> place) & 1 == 1
        is_apart = ((grid.predecessors ^ grid.parents) >> place) & 1 == 1
        weight += np.where(is_parent, log_descent[place], 0.0) + np.where(is_apart, log_apart[place, grid.parents], 0.0)
    unseen = (1 - explained) * (hood.common * hood.lineage)[:, None] / apart
    return ParentSets(hood.members, grid, weight, _summed(weight, grid), unseen)


@lru_cache(maxsize=32)
def rows_over(count: int) -> Grid:
    """The grid over ``count`` neighbours: each is later, earlier, or earlier and a parent."""
    states = np.arange(3**count, dtype=np.int64)
    predecessors, parents, used = np.zeros_like(states), np.zeros_like(states), np.zeros_like(states)
    for place in range(count):
        state = states // 3**place % 3
        predecessors |= (state > 0).astype(np.int64) << place
        parents |= (state == 2).astype(np.int64) << place  # noqa: PLR2004
        used += state == 2  # noqa: PLR2004
    kept = used <= MOST_PARENTS
    order = np.lexsort((parents[kept], predecessors[kept]))
    sorted_ = predecessors[kept][order]
    return Grid(sorted_, parents[kept][order], np.searchsorted(sorted_, np.arange(2**count)))


def _lacking(carried: npt.NDArray[np.bool_]) -> Floats:
    """How many of the words that each neighbour shares with the article each set of neighbours lacks (m × sets)."""
    count = len(carried)
    if not carried.size:
        return np.zeros((count, 2**count))
    patterns, repeats = np.unique(carried, axis=1, return_counts=True)
    covered = np.zeros((1, patterns.shape[1]), dtype=bool)
    for row in patterns:
        covered = np.concatenate([covered, covered | row])
    lacking: Floats = (patterns * repeats).astype(np.float64) @ (~covered).T
    return lacking


def _above_any(above: Floats) -> Floats:
    """P(each neighbour is upstream of some member of each set), by the surest pair alone (m × sets)."""
    highest = np.zeros((len(above), 1))
    for column in above.T:
        highest = np.concatenate([highest, np.maximum(highest, column[:, None])], axis=1)
    return highest


def _log_prior(grid: Grid, explained: Floats, p_common: float) -> Floats:
    """log P(parents | predecessors): every source costs, seen or not.

    What remains of the predecessors' words after the parents is counted in stretches that no other predecessor
    explains; each such stretch needs an unseen source.
    """
    used, unseen = np.zeros(len(grid.parents)), np.zeros(len(grid.parents))
    for place in range(len(explained)):
        is_parent = (grid.parents >> place) & 1 == 1
        is_apart = ((grid.predecessors ^ grid.parents) >> place) & 1 == 1
        others = grid.parents | (grid.predecessors & ((1 << place) - 1))
        used += is_parent
        unseen += np.where(is_apart, 1 - explained[place, others], 0.0)
    prior = used * math.log(1 - p_common) + unseen * math.log(p_common)
    prior += np.maximum(0.0, used + unseen - 1) * math.log(_NEEDLESS)
    total: Floats = prior - _summed(prior, grid)[grid.predecessors]
    return total


def _summed(rows: Floats, grid: Grid) -> Floats:
    """Log sum over the rows of each predecessor set."""
    highest = np.maximum.reduceat(rows, grid.starts)
    return highest + np.log(np.add.reduceat(np.exp(rows - highest[grid.predecessors]), grid.starts))


def prior_of_common(prior_logit: float) -> float:
    """P(common source) of a lineage pair before any clue, kept off 0 and 1."""
    return min(1 - 1e-6, max(1e-6, logistic(prior_logit)))
