"""Sources that running text names as the origin of what a sentence says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tracer.domain import SourceKind, SourceName, Span
from tracer.split.anaphors import anaphoric_attributions
from tracer.split.language import Language
from tracer.split.lexicon import NameFound, is_picture_agency
from tracer.split.outlet_names import outlet_after, outlet_before
from tracer.split.parsed import Attribution
from tracer.split.reading import Reading
from tracer.split.speaker_names import Speaker
from tracer.split.speech import Saying

_MEDIA = (SourceKind.AGENCY, SourceKind.OUTLET)
_MOST_FILLERS = 6
_BEFORE_INVERTED = (", ", "” ", '" ')


def find_attributions(reading: Reading, sayings: Iterable[Saying]) -> tuple[Attribution, ...]:
    """Attributions outside quotation marks, in reading order, at most one per name and place.

    Names are those of the lexicon and institutions told by a word like "Ministry"; behind "told" and before "has
    learned" also a capitalised name that looks like an outlet's; "the newspaper" is the outlet named last. Linear.
    """
    found = [
        *_by_cue(reading),
        *_by_learned(reading),
        *_by_inverted(reading),
        *anaphoric_attributions(reading),
        *(made for saying in sayings for made in _by_saying(reading.text, saying, reading.language)),
    ]
    return tuple(_without_repeats(found))


def _by_cue(reading: Reading) -> Iterator[Attribution]:
    text, language = reading.text, reading.language
    names = {name.span.start: name for name in reading.names}
    for kind in ("according_to", "told", "via"):
        for cue in reading.cues.get(kind, ()):
            if reading.is_quoted(cue.start):
                continue
            sentence = reading.sentence_at(cue.start)
            stop = reading.sentences[sentence].span.stop
            start = _behind_fillers(text, cue.stop, stop, names, language)
            named = _name_at(text, start, names, language)
            if named and kind == "told" and named[0].kind not in _MEDIA:
                continue
            if named is None and kind == "told":
                named = outlet_after(text, start, stop, language)
            if named and named[1].stop <= stop:
                source, span = named
                key = _refined(kind, cue.of(text), source, text[cue.stop : span.start], language)
                yield Attribution(cue.hull(span), span, source, key, sentence)


def _refined(cue: str, wording: str, source: SourceName, between: str, language: Language) -> str:
    """The kind of cue: "citing a Home Office statement" is a statement, "reported by" a report."""
    if source.kind is SourceKind.INSTITUTION and any(True for _ in language.statements.issued.finditer(between)):
        return "statement"
    return "reported" if any(verb in language.speech.report_verbs for verb in wording.split()) else cue


def _behind_fillers(text: str, start: int, stop: int, names: Mapping[int, NameFound], language: Language) -> int:
    """Where the name may begin: behind a colon and words like "the state news agency"."""
    place = _skip_space(text, start, stop)
    for _ in range(_MOST_FILLERS):
        if place in names:
            break
        filler = language.attributions.fillers.match(text, place, stop)
        if not filler:
            break
        place = _skip_space(text, filler.end(), stop)
    return place


def _skip_space(text: str, place: int, stop: int) -> int:
    while place < stop and text[place] in " \u00a0:\t":
        place += 1
    return place


def _name_at(
    text: str, start: int, names: Mapping[int, NameFound], language: Language
) -> tuple[SourceName, Span] | None:
    """The name that begins at ``start``, unless what follows makes something else of it."""
    found = names.get(start)
    if found is None or is_picture_agency(found.source):
        return None
    after = text[found.span.stop : found.span.stop + 40]
    if after[:1] in ("/", "-") or (after[:1] == " " and after[1:].startswith(tuple(language.attributions.not_after))):
        return None
    if found.common and _goes_on(after, language):
        return None
    return found.source, found.span


def _goes_on(after: str, language: Language) -> bool:
    words = after.split(maxsplit=1)
    return (
        after[:1] == " "
        and bool(words)
        and words[0][0].isupper()
        and words[0].strip(".,") not in language.people.weekdays
    )


def _by_learned(reading: Reading) -> Iterator[Attribution]:
    """ "The Ardley Gazette has learned": the name stands before the cue."""
    ends = {name.span.stop: name for name in reading.names}
    for cue in reading.cues.get("learned", ()):
        stop = cue.start - 1
        if stop < 0 or reading.is_quoted(cue.start):
            continue
        sentence = reading.sentence_at(cue.start)
        found = ends.get(stop)
        named = (found.source, found.span) if found and found.source.kind in _MEDIA else None
        if found is None:
            floor = reading.sentences[sentence].span.start
            named = outlet_before(reading.text, floor, stop, reading.language)
        if named:
            yield Attribution(named[1].hull(cue), named[1], named[0], "has_learned", sentence)


def _by_inverted(reading: Reading) -> Iterator[Attribution]:
    """ "..., reports the Guardian": an agency or outlet behind a word of saying that follows a comma."""
    text, language = reading.text, reading.language
    names = {name.span.start: name for name in reading.names if name.source.kind in _MEDIA}
    for verb in reading.cues.get("verbs", ()):
        if not text.endswith(_BEFORE_INVERTED, max(0, verb.start - 2), verb.start):
            continue
        word = verb.of(text)
        if word in language.attributions.told or reading.is_quoted(verb.start):
            continue
        sentence = reading.sentence_at(verb.start)
        stop = reading.sentences[sentence].span.stop
        named = _name_at(text, _behind_fillers(text, verb.stop, stop, names, language), names, language)
        if named and named[1].stop <= stop:
            cue = "reported" if word in language.speech.report_verbs else "said"
            yield Attribution(verb.hull(named[1]), named[1], named[0], cue, sentence)


def _by_saying(text: str, saying: Saying, language: Language) -> Iterator[Attribution]:
    """Acts of saying by an agency, an outlet, a known institution, or by a person who speaks for one."""
    speaker = saying.speaker if saying.may_speak_for_body else None
    if speaker is None or not speaker.known or speaker.institution is None or speaker.institution_span is None:
        return
    verb = saying.span.of(text)
    cue = _cue_of(speaker, saying, verb, language)
    if cue:
        span = speaker.institution_span.hull(saying.span)
        yield Attribution(span, speaker.institution_span, speaker.institution, cue, saying.sentence)


def _cue_of(speaker: Speaker, saying: Saying, verb: str, language: Language) -> str:
    if verb in language.speech.according:
        return "according_to"
    if saying.cue in ("statement", "tweet"):
        return saying.cue
    if verb in language.speech.report_verbs:
        return "reported"
    by_itself = speaker.source == speaker.institution
    return "said" if by_itself or (speaker.institution and speaker.institution.kind is SourceKind.INSTITUTION) else ""


def _without_repeats(found: Sequence[Attribution]) -> Iterator[Attribution]:
    """In reading order, the first and longest of those that share a place and a source."""
    last_by_source: dict[SourceName, Attribution] = {}
    for one in sorted(found, key=lambda made: (made.span.start, -made.span.stop, made.cue)):
        before = last_by_source.get(one.source)
        if before and before.name_span == one.name_span:
            continue
        last_by_source[one.source] = one
        yield one
