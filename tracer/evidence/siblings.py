"""Signs of origin: do two articles look like copies of one text that neither of them is?"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from tracer.align import Passage, PassageKind, once_per_article
from tracer.domain import SourceKind, SourceName
from tracer.evidence.handed_in import is_agency
from tracer.evidence.houses import names_outlet
from tracer.evidence.ledger import Observation
from tracer.evidence.naming import GENERIC_AGENCIES, is_own
from tracer.evidence.overlap import is_narrative
from tracer.evidence.relayed import Relayed, relay_clues, relayed_words
from tracer.evidence.timing import time_order
from tracer.split import CreditKind, ParsedArticle, lookup_name

_WORDS_UNIT = 20


def same_agency(left: ParsedArticle, right: ParsedArticle) -> Iterator[Observation]:
    """The ``same_agency`` sign: both credit one agency, the one with the text, the other with a part of it or both."""
    ours, theirs = _credited_agencies(left), _credited_agencies(right)
    shared = ours & theirs
    if shared:
        yield Observation("same_agency", 1.0, f"both credit {min(shared).name} with text of theirs")


@once_per_article
def _credited_agencies(parsed: ParsedArticle) -> set[SourceName]:
    return {
        name
        for credit in parsed.split.credits
        if credit.kind is not CreditKind.PHOTO
        for name in credit.names
        if name.kind is SourceKind.AGENCY and name.name != GENERIC_AGENCIES and not is_own(parsed, name)
    }


def _is_agency(parsed: ParsedArticle) -> bool:
    own = lookup_name(parsed.article.outlet) if parsed.article.outlet else None
    return is_agency(parsed) or (own is not None and own.kind is SourceKind.AGENCY)


def silent_reprints(
    left: ParsedArticle, right: ParsedArticle, passages: Sequence[Passage], *, is_credited: bool
) -> Iterator[Observation]:
    """The ``silent_reprint`` sign: many words stand unchanged as both sides' own, and neither names the other.

    Newspapers print an agency's text as it comes, whereas who takes another paper's words mostly names it or rewords.
    Says nothing where one side is an agency itself or its outlet is not known.
    """
    nameless = left.article.outlet is None or right.article.outlet is None
    if is_credited or nameless or any(_is_agency(side) for side in (left, right)):
        return
    same = [p for p in passages if p.kind is PassageKind.VERBATIM and is_narrative(left, right, p)]
    words = sum(passage.matched for passage in same)
    if words:
        longest = max(same, key=lambda passage: (passage.matched, -passage.left.start))
        sentence = f"{words} words stand unchanged on both sides, and neither names the other"
        yield Observation(
            "silent_reprint", math.log1p(words / _WORDS_UNIT), sentence, longest.left_span, longest.right_span
        )


def published_apart(left: ParsedArticle, right: ParsedArticle) -> Iterator[Observation]:
    """The ``published_apart`` sign: clients of an agency print its text on one day, others later."""
    for seen in time_order(left.article.published, right.article.published):
        yield Observation("published_apart", abs(seen.strength), seen.sentence)


def told_elsewhere(left: ParsedArticle, right: ParsedArticle, passages: Sequence[Passage]) -> Iterator[Observation]:
    """``outlet_said_both`` and ``outlet_said_one`` as signs of origin: quoted words that a third outlet was told.

    What either side has from the other's own outlet says nothing of a third.
    """
    outlets = [side.article.outlet for side in (left, right) if side.article.outlet]
    found = relayed_words(left, right, passages)
    both, one = (
        tuple(entry for entry in group if not any(names_outlet(entry[1].source, outlet) for outlet in outlets))
        for group in (found.both, found.one)
    )
    yield from relay_clues(Relayed(both, one))
