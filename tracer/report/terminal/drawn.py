"""Tables drawn to a width: long texts are shortened, lists of ids wrapped, nothing is wider than asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from tracer.report.terminal.plain import markdown, plain, shorten, wrapped

_GAP = 2
_NARROWEST = 8
_FULL_WIDTH = 110
"""From this width on, the remark of a row stands in a column of its own."""


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """A table for the eye.

    Where room is scarce, columns in ``flexible`` are shortened and those in ``wrapping`` wrapped. ``remarks`` has one
    text per row (or is empty), headed ``remark``: the last column where there is room, else a line below its row.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    flexible: frozenset[int] = frozenset({0})
    wrapping: frozenset[int] = frozenset()
    remark: str = ""
    remarks: tuple[str, ...] = ()


def draw(table: DrawnTable, width: int) -> str:
    """The table in plain text, no line wider than ``width`` cells; empty without rows."""
    if not table.rows:
        return ""
    headers, rows, flexible = table.headers, list(table.rows), table.flexible
    below = table.remarks
    if table.remarks and width >= _FULL_WIDTH:
        headers, flexible, below = (*headers, table.remark), flexible | {len(headers)}, ()
        rows = [(*row, remark) for row, remark in zip(table.rows, table.remarks, strict=True)]
    cells = [[plain(cell) for cell in row] for row in (tuple(map(str.upper, headers)), *rows)]
    widths = _fitted(
        [max(cell_len(row[n]) for row in cells) for n in range(len(headers))], flexible, table.wrapping, width
    )
    fitted = [[_fit(cell, widths[n], wraps=n in table.wrapping) for n, cell in enumerate(row)] for row in cells]
    return "\n".join(
        _with_remarks(fitted, widths, [f"{table.remark}: {text}" if text else "" for text in below], width)
    )


def draw_markdown(table: DrawnTable) -> str:
    """The table as a Markdown pipe table, cells whole; empty without rows."""
    from tabulate import tabulate  # noqa: PLC0415 - only where a table is drawn

    if not table.rows:
        return ""
    headers = [*table.headers, *([table.remark] if table.remarks else [])]
    whole = table.rows
    if table.remarks:
        whole = tuple((*row, remark) for row, remark in zip(table.rows, table.remarks, strict=True))
    rows = [[markdown(cell) for cell in row] for row in whole]
    return tabulate(rows, headers, tablefmt="pipe", disable_numparse=True)


def _fit(cell: str, width: int, *, wraps: bool) -> str:
    return wrapped(cell, width) if wraps else shorten(cell, width)


def _with_remarks(
    cells: Sequence[Sequence[str]], widths: Sequence[int], remarks: Sequence[str], width: int
) -> list[str]:
    """The drawn lines, each remark below the lines of its row."""
    from tabulate import tabulate  # noqa: PLC0415 - only where a table is drawn

    rule = ["-" * size for size in widths]
    drawn = tabulate([cells[0], rule, *cells[1:]], tablefmt="plain", disable_numparse=True).splitlines()
    shown, place = drawn[:2], 2
    for number, row in enumerate(cells[1:]):
        height = max(cell.count("\n") + 1 for cell in row)
        shown += drawn[place : place + height]
        place += height
        if number < len(remarks) and remarks[number]:
            shown.append("    " + shorten(remarks[number], width - 4))
    return [line.rstrip() for line in shown]


def _fitted(widths: list[int], flexible: frozenset[int], wrapping: frozenset[int], width: int) -> list[int]:
    """Column widths that fit: the widest of those that may give way goes first, then any other."""
    over = sum(widths) + _GAP * (len(widths) - 1) - width
    for _ in range(max(0, over)):
        soft = [column for column in sorted(flexible | wrapping) if widths[column] > _NARROWEST]
        column = max(soft or range(len(widths)), key=lambda index: widths[index])
        widths[column] = max(1, widths[column] - 1)
    return widths
