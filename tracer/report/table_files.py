"""Tables as CSV."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

from tracer.report.cells import written
from tracer.report.schema import Schema
from tracer.report.table import Cell, Row, Table

_ROWS_AT_ONCE = 10_000


def write_csv(table: Table, path: Path) -> None:
    r"""Write a table as CSV: UTF-8, RFC 4180 but for ``\n`` as line end, a header line, cells as ``cells`` says.

    Rows are streamed. Empty cells hold nothing; a cell that holds a line end stands in quotation marks.

    Raises:
        OSError: when the file cannot be written.
    """
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(csv_header(table.schema))
        for start in range(0, len(table), _ROWS_AT_ONCE):
            stream.writelines(csv_lines(table.schema, table.rows[start : start + _ROWS_AT_ONCE]))


def csv_header(schema: Schema) -> str:
    """The line that names the columns."""
    lines: list[str] = []
    csv.writer(_Sink(lines.append), lineterminator="\n").writerow(schema.names)
    return lines[0]


def csv_lines(schema: Schema, rows: Sequence[Row]) -> list[str]:
    """One text per row, with its line end; a text with line ends in its cells spans several lines of the file."""
    lines: list[str] = []
    columns = [_all_written(written(column.type), cells) for column, cells in zip(schema.columns, zip(*rows))]  # noqa: B905 - no rows, no cells
    csv.writer(_Sink(lines.append), lineterminator="\n").writerows(zip(*columns, strict=True))
    return lines


def _all_written(write: Callable[[Cell], str], cells: Sequence[Cell]) -> list[str]:
    """Each different cell is written once: ids, names and sentences come again and again."""
    known = {cell: write(cell) for cell in set(cells)}
    return [known[cell] for cell in cells]


class _Sink:
    """The stream that a CSV writer hands each row to."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self.write = write
