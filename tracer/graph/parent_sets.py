"""Which of the earlier articles one article draws on: a table over what came before it and what it used.

The model is written down in docs/explanation/graph.md. Everything here is arrays: articles are numbers, sets of them
are bit masks over an article's neighbours.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from tracer.evidence import logistic

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

MOST_PARENTS = 4
"""An article draws on at most so many other articles of its tangle at once."""
TOLERATED_WORDS = 4
"""So many words a more distant ancestor may have in common with an article, and the nearer one not, by chance."""
_NEEDLESS = 0.1
"""Prior weight of each source, seen or not, beyond the first: outlets draw on few."""
_BY_CHANCE = 1.5
"""Two articles agree by chance on k words that no source of theirs has with a weight of (1 + k) to minus this."""
_WORDS_PER_CHANGE = 30.0
"""A parent that lacks none of r words that rivals share with the article gains odds of 1 + r over this."""
_ROWS_AT_ONCE = 200_000
"""Rows of tables that are worked out together, at most."""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """One article's lineage pairs, seen from the article as the later side.

    ``members`` are the numbers of its m neighbours. ``carried`` (m × words) says which of the article's words each of
    them has, ``in_unseen`` (words) which of them a text would have that they all go back to. ``descent`` and ``common``
    (m each) are the pair's likelihood ratios, against its prior, of "the article
    draws on the neighbour" and of "it does not"; ``lineage`` is the share of ``common`` that an unseen source of both
    takes, the rest being no lineage at all. ``above`` (m × m) is P(row is upstream of column) by that pair alone, 0
    where the two are no lineage pair.
    """

    members: tuple[int, ...]
    carried: npt.NDArray[np.bool_]
    in_unseen: npt.NDArray[np.bool_]
    descent: Floats
    common: Floats
    lineage: Floats
    above: Floats


@dataclass(frozen=True, slots=True)
class Grid:
    """All rows (predecessors, parents) over m neighbours, parents within predecessors, sorted by predecessors.

    ``starts`` gives each predecessor set its first row. ``before`` and ``apart`` (m × rows) say of each neighbour
    whether it is a predecessor, and whether one that is no parent.
    """

    predecessors: Ints
    parents: Ints
    starts: Ints
    before: Bools
    apart: Bools


@dataclass(frozen=True, slots=True)
class ParentSets:
    """The table of one article.

    ``log_weight`` is log P(parents | predecessors) + log likelihood for each row of the grid; ``score`` its log sum
    for each predecessor set. ``extra`` is P(an unseen text is a source, too | row); ``unseen`` (m × parent sets) is
    P(it is what the article shares with a neighbour | so, and that one came before and is no parent).
    """

    members: tuple[int, ...]
    grid: Grid
    log_weight: Floats
    score: Floats
    extra: Floats
    unseen: Floats

    def row_probabilities(self, before: Floats) -> Floats:
        """P(row), given the probability of each predecessor set; sums to 1 when ``before`` does."""
        rows: Floats = before[self.grid.predecessors] * self.conditional()
        return rows

    def conditional(self) -> Floats:
        """P(parents | predecessors) of each row, posterior to the evidence of the article's own pairs."""
        rows: Floats = np.exp(self.log_weight - self.score[self.grid.predecessors])
        return rows


def parent_sets(hoods: Sequence[Neighbourhood], p_common: float) -> list[ParentSets]:
    """Tabulate some articles, in their order; each table depends on its neighbourhood alone.

    ``p_common`` is the prior of "common source" for a lineage pair. Cost: rows of the grid × neighbours, 126,000 rows
    for eleven; neighbourhoods of one size are worked on together.
    """
    by_size: dict[int, list[int]] = defaultdict(list)
    for number, hood in enumerate(hoods):
        by_size[len(hood.members)].append(number)
    tables: dict[int, ParentSets] = {}
    for size, numbers in by_size.items():
        at_once = max(1, _ROWS_AT_ONCE // len(rows_over(size).parents))
        for start in range(0, len(numbers), at_once):
            alike = numbers[start : start + at_once]
            tables |= zip(alike, _tables([hoods[number] for number in alike], p_common), strict=True)
    return [tables[number] for number in range(len(hoods))]


def _tables(hoods: Sequence[Neighbourhood], p_common: float) -> Iterator[ParentSets]:
    """The tables of neighbourhoods of one size; arrays have one entry, or row, for each of them."""
    count = len(hoods[0].members)
    grid, sets = rows_over(count), np.arange(2**count)
    descent, common, lineage, above = (
        np.array([getattr(hood, name) for hood in hoods]) for name in ("descent", "common", "lineage", "above")
    )
    lacked = np.array([_lacked(hood) for hood in hoods])
    explained = 1 / (1 + np.exp(np.clip(lacked[:, :count] - TOLERATED_WORDS - 0.5, -50.0, 50.0)))
    explained[:, :, 0] = 0.0
    through = explained * _above_any(above)
    apart = (1 - through) * common[:, :, None] + through * descent[:, :, None]
    seen_only, with_unseen = _log_prior(grid, lacked, p_common)
    weight = np.logaddexp(seen_only, with_unseen)
    extra = np.exp(with_unseen - weight)
    log_descent, log_apart = np.log(descent), np.log(apart)
    for place in range(count):
        ratio = np.where((sets >> place) & 1, log_descent[:, place, None], log_apart[:, place])
        np.add(weight, ratio[:, grid.parents], out=weight, where=grid.before[place])
    unseen = (1 - explained) * (common * lineage)[:, :, None] / apart
    for hood, *columns in zip(hoods, weight, _summed(weight, grid), extra, unseen, strict=True):
        yield ParentSets(hood.members, grid, *columns)


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
    sorted_, chosen = predecessors[kept][order], parents[kept][order]
    bits = 1 << np.arange(count)[:, None]
    starts = np.searchsorted(sorted_, np.arange(2**count))
    return Grid(sorted_, chosen, starts, (sorted_ & bits) > 0, ((sorted_ ^ chosen) & bits) > 0)


def _lacked(hood: Neighbourhood) -> Floats:
    """How many of some words no member of each set of neighbours has, (m + 2) × sets.

    The words are those that each of the m neighbours shares with the article, then all that any of them shares, then
    those of them that an unseen text would not have.
    """
    count = len(hood.members)
    holders = (1 << np.arange(count, dtype=np.int64)) @ hood.carried
    words = [*(holders[carried] for carried in hood.carried), holders, holders[~hood.in_unseen]]
    sums = np.array([np.bincount(masks, minlength=2**count) for masks in words], dtype=np.float64)
    for place in range(count):
        halves = sums.reshape(len(words), -1, 2, 2**place)
        halves[:, :, 1] += halves[:, :, 0]
    without: Floats = sums[:, ::-1]
    return without


def _above_any(above: Floats) -> Floats:
    """P(each neighbour is upstream of some member of each set), by the surest pair alone (tables × m × sets)."""
    highest = np.zeros((*above.shape[:2], 1))
    for column in np.moveaxis(above, 2, 0):
        highest = np.concatenate([highest, np.maximum(highest, column[:, :, None])], axis=2)
    return highest


def _log_prior(grid: Grid, lacked: Floats, p_common: float) -> tuple[Floats, Floats]:
    """log P(parents, shared words | predecessors), without an unseen source and with one (tables × rows).

    Every source costs, and most where the others have its words, too. So does every word that a predecessor has and no
    source. Where predecessors have words of which a single parent lacks none, that speaks for this parent.
    """
    lacking, nobody, strange = lacked[:, :-2], lacked[:, -2], lacked[:, -1]
    sets = np.arange(nobody.shape[1])
    used, needless, texts = np.zeros(len(sets)), np.zeros_like(nobody), np.zeros((len(lacked), len(grid.parents)))
    own = lacking / np.maximum(1.0, lacking[:, :, :1])
    for place in range(lacking.shape[1]):
        is_parent, fuller = (sets >> place) & 1 == 1, (1 << place) - 1
        used += is_parent
        needless += np.where(is_parent, 1 - own[:, place, sets & fuller], 0.0)
        others = (grid.predecessors & fuller) | grid.parents
        np.add(texts, own[:, place, others], out=texts, where=grid.apart[place])
    left_over = nobody[:, grid.parents] - nobody[:, grid.predecessors]
    not_unseen = strange[:, grid.parents] - strange[:, grid.predecessors]
    told = np.log1p((nobody[:, :1] - nobody) / _WORDS_PER_CHANGE)[:, grid.predecessors ^ grid.parents]
    source = (used * math.log(1 - p_common) + needless * math.log(_NEEDLESS))[:, grid.parents]
    used = used[grid.parents]
    seen_only = source + (used == 1) * told - _BY_CHANCE * np.log1p(left_over)
    with_unseen = source + np.maximum(1.0, texts) * math.log(p_common) - _BY_CHANCE * np.log1p(not_unseen)
    with_unseen += (used > 0) * np.maximum(0.0, 1 - texts) * math.log(_NEEDLESS)
    seen_only[:, (grid.predecessors > 0) & (used == 0)] = -np.inf
    with_unseen[(grid.predecessors == 0) | ((used > 0) & (left_over <= not_unseen))] = -np.inf
    return seen_only, with_unseen


def _summed(rows: Floats, grid: Grid) -> Floats:
    """Log sum over the rows of each predecessor set (tables × predecessor sets)."""
    highest = np.maximum.reduceat(rows, grid.starts, axis=1)
    return highest + np.log(np.add.reduceat(np.exp(rows - highest[:, grid.predecessors]), grid.starts, axis=1))


def prior_of_common(prior_logit: float) -> float:
    """P(common source) of a lineage pair before any clue, kept off 0 and 1."""
    return min(1 - 1e-6, max(1e-6, logistic(prior_logit)))
