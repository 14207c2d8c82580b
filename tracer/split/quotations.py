"""Stretches inside quotation marks, found by a small machine that reads one paragraph's marks at a time."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracer.domain import Span
from tracer.split.characters import MARK, Characters
from tracer.split.sentences import stripped
from tracer.split.single_quotes import single_openers, single_quoted

# Double marks of every kind, and what mis-decoded UTF-8 makes of them ("â€œ", "â€\x9d"); "â€“" and "â€”" were dashes.
_MARK = re.compile("â€œ|â€\x9d|â€�|â€[“”™˜\"]?|``|‘‘|’’|''|[“”„‟«»\"＂]")
_OPENS = frozenset("“„‟«") | {"â€œ", "``", "‘‘"}
_CLOSES = frozenset("”»") | {"â€\x9d", "â€�", "â€", "’’"}
_STRAIGHT = frozenset('"＂') | {"''"}
_DOUBLED = frozenset("`‘’'")
"""Single marks, of which two in a row are a double one."""
_UNWORDY = frozenset(" ([{—–-/‘'“”\"«»„>=*_¿¡")
_WORD_ENDS = frozenset(" .,;:!?)]}—–…”»’")
_INCH = re.compile(r"\d[\s-]?$")
_BLOCK = re.compile(r"(?:>|&gt;)+\s*")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words between marks: ``span`` without the marks, ``outer`` with them.

    ``closed`` is false when the stretch ends for want of a closing mark. ``continues`` is true when it carries on a
    stretch that the paragraph before left open.
    """

    span: Span
    outer: Span
    paragraph: int
    closed: bool = True
    continues: bool = False


@dataclass(slots=True)
class _Reader:
    """State of the machine between paragraphs: which paragraph left its last quotation open, -2 for none."""

    text: str
    left_open: int = -2


def find_stretches(text: str, lines: tuple[Span, ...], characters: Characters) -> tuple[Stretch, ...]:
    """Quoted stretches of all paragraphs, in reading order, none overlapping. Linear in the text.

    A quotation that never closes ends with its paragraph; one that the next paragraph carries on yields a record per
    paragraph. Nested marks are not told apart. Apostrophes and inch marks are no quotation marks.
    """
    starts = [line.start for line in lines]
    marks: dict[int, list[re.Match[str]]] = {}
    for mark in _marks(text, characters):
        marks.setdefault(bisect_right(starts, mark.start()) - 1, []).append(mark)
    openers: dict[int, list[int]] = {}
    for opener in single_openers(text, characters):
        openers.setdefault(bisect_right(starts, opener) - 1, []).append(opener)
    blocks = [paragraph for paragraph, start in enumerate(starts) if text[start] in ">&"]
    reader = _Reader(text)
    found = [
        stretch
        for paragraph in sorted({*marks, *openers, *blocks})
        for stretch in _read_line(reader, paragraph, lines[paragraph], marks.get(paragraph, ()), openers.get(paragraph))
    ]
    return tuple(stretch for stretch in found if stretch.span)


def _marks(text: str, characters: Characters) -> Iterator[re.Match[str]]:
    """Double quotation marks of every kind, in order."""
    free = 0
    for place in characters.places(MARK):
        sign = text[place]
        if place < free or (sign in _DOUBLED and text[place + 1 : place + 2] != sign):
            continue
        mark = _MARK.match(text, place)
        if mark:
            free = mark.end()
            yield mark


def _read_line(
    reader: _Reader, paragraph: int, line: Span, marks: Sequence[re.Match[str]], openers: Sequence[int] | None
) -> Iterator[Stretch]:
    block = _BLOCK.match(reader.text, line.start, line.stop)
    if block:
        yield Stretch(stripped(reader.text, block.end(), line.stop), line, paragraph)
        return
    found = list(_double_quoted(reader, paragraph, line, marks))
    if not openers:
        yield from found
        return
    outside = [stretch.outer for stretch in found]
    singles = [
        Stretch(outer_less_marks(outer), outer, paragraph)
        for outer in single_quoted(reader.text, line, openers, outside)
    ]
    yield from sorted([*found, *singles], key=lambda stretch: stretch.outer)


def outer_less_marks(outer: Span) -> Span:
    """The span without its first and last code point."""
    return Span(outer.start + 1, outer.stop - 1)


def _double_quoted(reader: _Reader, paragraph: int, line: Span, marks: Sequence[re.Match[str]]) -> Iterator[Stretch]:
    opened: re.Match[str] | None = None
    carried = reader.left_open == paragraph - 1
    text = reader.text
    for index, mark in enumerate(marks):
        role = _role(text, line, mark, opened)
        if role == "open":
            if opened:
                cut = Span(opened.start(), mark.start())
                yield Stretch(stripped(text, opened.end(), cut.stop), cut, paragraph, closed=False)
            opened = mark
        elif role == "close" and opened:
            continues = carried and opened.start() == line.start
            outer = Span(opened.start(), mark.end())
            yield Stretch(stripped(text, opened.end(), mark.start()), outer, paragraph, continues=continues)
            opened = None
        elif role == "close" and carried and index == 0:
            yield Stretch(Span(line.start, mark.start()), Span(line.start, mark.end()), paragraph, continues=True)
    if opened:
        reader.left_open = paragraph
        continues = carried and opened.start() == line.start
        outer = Span(opened.start(), line.stop)
        yield Stretch(stripped(text, opened.end(), line.stop), outer, paragraph, closed=False, continues=continues)


def _role(text: str, line: Span, mark: re.Match[str], opened: re.Match[str] | None) -> str:
    """``open``, ``close`` or ``""`` (not a quotation mark here) for one mark."""
    sign, (start, stop) = mark.group(), mark.span()
    if sign not in _OPENS and sign not in _CLOSES and sign[:2] == "â€":
        return ""
    free_before = start == line.start or not _is_wordy(text[start - 1])
    if free_before and sign == "“" and opened is None:
        return "open"
    word_after = stop < line.stop and not _ends_word(text[stop])
    if opened is None:
        return _role_outside(text, mark, free_before, word_after)
    return _role_inside(sign, opened.group(), free_before, word_after)


def _role_outside(text: str, mark: re.Match[str], free_before: bool, word_after: bool) -> str:
    sign = mark.group()
    if sign in _OPENS and not (sign in "“«" and not free_before and not word_after):
        return "open"
    if sign in _STRAIGHT and _INCH.search(text[max(0, mark.start() - 2) : mark.start()]):
        return ""
    if word_after and (free_before or sign in _STRAIGHT):
        return "open"
    return "close" if sign in _CLOSES else ""


def _role_inside(sign: str, opener: str, free_before: bool, word_after: bool) -> str:
    opens_here = free_before and word_after
    if sign in _CLOSES:
        return "" if sign == "”" and opener == "“" and opens_here else "close"
    if sign in _STRAIGHT and opener in _STRAIGHT:
        return "open" if opens_here else "close"
    if opener == "„" or not (free_before or word_after):
        return "close"
    if sign in _STRAIGHT or (opener in _STRAIGHT and opens_here):
        return ""
    return "open" if free_before else "close"


def _is_wordy(letter: str) -> bool:
    """Whether a mark behind this character closes rather than opens."""
    return letter not in _UNWORDY and not letter.isspace()


def _ends_word(letter: str) -> bool:
    return letter in _WORD_ENDS or letter.isspace()
