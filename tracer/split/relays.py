"""Quoted words that an article has from an outlet: said to its reporter, or written by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tracer.domain import SourceKind, SourceName, Span
from tracer.split.lexicon import is_broadcaster
from tracer.split.parsed import Attribution, Quotation, Relay
from tracer.split.reading import Reading

_MEDIA = frozenset({SourceKind.AGENCY, SourceKind.OUTLET})
_CUES = frozenset({"told", "according_to", "reported", "said", "via"})
_PUBLIC = frozenset({"statement", "tweet", "speech"})
_CARRIES_ON = 2
"""Paragraphs over which a speaker goes on talking to the same outlet without its being named again."""
_SHORTEST_SPEECH = 30  # code points: a shorter quotation is a phrase picked out


def find_relays(
    reading: Reading, quotations: Sequence[Quotation], attributions: Sequence[Attribution]
) -> tuple[Relay, ...]:
    """For each quotation that an article has from an outlet: which, in reading order.

    An outlet is credited when it is the speaker, when the speaker is its journalist, or when an attribution to it
    stands in a sentence of the quotation or right before it. What the same speaker says next belongs to it too, for up
    to two paragraphs, and the turns of a transcript belong to the one outlet that the article says the interview was
    with. Words that were made public (a statement, a tweet, a speech, documents) do not count, nor does what is said on
    radio or television, which anybody can hear. Linear in the article.
    """
    credited = [entry for entry in attributions if _is_credit(entry)]
    if not credited and not any(_names_media(quotation) for quotation in quotations):
        return ()
    return tuple(relay for relay in _relays(reading, quotations, credited) if not is_broadcaster(relay.source))


def _names_media(quotation: Quotation) -> bool:
    """Whether an outlet or an agency speaks, or somebody for one."""
    speaker, institution = quotation.speaker, quotation.institution
    return (speaker is not None and speaker.kind in _MEDIA) or (institution is not None and institution.kind in _MEDIA)


def _is_credit(entry: Attribution) -> bool:
    return entry.source.kind in _MEDIA and entry.cue in _CUES and not entry.public


def _relays(reading: Reading, quotations: Sequence[Quotation], credited: Sequence[Attribution]) -> Iterator[Relay]:
    by_sentence: dict[int, Attribution] = {}
    for entry in credited:
        by_sentence.setdefault(entry.sentence, entry)
    interviews = reading.sentences_with(reading.language.attributions.interviews) if credited else frozenset()
    interviewer = _interviewer(credited, interviews)
    last: tuple[Quotation, SourceName, Span] | None = None
    for quotation in quotations:
        if quotation.cue in _PUBLIC:
            last = None
            continue
        credit = interviewer if quotation.cue == "transcript" else _credit(reading, quotation, by_sentence, interviews)
        if credit is None and last and _goes_on(last[0], quotation):
            credit = last[1:]
        if credit:
            yield Relay(quotation.span, credit[0], credit[1])
            last = (quotation, *credit) if len(quotation.span) >= _SHORTEST_SPEECH else None
        elif quotation.speaker is not None:
            last = None


def _credit(
    reading: Reading, quotation: Quotation, by_sentence: Mapping[int, Attribution], interviews: frozenset[int]
) -> tuple[SourceName, Span] | None:
    for source in (quotation.speaker, quotation.institution):
        if source is not None and source.kind in _MEDIA:
            return source, quotation.speaker_span or quotation.span
    first = reading.sentence_at(quotation.span.start)
    last = reading.sentence_at(max(quotation.span.start, quotation.span.stop - 1))
    leads = (first - 1,) if first and _leads_in(reading, first, interviews) else ()
    found = next((by_sentence[index] for index in (last, first, *leads) if index in by_sentence), None)
    return (found.source, found.span) if found else None


def _leads_in(reading: Reading, sentence: int, interviews: frozenset[int]) -> bool:
    """Whether the sentence before hands over to a quotation in this one: by a colon, or as one paragraph's next."""
    before, here = reading.sentences[sentence - 1], reading.sentences[sentence]
    hands_over = reading.text[before.span.stop - 1] == ":" or sentence - 1 in interviews
    return before.paragraph == here.paragraph or hands_over


def _goes_on(before: Quotation, quotation: Quotation) -> bool:
    if quotation.speaker is None:
        return quotation.paragraph == before.paragraph
    return quotation.speaker == before.speaker and quotation.paragraph - before.paragraph <= _CARRIES_ON


def _interviewer(credited: Sequence[Attribution], interviews: frozenset[int]) -> tuple[SourceName, Span] | None:
    """The outlet that an article says interviewed somebody, when it is only one."""
    told = [entry for entry in credited if entry.cue == "told" and entry.sentence in interviews]
    return (told[0].source, told[0].span) if len({entry.source for entry in told}) == 1 else None
