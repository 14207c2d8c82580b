"""A Parquet file that rows are added to."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from tracer.report.schema import Schema
from tracer.report.table import Row, Table, arrow_schema

if TYPE_CHECKING:
    from types import TracebackType

_GROUP_ROWS = 1 << 17


class ParquetFile:
    """The Parquet file of one table, texts as they were handed in.

    A context manager: inside it rows are added in order. They are written in groups of 131,072, so that the bytes
    depend on the rows alone and memory stays bounded.
    """

    def __init__(self, schema: Schema, path: Path) -> None:
        """Open the file.

        Raises:
            TracerError: when pyarrow is not installed.
            OSError: when the file cannot be written.
        """
        columns = arrow_schema(schema)
        from pyarrow import parquet  # noqa: PLC0415 - an extra, and heavy

        self.path = path
        self._schema, self._rows, self._groups = schema, list[Row](), 0
        self._writer = parquet.ParquetWriter(path, columns)

    def __enter__(self) -> ParquetFile:
        return self

    def add(self, rows: Iterable[Row]) -> None:
        """Add rows; those that fill no group wait for more."""
        self._rows.extend(rows)
        while len(self._rows) >= _GROUP_ROWS:
            self._write(self._rows[:_GROUP_ROWS])
            del self._rows[:_GROUP_ROWS]

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and (self._rows or not self._groups):
            self._write(self._rows)
        self._writer.close()

    def _write(self, rows: list[Row]) -> None:
        self._groups += 1
        self._writer.write_table(Table(self._schema, rows).to_arrow(), row_group_size=_GROUP_ROWS)
