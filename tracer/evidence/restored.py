"""Quotations that a derived article holds in full and its supposed source does not."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tracer.align import Passage, PassageKind, once_per_article
from tracer.evidence.ledger import Observation
from tracer.split import ParsedArticle

RESTORED_WORDS = 4
"""With at least so many words more of a quotation, an article had another source for it."""


@dataclass(frozen=True, slots=True)
class Restored:
    """A shared quotation of which one side has ``words`` more words than the other; ``passage`` is what they share."""

    passage: Passage
    words: int


def restored_quotations(
    upstream: ParsedArticle, derived: ParsedArticle, passages: Sequence[Passage], *, upstream_is_left: bool
) -> list[Restored]:
    """Shared quotations of which ``derived`` holds at least ``RESTORED_WORDS`` words more than ``upstream`` does.

    The upstream article cannot be the derived one's only parent for these. Counted are the words of the quotation
    around a passage that stand in no shared passage at all. ``passages`` are those of the pair, left and right as they
    were found; one that is quoted on one side only says nothing. In reading order, each quotation once; empty when
    nothing was restored. Linear in the articles.
    """
    if not any(passage.left_quoted and passage.right_quoted for passage in passages):
        return []
    exact = [passage for passage in passages if passage.kind is not PassageKind.REWRITTEN]
    places = [(p.left, p.right) if upstream_is_left else (p.right, p.left) for p in exact]
    rests = (
        _rest_of_quotations(upstream, [ours for ours, _ in places]),
        _rest_of_quotations(derived, [theirs for _, theirs in places]),
    )
    found: dict[int, Restored] = {}
    for passage, (ours, theirs) in zip(exact, places, strict=True):
        (_, kept), (quotation, held) = rests[0](ours), rests[1](theirs)
        if passage.left_quoted and passage.right_quoted and held - kept >= RESTORED_WORDS and quotation not in found:
            found[quotation] = Restored(passage, held - kept)
    return list(found.values())


def _rest_of_quotations(parsed: ParsedArticle, places: Sequence[range]) -> Callable[[range], tuple[int, int]]:
    """For a place: the start of the quotation around it, and how many words of that are in none of ``places``."""
    shared = np.zeros(len(parsed.tokens) + 1, dtype=np.int64)
    for place in places:
        shared[place.start + 1 : place.stop + 1] = 1
    shared = np.cumsum(shared)
    quotations = _quotations(parsed)

    def rest(place: range) -> tuple[int, int]:
        index = bisect_right(quotations, place.start, key=lambda words: words.start) - 1
        around = quotations[index] if index >= 0 else range(0)
        if place.start not in around:
            return -1, 0
        return around.start, len(around) - int(shared[around.stop] - shared[around.start])

    return rest


@once_per_article
def _quotations(parsed: ParsedArticle) -> list[range]:
    """The words of each quotation."""
    return [parsed.tokens.within(entry.span) for entry in parsed.split.quotations]


def fuller_on_both_sides(
    left: ParsedArticle, right: ParsedArticle, passages: Sequence[Passage]
) -> Iterator[Observation]:
    """The ``quotes_fuller_both`` sign of a common source: each side holds more of some quotation than the other."""
    on_right = restored_quotations(left, right, passages, upstream_is_left=True)
    on_left = restored_quotations(right, left, passages, upstream_is_left=False) if on_right else []
    if on_left:
        places = f"{len(on_left)} on the left and {len(on_right)} on the right"
        sentence = f"each side holds more of some quotation than the other ({places})"
        shown = on_left[0].passage
        yield Observation("quotes_fuller_both", 1.0, sentence, shown.left_span, shown.right_span)
