"""Quotations between single marks, told from apostrophes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tracer.domain import Span
from tracer.split.characters import SINGLE_MARK, Characters, Texts

_OPENER = re.compile(r"‘|'(?=[^\W\d_])")
_CLOSER = re.compile(r"[’'](?=[\s.,;:!?)\]—–]|$)", re.MULTILINE)
_BEFORE_OPENER = frozenset("([—–:")
_FEWEST_WORDS = 3
_LONGEST = 3000  # code points: beyond this two marks do not belong together


def single_openers(text: str, characters: Characters) -> Iterator[int]:
    """Places of the single marks that may open a quotation, in order."""
    return (place for place in characters.told(_free_marks) if _may_open(text, place) and _OPENER.match(text, place))


def _free_marks(texts: Texts) -> list[list[int]]:
    """For each text where single marks stand that have no letter or digit right before them."""
    return texts.extents.divided(texts.free_places(SINGLE_MARK))


def single_quoted(text: str, line: Span, marks: Sequence[int], taken: list[Span]) -> Iterator[Span]:
    """Outer spans of single-quoted stretches of at least three words outside the ``taken`` spans.

    ``marks`` are the paragraph's among those of :func:`single_openers`, in order.
    A curly opener needs a closer before a space or a stop; the closer that stands behind a stop or before one is
    preferred, for a plural possessive looks like a closer too. A straight opener needs a closer behind a stop.
    Linear: each mark is looked at once.
    """
    openers = [mark for mark in marks if not _inside(mark, taken)]
    if not openers:
        return
    closers = [mark.start() for mark in _CLOSER.finditer(text, line.start, line.stop)]
    at = 0
    free_from = line.start
    for index, start in enumerate(openers):
        if start < free_from:
            continue
        limit = openers[index + 1] if index + 1 < len(openers) else line.stop
        while at < len(closers) and closers[at] <= start:
            at += 1
        first = at
        while at < len(closers) and closers[at] < limit:
            at += 1
        stop = _closer(text, start, closers[first:at])
        if stop and not any(span.start < stop and start < span.stop for span in taken[:50]):
            yield Span(start, stop)
            free_from = stop


def _may_open(text: str, place: int) -> bool:
    return place == 0 or text[place - 1].isspace() or text[place - 1] in _BEFORE_OPENER


def _inside(place: int, taken: list[Span]) -> bool:
    return any(span.start <= place < span.stop for span in taken[:50])


def _closer(text: str, start: int, candidates: list[int]) -> int | None:
    """The place behind the closing mark that belongs to an opener, or ``None``."""
    straight = text[start] == "'"
    fit = [
        place
        for place in candidates
        if place - start < _LONGEST and (text[place] == "'") == straight and _words(text, start, place) >= _FEWEST_WORDS
    ]
    sure = next(
        (p for p in fit if text[p - 1] in ",.?!…" or (not straight and text[p + 1 : p + 2] in (*",.;:)",))), None
    )
    if sure is None and not straight:
        sure = next((place for place in fit if text[place - 1] != "s"), None)
    return None if sure is None else sure + 1


def _words(text: str, start: int, stop: int) -> int:
    return len(text[start + 1 : stop].split(maxsplit=_FEWEST_WORDS))
