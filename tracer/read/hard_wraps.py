"""Lines that were broken to a width, as mails and old wire copy have them: a break is no end of a paragraph there."""

from __future__ import annotations

import re

NOTE = "its lines were broken to a width; they are read as paragraphs"
_NARROWEST, _WIDEST = 40, 100
_FEWEST_BREAKS = 4
_MOSTLY = 0.9
_NEW_ITEM = re.compile(r"\s|[>•*–—-]\s|\d{1,3}[.)]\s")


def without_wraps(text: str) -> str:
    """``text`` with a space for each line feed that only keeps a paragraph to a width; as long as ``text``.

    A line was broken there if the first word of the next would not have fitted. Nothing changes unless that holds for
    nine in ten of the breaks between lines of text, four of them or more, at a width of 40 to 100 characters. Blank
    lines, indents and items of lists begin paragraphs. Linear.
    """
    lines = text.split("\n")
    width = max((len(line.rstrip()) for line in lines if " " in line.strip()), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return text
    breaks = [
        number
        for number in range(len(lines) - 1)
        if lines[number].strip() and lines[number + 1].strip() and not _NEW_ITEM.match(lines[number + 1])
    ]
    wraps = {number for number in breaks if _is_full(lines[number], lines[number + 1], width)}
    if len(wraps) < _FEWEST_BREAKS or len(wraps) < _MOSTLY * len(breaks):
        return text
    last = len(lines) - 1
    return "".join(line + ("" if n == last else " " if n in wraps else "\n") for n, line in enumerate(lines))


def _is_full(line: str, following: str, width: int) -> bool:
    return len(line.rstrip()) + 1 + len(following.split(maxsplit=1)[0]) > width
