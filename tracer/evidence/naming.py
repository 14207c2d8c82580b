"""Clues from who names whom: credits and attributions that name the other outlet, or the same third source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracer.align import Passage, once_per_article
from tracer.domain import SourceKind, SourceName, Span
from tracer.evidence.handed_in import is_statement
from tracer.evidence.houses import Key, is_of_house, is_same_house, keys_of_outlet, keys_of_source, names_outlet
from tracer.evidence.ledger import Observation
from tracer.split import (
    CreditKind,
    ParsedArticle,
    is_ordinary_word,
    lookup_name,
    reads_as_attribution,
    spellings_of,
)

TEXT_CREDITS = frozenset({CreditKind.BYLINE, CreditKind.DATELINE, CreditKind.CREDIT_LINE, CreditKind.METADATA})
"""Credits that claim the text as a whole; a contribution or a photo credit does not."""
GENERIC_AGENCIES = "agencies"
_PRESS = frozenset({SourceKind.AGENCY, SourceKind.OUTLET})
PUBLIC_CUES = frozenset({"statement", "tweet", "speech"})
"""Cues of quotations whose words anybody could have read or heard."""
_NEARBY = 250
_FEWEST_WORDS = 6
_FEWEST_TELLING = 8
_CREDIT_LEADS = frozenset({", ", "— ", "– ", "- ", " ("})


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an article names a source; ``whole`` when the credit is for the article, not a sentence."""

    source: SourceName
    span: Span
    whole: bool


def mentions(parsed: ParsedArticle) -> list[Mention]:
    """All sources an article credits or attributes to, photo credits and its own outlet left out, in reading order."""
    return list(_mentions(parsed))


@once_per_article
def _mentions(parsed: ParsedArticle) -> tuple[Mention, ...]:
    found = [
        Mention(name, credit.span, credit.kind in TEXT_CREDITS)
        for credit in parsed.split.credits
        if credit.kind is not CreditKind.PHOTO
        for name in credit.names
    ]
    found += [Mention(entry.source, entry.span, whole=False) for entry in parsed.split.attributions]
    found = [mention for mention in found if not is_own(parsed, mention.source)]
    return tuple(sorted(found, key=lambda mention: (mention.span, mention.source, mention.whole)))


def is_own(parsed: ParsedArticle, source: SourceName) -> bool:
    """Whether a source is the article's own outlet."""
    outlet = parsed.article.outlet
    return outlet is not None and is_of_house(outlet, source)


@once_per_article
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
    return _own_agency(parsed)


def credited_outlet(left: ParsedArticle, right: ParsedArticle, passages: Sequence[Passage]) -> Iterator[Observation]:
    """One side names the other's outlet; signed for direction, positive when the right side names the left's.

    ``names_other``: in a credit for its text, or in an attribution within ``_NEARBY`` code points of words that the
    two share. ``name_nearby``: so close to shared words without any wording of attribution.
    ``names_elsewhere``: in a credit or attribution elsewhere, which may well be about something else. ``self_named``:
    the name stands inside the shared words ("told the Courier"), which therefore were the Courier's. A statement speaks
    of its issuer all along: that name inside the shared words is no credit to it, and counts for nothing.
    """
    if is_same_outlet(left, right):
        return
    for namer, named, sign in ((right, left, 1.0), (left, right, -1.0)):
        outlet = named.article.outlet
        if outlet is None:
            continue
        is_source = not keys_of_outlet(outlet).isdisjoint(_keys_named(namer))
        shared = [p.right_span if sign > 0 else p.left_span for p in passages if p.matched >= _FEWEST_WORDS]
        taken = shared if is_statement(named) else []
        clue, span = "names_other", _credit_of(namer, outlet, shared, taken) if is_source else None
        if span is None:
            clue, span = _named_nearby(namer, outlet, shared, taken)
        if span is None and is_source:
            found = (mention.span for mention in _mentions(namer) if names_outlet(mention.source, outlet))
            clue, span = "names_elsewhere", next((place for place in found if not _is_inside(place, taken)), None)
        if span is not None:
            words = " ".join(span.of(namer.article.text).split()) or "byline"
            spans = (None, span) if sign > 0 else (span, None)
            yield Observation(clue, sign, f"“{words}” names {outlet} as a source", *spans)
            if any(passage.contains(span) for passage in shared):
                yield Observation(
                    "self_named", sign, f"the shared words themselves speak of {outlet}: “{words}”", *spans
                )


@once_per_article
def _keys_named(parsed: ParsedArticle) -> frozenset[Key]:
    """The keys of all sources that an article credits or attributes to."""
    return frozenset[Key]().union(*(keys_of_source(mention.source.name) for mention in _mentions(parsed)))


def is_same_outlet(left: ParsedArticle, right: ParsedArticle) -> bool:
    """Whether both articles say they are of one outlet."""
    ours, theirs = left.article.outlet, right.article.outlet
    return ours is not None and theirs is not None and is_same_house(ours, theirs)


def _is_inside(place: Span, words: Iterable[Span]) -> bool:
    return any(span.contains(place) for span in words)


def _credit_of(namer: ParsedArticle, outlet: str, shared: Sequence[Span], taken: Sequence[Span]) -> Span | None:
    """A credit for the text, or for what is close to shared words, outside the words that are ``taken``."""
    for mention in _mentions(namer):
        if (
            names_outlet(mention.source, outlet)
            and (mention.whole or any(is_near(mention.span, span) for span in shared))
            and not _is_inside(mention.span, taken)
        ):
            return mention.span
    return None


def _named_nearby(
    namer: ParsedArticle, outlet: str, shared: Sequence[Span], taken: Sequence[Span]
) -> tuple[str, Span | None]:
    """The name of an outlet close to shared words, one with a cue of attribution if there is any, and its clue."""
    places = _names_nearby(namer, outlet, shared, taken) if shared else []
    text, language = namer.article.text, namer.split.language
    attributed = next((span for span in places if reads_as_attribution(text, span, language)), None)
    return ("names_other", attributed) if attributed else ("name_nearby", places[0] if places else None)


def _names_nearby(namer: ParsedArticle, outlet: str, shared: Iterable[Span], taken: Sequence[Span]) -> list[Span]:
    text, spellings = namer.article.text, spellings_of(outlet)

    def counts(place: int, name: str) -> bool:
        return _stands_as_name(text, place, name) and not _is_inside(Span(place, place + len(name)), taken)

    found = []
    for first, last in sorted((span.start, span.stop) for span in shared):
        start, stop = max(0, first - _NEARBY), last + _NEARBY
        for name in spellings:
            place = text.find(name, start, stop)
            while place >= 0 and not counts(place, name):
                place = text.find(name, place + 1, stop)
            if place >= 0:
                found.append(Span(place, place + len(name)))
                break
    return found


def _stands_as_name(text: str, place: int, name: str) -> bool:
    """Whether a spelling stands as a word of its own; one that is an ordinary word too, as a credit after a comma."""
    before, after = text[max(0, place - 2) : place], text[place + len(name) : place + len(name) + 1]
    if before[-1:].isalnum() or after.isalnum():
        return False
    return not is_ordinary_word(name) or before in _CREDIT_LEADS


def common_credits(left: ParsedArticle, right: ParsedArticle, passages: Sequence[Passage]) -> Iterator[Observation]:
    """Clues from a third source that both sides name.

    ``same_wire``: both say they are the text of one agency. ``same_source_here``: both name one agency or outlet close
    to words that they share. ``same_source``: both name one somewhere else. ``agency_helped``: just one side credits
    an agency with its text or a part of it. ``agency_itself``: just one side is an agency's own article.
    """
    ours, theirs = _claims(left), _claims(right)
    wire = ours.wire if ours.wire == theirs.wire else None
    if wire is not None and wire not in (ours.agency, theirs.agency):
        yield Observation("same_wire", 1.0, f"both carry the credit of {wire.name}")
    shared = (ours.named.keys() & theirs.named.keys()) - {wire}
    own = [
        passage
        for passage in (passages if shared else ())
        if not (is_given_out(left, passage.left_span) or is_given_out(right, passage.right_span))
    ]
    for source in sorted(shared):
        near = _both_near(ours.named[source], theirs.named[source], own)
        spans = near or (ours.named[source][0], theirs.named[source][0])
        clue, where = ("same_source_here", "close to words that they share") if near else ("same_source", "as a source")
        yield Observation(clue, 1.0, f"both name {source.name} {where}", *spans)
    helped = ours.helping ^ theirs.helping
    others = helped - {ours.agency, theirs.agency}
    if others:
        yield Observation("agency_helped", 1.0, f"one side credits {min(others).name} with its text or a part of it")
    elif helped:
        yield Observation("agency_itself", 1.0, f"one side is {min(helped).name} itself, whose text reaches many")


@dataclass(frozen=True, slots=True)
class _Claims:
    """What an article says of third sources.

    ``wire`` is its :func:`wire_credit`, ``agency`` its own outlet if that is one. ``named`` are the places where it
    names an agency or outlet for what is that source's own, not for a statement that it was sent. ``helping`` are the
    agencies that it credits with its text or a part of it; its own outlet counts when it is an agency.
    """

    wire: SourceName | None
    agency: SourceName | None
    named: Mapping[SourceName, Sequence[Span]]
    helping: frozenset[SourceName]


@once_per_article
def _claims(parsed: ParsedArticle) -> _Claims:
    public = {entry.span for entry in parsed.split.attributions if entry.public}
    named: dict[SourceName, list[Span]] = {}
    for mention in _mentions(parsed):
        source = mention.source
        if mention.span not in public and source.kind in _PRESS and source.name != GENERIC_AGENCIES:
            named.setdefault(source, []).append(mention.span)
    credited = {
        name
        for credit in parsed.split.credits
        if credit.kind is not CreditKind.PHOTO
        for name in credit.names
        if name.kind is SourceKind.AGENCY and name.name != GENERIC_AGENCIES
    }
    own = _own_agency(parsed)
    return _Claims(wire_credit(parsed), own, named, frozenset(credited if own is None else {*credited, own}))


def is_given_out(parsed: ParsedArticle, words: Span) -> bool:
    """Whether words stand in a quotation that the text says was a statement, a tweet or a speech."""
    quotations = parsed.split.quotations
    first = bisect_right(quotations, words.start, key=lambda quotation: quotation.span.stop)
    inside = first < len(quotations) and quotations[first].span.overlaps(words)
    return inside and quotations[first].cue in PUBLIC_CUES


def _both_near(ours: Sequence[Span], theirs: Sequence[Span], passages: Sequence[Passage]) -> tuple[Span, Span] | None:
    for passage in passages:
        left = next((span for span in ours if is_near(span, passage.left_span)), None)
        right = next((span for span in theirs if is_near(span, passage.right_span)), None)
        if passage.matched >= _FEWEST_TELLING and left is not None and right is not None:
            return left, right
    return None


def is_near(span: Span, other: Span) -> bool:
    """Whether two stretches of one text lie within ``_NEARBY`` code points of each other, or overlap."""
    return max(span.start, other.start) - min(span.stop, other.stop) <= _NEARBY


def _own_agency(parsed: ParsedArticle) -> SourceName | None:
    own = lookup_name(parsed.article.outlet) if parsed.article.outlet else None
    return own if own is not None and own.kind is SourceKind.AGENCY else None
