"""Passages: stretches that two articles share, with their places in both raw texts and what was changed."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Levenshtein

from tracer.align.blocks import Block, Text, blocks_of_pairs
from tracer.align.remembered import once_per_article
from tracer.domain import Packed, Span
from tracer.split import ParsedArticle, WordClass

WIDEST_GAP = 8
"""Blocks with at most this many words between them, on either side, belong to one passage."""
FEWEST_WORDS = 4
_QUOTED, _FURNITURE = int(WordClass.QUOTED), int(WordClass.BOILERPLATE)


class PassageKind(StrEnum):
    """How close the two readings of a passage are: no word changed, some changed, or only the sense kept."""

    VERBATIM = "verbatim"
    EDITED = "edited"
    REWRITTEN = "rewritten"


@dataclass(frozen=True, slots=True)
class Variant(Packed):
    """A place where two readings of one passage differ: half-open word ranges, empty where a side has nothing."""

    left: range
    right: range


@dataclass(frozen=True, slots=True)
class Passage(Packed):
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
class _Words:
    """What aligning asks of one article: which words are furniture or quoted (1), and where that changes.

    ``edges`` are the words at which another sentence begins or quotation marks open or close, with the first and the
    end of the text.
    """

    furniture: bytes
    marks: bytes
    edges: list[int]


@once_per_article
def _words_of(parsed: ParsedArticle) -> _Words:
    furniture = parsed.classes == _FURNITURE
    marks = parsed.classes == _QUOTED
    sentences = parsed.sentence_of
    changes = ((marks[1:] != marks[:-1]) | (sentences[1:] != sentences[:-1])).nonzero()[0] + 1
    edges = [0, *changes.tolist(), len(marks)]
    return _Words(furniture.tobytes(), marks.tobytes(), edges)


@dataclass(slots=True)
class _Side:
    """One article of the pair: its words, whose they are, and which already belong to a passage (1)."""

    parsed: ParsedArticle
    marks: bytes
    edges: list[int]
    taken: bytearray

    @classmethod
    def of(cls, parsed: ParsedArticle) -> _Side:
        known = _words_of(parsed)
        return cls(parsed, known.marks, known.edges, bytearray(known.furniture))

    def ids(self, place: range) -> list[int]:
        """The words of a place by their hashes, for which the text need not be cut into words."""
        found: list[int] = self.parsed.tokens.ids[place.start : place.stop].tolist()
        return found

    def take(self, start: int, words: int) -> None:
        self.taken[start : start + words] = b"\x01" * words

    def is_free(self, start: int, stop: int) -> bool:
        """Whether no word from ``start`` to before ``stop`` belongs to a passage."""
        return self.taken.find(1, start, stop) < 0

    def is_uniform(self, start: int, stop: int) -> bool:
        """Whether the words from ``start`` to before ``stop`` are all quoted or all not."""
        return self.uniform(start, stop - start) == stop - start

    def uniform(self, start: int, words: int) -> int:
        """How many of so many words from ``start`` on are quoted, or not, as the first is."""
        change = self.marks.find(1 - self.marks[start], start, start + words)
        return words if change < 0 else change - start

    def rest_of_sentence(self, edge: int, step: int) -> range:
        """The free words beyond word ``edge`` that share its sentence and mark, at most one more than a gap."""
        part = bisect_right(self.edges, edge)
        if step > 0:
            start, stop = edge + 1, min(self.edges[part], edge + WIDEST_GAP + 2)
            taken = self.taken.find(1, start, stop)
            return range(start, stop if taken < 0 else taken)
        start = max(self.edges[part - 1], edge - WIDEST_GAP - 1)
        return range(max(start, self.taken.rfind(1, start, edge) + 1), edge)


def blocks_between(pairs: Sequence[tuple[ParsedArticle, ParsedArticle]]) -> Iterator[list[Block]]:
    """The exact blocks of each pair, page furniture left out, in order. Many pairs cost less than each alone."""
    sides = {id(side): side for pair in pairs for side in pair}
    number_of = {identity: number for number, identity in enumerate(sides)}
    texts = [Text(side.tokens.ids, side.classes != _FURNITURE) for side in sides.values()]
    return blocks_of_pairs(texts, [(number_of[id(left)], number_of[id(right)]) for left, right in pairs])


def shared_passages(left: ParsedArticle, right: ParsedArticle, blocks: Sequence[Block] | None = None) -> list[Passage]:
    """The word-for-word and edited passages of two articles, sorted by place on the left.

    Exact blocks are cut where they enter or leave quotation marks on either side, then joined across gaps of up to
    ``WIDEST_GAP`` words, and the gaps are aligned word by word (Levenshtein). No word belongs to two passages of a
    pair. ``blocks`` are what :func:`blocks_between` gives for the two, where that is known. Cost: linear in the
    articles plus the gaps; what depends on one article alone is kept while pairs share it.
    """
    sides = _Side.of(left), _Side.of(right)
    blocks = next(blocks_between([(left, right)])) if blocks is None else blocks
    for block in blocks:
        sides[0].take(block.left, block.words)
        sides[1].take(block.right, block.words)
    parts = [part for block in blocks for part in _cut_by_class(block, *sides)]
    passages = (_passage(_grown(chain, *sides), *sides) for chain in _chained(parts, *sides))
    return [passage for passage in passages if passage.matched >= FEWEST_WORDS]


def _cut_by_class(block: Block, left: _Side, right: _Side) -> Iterator[Block]:
    """Parts of a block within which neither side enters or leaves third-party words."""
    start, rest = 0, block.words
    while rest:
        words = right.uniform(block.right + start, left.uniform(block.left + start, rest))
        yield Block(block.left + start, block.right + start, words)
        start, rest = start + words, rest - words


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
        and left.is_free(left_end, part.left)
        and right.is_free(right_end, part.right)
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
        for is_equal, l0, l1, r0, r1 in _gap_edits(left.ids(left_gap), right.ids(right_gap)):
            if is_equal:
                matched += l1 - l0
            else:
                variants.append(Variant(left_gap[l0:l1], right_gap[r0:r1]))
    return matched, tuple(variants)


def _gap_edits(left: Sequence[int], right: Sequence[int]) -> list[tuple[bool, int, int, int, int]]:
    """Word-level alignment as ``(equal, left start, left stop, right start, right stop)``, adjacent edits joined."""
    if set(left).isdisjoint(right):
        return [(False, 0, len(left), 0, len(right))] if left or right else []
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
    head = _edge_blocks(left, right, first.left, first.right, -1)
    tail = _edge_blocks(left, right, last.left + last.words - 1, last.right + last.words - 1, 1)
    return [*head, *chain, *tail]


def _edge_blocks(left: _Side, right: _Side, left_word: int, right_word: int, step: int) -> list[Block]:
    """Equal words in what is left of the sentences of two words, where that is short on both sides."""
    left_edge = left.rest_of_sentence(left_word, step)
    right_edge = right.rest_of_sentence(right_word, step) if 0 < len(left_edge) <= WIDEST_GAP else range(0)
    if not 0 < len(right_edge) <= WIDEST_GAP:
        return []
    edits = _gap_edits(left.ids(left_edge), right.ids(right_edge))
    blocks = [Block(left_edge[l0], right_edge[r0], l1 - l0) for is_equal, l0, l1, r0, _ in edits if is_equal]
    for block in blocks:
        left.take(block.left, block.words)
        right.take(block.right, block.words)
    return blocks
