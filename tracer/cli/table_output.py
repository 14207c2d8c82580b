"""Tables of a run as CSV or JSON text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracer.report import Cell, Table


def csv_text(table: Table) -> str:
    r"""A table as the report would write it: RFC 4180 with ``\n`` line ends, safe to open in a spreadsheet."""
    from tracer.report.cells import written  # noqa: PLC0415 - --help must stay light

    writers = [written(column.type) for column in table.schema.columns]
    stream = io.StringIO(newline="")
    lines = csv.writer(stream, lineterminator="\n")
    lines.writerow(table.columns)
    lines.writerows([write(cell) for write, cell in zip(writers, row, strict=True)] for row in table.rows)
    return stream.getvalue()


def json_rows(rows: Iterable[Mapping[str, Cell]]) -> list[dict[str, Any]]:
    """Rows as JSON objects, numbers to six decimals, empty cells ``null``."""
    from tracer.report.cells import rounded  # noqa: PLC0415 - --help must stay light

    return [{name: rounded(cell) if isinstance(cell, float) else cell for name, cell in row.items()} for row in rows]


def as_json(value: object) -> str:
    """JSON text with sorted keys; ends in a line feed."""
    from tracer.report.json_text import json_text  # noqa: PLC0415 - --help must stay light

    text = json_text(value)
    return text if text.endswith("\n") else text + "\n"
