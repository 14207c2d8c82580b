"""Tables as CSV."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from tracer.report.cells import each_once, written
from tracer.report.schema import ColumnType, Schema
from tracer.report.table import Cell, Row, Table

_ROWS_AT_ONCE = 10_000
_QUOTED = re.compile('[,"\n]')
"""A cell with any of these stands in quotation marks; of line ends printable text has no other."""


def write_csv(table: Table, path: Path) -> None:
    r"""Write a table as CSV: UTF-8, RFC 4180 but for ``\n`` as line end, a header line, cells as ``cells`` says.

    Rows are streamed. Empty cells hold nothing; a cell that holds a line end stands in quotation marks.

    Raises:
        OSError: when the file cannot be written.
    """
    with path.open("wb") as stream:
        stream.write(csv_header(table.schema))
        for start in range(0, len(table), _ROWS_AT_ONCE):
            stream.writelines(csv_lines(table.schema, table.rows[start : start + _ROWS_AT_ONCE]))


def csv_header(schema: Schema) -> bytes:
    """The line that names the columns."""
    return (",".join(map(_marked, schema.names)) + "\n").encode()


def csv_lines(schema: Schema, rows: Sequence[Row]) -> list[bytes]:
    """One line per row, with its end; a text with line ends in its cells spans several lines of the file."""
    columns = [_in_file(column.type, cells) for column, cells in zip(schema.columns, zip(*rows))]  # noqa: B905 - no rows, no cells
    return [line + b"\n" for line in map(b",".join, zip(*columns, strict=True))]


def _in_file(kind: ColumnType, cells: Sequence[Cell]) -> list[bytes]:
    """The cells of a column as they stand in the file."""
    write = written(kind)
    if kind is ColumnType.TEXT:
        return each_once(lambda cell: _marked(write(cell)).encode(), cells)
    return each_once(lambda cell: write(cell).encode(), cells)


def _marked(text: str) -> str:
    """A cell as it stands between two commas."""
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
