"""Tables as CSV and Parquet files."""

from __future__ import annotations

import csv
from pathlib import Path

from tracer.report.cells import written
from tracer.report.table import Table


def write_csv(table: Table, path: Path) -> None:
    r"""Write a table as CSV: UTF-8, RFC 4180 but for ``\n`` as line end, a header line, cells as ``cells`` says.

    Rows are streamed. Empty cells hold nothing; a cell that holds a line end stands in quotation marks.

    Raises:
        OSError: when the file cannot be written.
    """
    writers = [written(column.type) for column in table.schema.columns]
    with path.open("w", encoding="utf-8", newline="") as stream:
        lines = csv.writer(stream, lineterminator="\n")
        lines.writerow(table.columns)
        lines.writerows([write(cell) for write, cell in zip(writers, row, strict=True)] for row in table.rows)


def write_parquet(table: Table, path: Path) -> None:
    """Write a table as Parquet, texts as they were handed in.

    Raises:
        TracerError: when pyarrow is not installed.
        OSError: when the file cannot be written.
    """
    content = table.to_arrow()
    from pyarrow import parquet  # noqa: PLC0415 - an extra, and heavy

    parquet.write_table(content, path)
