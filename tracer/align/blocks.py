"""Exact blocks: runs of words that two articles have in common, found by seeds on diagonals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracer.text import shingle_hashes, windows_within

SEED_WORDS = 4
MOST_REPEATS = 8
"""A seed that stands more often than this in one article is a refrain and opens no block by itself."""


@dataclass(frozen=True, slots=True, order=True)
class Block:
    """``words`` equal words in a row: from word ``left`` of the left article and word ``right`` of the right one."""

    left: int
    right: int
    words: int


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
    lefts, rights = _seed_hits(left, right, left_usable, right_usable)
    order = np.lexsort((lefts, lefts - rights))
    lefts, rights = lefts[order], rights[order]
    if not len(lefts):
        return []
    breaks = np.flatnonzero((np.diff(lefts) != 1) | (np.diff(lefts - rights) != 0)) + 1
    firsts = np.concatenate(([0], breaks))
    lengths = np.diff(np.concatenate((firsts, [len(lefts)]))) + SEED_WORDS - 1
    found = [Block(int(lefts[row]), int(rights[row]), int(length)) for row, length in zip(firsts, lengths, strict=True)]
    return _without_overlaps(found, len(left), len(right))


def _seed_hits(
    left: npt.NDArray[np.uint64],
    right: npt.NDArray[np.uint64],
    left_usable: npt.NDArray[np.bool_],
    right_usable: npt.NDArray[np.bool_],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    left_places = np.flatnonzero(windows_within(left_usable, SEED_WORDS))
    right_places = np.flatnonzero(windows_within(right_usable, SEED_WORDS))
    left_seeds, right_seeds = shingle_hashes(left, SEED_WORDS), shingle_hashes(right, SEED_WORDS)
    order = np.argsort(right_seeds[right_places], kind="stable")
    right_places = right_places[order]
    keys = right_seeds[right_places]
    low = np.searchsorted(keys, left_seeds[left_places], side="left")
    high = np.searchsorted(keys, left_seeds[left_places], side="right")
    counts = high - low
    counts[(counts > MOST_REPEATS) | (_repeats(left_seeds[left_places]) > MOST_REPEATS)] = 0
    hits_left = np.repeat(left_places, counts)
    offsets = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return hits_left, right_places[np.repeat(low, counts) + offsets]


def _repeats(seeds: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
    """How often each seed stands among all of them."""
    _, places, counts = np.unique(seeds, return_inverse=True, return_counts=True)
    repeats: npt.NDArray[np.int64] = counts[places]
    return repeats


def _without_overlaps(found: list[Block], left_length: int, right_length: int) -> list[Block]:
    left_taken, right_taken = np.zeros(left_length, np.bool_), np.zeros(right_length, np.bool_)
    kept = []
    for block in sorted(found, key=lambda block: (-block.words, block.left, block.right)):
        for part in _free_parts(block, left_taken, right_taken):
            left_taken[part.left : part.left + part.words] = True
            right_taken[part.right : part.right + part.words] = True
            kept.append(part)
    return sorted(kept)


def _free_parts(block: Block, left_taken: npt.NDArray[np.bool_], right_taken: npt.NDArray[np.bool_]) -> list[Block]:
    """The parts of a block that no longer block has taken, if still as long as a seed."""
    taken = left_taken[block.left : block.left + block.words] | right_taken[block.right : block.right + block.words]
    if not taken.any():
        return [block]
    edges = np.flatnonzero(np.diff(np.concatenate(([True], taken, [True])).astype(np.int8)))
    return [
        Block(block.left + int(start), block.right + int(start), int(stop - start))
        for start, stop in zip(edges[::2], edges[1::2], strict=True)
        if stop - start >= SEED_WORDS
    ]
