"""Stretches inside quotation marks, found by a small machine that reads one paragraph's marks at a time."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from tracer.domain import Span
from tracer.split.characters import MARK, Characters, Texts
from tracer.split.sentences import stripped
from tracer.split.single_quotes import single_openers, single_quoted

# Double marks of every kind, and what mis-decoded UTF-8 makes of them ("â€œ", "â€\x9d"); "â€“" and "â€”" were dashes.
_MARK = re.compile("â€œ|â€\x9d|â€�|â€[“”™˜\"]?|``|‘‘|’’|''|[“”„‟«»\"＂]")
_OPENS = frozenset("“„‟«") | {"â€œ", "``", "‘‘"}
_CLOSES = frozenset("”»") | {"â€\x9d", "â€�", "â€", "’’"}
_STRAIGHT = frozenset('"＂') | {"''"}
_SINGLE = frozenset('“”„‟«»"＂')
"""Marks of one character that are double in any place."""
_DOUBLED = frozenset("`‘’'")
"""Single marks, of which two in a row are a double one."""
_IS_DOUBLED = np.array([chr(code) in _DOUBLED for code in range(max(map(ord, _DOUBLED)) + 2)])
"""The same for each code point, and for the last all behind it."""
_UNWORDY = frozenset(" ([{—–-/‘'“”\"«»„>=*_¿¡")
_WORD_ENDS = frozenset(" .,;:!?)]}—–…”»’")
_INCH = re.compile(r"\d[\s-]?$")
_BLOCK = re.compile(r"(?:>|&gt;)+\s*")


_Mark: TypeAlias = tuple[int, int, str]
"""Where a mark begins and ends, and the mark."""


class Stretch(NamedTuple):
    """Words between marks: ``span`` without the marks, ``outer`` with them.

    ``closed`` is false when the stretch ends for want of a closing mark. ``continues`` is true when it carries on a
    stretch that the paragraph before left open.
    """

    span: Span
    outer: Span
    paragraph: int
    closed: bool = True
    continues: bool = False


def find_stretches(text: str, lines: tuple[Span, ...], characters: Characters) -> tuple[Stretch, ...]:
    """Quoted stretches of all paragraphs, in reading order, none overlapping. Linear in the text.

    A quotation that never closes ends with its paragraph; one that the next paragraph carries on yields a record per
    paragraph. Nested marks are not told apart. Apostrophes and inch marks are no quotation marks.
    """
    starts = [line.start for line in lines]
    marks: dict[int, list[_Mark]] = {}
    for mark in _marks(text, characters):
        marks.setdefault(bisect_right(starts, mark[0]) - 1, []).append(mark)
    openers: dict[int, list[int]] = {}
    for opener in single_openers(text, characters):
        openers.setdefault(bisect_right(starts, opener) - 1, []).append(opener)
    blocks = {paragraph for paragraph, start in enumerate(starts) if text[start] in ">&"}
    found: list[Stretch] = []
    left_open = -2  # the paragraph that left its last quotation open
    for paragraph in sorted({*marks, *openers, *blocks}):
        line = lines[paragraph]
        block = _BLOCK.match(text, line.start, line.stop) if paragraph in blocks else None
        if block:
            found.append(Stretch(stripped(text, block.end(), line.stop), line, paragraph))
            continue
        quoted: list[Stretch] = []
        if paragraph in marks:
            quoted = _double_quoted(text, paragraph, line, marks[paragraph], carried=left_open == paragraph - 1)
            left_open = paragraph if quoted and not quoted[-1].closed else left_open
        if paragraph in openers:
            outside = [stretch.outer for stretch in quoted]
            outers = single_quoted(text, line, openers[paragraph], outside)
            quoted += [Stretch(outer_less_marks(outer), outer, paragraph) for outer in outers]
            quoted.sort(key=lambda stretch: stretch.outer)
        found += quoted
    return tuple(stretch for stretch in found if stretch.span)


def _marks(text: str, characters: Characters) -> Iterator[_Mark]:
    """Double quotation marks of every kind, in order."""
    free = 0
    for place in characters.told(_may_begin_mark):
        sign = text[place]
        if place < free:
            continue
        if sign in _SINGLE:
            yield place, place + 1, sign
            continue
        mark = _MARK.match(text, place)
        if mark:
            free = mark.end()
            yield place, free, mark.group()


def _may_begin_mark(texts: Texts) -> list[list[int]]:
    """For each text where a double mark may begin: not at a single mark that no other of its kind follows."""
    places = texts.places(MARK)
    codes = texts.codes.take(places)
    alone = _IS_DOUBLED.take(codes, mode="clip") & (codes != texts.codes.take(places + 1))
    return texts.extents.divided(places[~alone])


def outer_less_marks(outer: Span) -> Span:
    """The span without its first and last code point."""
    return Span(outer.start + 1, outer.stop - 1)


def _double_quoted(text: str, paragraph: int, line: Span, marks: Sequence[_Mark], *, carried: bool) -> list[Stretch]:
    """The stretches of one paragraph; ``carried`` when the one before left its last open."""
    found: list[Stretch] = []
    opened: _Mark | None = None
    for index, mark in enumerate(marks):
        role = _role(text, line, mark, opened[2] if opened else "")
        if role == "open":
            if opened:
                cut = Span(opened[0], mark[0])
                found.append(Stretch(stripped(text, opened[1], cut.stop), cut, paragraph, closed=False))
            opened = mark
        elif role == "close" and opened:
            continues = carried and opened[0] == line.start
            outer = Span(opened[0], mark[1])
            found.append(Stretch(stripped(text, opened[1], mark[0]), outer, paragraph, True, continues))
            opened = None
        elif role == "close" and carried and index == 0:
            found.append(Stretch(Span(line.start, mark[0]), Span(line.start, mark[1]), paragraph, continues=True))
    if opened:
        continues = carried and opened[0] == line.start
        outer = Span(opened[0], line.stop)
        found.append(Stretch(stripped(text, opened[1], line.stop), outer, paragraph, False, continues))
    return found


def _role(text: str, line: Span, mark: _Mark, opener: str) -> str:
    """``open``, ``close`` or ``""`` (not a quotation mark here) for one mark, behind an ``opener`` or outside."""
    start, stop, sign = mark
    if sign not in _OPENS and sign not in _CLOSES and sign[:2] == "â€":
        return ""
    free_before = start == line.start or not _is_wordy(text[start - 1])
    if free_before and sign == "“" and not opener:
        return "open"
    if sign == "”" and opener == "“" and not free_before:
        return "close"
    word_after = stop < line.stop and not _ends_word(text[stop])
    if not opener:
        return _role_outside(text, mark, free_before, word_after)
    return _role_inside(sign, opener, free_before, word_after)


def _role_outside(text: str, mark: _Mark, free_before: bool, word_after: bool) -> str:
    start, _, sign = mark
    if sign in _OPENS and not (sign in "“«" and not free_before and not word_after):
        return "open"
    if sign in _STRAIGHT and _INCH.search(text[max(0, start - 2) : start]):
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
