"""Picture credits: they name an agency but say nothing about the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracer.domain import SourceKind, Span
from tracer.split.credited_names import is_initials
from tracer.split.lexicon import NameFound, find_names, is_picture_agency
from tracer.split.parsed import Credit, CreditKind
from tracer.split.phrases import CAPITALS
from tracer.split.reading import Reading

_REACH = 70  # code points between a word like "Photo" and the agency's name
_LONGEST_CAPTION = 400
_LONGEST_NAME_LINE = 70
_SLASH_BEFORE = re.compile(rf"[{CAPITALS}][\w.’'-]+(?: [\w.’'-]+){{0,3}} ?/ ?$")
_SLASH_AFTER = re.compile(rf"(?: [Pp]hotos?)? ?/ ?[{CAPITALS}][\w.’'-]+(?: [{CAPITALS}][\w.’'-]*){{0,3}}")
_PHOTO_AFTER = re.compile(r" (?:[Pp]hotos?|[Pp]ictures?|[Ii]mages?|[Ff]ile)\b")


def find_photo_credits(reading: Reading) -> Iterator[Credit]:
    """Credits of pictures, in order of place: "Photo by Ann Lee/UPI", "AP Photo", "Ann Lee / Reuters", "Getty Images".

    "IANS/EFE" is none (both halves are agencies), nor is a poll named in a long paragraph ("a Reuters/Ipsos poll").
    """
    for name in reading.names:
        if name.source.kind is not SourceKind.INSTITUTION:
            span = _photo_span(reading, reading.line_at(name.span.start), name)
            if span:
                yield Credit(CreditKind.PHOTO, span, (name.source,))


def _photo_span(reading: Reading, line: Span, name: NameFound) -> Span | None:
    text = reading.text
    if is_picture_agency(name.source) and (len(line) <= _LONGEST_CAPTION or text[name.span.start - 1] in "(/|"):
        return _from_label(reading, line, name) or name.span
    behind = _PHOTO_AFTER.match(text, name.span.stop)
    if behind and behind.group().strip()[0].isupper():
        return Span(name.span.start, behind.end())
    labelled = _from_label(reading, line, name)
    if labelled:
        return labelled
    return _slashed(text, line, name)


def _from_label(reading: Reading, line: Span, name: NameFound) -> Span | None:
    """From a word like "Photo" to the name, when nothing but a credit can stand between."""
    text, floor = reading.text, max(line.start, name.span.start - _REACH)
    for label in reading.matches(reading.language.credits.photo, floor, name.span.start):
        if _is_credit_gap(text[label.end() : name.span.start]) and (
            label.group()[0].isupper() or text[label.start() - 1 : label.start()] == "("
        ):
            return Span(label.start(), name.span.stop)
    return None


_GAP = re.compile(
    r"(?: (?:by|credit|courtesy|copyright|source|of|via))*[\s:(/©|-]*(?:(?:by |via )?[^.;!?]{0,60}[/,|(]\s*)?"
)


def _is_credit_gap(between: str) -> bool:
    return _GAP.fullmatch(between) is not None


def _slashed(text: str, line: Span, name: NameFound) -> Span | None:
    """ "Ann Lee / Reuters" alone in its line or in brackets."""
    floor = max(line.start, name.span.start - _REACH)
    slashed = text.endswith(("/", "/ "), floor, name.span.start)
    before = _SLASH_BEFORE.search(text, floor, name.span.start) if slashed else None
    after = _SLASH_AFTER.match(text, name.span.stop, line.stop)
    start = before.start() if before else name.span.start
    stop = after.end() if after else name.span.stop
    if not (before or after) or _is_all_sources(text[start:stop]):
        return None
    alone = len(line) <= _LONGEST_NAME_LINE and start - line.start <= 1 + _REACH // 7
    bracketed = text[max(0, start - 1) : start] in ("(", "[") or text[stop : stop + 1] in (")", "]")
    return Span(start, stop) if alone or bracketed else None


def _is_all_sources(words: str) -> bool:
    """Whether nothing but agencies stands between the slashes; a short word all in capitals may be one ("ABCD/EFE")."""
    parts = [part.strip() for part in words.split("/")]
    return all(is_initials(part) or any(len(name.span) == len(part) for name in find_names(part)) for part in parts)
