"""Exact blocks: runs of words that two articles have in common, found by seeds on diagonals."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tracer.text import shingle_keys, windows_within

SEED_WORDS = 4
MOST_REPEATS = 8
"""A seed that stands more often than this in one article is a refrain and opens no block by itself."""


class Block(NamedTuple):
    """``words`` equal words in a row: from word ``left`` of the left article and word ``right`` of the right one."""

    left: int
    right: int
    words: int


@dataclass(frozen=True, slots=True)
class Seeds:
    """The seeds of one article, sorted by hash: ``keys`` (uint64) and the word at which each begins (int64).

    Refrains are left out. ``words`` is the length of the article.
    """

    keys: npt.NDArray[np.uint64]
    places: npt.NDArray[np.int64]
    words: int

    @classmethod
    def of(cls, ids: npt.NDArray[np.uint64], usable: npt.NDArray[np.bool_]) -> Seeds:
        """The runs of ``SEED_WORDS`` usable words. Sorts once, else linear."""
        places = windows_within(usable, SEED_WORDS).nonzero()[0]
        keys = shingle_keys(ids, SEED_WORDS)[places]
        order = keys.argsort()  # equal seeds in whatever order: what comes of them is sorted by place
        keys, places = keys[order], places[order]
        if (keys[MOST_REPEATS:] == keys[:-MOST_REPEATS]).any():
            once = _repeats(keys) <= MOST_REPEATS
            keys, places = keys[once], places[once]
        return cls(keys, places, len(ids))


def matching_blocks(
    left: npt.NDArray[np.uint64],
    right: npt.NDArray[np.uint64],
    left_usable: npt.NDArray[np.bool_],
    right_usable: npt.NDArray[np.bool_],
) -> list[Block]:
    """Maximal equal runs of at least ``SEED_WORDS`` usable words, none overlapping another on either side.

    Longer blocks win over shorter ones, then earlier ones; a block moved within the article is found like any other.
    Sorted by place on the left. About linear in the two lengths plus the number of seed hits.
    """
    return blocks_between(Seeds.of(left, left_usable), Seeds.of(right, right_usable))


def blocks_between(left: Seeds, right: Seeds) -> list[Block]:
    """As :func:`matching_blocks`, from seeds that were found before."""
    lefts, rights = _seed_hits(left, right)
    if not len(lefts):
        return []
    width = left.words + 1
    hits = (lefts - rights + right.words) * width + lefts
    hits.sort()
    ends = (hits[1:] - hits[:-1] != 1).nonzero()[0]  # a place later on the same diagonal
    found = []
    for first, last in zip(
        [int(hits[0]), *hits[ends + 1].tolist()], [*hits[ends].tolist(), int(hits[-1])], strict=True
    ):
        diagonal, start = divmod(first, width)
        found.append(Block(start, start - diagonal + right.words, last - first + SEED_WORDS))
    return _without_overlaps(found, left.words, right.words)


def _seed_hits(left: Seeds, right: Seeds) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The places of equal seeds on the left and on the right, every pair of them."""
    if not len(right.keys):
        return left.places[:0], right.places
    low = right.keys.searchsorted(left.keys)
    low[low == len(right.keys)] = 0
    hit = (right.keys[low] == left.keys).nonzero()[0]
    low = low[hit]
    counts = right.keys.searchsorted(left.keys[hit], side="right") - low
    if counts.max(initial=0) > 1:
        offsets = np.arange(counts.sum()) - (counts.cumsum() - counts).repeat(counts)
        hit, low = hit.repeat(counts), low.repeat(counts) + offsets
    return left.places[hit], right.places[low]


def _repeats(seeds: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
    """How often each seed stands among all of them."""
    _, places, counts = np.unique(seeds, return_inverse=True, return_counts=True)
    repeats: npt.NDArray[np.int64] = counts[places]
    return repeats


def _without_overlaps(found: list[Block], left_length: int, right_length: int) -> list[Block]:
    if len(found) == 1:
        return found
    left_taken, right_taken = bytearray(left_length), bytearray(right_length)
    kept = []
    for block in sorted(found, key=lambda block: (-block.words, block.left, block.right)):
        for part in _free_parts(block, left_taken, right_taken):
            left_taken[part.left : part.left + part.words] = b"\x01" * part.words
            right_taken[part.right : part.right + part.words] = b"\x01" * part.words
            kept.append(part)
    return sorted(kept, key=lambda block: (block.left, block.right, block.words))


def _free_parts(block: Block, left_taken: bytearray, right_taken: bytearray) -> list[Block]:
    """The parts of a block that no longer block has taken, if still as long as a seed."""
    ours = left_taken[block.left : block.left + block.words]
    theirs = right_taken[block.right : block.right + block.words]
    if 1 not in ours and 1 not in theirs:
        return [block]
    edges = [-1, *(place for place, taken in enumerate(zip(ours, theirs, strict=True)) if 1 in taken), block.words]
    return [
        Block(block.left + before + 1, block.right + before + 1, behind - before - 1)
        for before, behind in pairwise(edges)
        if behind - before > SEED_WORDS
    ]
