"""Parquet and Arrow files: one row per article, some hundred rows at a time."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from datetime import date, datetime
from itertools import chain
from typing import Any, BinaryIO

from tracer.domain import Article, SkippedArticle
from tracer.read.byte_lines import UnreadableRestError
from tracer.read.records import RecordReader
from tracer.read.settings import ReadSettings

_ROWS_AT_A_TIME = 256
_READ_AHEAD = 1 << 20


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
        file = parquet.ParquetFile(stream, pre_buffer=False, buffer_size=_READ_AHEAD)
        names = tuple(file.schema_arrow.names)
        used = yield from _used(names, path, settings)
        if used:
            # Group by group, as of several ones it would hold what is read ahead in each.
            groups = ([group] for group in range(file.num_row_groups))
            batches = (file.iter_batches(_ROWS_AT_A_TIME, row_groups=group, columns=used) for group in groups)
            yield from _rows(chain.from_iterable(batches), path, settings)
    except (pa.ArrowException, OSError) as error:
        raise UnreadableRestError(f"the file is damaged or no Parquet ({error})") from error


def read_arrow(stream: BinaryIO, path: str, settings: ReadSettings) -> Iterator[Article | SkippedArticle]:
    """As :func:`read_parquet`, of an Arrow file: Feather (version 2), or the IPC file or stream format.

    Holds one of the file's own batches of the columns that are used.

    Raises:
        InputError: a column that the settings name is not in the file.
        UnreadableRestError: the file is damaged, or no Arrow.
    """
    import pyarrow as pa  # noqa: PLC0415 - an extra, and heavy
    from pyarrow import ipc  # noqa: PLC0415

    try:
        batches, names = _opened(stream, ipc, pa)
        used = yield from _used(names, path, settings)
        if used:
            yield from _rows(_validated(batch.select(used) for batch in batches), path, settings)
    except (pa.ArrowException, OSError) as error:
        raise UnreadableRestError(f"the file is damaged or no Arrow ({error})") from error


def _opened(stream: BinaryIO, ipc: Any, pa: Any) -> tuple[Iterator[Any], tuple[str, ...]]:
    try:
        file = ipc.open_file(stream)
    except pa.ArrowInvalid:
        stream.seek(0)
        reader = ipc.open_stream(stream)
        return iter(reader), tuple(reader.schema.names)
    return (file.get_batch(number) for number in range(file.num_record_batches)), tuple(file.schema.names)


def _validated(batches: Iterator[Any]) -> Iterator[Any]:
    """``batches`` whose offsets lead nowhere outside of them: unlike Parquet, Arrow takes them from a file unseen."""
    for batch in batches:
        batch.validate(full=True)
        yield batch


def _used(names: tuple[str, ...], path: str, settings: ReadSettings) -> Generator[SkippedArticle, None, list[str]]:
    """The columns that are used; a skip of the whole file and none where none holds texts."""
    columns = RecordReader(path, settings).of_table(names)
    if isinstance(columns, SkippedArticle):
        yield columns
        return []
    return [name for name in names if any(name in found for found in columns.names.values())]


def _rows(batches: Iterator[Any], path: str, settings: ReadSettings) -> Iterator[Article | SkippedArticle]:
    records, number = RecordReader(path, settings), 0
    for batch in batches:
        for start in range(0, batch.num_rows, _ROWS_AT_A_TIME):
            for row in batch.slice(start, _ROWS_AT_A_TIME).to_pylist():
                number += 1
                yield records.read({name: _plain(value) for name, value in row.items()}, number)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime | date) else value
