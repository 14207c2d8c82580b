"""Origin and direction: who is upstream, or does an unseen text stand behind both?"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tracer.align import Passage, PassageKind
from tracer.evidence.ledger import Clue, Ledger, Observation, Question
from tracer.evidence.naming import common_credits, credited_outlet, mentions, wire_credit
from tracer.evidence.overlap import Overlap, Owner, ownership
from tracer.evidence.persons import introductions
from tracer.evidence.readings import article_scars, private_typos, substitutions
from tracer.evidence.siblings import published_apart, same_agency, silent_reprints
from tracer.evidence.timing import time_order
from tracer.evidence.weights import Weights
from tracer.split import ParsedArticle

RESOLVED = 0.9
"""A verdict other than ``unresolved`` needs at least this probability."""
_SETTLING = frozenset({"names_other", "quoted_words_of"})
"""Clues that settle a direction alone: one side says in so many words where it has its text from."""
_LONE_CLUE = 2.0
_MOSTLY = 0.5
_TELLING_WEIGHT = 0.1
_NOISY = 0.3
"""Substitutions that point both ways are mostly noise of the model, and say little for siblings."""
_TELLING_WORDS = 8
_MOST_PLACES = 60
_MANY_PLACES = 3
"""One swapped word may be an accident; three in as many places are somebody's hand."""
_FEWEST_SOURCES = 3
_QUOTED_UNIT = 20


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
        """The answer that reaches ``RESOLVED`` in every model of the ensemble on enough evidence, else ``unresolved``.

        A left or right verdict needs two different clues that point its way, one seen in three places, or one that
        settles the matter alone.
        """
        if self.origin.low >= RESOLVED:
            return Direction.COMMON
        return arrow(self.direction, 1 - self.origin.high)


def arrow(direction: Ledger, p_descends: float) -> Direction:
    """Left→right, right→left or unresolved, by a direction ledger alone.

    ``p_descends`` is the least probability that one of the two draws on the other.
    """
    if p_descends * direction.low >= RESOLVED and _is_supported(direction.clues, 1.0):
        return Direction.LEFT
    if p_descends * (1 - direction.high) >= RESOLVED and _is_supported(direction.clues, -1.0):
        return Direction.RIGHT
    return Direction.UNRESOLVED


def _is_supported(clues: Sequence[Clue], sign: float) -> bool:
    """Whether two different clues in different places point one way, one clue in many, or one that settles the matter.

    Clues of next to no weight support nothing.
    """
    pointing = [clue for clue in clues if clue.weight * sign >= _TELLING_WEIGHT]
    if any(clue.name in _SETTLING for clue in pointing):
        return True
    places = Counter(name for name, _, _ in {(clue.name, clue.left, clue.right) for clue in pointing if clue.left})
    return any(count >= _MANY_PLACES for count in places.values()) or any(
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
    direction = weights.weigh(Question.DIRECTION, _direction_observations(left, right, passages, overlap))
    origin = weights.weigh(Question.ORIGIN, _origin_observations(left, right, passages, overlap, direction))
    return Descent(origin, direction)


def _direction_observations(
    left: ParsedArticle, right: ParsedArticle, passages: Sequence[Passage], overlap: Overlap
) -> Iterator[Observation]:
    yield from substitutions(left, right, passages)
    yield from article_scars(left, right, passages)
    yield from private_typos(left, right, passages)
    yield from introductions(left, right)
    yield from credited_outlet(left, right, passages)
    yield from _wire_credit_kept(left, right)
    yield from _quoted_words_of(left, right, passages, overlap)
    yield from time_order(left.article.published, right.article.published)
    yield from _containment(overlap)


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
        strength = math.copysign(_quoted_much(abs(difference)), difference)
        sentence = f"{abs(difference)} words of one side's own stand in quotation marks on the other"
        yield Observation("quoted_words_of", strength, sentence, shown.left_span, shown.right_span)


def _quoted_much(words: int) -> float:
    """1 for some twenty words, 2 for some four hundred."""
    return math.log1p(words) / math.log1p(_QUOTED_UNIT)


def _containment(overlap: Overlap) -> Iterator[Observation]:
    """The side of which less is shared is a little likelier upstream; never enough to resolve anything."""
    difference = overlap.containment_right - overlap.containment_left
    sentence = f"{overlap.containment_left:.0%} of the left and {overlap.containment_right:.0%} of the right are shared"
    yield Observation("containment", difference, sentence)


def _origin_observations(
    left: ParsedArticle, right: ParsedArticle, passages: Sequence[Passage], overlap: Overlap, direction: Ledger
) -> Iterator[Observation]:
    naming = list(credited_outlet(left, right, passages))
    yield from common_credits(left, right, passages)
    yield from same_agency(left, right)
    yield from silent_reprints(left, right, passages, is_credited=bool(naming))
    yield from published_apart(left, right)
    for observation in naming:
        yield replace(observation, strength=1.0)
    yield from _edits_on_both_sides(passages)
    yield from _patchworks(left, right)
    yield from _reordered(passages)
    yield from _one_sided_marks(direction)
    for clue in direction.clues:
        if clue.name == "quoted_words_of":
            lifted = abs(overlap.lifted_left - overlap.lifted_right)
            yield Observation("quoted_words_of", _quoted_much(lifted), clue.sentence, clue.left, clue.right)


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

    ``one_sided_marks`` weighs substitutions; ``one_sided_scars`` the marks that leave no other reading.
    """
    for name, clues in (("one_sided_marks", {"substitution"}), ("one_sided_scars", {"article_scar", "private_typo"})):
        marks = [clue.weight for clue in direction.clues if clue.name in clues]
        total, size = math.fsum(marks), math.fsum(map(abs, marks))
        if size:
            lean = abs(total) / size
            sides = "one side only" if lean > _MOSTLY else "both sides"
            sentence = f"marks of editing lie on {sides}"
            strength = (2 * lean - 1) * min(1.0, size / _LONE_CLUE)
            is_noise = strength < 0 and name == "one_sided_marks"
            yield Observation(name, _NOISY * strength if is_noise else strength, sentence)
