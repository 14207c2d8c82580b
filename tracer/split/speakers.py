"""Which act of saying each quotation belongs to, and so who speaks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tracer.domain import SourceKind, SourceName, Span
from tracer.split.parsed import Quotation
from tracer.split.quotations import Stretch
from tracer.split.reading import Reading
from tracer.split.speech import Saying


def attribute_quotations(reading: Reading, sayings: Iterable[Saying]) -> tuple[Quotation, ...]:
    """A quotation for each stretch, with its speaker where the text gives one.

    A quotation belongs to the act of saying right behind it, else to the last one before it in its sentence, else to
    the first behind it in its sentence. A quotation that begins a sentence and has none takes the speaker of its
    paragraph when that names exactly one. A pronoun stands for the one person named as speaker earlier in its
    paragraph; with none or several it stays unresolved.
    """
    by_paragraph = _by_paragraph(sayings, reading)
    found = [_quotation(stretch, by_paragraph.get(stretch.paragraph, ()), reading) for stretch in reading.stretches]
    return tuple(_share_across_paragraphs(reading.stretches, found))


def _by_paragraph(sayings: Iterable[Saying], reading: Reading) -> Mapping[int, Sequence[Saying]]:
    grouped: dict[int, list[Saying]] = {}
    for saying in sayings:
        grouped.setdefault(reading.sentences[saying.sentence].paragraph, []).append(saying)
    return grouped


def _quotation(stretch: Stretch, sayings: Sequence[Saying], reading: Reading) -> Quotation:
    bare = Quotation(stretch.span, stretch.paragraph, stretch.closed)
    saying = _saying_of(stretch, sayings, reading)
    if saying is None:
        return _continuation(bare, stretch, sayings, reading)
    if saying.speaker is None:
        return replace(bare, cue=saying.cue)
    speaker = saying.speaker
    source, institution = speaker.source, speaker.institution
    if speaker.pronoun:
        before = _named([other for other in sayings if other.span.start < speaker.span.start])
        if len(before) == 1:
            source, institution = next(iter(before.items()))
    return replace(bare, speaker=source, speaker_span=speaker.span, cue=saying.cue, institution=institution)


def _saying_of(stretch: Stretch, sayings: Sequence[Saying], reading: Reading) -> Saying | None:
    first = reading.sentence_at(stretch.outer.start)
    last = reading.sentence_at(max(stretch.outer.start, stretch.outer.stop - 1))
    behind = [saying for saying in sayings if saying.span.start >= stretch.outer.stop and saying.sentence == last]
    if behind and behind[0].after_quote and reading.stretch_before(behind[0].span.start) is stretch:
        return behind[0]
    before = [saying for saying in sayings if saying.span.start < stretch.outer.start and saying.sentence == first]
    with_subject = [saying for saying in before if saying.speaker]
    if with_subject:
        return with_subject[-1]
    return next((saying for saying in behind if saying.speaker), None)


def _continuation(bare: Quotation, stretch: Stretch, sayings: Sequence[Saying], reading: Reading) -> Quotation:
    sentence = reading.sentences[reading.sentence_at(stretch.outer.start)].span
    named = _named(sayings)
    if sentence.start != stretch.outer.start or len(named) != 1:
        return bare
    source, institution = next(iter(named.items()))
    earlier = [saying for saying in sayings if saying.speaker and saying.span.start < stretch.outer.start]
    if not earlier:
        return bare
    return replace(
        bare, speaker=source, speaker_span=_span_of(source, earlier), cue=earlier[-1].cue, institution=institution
    )


def _span_of(source: SourceName, sayings: Sequence[Saying]) -> Span | None:
    spans = [saying.speaker.span for saying in sayings if saying.speaker and saying.speaker.source == source]
    return spans[-1] if spans else None


def _named(sayings: Sequence[Saying]) -> dict[SourceName, SourceName | None]:
    """The speakers that acts of saying name, each with its institution; a surname alone is the full name before it."""
    named: dict[SourceName, SourceName | None] = {}
    for saying in sayings:
        speaker = saying.speaker
        if speaker is None or speaker.source is None or speaker.pronoun:
            continue
        source = speaker.source
        if source.kind is SourceKind.PERSON:
            source = next((known for known in named if known.name.endswith(" " + source.name)), source)
        named[source] = named.get(source) or speaker.institution
    return named


def _share_across_paragraphs(stretches: Sequence[Stretch], found: Sequence[Quotation]) -> list[Quotation]:
    """A quotation that runs over paragraphs has one speaker: whichever part names one."""
    shared = list(found)
    for at in range(1, len(shared)):
        if stretches[at].continues and shared[at].speaker is None and shared[at - 1].speaker:
            shared[at] = _with_speaker_of(shared[at], shared[at - 1])
    for at in range(len(shared) - 1, 0, -1):
        if stretches[at].continues and shared[at - 1].speaker is None and shared[at].speaker:
            shared[at - 1] = _with_speaker_of(shared[at - 1], shared[at])
    return shared


def _with_speaker_of(quotation: Quotation, other: Quotation) -> Quotation:
    return replace(
        quotation,
        speaker=other.speaker,
        speaker_span=other.speaker_span,
        cue=quotation.cue or other.cue,
        institution=other.institution,
    )
