"""Signs of origin: does one side draw on the other, or do both on a text that neither of them is?"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from tracer.align import Passage, PassageKind
from tracer.evidence.given import given_statement
from tracer.evidence.house_style import style_entropy
from tracer.evidence.ledger import Ledger, Observation
from tracer.evidence.naming import common_credits, mentions
from tracer.evidence.overlap import Overlap, lifted_strength
from tracer.evidence.restored import fuller_on_both_sides
from tracer.evidence.siblings import published_apart, same_agency, silent_reprints, told_elsewhere
from tracer.split import ParsedArticle

_LONE_CLUE = 2.0
_MOSTLY = 0.5
_NOISY = 0.3
"""Substitutions that point both ways are mostly noise of the model, and say little for siblings."""
_SCARS = {"one_sided_scars": "article_scar", "one_sided_slips": "private_typo"}
_TELLING_WORDS = 8
_MOST_PLACES = 60
_FEWEST_SOURCES = 3


def origin_observations(
    left: ParsedArticle,
    right: ParsedArticle,
    passages: Sequence[Passage],
    overlap: Overlap,
    naming: Sequence[Observation],
    direction: Ledger,
) -> Iterator[Observation]:
    """What speaks for, and against, a source that neither side is.

    ``naming`` says which side names the other's outlet; ``direction`` is the pair's direction ledger.
    """
    yield from common_credits(left, right, passages)
    yield from same_agency(left, right)
    yield from silent_reprints(left, right, passages, is_credited=bool(naming))
    yield from published_apart(left, right)
    yield from told_elsewhere(left, right, passages)
    for observation in (*naming, *given_statement(left, right)):
        yield observation._replace(strength=1.0)
    yield from _edits_on_both_sides(passages)
    yield from _patchworks(left, right)
    yield from _reordered(passages)
    yield from style_entropy(left, right)
    yield from fuller_on_both_sides(left, right, passages)
    yield from _one_sided_marks(direction)
    for clue in direction.clues:
        if clue.name == "quoted_words_of":
            lifted = abs(overlap.lifted_left - overlap.lifted_right)
            yield Observation("quoted_words_of", lifted_strength(lifted), clue.sentence, clue.left, clue.right)


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

    ``one_sided_marks`` weighs substitutions, but a mark without company says nothing, for it is always on one side, and
    where a scar tells who rewrote, marks on both sides are noise;
    ``one_sided_scars`` weighs what only rewriting leaves; ``one_sided_slips`` weighs slips, which a sibling that copies
    the common source makes as easily.
    """
    marks = [clue.weight for clue in direction.clues if clue.name == "substitution"]
    scars = {name: [clue.weight for clue in direction.clues if clue.name == scar] for name, scar in _SCARS.items()}
    if marks:
        noise = 1.0 if _one_sidedness(marks) > 0 else _NOISY
        company = [*marks, *(weight for found in scars.values() for weight in found)]
        strength = noise * _one_sidedness(marks) * _chance_of_company(company)
        if strength > 0 or not scars["one_sided_scars"]:
            yield _sides("one_sided_marks", strength, marks)
    for name, found in scars.items():
        if found:
            yield _sides(name, _one_sidedness(found), found)


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
