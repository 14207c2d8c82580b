"""A text on its way through newsrooms: lines that remember which sentences of the base text they come from.

Inside the simulator double quotation marks are always ``“`` and ``”`` and the apostrophe is ``'``; what an outlet's
software makes of them is put on when a draft is printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,:]\d+)*")
_MARK = re.compile("([“”])")


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a draft.

    ``origins`` are the ids of the source sentences it comes from, sorted; empty for page furniture. ``path`` are the
    ids of the texts it went through, first writer first. ``opens`` starts a paragraph. ``inside``: it begins inside a
    quotation that an earlier line opened. ``tied``: it makes no sense without the line before. ``spoken``: a third
    party's words without quotation marks. ``glyphs`` names the marks it is printed with. ``slips`` are misspellings
    that a careful editor can put right: ``(wrong, right)``.
    """

    text: str
    origins: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    opens: bool = False
    inside: bool = False
    tied: bool = False
    spoken: bool = False
    glyphs: str = "straight"
    slips: tuple[tuple[str, str], ...] = ()

    @property
    def is_furniture(self) -> bool:
        """Whether the line was written by no reporter: a credit line or the like."""
        return not self.origins


Unit = tuple[Line, ...]
"""Lines that stay together: a sentence, or the sentences of one quotation with its attribution."""


def units_of(lines: Iterable[Line]) -> list[Unit]:
    """The lines in groups that can be moved or dropped without tearing a quotation; furniture is left out."""
    units: list[list[Line]] = []
    for line in lines:
        if line.is_furniture:
            continue
        if line.tied and units:
            units[-1].append(line)
        else:
            units.append([line])
    return [tuple(unit) for unit in units]


def lines_of(units: Iterable[Unit]) -> tuple[Line, ...]:
    """The lines of all units in order; the first opens a paragraph."""
    lines = [line for unit in units for line in unit]
    return (replace(lines[0], opens=True), *lines[1:]) if lines else ()


def segments(line: Line) -> list[tuple[str, bool]]:
    """The text in pieces with whether each is a third party's; the marks belong to the pieces outside."""
    quoted, pieces = line.inside, []
    for piece in _MARK.split(line.text):
        if piece in ("“", "”"):
            quoted = piece == "“"
            pieces.append((piece, False))
        elif piece:
            pieces.append((piece, quoted or line.spoken))
    return pieces


def edit_outside(line: Line, edit: Callable[[str], str]) -> Line:
    """The line with every stretch outside quotation marks put through ``edit``."""
    if line.spoken or (line.inside and "”" not in line.text):
        return line
    if "“" not in line.text and not line.inside:
        return replace(line, text=edit(line.text))
    pieces = [piece if quoted or piece in ("“", "”") else edit(piece) for piece, quoted in segments(line)]
    return replace(line, text="".join(pieces))


def own_words(line: Line) -> list[str]:
    """The journalist's words of a line, in lower case."""
    return [word.lower() for piece, quoted in segments(line) if not quoted for word in WORD.findall(piece)]


def quoted_words(line: Line) -> list[str]:
    """The third party's words of a line, in lower case."""
    return [word.lower() for piece, quoted in segments(line) if quoted for word in WORD.findall(piece)]


def is_plain(line: Line) -> bool:
    """Whether the line is the journalist's from end to end."""
    return not (line.inside or line.spoken or "“" in line.text or "”" in line.text or line.is_furniture)


def passed_through(lines: Sequence[Line], node: str) -> tuple[Line, ...]:
    """The lines as they leave the text ``node``."""
    return tuple(replace(line, path=(*line.path, node)) for line in lines)


def capitalised(text: str) -> str:
    """The text with its first letter as a capital."""
    return text[:1].upper() + text[1:]
