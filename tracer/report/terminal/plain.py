"""Text of strangers made safe for a terminal, and cut or wrapped to a width in cells."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from rich.cells import cell_len, chop_cells, set_cell_size

from tracer.read.labels import clean_label

ELLIPSIS = "…"
_JOINERS = frozenset("\u200c\u200d")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_POINTS_PER_CELL = 8
_MARKDOWN = {ord(mark): f"\\{mark}" for mark in "\\`*_[]<>|#~"}


def plain(text: str) -> str:
    """``text`` as one line that a terminal shows as it is; empty when nothing printable is left.

    Terminal escape sequences, control and format characters (bidirectional marks, zero-width spaces, tags) go; the two
    joiners that scripts need stay; white space collapses to single spaces. Linear in the text.
    """
    line = clean_label(text, max(1, len(text)))
    if line.isascii():
        return line
    seen = (char for char in line if char in _JOINERS or unicodedata.category(char) not in _INVISIBLE)
    return " ".join("".join(seen).split())


def markdown(text: str) -> str:
    """``text`` as one safe line in which nothing is Markdown or HTML markup."""
    return plain(text).translate(_MARKDOWN)


def shorten(text: str, width: int) -> str:
    """``text`` made plain and at most ``width`` (≥ 1) cells wide; what is cut off shows as ``…``."""
    line = plain(text[: width * _POINTS_PER_CELL + 1])
    if cell_len(line) <= width and len(text) <= width * _POINTS_PER_CELL:
        return line
    return set_cell_size(line, width - 1).rstrip() + ELLIPSIS if cell_len(line) >= width else line + ELLIPSIS


def wrapped(text: str, width: int, first: str = "", rest: str | None = None) -> str:
    """``text`` made plain and broken into lines of at most ``width`` cells.

    ``first`` opens the first line, ``rest`` (default: as many blanks) every other. Words too long for a line are
    broken. An empty text gives ``first`` alone.
    """
    rest = " " * cell_len(first) if rest is None else rest
    return "\n".join(_lines(plain(text), width, first, rest))


def _lines(text: str, width: int, first: str, rest: str) -> Iterator[str]:
    line, used, is_blank = first, cell_len(first), True
    room = max(1, width - max(used, cell_len(rest)))
    for word in text.split():
        for piece in chop_cells(word, room) if cell_len(word) > room else [word]:
            size = cell_len(piece)
            if not is_blank and used + 1 + size > width:
                yield line
                line, used, is_blank = rest, cell_len(rest), True
            line, used = (line + piece, used + size) if is_blank else (f"{line} {piece}", used + 1 + size)
            is_blank = False
    yield line if not is_blank else line.rstrip()
