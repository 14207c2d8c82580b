"""Drafts as an outlet's software prints them, with the place of every line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracer.domain import Span
from tracer.evaluation.simulator.drafts import Line
from tracer.evaluation.simulator.house import GLYPHS, House

_NUMBER_SPACE = re.compile(r"(?<=\d) (?=[a-z])")


@dataclass(frozen=True, slots=True)
class Printed:
    """A raw text, and for each of its lines the span of the sentence and that of the third party's words in it.

    A quoted span is empty where the line holds no such words.
    """

    text: str
    spans: tuple[Span, ...]
    quoted: tuple[Span, ...]


def printed(lines: Sequence[Line], house: House, dateline: str = "") -> Printed:
    """The lines in the marks they carry, paragraphs and spaces as the house has them; ``dateline`` stands in front."""
    pieces, spans, quoted, place = [dateline], [], [], len(dateline)
    for number, line in enumerate(lines):
        gap = (house.paragraph if line.opens else " ") if number else ""
        text = with_glyphs(line.text, line.glyphs)
        if house.hard_spaces:
            text = _NUMBER_SPACE.sub("\u00a0", text)
        pieces += [gap, text]
        place += len(gap)
        first, last = _quoted_part(line)
        spans.append(Span(place, place + len(text)))
        before = len(with_glyphs(line.text[:first], line.glyphs))
        upto = len(with_glyphs(line.text[:last], line.glyphs))
        quoted.append(Span(place + before, place + upto))
        place += len(text)
    return Printed("".join(pieces), tuple(spans), tuple(quoted))


def with_glyphs(text: str, glyphs: str) -> str:
    """The text with its quotation marks and apostrophes as the named software prints them."""
    opening, closing, apostrophe = GLYPHS[glyphs]
    return text.replace("'", apostrophe).replace("“", "\x01").replace("”", closing).replace("\x01", opening)


def _quoted_part(line: Line) -> tuple[int, int]:
    """Where the third party's words of a line begin and end in its own text; twice 0 when it has none."""
    if line.spoken:
        return (line.text.find(": ") + 2 if ": " in line.text[:60] else 0), len(line.text)
    if not line.inside and "“" not in line.text:
        return 0, 0
    first = 0 if line.inside else line.text.find("“") + 1
    closes = line.text.rfind("”")
    return first, closes if closes >= first and closes > line.text.rfind("“") else len(line.text)
