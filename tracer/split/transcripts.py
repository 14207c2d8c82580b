"""Third-party words without quotation marks: turns of a transcript, and tweets with their signature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tracer.domain import SourceKind, SourceName, Span
from tracer.split.language import Language
from tracer.split.lexicon import lookup_name
from tracer.split.parsed import Quotation
from tracer.split.phrases import CAPITALS
from tracer.split.sentences import stripped

_LABEL = re.compile(rf"([{CAPITALS}][{CAPITALS} .,’'()\"/-]{{0,60}}?)\s?:\s+")
_FEWEST_TURNS = 2
_DATE = r"(?:\w{3,9}\.? \d{1,2}, \d{4}|\d{1,2} \w{3,9} \d{4})"
_SIGNATURE = re.compile(rf"[ \t]?(?:—|–|--?|&mdash;)[ \t]?([^\n()@—–]{{1,60}}?) ?\(@(\w{{1,20}})\)(?:[ \t]?{_DATE})?")
_TWEET_LIMIT = 1200


def find_turns(text: str, lines: Sequence[Span], language: Language) -> tuple[Quotation, ...]:
    """Turns of a transcript: paragraphs behind a label in capitals, when an article has at least two.

    The speaker is the name in the label, in ordinary capitals; ``None`` behind "Q" and the like.
    """
    labels = [(number, line, _LABEL.match(text, line.start, line.stop)) for number, line in enumerate(lines)]
    turns = [
        _turn(number, line, label, language)
        for number, line, label in labels
        if label and label.end() < line.stop and label.group(1).strip() not in language.transcripts.not_speakers.exact
    ]
    return tuple(turns) if len(turns) >= _FEWEST_TURNS else ()


def _turn(number: int, line: Span, label: re.Match[str], language: Language) -> Quotation:
    span = Span(label.end(), line.stop)
    name = re.split(r"[,(]", label.group(1), maxsplit=1)[0].strip()
    place = Span(label.start(1), label.start(1) + len(name))
    source = None if name in language.transcripts.nameless.exact else _speaker(name, language)
    return Quotation(span, number, speaker=source, speaker_span=place, cue="transcript")


def _speaker(label: str, language: Language) -> SourceName:
    known = lookup_name(label) if " " in label else None
    if known:
        return known
    words = [word for word in label.split() if word not in language.people.titles] or label.split()
    return SourceName(" ".join(word.capitalize() for word in words), SourceKind.PERSON)


def find_tweets(text: str, lines: Sequence[Span]) -> tuple[Quotation, ...]:
    """Tweets that end in a signature ("— Ann Lee (@annlee) May 3, 2021"), in the same paragraph or the one before."""
    return tuple(tweet for number, line in enumerate(lines) for tweet in _tweets_in(text, number, line, lines))


def _tweets_in(text: str, number: int, line: Span, lines: Sequence[Span]) -> Iterator[Quotation]:
    if text.find("(@", line.start, line.stop) < 0:
        return
    start = line.start
    for signature in _SIGNATURE.finditer(text, line.start, line.stop):
        paragraph, span = number, stripped(text, start, signature.start())
        if not span and signature.start() == line.start and number:
            paragraph, span = number - 1, lines[number - 1]
        start = signature.end()
        if span and len(span) <= _TWEET_LIMIT:
            name = signature.group(1).strip()
            place = Span(signature.start(1), signature.start(1) + len(signature.group(1).rstrip()))
            source = lookup_name(name) or SourceName(name, SourceKind.PERSON)
            yield Quotation(_less_marks(text, span), paragraph, speaker=source, speaker_span=place, cue="tweet")


def _less_marks(text: str, span: Span) -> Span:
    start, stop = span.start, span.stop
    while start < stop and text[start] in '“"”':
        start += 1
    while start < stop and text[stop - 1] in '“"”':
        stop -= 1
    return Span(start, stop)
