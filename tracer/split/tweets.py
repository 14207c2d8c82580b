"""Embedded posts of social networks, which carry no quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tracer.domain import SourceKind, SourceName, Span
from tracer.split.lexicon import lookup_name
from tracer.split.parsed import Quotation
from tracer.split.sentences import stripped

_DATE = r"(?:\w{3,9}\.? \d{1,2}, \d{4}|\d{1,2} \w{3,9} \d{4})"
_SIGNATURE = re.compile(rf"[ \t]?(?:—|–|--?|&mdash;)[ \t]?([^\n()@—–]{{1,60}}?) ?\(@(\w{{1,20}})\)(?:[ \t]?{_DATE})?")
_ACCOUNT = re.compile(r"(?:([^\n@()]{1,40}?)\s*)?\(?@(\w{1,20})\)?(?:\s*[:·].{0,30})?")
_MARKED = re.compile(r"@\w|#\w|pic\.twitter\.com/|https?://t\.co/")
_PICTURE = "pic.twitter.com/"
_TWEET_LIMIT = 1200
_LINES_LIMIT = 300
"""Code points of a post that stands in several lines: what the network allows, and its addresses."""
_LINES_BACK = 8


def find_tweets(text: str, lines: Sequence[Span]) -> tuple[Quotation, ...]:
    """Posts told by their layout, in reading order; none overlap. Linear in the text.

    A signature ("— Ann Lee (@annlee) May 3, 2021") ends a post in its paragraph, in the one before, or in the short
    lines before of which one bears a mark of such posts (a name or a tag, an address). An account alone in its line
    ("Ann Lee @annlee") opens one. A paragraph with the address of a posted picture is one.
    """
    found: list[Quotation] = []
    if "(@" in text:
        found += (tweet for number, line in enumerate(lines) for tweet in _signed(text, number, line, lines))
    if "@" in text:
        found += _under_accounts(text, lines)
    if _PICTURE in text:
        found += _with_pictures(text, lines)
    kept: list[Quotation] = []
    for tweet in sorted(found, key=lambda entry: (entry.span.start, -entry.span.stop)):
        if not kept or tweet.span.start >= kept[-1].span.stop:
            kept.append(tweet)
    return tuple(kept)


def _signed(text: str, number: int, line: Span, lines: Sequence[Span]) -> Iterator[Quotation]:
    if text.find("(@", line.start, line.stop) < 0:
        return
    start = line.start
    for signature in _SIGNATURE.finditer(text, line.start, line.stop):
        paragraph, span = number, stripped(text, start, signature.start())
        first = start == line.start
        if not span and first and signature.start() == line.start and number:
            paragraph, span = number - 1, lines[number - 1]
        start = signature.end()
        if not span or len(span) > _TWEET_LIMIT:
            continue
        group = 1 if signature.group(1).strip() else 2
        name = signature.group(group).strip()
        place = Span(signature.start(group), signature.start(group) + len(signature.group(group).rstrip()))
        source = lookup_name(name) or SourceName(name, SourceKind.PERSON)
        for earlier, piece in _lines_before(text, paragraph, span, lines) if first else ():
            yield Quotation(piece, earlier, speaker=source, speaker_span=place, cue="tweet")
        yield Quotation(_less_marks(text, span), paragraph, speaker=source, speaker_span=place, cue="tweet")


def _lines_before(text: str, paragraph: int, span: Span, lines: Sequence[Span]) -> list[tuple[int, Span]]:
    """The paragraphs before the last one of a post that belong to it: back to the farthest with a mark of posts."""
    farthest = paragraph
    for number in range(paragraph - 1, max(-1, paragraph - 1 - _LINES_BACK), -1):
        line = lines[number]
        if span.stop - line.start > _LINES_LIMIT or text[line.stop - 1] == ":" or "(@" in line.of(text):
            break
        if _MARKED.search(text, line.start, line.stop):
            farthest = number
    return [(number, lines[number]) for number in range(farthest, paragraph)]


def _under_accounts(text: str, lines: Sequence[Span]) -> Iterator[Quotation]:
    for number, line in enumerate(lines[:-1]):
        if len(line) > _LINES_LIMIT // 4 or "@" not in line.of(text):
            continue
        account = _ACCOUNT.fullmatch(text, line.start, line.stop)
        below = lines[number + 1]
        if account and len(below) <= _LINES_LIMIT:
            name = (account.group(1) or "").strip() or account.group(2)
            source = lookup_name(name) or SourceName(name, SourceKind.PERSON)
            yield Quotation(below, number + 1, speaker=source, speaker_span=line, cue="tweet")


def _with_pictures(text: str, lines: Sequence[Span]) -> Iterator[Quotation]:
    for number, line in enumerate(lines):
        if len(line) <= _LINES_LIMIT + len(_PICTURE) and text.find(_PICTURE, line.start, line.stop) >= 0:
            yield Quotation(line, number, cue="tweet")


def _less_marks(text: str, span: Span) -> Span:
    start, stop = span.start, span.stop
    while start < stop and text[start] in '“"”':
        start += 1
    while start < stop and text[stop - 1] in '“"”':
        stop -= 1
    return Span(start, stop)
