"""Acts of saying in running text: a word of saying with the one who says it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tracer.domain import SourceKind, Span
from tracer.split.language import Language
from tracer.split.noun_phrases import Speaker, speaker_after, speaker_before
from tracer.split.reading import Reading

_REACH = 220  # code points between subject and verb, at most
_BEHIND = 70  # code points behind the verb in which "in a statement" is looked for
_CLOSE = 60  # code points between a quotation and the subject of the act of saying that follows it


@dataclass(frozen=True, slots=True)
class Saying:
    """One act of saying.

    ``span`` covers the word of saying; ``speaker`` is ``None`` when no subject could be read. ``after_quote`` is true
    when it stands right behind a quotation, so that it belongs to that quotation. ``cue`` is ``"statement"``,
    ``"tweet"``, ``"speech"`` or ``""``. ``sentence`` is an index into the article's sentences.
    """

    span: Span
    speaker: Speaker | None
    sentence: int
    after_quote: bool = False
    cue: str = ""


def find_sayings(reading: Reading) -> tuple[Saying, ...]:
    """Acts of saying outside quotation marks, in reading order. Linear in the text."""
    found = [*_by_verb(reading), *_by_according(reading)]
    return tuple(sorted(found, key=lambda saying: (saying.span.start, saying.span.stop)))


def _by_verb(reading: Reading) -> Iterator[Saying]:
    for verb in (*reading.cues.get("verbs", ()), *reading.cues.get("on_account", ())):
        if not reading.text[verb.start].isupper() and not reading.is_quoted(verb.start):
            yield _saying(reading, verb)


def _saying(reading: Reading, verb: Span) -> Saying:
    text = reading.text
    index = reading.sentence_at(verb.start)
    sentence = reading.sentences[index].span
    quoted = reading.stretch_before(verb.start)
    floor = max(sentence.start, verb.start - _REACH)
    behind_quote = quoted is not None and quoted.outer.stop > floor
    if quoted and behind_quote:
        floor = quoted.outer.stop
    while floor < verb.start and not text[floor].isalnum():
        floor += 1
    if floor == verb.start and behind_quote:
        speaker = speaker_after(reading, verb.stop, min(sentence.stop, verb.stop + _REACH))
        return Saying(verb, speaker, index, True, _cue(reading, verb, sentence, speaker))
    speaker = speaker_before(reading, floor, verb.start)
    close = speaker is not None and behind_quote and speaker.span.start - floor <= _CLOSE
    return Saying(verb, speaker, index, close, _cue(reading, verb, sentence, speaker))


def _cue(reading: Reading, verb: Span, sentence: Span, speaker: Speaker | None) -> str:
    text, words = reading.text, reading.language.statements
    said = verb.of(text).casefold()
    if said in words.tweet_verbs.folded or said in words.on_account.folded:
        return "tweet"
    if speaker and speaker.cue:
        return speaker.cue
    stop = min(sentence.stop, verb.stop + _BEHIND)
    if not reading.may_have((words.issued, words.tweet, words.speech), verb.stop, stop):
        return ""
    for cue, nouns in (("statement", words.issued), ("tweet", words.tweet), ("speech", words.speech)):
        for noun in reading.matches(nouns, verb.stop, stop):
            if _led_by(text[verb.stop : noun.start()], reading.language):
                return cue
    return ""


def _led_by(before: str, language: Language) -> bool:
    """Whether words like "in a written" lead straight to the noun."""
    words = before.split()[-5:]
    return any(word in language.statements.through for word in words) and not any(word[-1] in ",.;:" for word in words)


def _by_according(reading: Reading) -> Iterator[Saying]:
    """ "According to Ann Lee" and "a statement by the Home Office"; agencies and outlets are no speakers here."""
    text = reading.text
    for cue in reading.cues.get("according", ()):
        if reading.is_quoted(cue.start):
            continue
        index = reading.sentence_at(cue.start)
        ceiling = min(reading.sentences[index].span.stop, cue.stop + _REACH)
        start, manner = _issued_by(reading, cue.stop, ceiling)
        speaker = speaker_after(reading, start, ceiling)
        if speaker and speaker.source and speaker.source.kind in (SourceKind.PERSON, SourceKind.INSTITUTION):
            quoted = reading.stretch_before(cue.start)
            close = quoted is not None and not text[quoted.outer.stop : cue.start].strip(" ,.;:—–-\n")
            yield Saying(cue, speaker, index, close, manner or speaker.cue)


def _issued_by(reading: Reading, start: int, ceiling: int) -> tuple[int, str]:
    """Behind "a statement by", when such words begin at ``start``; else ``start`` itself."""
    text, language = reading.text, reading.language
    for noun in reading.matches(language.statements.issued, start, min(ceiling, start + 40)):
        by = text[noun.end() : ceiling].split(maxsplit=1)
        if by and by[0] in language.statements.by:
            return text.index(by[0], noun.end()) + len(by[0]), "statement"
        break
    return start, ""
