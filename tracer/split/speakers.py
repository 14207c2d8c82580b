"""Which act of saying each quotation belongs to, and so who speaks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tracer.domain import SourceKind, SourceName, Span
from tracer.split.parsed import Quotation
from tracer.split.quotations import Stretch
from tracer.split.reading import Reading
from tracer.split.speech import Saying

_OF_PERSONS = frozenset({"he", "she", "i"})
_OF_THINGS = "it"


@dataclass(frozen=True, slots=True)
class _Named:
    """The speakers named so far in a paragraph: none, one, or ``several``; and where the last name stood.

    ``last`` is the last act of saying with a speaker, be it only a pronoun.
    """

    source: SourceName | None = None
    institution: SourceName | None = None
    span: Span | None = None
    several: bool = False
    last: Saying | None = None

    def with_saying(self, saying: Saying) -> _Named:
        """The state behind one more act of saying; a surname alone is the full name before it."""
        speaker = saying.speaker
        if speaker is None:
            return self
        source = speaker.source
        if source is None or speaker.pronoun:
            return replace(self, last=saying)
        if self.source is None:
            return _Named(source, speaker.institution, speaker.span, last=saying)
        by_surname = source.kind is SourceKind.PERSON and self.source.name.endswith(" " + source.name)
        if source != self.source and not by_surname:
            return replace(self, several=True, last=saying)
        return replace(self, institution=self.institution or speaker.institution, span=speaker.span, last=saying)

    @property
    def only(self) -> SourceName | None:
        return None if self.several else self.source


_NOBODY = _Named()


class _Sayings:
    """The acts of saying of one paragraph, with lookups by place that read no speaker but those they must."""

    def __init__(self, sayings: Sequence[Saying]) -> None:
        self.sayings = sayings
        self._starts = [saying.span.start for saying in sayings]
        self._sentences = [saying.sentence for saying in sayings]
        self._named = [_NOBODY]
        self._subjects: dict[int, Sequence[int]] = {}

    def number_before(self, place: int) -> int:
        """How many acts of saying begin before ``place``."""
        return bisect_left(self._starts, place)

    def subjects_of(self, sentence: int) -> Sequence[int]:
        """Which of the acts of saying in one sentence have a speaker, in order."""
        known = self._subjects.get(sentence)
        if known is None:
            first, stop = bisect_left(self._sentences, sentence), bisect_right(self._sentences, sentence)
            known = [index for index in range(first, stop) if self.sayings[index].speaker]
            self._subjects[sentence] = known
        return known

    def named_before(self, number: int) -> _Named:
        """Who has been named as a speaker by the first ``number`` acts of saying."""
        for saying in self.sayings[len(self._named) - 1 : number]:
            self._named.append(self._named[-1].with_saying(saying))
        return self._named[number]


def attribute_quotations(reading: Reading, sayings: Iterable[Saying]) -> tuple[Quotation, ...]:
    """A quotation for each stretch, with its speaker where the text gives one.

    A quotation belongs to the act of saying right behind it, else to the last one before it in its sentence, else to
    the first behind it in its sentence. A quotation that begins a sentence and has none takes the speaker of its
    paragraph when that names exactly one; one that begins a paragraph takes the speaker of the line before when that
    hands over with a colon ("Lee went on:"). A pronoun stands for the one person named as speaker earlier in its
    paragraph; with none or several it stays unresolved.
    """
    quoting = {stretch.paragraph for stretch in reading.stretches}
    leads = {paragraph: _lead(paragraph, reading) for paragraph in quoting}
    quoting.update(leads.values())
    grouped: dict[int, list[Saying]] = {}
    for saying in sayings:
        paragraph = reading.sentences[saying.sentence].paragraph
        if paragraph in quoting:
            grouped.setdefault(paragraph, []).append(saying)
    by_paragraph = {paragraph: _Sayings(found) for paragraph, found in grouped.items()}
    nobody = _Sayings(())
    found = [
        _quotation(
            stretch,
            by_paragraph.get(stretch.paragraph, nobody),
            by_paragraph.get(leads[stretch.paragraph], nobody),
            reading,
        )
        for stretch in reading.stretches
    ]
    return tuple(_share_across_paragraphs(reading.stretches, found))


def _lead(paragraph: int, reading: Reading) -> int:
    """The paragraph before, when it hands over to this one with a colon; else -1."""
    before = paragraph - 1
    return before if before >= 0 and reading.text[reading.lines[before].stop - 1] == ":" else -1


def _quotation(stretch: Stretch, sayings: _Sayings, lead: _Sayings, reading: Reading) -> Quotation:
    span, paragraph, closed = stretch.span, stretch.paragraph, stretch.closed
    saying = _saying_of(stretch, sayings, reading) if sayings.sayings else None
    if saying is None and lead.sayings and stretch.outer.start == reading.lines[paragraph].start:
        saying = _handing_over(lead, reading, paragraph)
        sayings = lead if saying else sayings
    if saying is None:
        return _continuation(Quotation(span, paragraph, closed), stretch, sayings, reading)
    if saying.speaker is None:
        return Quotation(span, paragraph, closed, cue=saying.cue)
    speaker = saying.speaker
    source, institution = speaker.source, speaker.institution
    if speaker.pronoun:
        before = sayings.named_before(sayings.number_before(speaker.span.start))
        if before.only and _may_stand_for(speaker.span.of(reading.text), before.only):
            source, institution = before.only, before.institution
    return Quotation(span, paragraph, closed, source, speaker.span, saying.cue, institution)


def _may_stand_for(pronoun: str, source: SourceName) -> bool:
    """Whether a pronoun can mean a source: "it" means no person, "he" nothing else."""
    if pronoun.lower() in _OF_PERSONS:
        return source.kind is SourceKind.PERSON
    return pronoun.lower() != _OF_THINGS or source.kind is not SourceKind.PERSON


def _saying_of(stretch: Stretch, found: _Sayings, reading: Reading) -> Saying | None:
    first = reading.sentence_at(stretch.outer.start)
    last = reading.sentence_at(max(stretch.outer.start, stretch.outer.stop - 1))
    behind = found.number_before(stretch.outer.stop)
    if behind < len(found.sayings):
        next_one = found.sayings[behind]
        same_place = next_one.sentence == last and reading.stretch_before(next_one.span.start) is stretch
        if same_place and next_one.after_quote:
            return next_one
    subjects = found.subjects_of(first)
    before = bisect_left(subjects, found.number_before(stretch.outer.start))
    if before:
        return found.sayings[subjects[before - 1]]
    subjects = found.subjects_of(last)
    after = bisect_left(subjects, behind)
    return found.sayings[subjects[after]] if after < len(subjects) else None


def _handing_over(lead: _Sayings, reading: Reading, paragraph: int) -> Saying | None:
    """The last act of saying with a speaker in the sentence that ends with the colon."""
    subjects = lead.subjects_of(reading.sentence_at(reading.lines[paragraph - 1].stop - 1))
    return lead.sayings[subjects[-1]] if subjects else None


def _continuation(bare: Quotation, stretch: Stretch, found: _Sayings, reading: Reading) -> Quotation:
    sentence = reading.sentences[reading.sentence_at(stretch.outer.start)].span
    if sentence.start != stretch.outer.start or not found.sayings:
        return bare
    before = found.named_before(found.number_before(stretch.outer.start))
    if before.only is None or before.last is None:
        return bare
    all_named = found.named_before(len(found.sayings))
    if all_named.several:
        return bare
    speaker, place, institution = before.only, before.span, all_named.institution
    return replace(bare, speaker=speaker, speaker_span=place, cue=before.last.cue, institution=institution)


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
