"""Indirect speech: what a sentence says that somebody said, outside quotation marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tracer.domain import Span
from tracer.split.reading import Reading
from tracer.split.speech import Saying

_SHORTEST = 20
_COMMAS = (",", "—", "–")


def find_reported(reading: Reading, sayings: Iterable[Saying]) -> tuple[Span, ...]:
    """Stretches of indirect speech, one at most per sentence, in reading order. Linear.

    Behind a word of saying the rest of its sentence ("Lee said the bridge would close"); before it, where the sentence
    ends in "…, Lee said", all that comes before the speaker. A participle ("warning that …") counts as well.
    """
    found: dict[int, Span] = {}
    for saying in sayings:
        if saying.sentence not in found and not saying.after_quote:
            span = _stretch(reading, saying)
            if len(span) >= _SHORTEST:
                found[saying.sentence] = span
    for span in _behind_participles(reading):
        found.setdefault(reading.sentence_at(span.start), span)
    return tuple(found[index] for index in sorted(found))


def _stretch(reading: Reading, saying: Saying) -> Span:
    sentence = reading.sentences[saying.sentence].span
    subject = saying.speaker.span if saying.speaker else saying.span
    first = min(subject.start, saying.span.start)
    before = reading.text[sentence.start : first].rstrip()
    if before.endswith(_COMMAS) and first - sentence.start > sentence.stop - saying.span.stop:
        return Span(sentence.start, first)
    return Span(saying.span.stop, max(saying.span.stop, sentence.stop))


def _behind_participles(reading: Reading) -> Iterator[Span]:
    for match in reading.matches(reading.language.speech.participles):
        if not reading.is_quoted(match.start()):
            sentence = reading.sentences[reading.sentence_at(match.start())].span
            if match.end() + _SHORTEST <= sentence.stop:
                yield Span(match.end(), sentence.stop)
