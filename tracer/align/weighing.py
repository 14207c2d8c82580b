"""What a reused stretch rests on: the words in common, how rare they are, and how close the two readings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tracer.align.blocks import Block
from tracer.domain import Span
from tracer.split import ParsedArticle
from tracer.text import background

LEAST_WEIGHT = 22.0
SUMMARY_RATIO = 3
_TYPICAL_RARITY = 2.0
"""Mean rarity, less one, of a running word of English news; stands in where a language has no background model."""

Places = npt.NDArray[np.int64]


class RegionKind(StrEnum):
    """How one side of a region answers to the other.

    ``VERBATIM``: the same words. ``SUMMARISED``: one side has at least three times the words of the other. ``EDITED``:
    at least half of the shorter side stands in equal runs of four words or more. ``REWRITTEN``: everything else.
    """

    VERBATIM = "verbatim"
    EDITED = "edited"
    REWRITTEN = "rewritten"
    SUMMARISED = "summarised"


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of the left text that answers to one of the right text.

    ``left`` and ``right`` are half-open word ranges, ``left_span`` and ``right_span`` the same stretches of raw text
    (code points). ``similarity`` is the number of words in common, in whatever order, over the geometric mean of the
    two word counts (Ochiai 1957), in (0, 1]. ``weight`` is what the region rests on: the rarity of the words in
    common, in nats, times the similarity; it is at least 22, which a few commonplaces do not reach.
    """

    left: range
    right: range
    left_span: Span
    right_span: Span
    kind: RegionKind
    similarity: float
    weight: float

    def turned(self) -> Region:
        """The same region with left and right exchanged."""
        return Region(self.right, self.left, self.right_span, self.left_span, self.kind, self.similarity, self.weight)


class Stretch(NamedTuple):
    """Words of the left text against words of the right one, with :class:`Region`'s similarity and weight."""

    left: range
    right: range
    similarity: float
    weight: float

    @property
    def is_summary(self) -> bool:
        """Whether one side has at least three times the words of the other."""
        sizes = sorted((len(self.left), len(self.right)))
        return sizes[1] >= SUMMARY_RATIO * sizes[0]


@dataclass(frozen=True, slots=True)
class Scales:
    """Weighs stretches of one pair. ``blocks`` are the pair's equal runs, a row each: left word, right word, words."""

    left: ParsedArticle
    right: ParsedArticle
    blocks: Places

    @classmethod
    def of(cls, left: ParsedArticle, right: ParsedArticle, blocks: Sequence[Block]) -> Scales:
        """Scales for two texts and their equal runs."""
        rows = [(block.left, block.right, block.words) for block in blocks]
        return cls(left, right, np.array(rows, dtype=np.int64).reshape(-1, 3))

    def weighed(self, left: range, right: range) -> Stretch | None:
        """The stretch over these words (some on either side); ``None`` where it would rest on too little."""
        ours, theirs = self.left.tokens.ids[left.start : left.stop], self.right.tokens.ids[right.start : right.stop]
        (our_words, our_counts), (their_words, their_counts) = (
            np.unique(side, return_counts=True) for side in (ours, theirs)
        )
        words, at_ours, at_theirs = np.intersect1d(our_words, their_words, assume_unique=True, return_indices=True)
        counts = np.minimum(our_counts[at_ours], their_counts[at_theirs])
        similarity = min(1.0, float(counts.sum() / np.sqrt(len(left) * len(right))))
        model = background(self.left.split.language)
        rarity = float((counts * (model.rarity(words) - 1.0)).sum()) if model else _TYPICAL_RARITY * float(counts.sum())
        weight = round(rarity * similarity, 6)
        return Stretch(left, right, similarity, weight) if weight >= LEAST_WEIGHT else None

    def region(self, stretch: Stretch) -> Region:
        """The stretch with its places in both raw texts and its kind."""
        left, right, similarity, weight = stretch
        return Region(
            left,
            right,
            self.left.tokens.span(left.start, left.stop),
            self.right.tokens.span(right.start, right.stop),
            self._kind(stretch),
            similarity,
            weight,
        )

    def _kind(self, stretch: Stretch) -> RegionKind:
        left, right = stretch.left, stretch.right
        if np.array_equal(
            self.left.tokens.ids[left.start : left.stop], self.right.tokens.ids[right.start : right.stop]
        ):
            return RegionKind.VERBATIM
        if stretch.is_summary:
            return RegionKind.SUMMARISED
        at_left, at_right, words = self.blocks.T
        starts = np.maximum(0, np.maximum(left.start - at_left, right.start - at_right))
        stops = np.minimum(words, np.minimum(left.stop - at_left, right.stop - at_right))
        equal = int(np.maximum(0, stops - starts).sum())
        return RegionKind.EDITED if 2 * equal >= min(len(left), len(right)) else RegionKind.REWRITTEN
