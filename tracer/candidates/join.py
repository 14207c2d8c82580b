"""The rare-hash join: which articles share something uncommon."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracer.text import is_new

_Positions = npt.NDArray[np.int64]
_HALF = 32
"""Bits that the position of an article fits into, so that those of two fit into one number."""


@dataclass(frozen=True, slots=True)
class SharedHashes:
    """Result of a join, one entry per unordered pair, sorted: ``left < right`` are article positions (int64).

    ``shared`` (int64) counts the hashes that both have. ``crowded`` is the number of hashes that stood in more
    articles than the cap and were linked along a chain instead of all to all.
    """

    left: _Positions
    right: _Positions
    shared: _Positions
    crowded: int


def join_hashes(hashes: npt.NDArray[np.uint64], owners: _Positions, most_articles: int) -> SharedHashes:
    """All pairs of articles that share at least one hash.

    ``hashes[i]`` stands in the article at position ``owners[i]``, each at most once per article; rows come in any
    order. A hash that stands in more than ``most_articles`` articles links each of them to the next by position only:
    carriers of one mass-printed text stay connected at linear cost. Memory and time grow with the number of rows, for
    sorting, and with the number of pairs found. Rows of one hash must be joined together; beyond that a corpus may be
    joined part by part, and the parts put together by :func:`merged_hashes`.
    """
    repeated = _repeated(hashes)
    order = repeated[np.argsort(hashes[repeated])]
    hashes, owners = hashes[order], owners[order]
    starts = np.flatnonzero(is_new(hashes))
    sizes = np.diff(np.concatenate((starts, [len(hashes)])))
    shared = sizes > 1
    starts, sizes = starts[shared], sizes[shared]
    lefts, rights = [], []
    for size in np.unique(sizes):
        groups = np.sort(owners[starts[sizes == size][:, None] + np.arange(size)], axis=1)
        first, second = _pattern(int(size), most_articles)
        lefts.append(groups[:, first].ravel())
        rights.append(groups[:, second].ravel())
    empty = np.empty(0, np.int64)
    left, right = np.concatenate(lefts or [empty]), np.concatenate(rights or [empty])
    return _counted(left, right, np.ones(len(left), np.int64), int((sizes > most_articles).sum()))


def merged_hashes(parts: list[SharedHashes]) -> SharedHashes:
    """The join of a corpus from the joins of its parts, each of which held all rows of its hashes."""
    empty = np.empty(0, np.int64)
    left, right, shared = (
        np.concatenate([getattr(part, name) for part in parts] or [empty]) for name in ("left", "right", "shared")
    )
    return _counted(left, right, shared, sum(part.crowded for part in parts))


def _repeated(hashes: npt.NDArray[np.uint64]) -> _Positions:
    """The rows whose hash stands in other rows, too, in no order, and a few others.

    Nearly all hashes stand once. So rows are sorted by as many of the last bits of their hashes as there is room for
    beside the number of the row: numbers are sorted several times as fast as places are by numbers.
    """
    bits = np.uint64(len(hashes).bit_length())
    numbers = np.arange(len(hashes), dtype=np.uint64)
    rows = hashes << bits
    rows |= numbers
    rows.sort()
    like_next = np.bitwise_xor(rows[1:], rows[:-1], out=numbers[1:]) < np.uint64(1) << bits
    several = np.zeros(len(rows), dtype=np.bool_)
    several[:-1] |= like_next
    several[1:] |= like_next
    found: _Positions = (rows[several] & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64)
    return found


def _pattern(size: int, most_articles: int) -> tuple[_Positions, _Positions]:
    if size > most_articles:
        return np.arange(size - 1), np.arange(1, size)
    first, second = np.triu_indices(size, k=1)
    return first, second


def _counted(left: _Positions, right: _Positions, weights: _Positions, crowded: int) -> SharedHashes:
    if not len(left):
        return SharedHashes(left, right, weights, crowded)
    pairs = left << _HALF | right  # one number each is sorted several times as fast as two
    order = pairs.argsort()
    firsts = np.flatnonzero(is_new(pairs[order]))
    once = order[firsts]
    return SharedHashes(left[once], right[once], np.add.reduceat(weights[order], firsts), crowded)
