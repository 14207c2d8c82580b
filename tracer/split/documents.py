"""Documents given in paragraphs of their own: statements and letters behind a colon, speeches, bills, court papers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from tracer.domain import Span
from tracer.split.language import Language
from tracer.split.parsed import Quotation
from tracer.split.reading import Reading
from tracer.split.speech import Saying

_LEAD_REACH = 160
_VERB_REACH = 60
_MOST_PARAGRAPHS = 40
_PERSONAL = 60
"""A paragraph with one word in so many in the first person is somebody's own text, not a report."""
_NUMBER = re.compile(r"\.?\s?[\dIVX]{1,5}[.:)—–-]")
_ITEM = re.compile(r"(?:\(?[\da-z]{1,3}[.)]|\([ivx]+\))\s")
_WORD = re.compile(r"[\w’']+")


def find_documents(reading: Reading, title: str | None, sayings: Sequence[Saying]) -> tuple[Quotation, ...]:
    """Paragraphs that are a document's, each as a quotation without a speaker, in reading order. Linear in the text.

    Behind a line that ends in a colon and speaks of a statement, a letter or the like stands its first paragraph; what
    follows belongs to it as long as nobody is reported as saying anything and it speaks in the first person, or the
    line announced the whole document. Under a title like "Transcript of the mayor's speech" every paragraph in the
    first person does. Bills and court papers are told by how their paragraphs begin.
    """
    found = {
        **dict.fromkeys(_legal(reading), "statement"),
        **dict.fromkeys(_whole(reading, title), "transcript"),
        **dict(_led_in(reading, sayings)),
    }
    return tuple(Quotation(reading.lines[number], number, cue=cue) for number, cue in sorted(found.items()))


def _by_writer(reading: Reading, saying: Saying) -> bool:
    """Whether it is the document's own writer who says something ("I told the council")."""
    speaker = saying.speaker
    return speaker is not None and speaker.span.of(reading.text) in reading.language.documents.first_person.exact


def _led_in(reading: Reading, sayings: Sequence[Saying]) -> Iterator[tuple[int, str]]:
    text, lines = reading.text, reading.lines
    last = -1
    for number in [number for number, line in enumerate(lines[:-1]) if text[line.stop - 1] in ":："]:
        line = lines[number]
        cue = _lead(reading, line) if number > last else None
        if cue is None:
            continue
        whole = reading.has(reading.language.documents.whole, line.start, line.stop)
        last = number + 1
        while last < len(lines) and last - number <= _MOST_PARAGRAPHS and not reading.is_quoted(lines[last].start):
            if last > number + 1 and not _goes_on(reading, lines[last], sayings, whole=whole):
                break
            yield last, cue
            last += 1
        last -= 1


def _lead(reading: Reading, line: Span) -> str | None:
    """How the words behind a line that ends in a colon were made known; ``None`` when it hands over to nobody's."""
    lead, words = Span(max(line.start, line.stop - _LEAD_REACH), line.stop), reading.language.documents
    if reading.has(words.leads, lead.start, lead.stop):
        return "statement"
    return "" if reading.has(words.said, max(lead.start, lead.stop - _VERB_REACH), lead.stop) else None


def _goes_on(reading: Reading, line: Span, sayings: Sequence[Saying], *, whole: bool) -> bool:
    """Whether a paragraph can be more of a document: no report of what somebody said, and in the first person.

    The latter is not asked where the ``whole`` document was announced.
    """
    first, stop = (bisect_left(sayings, place, key=_start) for place in (line.start, line.stop))
    reports = any(not _by_writer(reading, saying) for saying in sayings[first:stop])
    return not reports and (whole or _is_personal(reading.text, line, reading.language))


def _start(saying: Saying) -> int:
    return saying.span.start


def _is_personal(text: str, line: Span, language: Language) -> bool:
    words = [match.group() for match in _WORD.finditer(text, line.start, line.stop)]
    own = sum(word in language.documents.first_person.exact for word in words)
    return own * _PERSONAL >= len(words) > 0 and own > 0


def _whole(reading: Reading, title: str | None) -> Iterator[int]:
    if not title or not any(True for _ in reading.language.transcripts.whole_text.finditer(title[:_LEAD_REACH])):
        return
    for number, line in enumerate(reading.lines):
        if _is_personal(reading.text, line, reading.language) and not reading.is_quoted(line.start):
            yield number


def _legal(reading: Reading) -> Iterator[int]:
    text, words = reading.text, reading.language.documents
    may_open = reading.may_begin((words.openers, words.numbered))
    for number, line in enumerate(reading.lines):
        opens, first = line.start in may_open, text[line.start]
        if not opens and first.isalpha() and not "a" <= first <= "z":
            continue
        if opens and words.openers.match(text, line.start, line.stop):
            yield number
            continue
        label = words.numbered.match(text, line.start, line.stop) if opens else None
        if (label and _NUMBER.match(text, label.end(), line.stop)) or (
            _ITEM.match(text, line.start, line.stop) and reading.has(words.legal, line.start, line.stop)
        ):
            yield number
