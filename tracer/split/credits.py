"""Credits: whose text this says it is, who helped, and whose picture stands beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tracer.domain import Article, SourceKind, SourceName, Span
from tracer.split.bylines import find_bylines, markup_credits, metadata_bylines
from tracer.split.credited_names import names_only, names_within
from tracer.split.datelines import find_datelines
from tracer.split.language import Language
from tracer.split.outlet_names import any_name_after
from tracer.split.parsed import Credit, CreditKind
from tracer.split.photo_credits import find_photo_credits
from tracer.split.reading import Reading
from tracer.split.sentences import stripped

_BODY = 150  # code points: a longer paragraph is body
_TAIL = 8  # paragraphs at the end in which a credit line may stand
_COPYRIGHT_REACH = 60
_FEWEST_LINKS = 3
_LONGEST_NOTE = 320  # code points of a sentence that is a note on the text
_BRACKETED_END = re.compile(r"(?:^|[.!?…”\"’])\s*[(\[]([^()\[\]\n]{2,60})[)\]]\.?$")
_DASHED_END = re.compile(r"(?:^|[.!?…”\"’)])\s*[—–-]{1,2}\s*([^—–\n]{2,60}?)\.?$")
_BRACKETS = (")", "]", ").", "].")


def find_credits(article: Article, reading: Reading) -> tuple[Credit, ...]:
    """All credits, in order of place; those of the metadata first, with the empty span at 0. Linear in the text.

    Of overlapping credits the first kind found stays: picture, dateline, byline, contribution, credit line.
    """
    text, lines, language = reading.text, reading.lines, reading.language
    candidates = [
        *find_photo_credits(reading),
        *find_datelines(text, lines, language),
        *find_bylines(reading),
        *_contributions(reading),
        *_republished(reading),
        *_copyright(reading),
        *_credit_lines(reading),
    ]
    kept = _without_overlaps(candidates)
    told = (*metadata_bylines(article.byline, language), *markup_credits(article.credited))
    return (*told, *sorted(kept, key=lambda credit: credit.span))


def _without_overlaps(candidates: Sequence[Credit]) -> list[Credit]:
    kept: list[Credit] = []
    taken: set[int] = set()
    for credit in candidates:
        places = range(credit.span.start, credit.span.stop)
        if len(places) <= _LONGEST_NOTE and taken.isdisjoint(places):
            taken.update(places)
            kept.append(credit)
    return kept


def _contributions(reading: Reading) -> Iterator[Credit]:
    for cue in reading.cues.get("contributed", ()):
        sentence = reading.sentences[reading.sentence_at(cue.start)].span
        start = max(sentence.start, cue.stop - _LONGEST_NOTE)
        names = names_within(reading, Span(start, cue.start))
        if names:
            yield Credit(CreditKind.CONTRIBUTION, Span(start, cue.stop), names)
    for cue in reading.cues.get("with_inputs", ()):
        sentence = reading.sentences[reading.sentence_at(cue.start)].span
        if len(sentence) <= _LONGEST_NOTE and not reading.is_quoted(cue.start):
            names = names_within(reading, Span(cue.start, sentence.stop))
            if names:
                yield Credit(CreditKind.CONTRIBUTION, Span(cue.start, sentence.stop), names)


def _republished(reading: Reading) -> Iterator[Credit]:
    """ "This story first appeared in X": any capitalised name will do, for the wording is sure."""
    for cue in reading.cues.get("republished", ()):
        sentence = reading.sentences[reading.sentence_at(cue.start)].span
        before = reading.text[sentence.start : cue.start]
        about_text = not before.strip(" (*—-_[") or any(True for _ in reading.language.credits.items.finditer(before))
        if len(sentence) > _LONGEST_NOTE or not about_text:
            continue
        named = any_name_after(reading.text, cue.stop, sentence.stop, reading.language)
        if named:
            yield Credit(CreditKind.CREDIT_LINE, Span(sentence.start, named[1].stop), (named[0],))


def _copyright(reading: Reading) -> Iterator[Credit]:
    for cue in reading.cues.get("copyright", ()):
        stop = max(cue.stop, min(reading.line_at(cue.start).stop, cue.stop + _COPYRIGHT_REACH))
        names = names_within(reading, Span(cue.stop, stop))
        if names:
            yield Credit(CreditKind.CREDIT_LINE, Span(cue.start, stop), names)


def _credit_lines(reading: Reading) -> Iterator[Credit]:
    """Credits in the last paragraphs; a name alone in its paragraph only behind the last paragraph of body."""
    text, lines, language = reading.text, reading.lines, reading.language
    tail = lines[-_TAIL:]
    is_list = _is_list_of_links(text, tail)
    may_be_signed = reading.may_sign(tail[0].start, tail[-1].stop)
    last_of_body = max((number for number, line in enumerate(tail) if len(line) >= _BODY), default=0)
    for number, line in enumerate(tail):
        yield from _source_named(reading, line)
        if may_be_signed:
            yield from _signed(reading, line)
        if not is_list:
            yield from _closing(text, line, language)
        names = names_only(line.of(text), language) if number >= last_of_body else ()
        if names and all(name.kind is SourceKind.AGENCY for name in names):
            yield Credit(CreditKind.CREDIT_LINE, line, names)


def _is_list_of_links(text: str, lines: Sequence[Span]) -> bool:
    """Whether one paragraph after the other ends in brackets: what others wrote is listed, each with its outlet."""
    ends = (text[max(line.start, line.stop - 90) : line.stop] for line in lines)
    return sum(end.endswith(_BRACKETS) and _BRACKETED_END.search(end) is not None for end in ends) >= _FEWEST_LINKS


def _closing(text: str, line: Span, language: Language) -> Iterator[Credit]:
    """ "... the mayor said. (IANS/EFE)" or "- Reuters" at the end of a paragraph."""
    start = max(line.start, line.stop - 90)
    words = text[start : line.stop]
    bracketed = words.endswith(_BRACKETS)
    dashed = "-" in words or "—" in words or "–" in words
    for form in (_BRACKETED_END,) * bracketed + (_DASHED_END,) * dashed:
        match = form.search(words)
        names = names_only(match.group(1), language) if match else ()
        if match and _may_close(names, alone=match.start() == 0 and start == line.start):
            begin = max(line.start, start + match.start(1) - 1)
            yield Credit(CreditKind.CREDIT_LINE, stripped(text, begin, line.stop), names)


def _may_close(names: tuple[SourceName, ...], *, alone: bool) -> bool:
    return bool(names) and (alone or all(name.kind is SourceKind.AGENCY for name in names))


def _source_named(reading: Reading, line: Span) -> Iterator[Credit]:
    """ "Source: X"."""
    text, language = reading.text, reading.language
    if line.stop - line.start > _LONGEST_NOTE // 3 or text.find(":", line.start, line.stop) < 0:
        return
    label = language.credits.sources.match(text, line.start, line.stop)
    if label and text[label.end() : label.end() + 1] == ":":
        named = any_name_after(text, label.end() + 1, line.stop, language)
        if named:
            yield Credit(CreditKind.CREDIT_LINE, Span(line.start, named[1].stop), (named[0],))


def _signed(reading: Reading, line: Span) -> Iterator[Credit]:
    """Wordings that only one agency's desk writes."""
    floor = max(line.start, line.stop - _LONGEST_NOTE)
    for name, wordings in reading.language.credits.signatures.items():
        wording = next(reading.matches(wordings, floor, line.stop), None)
        if wording:
            span = Span(wording.start(), line.stop)
            yield Credit(CreditKind.CREDIT_LINE, span, (SourceName(name, SourceKind.AGENCY),))
