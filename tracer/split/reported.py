"""Indirect speech: what a sentence says that somebody said, outside quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tracer.domain import Span
from tracer.split.reading import Reading
from tracer.split.speech import Saying

_SHORTEST = 20
_COMMAS = (",", "—", "–")
_COMMA = re.compile("[,—–]")


def find_reported(reading: Reading, sayings: Iterable[Saying]) -> tuple[Span, ...]:
    """Stretches of indirect speech, one at most per sentence, in reading order. Linear.

    Behind a word of saying the rest of its sentence ("Lee said the bridge would close"); before it, where the sentence
    ends in "…, Lee said", all that comes before the speaker. A participle ("warning that …") counts as well.
    """
    found: dict[int, Span] = {}
    for saying in sayings:
        if saying.sentence not in found:
            span = _stretch(reading, saying)
            if span:
                found[saying.sentence] = span
    for span in _behind_participles(reading):
        found.setdefault(reading.sentence_at(span.start), span)
    return tuple(found[index] for index in sorted(found))


def _stretch(reading: Reading, saying: Saying) -> Span | None:
    """What an act of saying reports; ``None`` for too few words, and for one that belongs to a quotation."""
    if saying.after_quote:
        return None  # before anything is searched: of the others all give a stretch but those near the sentence's end
    text, verb = reading.text, saying.span
    sentence = reading.sentences[saying.sentence].span
    behind = sentence.stop - verb.stop
    may_stand_before = verb.start - sentence.start > behind and bool(_COMMA.search(text, sentence.start, verb.start))
    if behind < _SHORTEST and not may_stand_before:
        return None
    if may_stand_before:
        first = min(saying.speaker.span.start, verb.start) if saying.speaker else verb.start
        stands_before = first - sentence.start > behind
        if stands_before and text[sentence.start : first].rstrip().endswith(_COMMAS):
            return Span(sentence.start, first) if first - sentence.start >= _SHORTEST else None
    return Span(verb.stop, sentence.stop) if behind >= _SHORTEST else None


def _behind_participles(reading: Reading) -> Iterator[Span]:
    for match in reading.matches(reading.language.speech.participles):
        if not reading.is_quoted(match.start()):
            sentence = reading.sentences[reading.sentence_at(match.start())].span
            if match.end() + _SHORTEST <= sentence.stop:
                yield Span(match.end(), sentence.stop)
