"""Regions: the longest stretches of two texts that a reader would mark as one reuse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from tracer.align.blocks import Block, matching_blocks
from tracer.align.fitting import fitted
from tracer.align.passages import Passage
from tracer.align.seeds import Fragments, clusters, sentence_seeds, without_weaker
from tracer.align.units import Units, units_of, weighted_rows
from tracer.align.weighing import Region, Scales, Stretch
from tracer.split import ParsedArticle

_LONG_RUN = 45
"""An equal run of this many words is a region by itself and is not stretched to whole sentences."""
_JOINED_GAP = 20
"""Equal runs with at most this many words, about a sentence, between them on either side are one region."""
_NARROW_GAP, _WIDE_GAP = 4, 24
"""Units between neighbouring seeds: of text retold in order, and of text of which a summary keeps a little."""
_NARROW_GAIN, _WIDE_GAIN = 0.02, 0.005
_LEAST_SHARE = 0.5
_SUMMARY_BONUS = 1.2
"""A summary outweighs the narrow stretches in it from 1 / 1.2 of their weight on, for it leaves most words out."""

Flags = npt.NDArray[np.bool_]


def reused_regions(left: ParsedArticle, right: ParsedArticle) -> list[Region]:
    """The regions of two texts, sorted by place on the left; none overlaps another on either side.

    Long equal runs are regions as they stand. In the rest, sentences alike in their weighted words seed clusters,
    closely spaced ones and, for summaries, widely spaced ones; the edges of each are moved to where its sides are most
    alike, and of clusters that overlap the weightiest stands. All words take part, quoted ones and page furniture too.
    Exchanging the texts exchanges the sides. None where a text has no words. Cost: linear in the texts plus the pairs
    of sentences that share a word, which are bounded (:func:`~tracer.align.seeds.sentence_seeds`).
    """
    if right.article.text < left.article.text:
        return sorted((region.turned() for region in _regions(right, left)), key=_place)
    return sorted(_regions(left, right), key=_place)


def region_of(passages: Sequence[Passage], regions: Sequence[Region]) -> list[int | None]:
    """For each passage the index of the region that holds most of it, ``None`` where none holds any of it.

    What counts are the words that lie in the region on either side, the lesser number of the two; the first of equals.
    Cost: passages times regions.
    """
    found: list[int | None] = []
    for passage in passages:
        held = [min(_common(passage.left, region.left), _common(passage.right, region.right)) for region in regions]
        most = max(held, default=0)
        found.append(held.index(most) if most else None)
    return found


def _place(region: Region) -> tuple[int, int]:
    return region.left.start, region.right.start


def _common(one: range, other: range) -> int:
    return max(0, min(one.stop, other.stop) - max(one.start, other.start))


def _regions(left: ParsedArticle, right: ParsedArticle) -> Iterator[Region]:
    free = np.ones(len(left.tokens), np.bool_), np.ones(len(right.tokens), np.bool_)
    if not len(free[0]) or not len(free[1]):
        return
    blocks = matching_blocks(left.tokens.ids, right.tokens.ids, *free)
    scales = Scales.of(left, right, blocks)
    exact = [stretch for words in _long_chains(blocks) if (stretch := scales.weighed(*words))]
    exact.sort(key=lambda stretch: (-stretch.weight, stretch.left.start, stretch.right.start))
    yield from map(scales.region, _apart(exact, *free))
    alike = []
    for ours, theirs, is_wide in _alike(units_of(left), units_of(right), *free):
        stretch = scales.weighed(ours, theirs)
        if stretch and (stretch.is_summary or not is_wide):
            weight = stretch.weight * (_SUMMARY_BONUS if is_wide else 1.0)
            alike.append((-weight, ours.start, theirs.start, -ours.stop, -theirs.stop, stretch))
    yield from map(scales.region, _apart((entry[-1] for entry in sorted(alike)), *free))


def _long_chains(blocks: Sequence[Block]) -> Iterator[tuple[range, range]]:
    """Equal runs joined over short gaps, where at least one of them is long."""
    chains: list[list[Block]] = []
    for block in blocks:
        if chains and _continues(chains[-1][-1], block):
            chains[-1].append(block)
        else:
            chains.append([block])
    for chain in chains:
        if max(block.words for block in chain) >= _LONG_RUN:
            first, last = chain[0], chain[-1]
            yield range(first.left, last.left + last.words), range(first.right, last.right + last.words)


def _continues(last: Block, block: Block) -> bool:
    gaps = block.left - last.left - last.words, block.right - last.right - last.words
    return min(gaps) >= 0 and max(gaps) <= _JOINED_GAP


def _alike(left: Units, right: Units, left_free: Flags, right_free: Flags) -> Iterator[tuple[range, range, bool]]:
    """Words on both sides of each cluster of seeds among the free words, and whether it was sought as a summary."""
    taken = left.touching(~left_free), right.touching(~right_free)
    rows = weighted_rows(left, right)
    seeds = sentence_seeds(*rows)
    wide = seeds.at(~taken[0][seeds.left] & ~taken[1][seeds.right])
    narrow = without_weaker(wide, _LEAST_SHARE)
    for some, gap, gain in ((narrow, _NARROW_GAP, _NARROW_GAIN), (wide, _WIDE_GAP, _WIDE_GAIN)):
        for place in clusters(some, *rows, gap):
            if not _touches(place, *taken):
                edges = fitted(place, *rows, *taken, gain)
                yield left.words(*edges[:2]), right.words(*edges[2:]), gap == _WIDE_GAP


def _touches(place: Fragments, left_taken: Flags, right_taken: Flags) -> bool:
    ours = left_taken[place.left_first : place.left_last + 1]
    theirs = right_taken[place.right_first : place.right_last + 1]
    return bool(ours.any() or theirs.any())


def _apart(stretches: Iterable[Stretch], left_free: Flags, right_free: Flags) -> Iterator[Stretch]:
    """The stretches all of whose words are free, best first; they take their words."""
    for stretch in stretches:
        ours, theirs = slice(stretch.left.start, stretch.left.stop), slice(stretch.right.start, stretch.right.stop)
        if left_free[ours].all() and right_free[theirs].all():
            left_free[ours] = right_free[theirs] = False
            yield stretch
