"""Acts of saying in running text: a word of saying with the one who says it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter

from tracer.domain import SourceKind, Span
from tracer.split.institutions import may_name_body
from tracer.split.language import Language
from tracer.split.noun_phrases import opening_subject, speaker_after, speaker_before
from tracer.split.quotations import Stretch
from tracer.split.reading import Reading
from tracer.split.speaker_names import Speaker

_REACH = 220  # code points between subject and verb, at most
_BEHIND = 70  # code points behind the verb in which "in a statement" is looked for
_LONGEST_JOIN = 12  # code points of a word like "by" before a participle
_CLOSE = 60  # code points between a quotation and the subject of the act of saying that follows it
_COMMAS = (",", "—", "–")
_PLACE = attrgetter("span.start", "span.stop")


class Saying:
    """One act of saying. Who says it is read when first asked for: of many nobody asks.

    ``span`` covers the word of saying; ``sentence`` is an index into the article's sentences.
    """

    __slots__ = ("_found", "_manner", "_quoted", "_reading", "sentence", "span")

    def __init__(
        self,
        reading: Reading,
        span: Span,
        sentence: int,
        quoted: Stretch | None = None,
        found: tuple[Speaker | None, bool] | None = None,
        manner: str | None = None,
    ) -> None:
        """``quoted`` is a quotation that ends within reach before the verb: the subject is sought behind it first.

        What is known beforehand: ``found``, the speaker and whether a quotation stands right before; ``manner``, the
        cue.
        """
        self.span, self.sentence = span, sentence
        self._reading, self._quoted, self._found, self._manner = reading, quoted, found, manner

    @property
    def speaker(self) -> Speaker | None:
        """Who says it; ``None`` when no subject could be read."""
        return (self._found or self._find())[0]

    @property
    def after_quote(self) -> bool:
        """Whether it stands right behind a quotation, so that it belongs to that quotation."""
        if self._found is None and self._quoted is None:
            return False
        return (self._found or self._find())[1]

    @property
    def cue(self) -> str:
        """How the words were made known: ``"statement"``, ``"tweet"``, ``"speech"`` or ``""``."""
        if self._manner is not None:
            return self._manner
        return _cue(self._reading, self.span, self._reading.sentences[self.sentence].span, self.speaker)

    @property
    def may_speak_for_body(self) -> bool:
        """Whether the speaker may be of a known body: false, unread, where no word of one stands near."""
        if self._found:
            return True
        text, verb, language = self._reading.text, self.span, self._reading.language
        within = self._reading.sentences[self.sentence].span
        near = text[max(within.start, verb.start - _REACH) : verb.start]
        if self._quoted or near.rstrip().endswith(_COMMAS):
            near += text[verb.stop : min(within.stop, verb.stop + _REACH)]
        if within.start < verb.start - _REACH:
            near += f" {text[within.start : within.start + _REACH]}"
        return may_name_body(near, language)

    def _find(self) -> tuple[Speaker | None, bool]:
        """The speaker, and whether the act of saying stands right behind a quotation."""
        reading, verb, quoted = self._reading, self.span, self._quoted
        text, sentence = reading.text, reading.sentences[self.sentence].span
        floor = quoted.outer.stop if quoted else max(sentence.start, verb.start - _REACH)
        while floor < verb.start and not text[floor].isalnum():
            floor += 1
        if floor == verb.start and quoted:
            self._found = speaker_after(reading, verb.stop, min(sentence.stop, verb.stop + _REACH)), True
            return self._found
        subject = speaker_before(reading, floor, verb.start)
        close = quoted is not None and subject is not None and subject.span.start - floor <= _CLOSE
        self._found = subject or _distant_subject(reading, verb, sentence), close
        return self._found


def find_sayings(reading: Reading) -> tuple[Saying, ...]:
    """Acts of saying outside quotation marks, in reading order. Linear in the text."""
    found = [*_by_verb(reading), *_by_according(reading)]
    found += _by_participle(reading, found)
    return tuple(sorted(found, key=_PLACE))


def _by_verb(reading: Reading) -> Iterator[Saying]:
    for verb in (*reading.cues.get("verbs", ()), *reading.cues.get("on_account", ())):
        start = verb.start
        if reading.text[start].isupper():
            continue
        quoted = reading.stretch_before(start)
        if quoted is None or quoted.outer.stop <= start:
            sentence = reading.sentence_at(start)
            floor = max(reading.sentences[sentence].span.start, start - _REACH)
            yield Saying(reading, verb, sentence, quoted if quoted and quoted.outer.stop > floor else None)


def _distant_subject(reading: Reading, verb: Span, sentence: Span) -> Speaker | None:
    """Whose act a word of saying is when no subject stands right before it.

    "Ann Lee, who lives in Ardley, said"; "Ann Lee praised the bridge and said"; "The bridge is new, said Ann Lee."
    """
    text = reading.text
    before = text[max(sentence.start, verb.start - _BEHIND) : verb.start].rstrip()
    ceiling = min(verb.start, sentence.start + _REACH)
    if before.endswith(_COMMAS):
        subject = opening_subject(reading, sentence.start, ceiling, apposed=True)
        if subject and not reading.is_quoted(subject.span.start):
            return subject
        speaker = speaker_after(reading, verb.stop, min(sentence.stop, verb.stop + _REACH))
        ended = speaker is not None and text[speaker.span.stop : speaker.span.stop + 1] in (",", ".", ";", "")
        return speaker if ended else None
    words = [word for word in before.split()[-3:] if word.casefold() not in reading.language.speech.skip.folded]
    if words and words[-1] in reading.language.speech.joins.exact:
        subject = opening_subject(reading, sentence.start, ceiling)
        return subject if subject and not reading.is_quoted(subject.span.start) else None
    return None


def _by_participle(reading: Reading, sayings: Sequence[Saying]) -> Iterator[Saying]:
    """ "Ann Lee opposed the bridge, calling it “a mistake”": before quotations, where the sentence has no other."""
    text, joins = reading.text, reading.language.speech.joins.exact
    others: dict[int, list[Saying]] = {}
    taken: set[int] = set()
    for saying in sayings:
        others.setdefault(saying.sentence, []).append(saying)
    for match in reading.matches(reading.language.speech.participles):
        index = reading.sentence_at(match.start())
        sentence = reading.sentences[index].span
        quoted = reading.stretch_before(sentence.stop - 1)
        if quoted is None or quoted.outer.start < match.end() or reading.is_quoted(match.start()):
            continue
        before = text[max(sentence.start, match.start() - _LONGEST_JOIN) : match.start()].rstrip()
        follows = before.endswith(",") or before.split(" ")[-1] in joins
        if follows and any(saying.speaker for saying in others.pop(index, ())):
            taken.add(index)
        if follows and index not in taken:
            subject = opening_subject(reading, sentence.start, min(match.start(), sentence.start + _REACH))
            if subject and not reading.is_quoted(subject.span.start):
                yield Saying(reading, Span(*match.span()), index, found=(subject, False))


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
            yield Saying(reading, cue, index, found=(speaker, close), manner=manner or speaker.cue)


def _issued_by(reading: Reading, start: int, ceiling: int) -> tuple[int, str]:
    """Behind "a statement by", when such words begin at ``start``; else ``start`` itself."""
    text, language = reading.text, reading.language
    for noun in reading.matches(language.statements.issued, start, min(ceiling, start + 40)):
        by = text[noun.end() : ceiling].split(maxsplit=1)
        if by and by[0] in language.statements.by:
            return text.index(by[0], noun.end()) + len(by[0]), "statement"
        break
    return start, ""
