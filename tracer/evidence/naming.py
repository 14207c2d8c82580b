"""Clues from who names whom: credits and attributions that name the other outlet, or the same third source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tracer.domain import SourceKind, SourceName, Span
from tracer.evidence.ledger import Observation
from tracer.split import CreditKind, ParsedArticle, lookup_name, same_source

TEXT_CREDITS = frozenset({CreditKind.BYLINE, CreditKind.DATELINE, CreditKind.CREDIT_LINE})
"""Credits that claim the text as a whole; a contribution or a photo credit does not."""
GENERIC_AGENCIES = "agencies"


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an article names a source; ``whole`` when the credit is for the article, not a sentence."""

    source: SourceName
    span: Span
    whole: bool


def mentions(parsed: ParsedArticle) -> list[Mention]:
    """All sources an article credits or attributes to, photo credits and its own outlet left out, in reading order."""
    found = [
        Mention(name, credit.span, credit.kind in TEXT_CREDITS)
        for credit in parsed.split.credits
        if credit.kind is not CreditKind.PHOTO
        for name in credit.names
    ]
    found += [Mention(entry.source, entry.span, whole=False) for entry in parsed.split.attributions]
    found = [mention for mention in found if not is_own(parsed, mention.source)]
    return sorted(found, key=lambda mention: (mention.span, mention.source, mention.whole))


def is_own(parsed: ParsedArticle, source: SourceName) -> bool:
    """Whether a source is the article's own outlet."""
    outlet = parsed.article.outlet
    return outlet is not None and names_outlet(source, outlet)


def names_outlet(source: SourceName, outlet: str) -> bool:
    """Whether a source name and an outlet's name mean the same house."""
    known = lookup_name(outlet)
    return (known is not None and known.name == source.name) or same_source(source.name, outlet)


def wire_credit(parsed: ParsedArticle) -> SourceName | None:
    """The agency whose text the article says it is, by byline, dateline or credit line; the last named one.

    In "IANS/EFE" the last is the author, the first the distributor. An agency's own article counts as credited to it.
    """
    for credit in reversed(parsed.split.credits):
        if credit.kind in TEXT_CREDITS:
            agencies = [
                name for name in credit.names if name.kind is SourceKind.AGENCY and name.name != GENERIC_AGENCIES
            ]
            if agencies:
                return agencies[-1]
    own = lookup_name(parsed.article.outlet) if parsed.article.outlet else None
    return own if own is not None and own.kind is SourceKind.AGENCY else None


def credited_outlet(left: ParsedArticle, right: ParsedArticle) -> Iterator[Observation]:
    """The ``names_other`` clue, signed for direction: one side names the other's outlet as its source."""
    for namer, named, sign in ((right, left, 1.0), (left, right, -1.0)):
        outlet = named.article.outlet
        if outlet is None:
            continue
        for mention in mentions(namer):
            if names_outlet(mention.source, outlet):
                words = mention.span.of(namer.article.text) or mention.source.name
                sentence = f"“{words}” names {outlet} as a source"
                spans = (None, mention.span) if sign > 0 else (mention.span, None)
                yield Observation("names_other", sign, sentence, *spans)
                break


def common_credits(left: ParsedArticle, right: ParsedArticle) -> Iterator[Observation]:
    """The ``same_wire`` clue: both say they are the text of one agency; ``same_source``: both name one third outlet."""
    ours, theirs = wire_credit(left), wire_credit(right)
    if ours is not None and ours == theirs:
        yield Observation("same_wire", 1.0, f"both carry the credit of {ours.name}")
    left_named = {mention.source: mention.span for mention in reversed(mentions(left))}
    right_named = {mention.source: mention.span for mention in reversed(mentions(right))}
    for source in sorted(left_named.keys() & right_named.keys()):
        if source.kind in {SourceKind.AGENCY, SourceKind.OUTLET} and source.name != GENERIC_AGENCIES:
            sentence = f"both name {source.name} as a source"
            yield Observation("same_source", 1.0, sentence, left_named[source], right_named[source])
