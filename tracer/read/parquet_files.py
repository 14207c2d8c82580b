"""Parquet files: one row per article, some hundred rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import BinaryIO

from tracer.domain import Article, SkippedArticle
from tracer.read.byte_lines import UnreadableRestError
from tracer.read.records import RecordReader
from tracer.read.settings import ReadSettings

_ROWS_AT_A_TIME = 256


def read_parquet(stream: BinaryIO, path: str, settings: ReadSettings) -> Iterator[Article | SkippedArticle]:
    """One article or skip per row of ``stream``; its line is the number of the row, from 1.

    Times and days are read as their ISO 8601 spelling. Holds some hundred rows of the columns that are used.

    Raises:
        InputError: a column that the settings name is not in the file.
        UnreadableRestError: the file is damaged, or no Parquet.
    """
    import pyarrow as pa  # noqa: PLC0415 - an extra, and heavy
    from pyarrow import parquet  # noqa: PLC0415

    try:
        file = parquet.ParquetFile(stream)
        names = tuple(file.schema_arrow.names)
        records = RecordReader(path, settings)
        columns = records.of_table(names)
        if isinstance(columns, SkippedArticle):
            yield columns
            return
        used = [name for name in names if any(name in found for found in columns.names.values())]
        number = 0
        for batch in file.iter_batches(_ROWS_AT_A_TIME, columns=used):
            for row in batch.to_pylist():
                number += 1
                yield records.read({name: _plain(value) for name, value in row.items()}, number)
    except (pa.ArrowException, OSError) as error:
        raise UnreadableRestError(f"the file is damaged or no Parquet ({error})") from error


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime | date) else value
