"""Origin and direction: who is upstream, or does an unseen text stand behind both?"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tracer.align import Passage, PassageKind
from tracer.evidence.cohesion import cohesion
from tracer.evidence.house_style import style_entropy
from tracer.evidence.ledger import Clue, Ledger, Observation, Question, weigh
from tracer.evidence.naming import common_credits, credited_outlet, mentions, wire_credit
from tracer.evidence.overlap import Overlap, Owner, ownership
from tracer.evidence.persons import introductions
from tracer.evidence.readings import article_scars, private_typos
from tracer.evidence.restored import fuller_on_both_sides
from tracer.evidence.software_scars import glyph_scars, splitter_scars
from tracer.evidence.substitution import substitutions
from tracer.evidence.timing import time_order
from tracer.evidence.weights import Weights
from tracer.split import ParsedArticle

RESOLVED = 0.9
"""A verdict other than ``unresolved`` needs at least this probability."""
_SETTLING = frozenset({"names_other", "quoted_words_of"})
"""Clues that settle a direction alone: one side says in so many words where it has its text from."""
_LONE_CLUE = 2.0
_MOSTLY = 0.5
_TELLING_WEIGHT = 0.2
_NOISY = 0.3
"""Substitutions that point both ways are mostly noise of the model, and say little for siblings."""
_TELLING_WORDS = 8
_MOST_PLACES = 60
_FEWEST_SOURCES = 3
_SCARS = frozenset({"article_scar", "private_typo"})


class Direction(StrEnum):
    """Verdict on a lineage pair."""

    LEFT = "left→right"
    RIGHT = "right→left"
    COMMON = "common source"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class Descent:
    """Who draws on whom, given lineage: three probabilities that sum to 1, and the ledgers behind them.

    ``origin`` gives P(one unseen source of both); ``direction`` gives P(left upstream) against P(right upstream) when
    one draws on the other. Exchanging left and right exchanges ``p_left`` and ``p_right`` exactly.
    """

    origin: Ledger
    direction: Ledger

    @property
    def p_common(self) -> float:
        """P(both draw on a source that neither of them is)."""
        return self.origin.probability

    @property
    def p_left(self) -> float:
        """P(left upstream)."""
        return (1 - self.p_common) * self.direction.probability

    @property
    def p_right(self) -> float:
        """P(right upstream)."""
        return max(0.0, 1 - self.p_common - self.p_left)

    @property
    def verdict(self) -> Direction:
        """The answer that reaches ``RESOLVED`` on enough evidence, else ``unresolved``.

        A left or right verdict needs two different clues that point its way, or one that settles the matter alone.
        """
        if self.p_common >= RESOLVED:
            return Direction.COMMON
        if self.p_left >= RESOLVED and _is_supported(self.direction.clues, 1.0):
            return Direction.LEFT
        if self.p_right >= RESOLVED and _is_supported(self.direction.clues, -1.0):
            return Direction.RIGHT
        return Direction.UNRESOLVED


def _is_supported(clues: Sequence[Clue], sign: float) -> bool:
    """Whether two different clues, seen in different places, point one way, or one that settles the matter.

    Clues of next to no weight support nothing.
    """
    pointing = [clue for clue in clues if clue.weight * sign >= _TELLING_WEIGHT]
    if any(clue.name in _SETTLING for clue in pointing):
        return True
    return any(
        one.name != other.name and not _same_place(one, other)
        for index, one in enumerate(pointing)
        for other in pointing[index + 1 :]
    )


def _same_place(one: Clue, other: Clue) -> bool:
    return one.left is not None and other.left is not None and (one.left, one.right) == (other.left, other.right)


def descent(
    left: ParsedArticle, right: ParsedArticle, passages: Sequence[Passage], overlap: Overlap, weights: Weights
) -> Descent:
    """Judge the descent of a lineage pair. Meaningless, and not to be called, for pairs of another kind."""
    rules = weights.questions[Question.DIRECTION]
    seen = list(_direction_observations(left, right, passages, overlap))
    direction = weigh(Question.DIRECTION, rules.prior, seen, rules.clues)
    rules = weights.questions[Question.ORIGIN]
    signs = list(_origin_observations(left, right, passages, direction))
    return Descent(weigh(Question.ORIGIN, rules.prior, signs, rules.clues), direction)


def _direction_observations(
    left: ParsedArticle, right: ParsedArticle, passages: Sequence[Passage], overlap: Overlap
) -> Iterator[Observation]:
    yield from substitutions(left, right, passages)
    yield from article_scars(left, right, passages)
    yield from private_typos(left, right, passages)
    yield from introductions(left, right, passages)
    yield from credited_outlet(left, right, passages)
    yield from _wire_credit_kept(left, right)
    yield from _quoted_words_of(left, right, passages, overlap)
    yield from time_order(left.article.published, right.article.published)
    yield from cohesion(left, right, passages)
    yield from glyph_scars(left, right, passages)
    yield from splitter_scars(left, right, passages)


def _wire_credit_kept(left: ParsedArticle, right: ParsedArticle) -> Iterator[Observation]:
    """One side still says whose text it is, the other no longer does."""
    ours, theirs = wire_credit(left), wire_credit(right)
    if ours is not None and theirs is None:
        yield Observation("wire_credit", 1.0, f"only the left side carries the credit of {ours.name}")
    if theirs is not None and ours is None:
        yield Observation("wire_credit", -1.0, f"only the right side carries the credit of {theirs.name}")


def _quoted_words_of(
    left: ParsedArticle, right: ParsedArticle, passages: Sequence[Passage], overlap: Overlap
) -> Iterator[Observation]:
    """One side puts the other's own words in quotation marks."""
    difference = overlap.lifted_left - overlap.lifted_right
    if difference:
        owner = Owner.LEFT if difference > 0 else Owner.RIGHT
        shown = max(
            (passage for passage in passages if ownership(left, right, passage) is owner),
            key=lambda passage: (passage.matched, -passage.left.start),
        )
        strength = math.copysign(min(1.0, abs(difference) / 20), difference)
        sentence = f"{abs(difference)} words of one side's own stand in quotation marks on the other"
        yield Observation("quoted_words_of", strength, sentence, shown.left_span, shown.right_span)


def _origin_observations(
    left: ParsedArticle, right: ParsedArticle, passages: Sequence[Passage], direction: Ledger
) -> Iterator[Observation]:
    yield from common_credits(left, right, passages)
    for observation in credited_outlet(left, right, passages):
        yield replace(observation, strength=1.0)
    yield from _edits_on_both_sides(passages)
    yield from _patchworks(left, right)
    yield from _reordered(passages)
    yield from style_entropy(left, right)
    yield from fuller_on_both_sides(left, right, passages)
    yield from _one_sided_marks(direction)
    for clue in direction.clues:
        if clue.name == "quoted_words_of":
            yield Observation("quoted_words_of", 1.0, clue.sentence, clue.left, clue.right)


def _edits_on_both_sides(passages: Sequence[Passage]) -> Iterator[Observation]:
    """Each side has words in shared passages that the other lacks: neither is simply the other's cut."""
    added_left = sum(1 for p in passages for v in p.variants if p.kind is PassageKind.EDITED and v.left and not v.right)
    added_right = sum(
        1 for p in passages for v in p.variants if p.kind is PassageKind.EDITED and v.right and not v.left
    )
    if added_left and added_right:
        balance = min(added_left, added_right) / max(added_left, added_right)
        sentence = f"each side has words the other lacks ({added_left} and {added_right} places)"
        yield Observation("additions_both", balance, sentence)


def _reordered(passages: Sequence[Passage]) -> Iterator[Observation]:
    """The shared passages stand in another order: each side put them together for itself."""
    telling = [p for p in passages if p.kind is not PassageKind.REWRITTEN and p.matched >= _TELLING_WORDS]
    longest = sorted(telling, key=lambda passage: (-passage.matched, passage.left.start))[:_MOST_PLACES]
    places = [passage.right.start for passage in sorted(longest, key=lambda passage: passage.left.start)]
    pairs = [(one, other) for index, one in enumerate(places) for other in places[index + 1 :]]
    inverted = sum(one > other for one, other in pairs)
    if inverted:
        sentence = f"the {len(places)} longer shared passages stand in another order on the two sides"
        yield Observation("reordered", inverted / len(pairs), sentence)


def _patchworks(left: ParsedArticle, right: ParsedArticle) -> Iterator[Observation]:
    """Both sides are compilations: each draws by name on several sources."""
    named = [len({mention.source for mention in mentions(side) if not mention.whole}) for side in (left, right)]
    if min(named) >= _FEWEST_SOURCES:
        yield Observation("both_compile", 1.0, f"both compile several named sources ({named[0]} and {named[1]})")


def _one_sided_marks(direction: Ledger) -> Iterator[Observation]:
    """Marks of editing that all lie on one side speak for descent rather than for siblings.

    ``one_sided_marks`` weighs substitutions, but a mark without company says nothing, for it is always on one side;
    ``one_sided_scars`` weighs the marks that leave no other reading.
    """
    marks = [clue.weight for clue in direction.clues if clue.name == "substitution"]
    scars = [clue.weight for clue in direction.clues if clue.name in _SCARS]
    if marks:
        noise = 1.0 if _one_sidedness(marks) > 0 else _NOISY
        strength = noise * _one_sidedness(marks) * _chance_of_company([*marks, *scars])
        yield _sides("one_sided_marks", strength, marks)
    if scars:
        yield _sides("one_sided_scars", _one_sidedness(scars), scars)


def _sides(name: str, strength: float, marks: Sequence[float]) -> Observation:
    sides = "one side only" if abs(math.fsum(marks)) > _MOSTLY * math.fsum(map(abs, marks)) else "both sides"
    return Observation(name, strength, f"marks of editing lie on {sides}")


def _one_sidedness(marks: Sequence[float]) -> float:
    """From −1 (as much on the one side as on the other) to 1 (on one side alone); near 0 for marks of little weight."""
    size = math.fsum(map(abs, marks))
    return (2 * abs(math.fsum(marks)) / size - 1) * min(1.0, size / _LONE_CLUE) if size else 0.0


def _chance_of_company(marks: Sequence[float]) -> float:
    """Chance that two marks, drawn by their weights, are two different ones: 0 for a single mark, near 1 for many."""
    size = math.fsum(map(abs, marks))
    return 1.0 - math.fsum((mark / size) ** 2 for mark in marks) if size else 0.0
