"""Passages: stretches that two articles share, with their places in both raw texts and what was changed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein

from tracer.align.blocks import Block, matching_blocks
from tracer.domain import Span
from tracer.split import ParsedArticle, WordClass

WIDEST_GAP = 8
"""Blocks with at most this many words between them, on either side, belong to one passage."""
FEWEST_WORDS = 4


class PassageKind(StrEnum):
    """How close the two readings of a passage are: no word changed, some changed, or only the sense kept."""

    VERBATIM = "verbatim"
    EDITED = "edited"
    REWRITTEN = "rewritten"


@dataclass(frozen=True, slots=True)
class Variant:
    """A place where two readings of one passage differ: half-open word ranges, empty where a side has nothing."""

    left: range
    right: range


@dataclass(frozen=True, slots=True)
class Passage:
    """One shared stretch.

    ``left`` and ``right`` are half-open word ranges, ``left_span`` and ``right_span`` the same stretches of raw text.
    ``left_quoted`` and ``right_quoted`` say whether the words stand inside quotation marks (or are otherwise marked
    as a third party's) on that side. ``matched`` counts equal words; ``similarity`` is 2·matched / (words left + words
    right), in (0, 1]. ``variants`` are in reading order; rewritten passages list none.
    """

    left: range
    right: range
    left_span: Span
    right_span: Span
    left_quoted: bool
    right_quoted: bool
    kind: PassageKind
    matched: int
    similarity: float
    variants: tuple[Variant, ...] = ()

    @property
    def quoted(self) -> bool:
        """Whether either side marks the words as a third party's."""
        return self.left_quoted or self.right_quoted


@dataclass(frozen=True, slots=True)
class _Side:
    """One article of the pair: its words, whose they are, and which already belong to a passage."""

    parsed: ParsedArticle
    marks: npt.NDArray[np.bool_]
    taken: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, parsed: ParsedArticle) -> _Side:
        return cls(parsed, parsed.classes == WordClass.QUOTED, parsed.classes == WordClass.BOILERPLATE)

    def words(self, place: range) -> tuple[str, ...]:
        return self.parsed.tokens.words[place.start : place.stop]

    def is_uniform(self, start: int, stop: int) -> bool:
        """Whether the words from ``start`` to before ``stop`` are all quoted or all not."""
        return stop - start < 2 or not np.diff(self.marks[start:stop]).any()  # noqa: PLR2004

    def rest_of_sentence(self, edge: int, step: int) -> range:
        """The free words beyond word ``edge`` that share its sentence and mark, at most one more than a gap."""
        sentence, mark, place = self.parsed.sentence_of[edge], self.marks[edge], edge + step
        while (
            0 <= place < len(self.marks)
            and abs(place - edge) <= WIDEST_GAP + 1
            and not self.taken[place]
            and self.marks[place] == mark
            and self.parsed.sentence_of[place] == sentence
        ):
            place += step
        return range(edge + 1, place) if step > 0 else range(place + 1, edge)


def shared_passages(left: ParsedArticle, right: ParsedArticle) -> list[Passage]:
    """The word-for-word and edited passages of two articles, sorted by place on the left.

    Exact blocks are cut where they enter or leave quotation marks on either side, then joined across gaps of up to
    ``WIDEST_GAP`` words, and the gaps are aligned word by word (Levenshtein). No word belongs to two passages of a
    pair. Cost: linear in the articles plus the gaps.
    """
    sides = _Side.of(left), _Side.of(right)
    blocks = matching_blocks(left.tokens.ids, right.tokens.ids, ~sides[0].taken, ~sides[1].taken)
    for block in blocks:
        sides[0].taken[block.left : block.left + block.words] = True
        sides[1].taken[block.right : block.right + block.words] = True
    parts = [part for block in blocks for part in _cut_by_class(block, *sides)]
    passages = (_passage(_grown(chain, *sides), *sides) for chain in _chained(parts, *sides))
    return [passage for passage in passages if passage.matched >= FEWEST_WORDS]


def _cut_by_class(block: Block, left: _Side, right: _Side) -> Iterator[Block]:
    """Parts of a block within which neither side enters or leaves third-party words."""
    state = left.marks[block.left : block.left + block.words] * 2 + right.marks[block.right : block.right + block.words]
    edges = [0, *(np.flatnonzero(np.diff(state)) + 1).tolist(), block.words]
    for start, stop in itertools.pairwise(edges):
        yield Block(block.left + start, block.right + start, stop - start)


def _chained(parts: Sequence[Block], left: _Side, right: _Side) -> list[list[Block]]:
    chains: list[list[Block]] = []
    for part in parts:
        if chains and _continues(chains[-1][-1], part, left, right):
            chains[-1].append(part)
        else:
            chains.append([part])
    return chains


def _continues(last: Block, part: Block, left: _Side, right: _Side) -> bool:
    left_end, right_end = last.left + last.words, last.right + last.words
    return (
        0 <= part.left - left_end <= WIDEST_GAP
        and 0 <= part.right - right_end <= WIDEST_GAP
        and left.is_uniform(left_end - 1, part.left + 1)
        and right.is_uniform(right_end - 1, part.right + 1)
        and not left.taken[left_end : part.left].any()
        and not right.taken[right_end : part.right].any()
    )


def _passage(chain: list[Block], left: _Side, right: _Side) -> Passage:
    first, last = chain[0], chain[-1]
    left_words = range(first.left, last.left + last.words)
    right_words = range(first.right, last.right + last.words)
    matched, variants = _differences(chain, left, right)
    return Passage(
        left_words,
        right_words,
        left.parsed.tokens.span(left_words.start, left_words.stop),
        right.parsed.tokens.span(right_words.start, right_words.stop),
        left_quoted=bool(left.marks[first.left]),
        right_quoted=bool(right.marks[first.right]),
        kind=PassageKind.EDITED if variants else PassageKind.VERBATIM,
        matched=matched,
        similarity=2 * matched / (len(left_words) + len(right_words)),
        variants=variants,
    )


def _differences(chain: list[Block], left: _Side, right: _Side) -> tuple[int, tuple[Variant, ...]]:
    matched = sum(block.words for block in chain)
    variants = []
    for before, after in itertools.pairwise(chain):
        left_gap = range(before.left + before.words, after.left)
        right_gap = range(before.right + before.words, after.right)
        for is_equal, l0, l1, r0, r1 in _gap_edits(left.words(left_gap), right.words(right_gap)):
            if is_equal:
                matched += l1 - l0
            else:
                variants.append(Variant(left_gap[l0:l1], right_gap[r0:r1]))
    return matched, tuple(variants)


def _gap_edits(left: Sequence[str], right: Sequence[str]) -> list[tuple[bool, int, int, int, int]]:
    """Word-level alignment as ``(equal, left start, left stop, right start, right stop)``, adjacent edits joined."""
    merged: list[tuple[bool, int, int, int, int]] = []
    for code in Levenshtein.opcodes(left, right):
        if code.tag != "equal" and merged and not merged[-1][0]:
            merged[-1] = (False, merged[-1][1], code.src_end, merged[-1][3], code.dest_end)
        else:
            merged.append((code.tag == "equal", code.src_start, code.src_end, code.dest_start, code.dest_end))
    return merged


def _grown(chain: list[Block], left: _Side, right: _Side) -> list[Block]:
    """Add the near ends of the sentences that a chain starts and stops in, where words there agree again."""
    first, last = chain[0], chain[-1]
    head = _edge_blocks(left, right, left.rest_of_sentence(first.left, -1), right.rest_of_sentence(first.right, -1))
    left_end, right_end = last.left + last.words - 1, last.right + last.words - 1
    tail = _edge_blocks(left, right, left.rest_of_sentence(left_end, 1), right.rest_of_sentence(right_end, 1))
    return [*head, *chain, *tail]


def _edge_blocks(left: _Side, right: _Side, left_edge: range, right_edge: range) -> list[Block]:
    if not left_edge or not right_edge or max(len(left_edge), len(right_edge)) > WIDEST_GAP:
        return []
    edits = _gap_edits(left.words(left_edge), right.words(right_edge))
    blocks = [Block(left_edge[l0], right_edge[r0], l1 - l0) for is_equal, l0, l1, r0, _ in edits if is_equal]
    for block in blocks:
        left.taken[block.left : block.left + block.words] = True
        right.taken[block.right : block.right + block.words] = True
    return blocks
