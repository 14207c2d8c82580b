"""Which pairs of articles may share words: a join on rare shingles, and one on rare words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracer.candidates.comparable import Comparable
from tracer.candidates.join import SharedHashes
from tracer.text import is_new

MOST_CARRIERS = 30
"""A word in more articles than this joins rewritten neighbours along a chain only."""
FEWEST_RARE_WORDS = 3
"""Neighbours share at least so many rare words."""
_Positions = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PossiblePairs:
    """Pairs worth splitting two articles for, sorted: ``left < right`` are article positions (int64).

    ``shared`` (int64) counts the rare shingles that both have; 0 where only their rare words are alike. Pairs of one
    outlet are kept, for they may be versions. ``crowded`` and ``crowded_words`` count shingles and
    rare words that stood in too many articles to be linked all to all.
    """

    left: _Positions
    right: _Positions
    shared: _Positions
    crowded: int
    crowded_words: int = 0


def possible_pairs(shingles: SharedHashes, words: SharedHashes, comparable: Comparable) -> PossiblePairs:
    """The pairs of both joins that may be compared, or may be versions of one article.

    ``shingles`` are joined on :attr:`Fingerprints.hashes`, ``words`` on :attr:`Fingerprints.words`. Of the latter those
    count that share at least three, for each article the ``most_neighbours`` with the most. The result does not depend
    on articles that share nothing with a pair.
    """
    kept = comparable.allows(shingles.left, shingles.right) | comparable.same_outlet(shingles.left, shingles.right)
    left, right, shared = shingles.left[kept], shingles.right[kept], shingles.shared[kept]
    near = _neighbours(words, comparable)
    left, right = np.concatenate((left, near[0])), np.concatenate((right, near[1]))
    shared = np.concatenate((shared, np.zeros(len(near[0]), dtype=np.int64)))
    order = np.lexsort((-shared, right, left))
    left, right, shared = left[order], right[order], shared[order]
    first = np.ones(len(left), dtype=np.bool_)
    first[1:] = (left[1:] != left[:-1]) | (right[1:] != right[:-1])
    return PossiblePairs(left[first], right[first], shared[first], shingles.crowded, words.crowded)


def _neighbours(words: SharedHashes, comparable: Comparable) -> tuple[_Positions, _Positions]:
    most = comparable.settings.most_neighbours
    kept = (words.shared >= FEWEST_RARE_WORDS) & comparable.allows(words.left, words.right)
    left, right, shared = words.left[kept], words.right[kept], words.shared[kept]
    row, other = np.concatenate((left, right)), np.concatenate((right, left))
    order = np.lexsort((other, -np.concatenate((shared, shared)), row))
    row, other = row[order], other[order]
    starts = np.flatnonzero(is_new(row))
    nth = np.arange(len(row)) - np.repeat(starts, np.diff(np.concatenate((starts, [len(row)]))))
    near = nth < most
    return np.minimum(row[near], other[near]), np.maximum(row[near], other[near])
