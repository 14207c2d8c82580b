"""Cells as text that no spreadsheet runs, no terminal obeys and no XML parser rejects."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import TypeVar

from tracer.report.schema import ColumnType
from tracer.report.table import Cell

DECIMALS = 6
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_FORMULA = re.compile(r"[\s']*[=+\-@\t＝＋－＠]")
_ASCII_CONTROL = 0x100

Made = TypeVar("Made")


def printable(text: str) -> str:
    r"""``text`` with line ends as ``\n`` and every other control character but the tab written out (``\x1b``).

    Halves of surrogate pairs and the two code points that XML forbids become ``\ud800`` and the like. Linear.
    """
    return text if text.isprintable() else _UNPRINTABLE.sub(_written_out, text.replace("\r\n", "\n"))


def _written_out(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < _ASCII_CONTROL else f"\\u{code:04x}"


def inert(text: str) -> str:
    """Printable text that a spreadsheet takes for text.

    A cell that would begin a formula (``=``, ``+``, ``-``, ``@``, their full-width forms or a tab, behind any spaces
    or apostrophes) gets one apostrophe in front. Whoever reads such a cell back takes one apostrophe away again.
    """
    text = printable(text)
    return f"'{text}" if _FORMULA.match(text) else text


def disarmed(cell: str) -> str:
    """The printable text that :func:`inert` made a cell of."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell, 1) else cell


def decimal(value: float) -> str:
    """A number to six decimals, without exponent, trailing zeros or a negative zero."""
    shown = f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown


def rounded(value: float) -> float:
    """The number that :func:`decimal` shows."""
    return round(value, DECIMALS) + 0.0


def each_once(make: Callable[[Cell], Made], cells: Collection[Cell]) -> list[Made]:
    """What is made of each cell, of equal ones once: ids, names and sentences come again and again in a column."""
    known = {cell: make(cell) for cell in set(cells)}
    return [known[cell] for cell in cells]


def written(kind: ColumnType) -> Callable[[Cell], str]:
    """How to write the cells of a column of this type; ``None`` is written as nothing."""
    return _WRITTEN[kind]


_WRITTEN: dict[ColumnType, Callable[[Cell], str]] = {
    ColumnType.TEXT: lambda cell: "" if cell is None else inert(str(cell)),
    ColumnType.INTEGER: lambda cell: "" if cell is None else str(cell),
    ColumnType.NUMBER: lambda cell: "" if cell is None else decimal(float(cell)),
    ColumnType.BOOLEAN: lambda cell: "" if cell is None else ("true" if cell else "false"),
}
