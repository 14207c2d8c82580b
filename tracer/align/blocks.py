"""Exact blocks: runs of words that two articles have in common, found by seeds on diagonals, for many pairs at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tracer.text import is_new, shingle_keys, windows_within

SEED_WORDS = 4
MOST_REPEATS = 8
"""A seed that stands more often than this in one article is a refrain and opens no block by itself."""
_AT_ONCE = 1 << 18
"""Words of pairs that are taken together; their seeds and hits take some hundred bytes a word."""
_HALF, _LOW = 32, (1 << 32) - 1
"""Two numbers are put into one, to be sorted together."""
_NO_WORD, _UNUSABLE = np.zeros(1, dtype=np.uint64), np.zeros(1, dtype=np.bool_)

Places = npt.NDArray[np.int64]


class Block(NamedTuple):
    """``words`` equal words in a row: from word ``left`` of the left article and word ``right`` of the right one."""

    left: int
    right: int
    words: int


class Text(NamedTuple):
    """The words of one text: their hashes (uint64), and which of them are ``usable`` (bool)."""

    ids: npt.NDArray[np.uint64]
    usable: npt.NDArray[np.bool_]


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
    return next(blocks_of_pairs([Text(left, left_usable), Text(right, right_usable)], [(0, 1)]))


def blocks_of_pairs(texts: Sequence[Text], pairs: Sequence[tuple[int, int]]) -> Iterator[list[Block]]:
    """As :func:`matching_blocks`, of many pairs of two ``texts`` each, by position, in order: the same, but sooner.

    Pairs are taken together while their texts have ``_AT_ONCE`` words in all, those of each pair counted.
    """
    start = words = 0
    for stop, pair in enumerate(pairs):
        more = sum(len(texts[side].ids) for side in pair)
        if stop > start and words + more > _AT_ONCE:
            yield from _blocks_at_once(texts, pairs[start:stop])
            start, words = stop, 0
        words += more
    if pairs:
        yield from _blocks_at_once(texts, pairs[start:])


def _blocks_at_once(texts: Sequence[Text], pairs: Sequence[tuple[int, int]]) -> list[list[Block]]:
    known, ends = np.unique(np.array(pairs, dtype=np.int64).ravel(), return_inverse=True)
    chosen = [texts[text] for text in known.tolist()]
    numbers, lefts, rights = _Seeds.of(chosen).hits(ends[::2], ends[1::2])
    longest = max(len(text.ids) for text in chosen)
    width = longest + 1
    hits = (numbers * 2 * width + lefts - rights + longest) * width + lefts
    hits.sort()
    firsts = is_new(hits - np.arange(len(hits))).nonzero()[0]  # no hit a place earlier on the same diagonal
    sizes = np.append(firsts[1:], len(hits))[: len(firsts)] - firsts
    found: list[list[Block]] = [[] for _ in pairs]
    for first, size in zip(hits[firsts].tolist(), sizes.tolist(), strict=True):
        diagonal, start = divmod(first, width)
        number, shift = divmod(diagonal, 2 * width)
        found[number].append(Block(start, start - shift + longest, size - 1 + SEED_WORDS))
    return [
        _without_overlaps(blocks, *(len(texts[side].ids) for side in pair))
        for blocks, pair in zip(found, pairs, strict=True)
    ]


class _Seeds(NamedTuple):
    """The seeds that stand more than once in some texts, refrains of single texts left out.

    ``keys`` (sorted) are the number of a text and that of a seed put into one, ``places`` the word of that text at
    which the seed begins. ``firsts`` gives for each text, and behind the last, the first of its seeds.
    """

    keys: Places
    places: Places
    firsts: Places

    @classmethod
    def of(cls, texts: Sequence[Text]) -> _Seeds:
        """The runs of ``SEED_WORDS`` usable words. Sorts all of them once, else linear."""
        # An unusable word behind each text, so that no seed reaches into the next.
        ids = np.concatenate([part for text in texts for part in (text.ids, _NO_WORD)])
        usable = np.concatenate([part for text in texts for part in (text.usable, _UNUSABLE)])
        begins = np.cumsum([0, *(len(text.ids) + 1 for text in texts)])
        places = windows_within(usable, SEED_WORDS).nonzero()[0]
        hashes = shingle_keys(ids, SEED_WORDS)[places]
        order = hashes.argsort()
        is_first = is_new(hashes[order])
        again = (~(is_first & np.append(is_first[1:], True))).nonzero()[0]
        places = places[order[again]]
        numbers = begins.searchsorted(places, side="right") - 1
        keys = (numbers << _HALF) | is_first.cumsum()[again]
        order = keys.argsort()  # equal seeds in whatever order: what comes of them is sorted by place
        keys, places = keys[order], (places - begins[numbers])[order]
        if (keys[MOST_REPEATS:] == keys[:-MOST_REPEATS]).any():
            once = _repeats(keys) <= MOST_REPEATS
            keys, places = keys[once], places[once]
        return cls(keys, places, keys.searchsorted(np.arange(len(texts) + 1) << _HALF))

    def hits(self, left: Places, right: Places) -> tuple[Places, Places, Places]:
        """For pairs of texts, by their numbers, every pair of equal seeds: of which pair, and its place in either."""
        counts = self.firsts[left + 1] - self.firsts[left]
        numbers = np.arange(len(left)).repeat(counts)
        rows = np.arange(len(numbers)) + (self.firsts[left] - counts.cumsum() + counts).repeat(counts)
        wanted = (self.keys[rows] & _LOW) | (right << _HALF).repeat(counts)
        low = self.keys.searchsorted(wanted)
        low[low == len(self.keys)] = 0
        hit = (self.keys[low] == wanted).nonzero()[0]
        low = low[hit]
        counts = self.keys.searchsorted(wanted[hit], side="right") - low
        if counts.max(initial=0) > 1:
            offsets = np.arange(counts.sum()) - (counts.cumsum() - counts).repeat(counts)
            hit, low = hit.repeat(counts), low.repeat(counts) + offsets
        return numbers[hit], self.places[rows[hit]], self.places[low]


def _repeats(keys: Places) -> Places:
    """How often each key stands among all of them."""
    _, places, counts = np.unique(keys, return_inverse=True, return_counts=True)
    repeats: Places = counts[places]
    return repeats


def _without_overlaps(found: list[Block], left_length: int, right_length: int) -> list[Block]:
    if len(found) <= 1:
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
