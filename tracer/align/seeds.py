"""Seeds: pairs of sentences alike enough to belong to one reused stretch, and how they gather into clusters.

After Sanchez-Perez, Sidorov and Gelbukh (2014), "A winning approach to text alignment for text reuse detection".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

LEAST_COSINE = 0.25
LEAST_DICE = 0.25
"""Two sentences seed a stretch when both their weighted cosine and their Dice coefficient reach these."""
LEAST_FRAGMENT_COSINE = 0.3
"""A cluster whose two stretches, each taken as one bag of words, are less alike than this is divided further."""
MOST_PRODUCTS = 4_000_000
MOST_SEEDS = 20_000
MOST_CLUSTERS = 500

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


class Fragments(NamedTuple):
    """Units ``left_first`` to ``left_last`` (inclusive) of the left text against those of the right one."""

    left_first: int
    left_last: int
    right_first: int
    right_last: int


class Seeds(NamedTuple):
    """Parallel arrays: unit of the left text, unit of the right one, cosine."""

    left: Places
    right: Places
    cosine: Floats

    def at(self, chosen: npt.NDArray[np.bool_] | Places) -> Seeds:
        """Some of the seeds."""
        return Seeds(self.left[chosen], self.right[chosen], self.cosine[chosen])

    def hull(self) -> Fragments:
        """The smallest stretches that hold all seeds (at least one)."""
        return Fragments(int(self.left.min()), int(self.left.max()), int(self.right.min()), int(self.right.max()))


def sentence_seeds(left: csr_matrix, right: csr_matrix) -> Seeds:
    """All pairs of rows that are alike enough.

    The words that stand in most sentences are left out of the comparison until at most ``MOST_PRODUCTS`` products
    remain to be formed (reached by two texts of some 200,000 characters each), so that likeness is understated
    there, and the ``MOST_SEEDS`` best seeds are kept; both are bounds for hostile and giant texts.
    """
    usable = _affordable(left, right)
    ours, theirs = _normalised(left)[:, usable], _normalised(right)[:, usable]
    cosines = (ours @ theirs.T).tocsr()
    ours.data[:] = theirs.data[:] = 1.0
    shared = (ours @ theirs.T).tocsr()
    cosines.sort_indices()
    shared.sort_indices()  # weights are positive, so both products have the same cells
    rows = np.repeat(np.arange(cosines.shape[0]), np.diff(cosines.indptr))
    sizes = np.diff(left.indptr)[rows] + np.diff(right.indptr)[cosines.indices]
    close = (cosines.data >= LEAST_COSINE) & (2 * shared.data >= LEAST_DICE * sizes)
    seeds = Seeds(rows, cosines.indices.astype(np.int64), np.round(cosines.data, 9)).at(close)
    best = np.argsort(-seeds.cosine, kind="stable")[:MOST_SEEDS]
    return seeds.at(np.sort(best))


def without_weaker(seeds: Seeds, least_share: float) -> Seeds:
    """Drop seeds whose cosine is below ``least_share`` of the best one that either of their sentences has."""
    best_left, best_right = (np.zeros(int(units.max(initial=-1)) + 1) for units in seeds[:2])
    np.maximum.at(best_left, seeds.left, seeds.cosine)
    np.maximum.at(best_right, seeds.right, seeds.cosine)
    return seeds.at(seeds.cosine >= least_share * np.maximum(best_left[seeds.left], best_right[seeds.right]))


def clusters(seeds: Seeds, left: csr_matrix, right: csr_matrix, widest_gap: int) -> list[Fragments]:
    """The stretches that seeds form when at most ``widest_gap`` units stand between neighbours on either side.

    A cluster whose stretches are not alike is divided at its widest gaps until they are; single seeds that are not
    drop out. Of more than ``MOST_CLUSTERS`` the strongest (by the sum of their cosines) are kept.
    """
    found: list[tuple[float, Fragments]] = []
    pending = [(seeds, widest_gap)] if len(seeds.left) else []
    while pending:
        group, gap = pending.pop()
        for part in _divided(group, gap):
            hull = part.hull()
            if fragment_cosine(left, right, hull) >= LEAST_FRAGMENT_COSINE:
                found.append((round(float(part.cosine.sum()), 6), hull))
            elif len(part.left) > 1 and (inner := _widest_inner_gap(part)) > 0:
                pending.append((part, inner - 1))
    found.sort(key=lambda entry: (-entry[0], entry[1]))
    return [hull for _, hull in found[:MOST_CLUSTERS]]


def fragment_cosine(left: csr_matrix, right: csr_matrix, place: Fragments) -> float:
    """Cosine of two stretches, each taken as one bag of weighted words; 0 where one has no weight."""
    ours = _bag(left, place.left_first, place.left_last)
    theirs = _bag(right, place.right_first, place.right_last)
    norms = float(np.sqrt((ours @ ours) * (theirs @ theirs)))
    return float(ours @ theirs) / norms if norms else 0.0


def _affordable(left: csr_matrix, right: csr_matrix) -> Places:
    """The columns to compare: all, or without the commonest if that were too many products."""
    counts = [np.bincount(side.indices, minlength=side.shape[1]) for side in (left, right)]
    products = counts[0].astype(np.int64) * counts[1]
    order = np.argsort(products, kind="stable")
    return np.sort(order[np.cumsum(products[order]) <= MOST_PRODUCTS])


def _normalised(rows: csr_matrix) -> csr_matrix:
    norms = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).reshape(-1))
    scaled = rows.copy()
    scaled.data = rows.data / np.repeat(np.where(norms > 0, norms, 1.0), np.diff(rows.indptr))
    return scaled


def _divided(seeds: Seeds, gap: int) -> list[Seeds]:
    """The largest groups within which neighbours on both sides are at most ``gap`` units apart."""
    pending, done = [seeds], []
    while pending:
        group = pending.pop()
        for side in (0, 1):
            order = np.argsort(group[side], kind="stable")
            cuts = np.flatnonzero(np.diff(group[side][order]) > gap + 1) + 1
            if len(cuts):
                pending += [group.at(part) for part in np.split(order, cuts)]
                break
        else:
            done.append(group)
    return done


def _widest_inner_gap(seeds: Seeds) -> int:
    return max(int(np.diff(np.sort(side)).max()) - 1 for side in seeds[:2])


def _bag(rows: csr_matrix, first: int, last: int) -> Floats:
    cells = slice(rows.indptr[first], rows.indptr[last + 1])
    return np.bincount(rows.indices[cells], weights=rows.data[cells], minlength=rows.shape[1]).astype(np.float64)
