"""Parquet and Arrow files: one row per article, some hundred rows at a time."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from tracer.domain import Article, SkippedArticle
from tracer.read.arrow_values import ArrowValues, TooLongError
from tracer.read.byte_lines import UnreadableRestError
from tracer.read.labels import clean_label
from tracer.read.records import RecordReader
from tracer.read.settings import ReadSettings

_ROWS_AT_A_TIME = 256
_BYTES_AT_A_TIME = 16_000_000
_BUFFER = 1 << 20
_LARGE, _HIGHEST_RATIO = 50_000_000, 500
_BYTES = "BYTE_ARRAY"


def read_parquet(stream: BinaryIO, path: str, settings: ReadSettings) -> Iterator[Article | SkippedArticle]:
    """One article or skip per row of ``stream``; its line is the number of the row, from 1.

    Times and days are read as their ISO 8601 spelling, bytes as UTF-8; of columns with one name the first counts. Holds
    some rows of the columns that are used, at most 256 or some 16 MB, and a page of each and its dictionary. A row of
    more than ``settings.max_record_bytes`` is a skip; a file that unpacks to more than 50 MB and five hundred times its
    size ends there.

    Raises:
        InputError: a column that the settings name is not in the file.
        UnreadableRestError: the file is damaged, or no Parquet.
    """
    from pyarrow import parquet  # noqa: PLC0415 - an extra, and heavy

    try:
        whole = parquet.ParquetFile(stream, pre_buffer=False)
        names = [str(name) for name in whole.schema_arrow.names]
    except Exception as error:
        raise _damage("Parquet", error) from error
    used = _used(names, path, settings)
    if isinstance(used, SkippedArticle):
        yield used
        return
    yield from _rows(_batches_of_parquet(stream, whole.metadata, used), used, stream, path, settings)


def _batches_of_parquet(stream: BinaryIO, metadata: Any, used: list[str]) -> Iterator[Any]:
    from pyarrow import parquet  # noqa: PLC0415 - as above

    try:
        columns = [metadata.schema.column(number) for number in range(metadata.num_columns)]
        numbers = [number for number, column in enumerate(columns) if _is_of(column.path, used)]
        rows = _rows_at_a_time(metadata, numbers)
        strings = [columns[number].path for number in numbers if columns[number].physical_type == _BYTES]
        file = parquet.ParquetFile(
            stream, metadata=metadata, read_dictionary=strings, pre_buffer=False, buffer_size=_BUFFER
        )
        for group in range(file.num_row_groups):  # of several groups at once it would hold what is read ahead in each
            yield from file.iter_batches(rows, row_groups=[group], columns=used)
    except UnreadableRestError:
        raise
    except Exception as error:
        raise _damage("Parquet", error) from error


def _is_of(path: str, used: list[str]) -> bool:
    return any(path == name or path.startswith(f"{name}.") for name in used)


def _rows_at_a_time(metadata: Any, numbers: list[int]) -> int:
    """So many that they can be held, by what the file says of its columns."""
    most = _ROWS_AT_A_TIME
    for at in range(metadata.num_row_groups):
        group = metadata.row_group(at)
        columns = [group.column(number) for number in numbers]
        size = sum(column.total_uncompressed_size for column in columns)
        packed = sum(column.total_compressed_size for column in columns)
        if size > _LARGE and size > _HIGHEST_RATIO * max(1, packed):
            raise UnreadableRestError(f"unpacks to {size:,} bytes, far more than texts do; it is not read")
        most = min(most, _BYTES_AT_A_TIME * max(1, group.num_rows) // max(1, size))
    return max(1, most)


def read_arrow(stream: BinaryIO, path: str, settings: ReadSettings) -> Iterator[Article | SkippedArticle]:
    """As :func:`read_parquet`, of an Arrow file: Feather (version 2), or the IPC file or stream format.

    Holds one of the file's own batches of the columns that are used.

    Raises:
        InputError: a column that the settings name is not in the file.
        UnreadableRestError: the file is damaged, or no Arrow.
    """
    try:
        names = [str(name) for name in _opened(stream, None)[1]]
    except Exception as error:
        raise _damage("Arrow", error) from error
    used = _used(names, path, settings)
    if isinstance(used, SkippedArticle):
        yield used
        return
    numbers = sorted(names.index(name) for name in used)
    yield from _rows(_batches_of_arrow(stream, numbers), used, stream, path, settings)


def _batches_of_arrow(stream: BinaryIO, numbers: list[int]) -> Iterator[Any]:
    try:
        yield from _opened(stream, numbers)[0]
    except Exception as error:
        raise _damage("Arrow", error) from error


def _opened(stream: BinaryIO, numbers: list[int] | None) -> tuple[Iterable[Any], list[str]]:
    """The batches of a file, of these columns alone, and the names of all that are read."""
    import pyarrow as pa  # noqa: PLC0415 - as above
    from pyarrow import ipc  # noqa: PLC0415

    options = ipc.IpcReadOptions(included_fields=numbers or [])
    stream.seek(0)
    try:
        file = ipc.open_file(stream, options=options)
    except pa.ArrowInvalid:
        stream.seek(0)
        reader = ipc.open_stream(stream, options=options)
        return iter(reader), list(reader.schema.names)
    return (file.get_batch(number) for number in range(file.num_record_batches)), list(file.schema.names)


def _used(names: list[str], path: str, settings: ReadSettings) -> list[str] | SkippedArticle:
    """The columns that are used, each once; a skip of the whole file where none holds texts."""
    columns = RecordReader(path, settings).of_table(tuple(dict.fromkeys(names)))
    if isinstance(columns, SkippedArticle):
        return columns
    return [name for name in dict.fromkeys(names) if any(name in found for found in columns.names.values())]


def _rows(
    batches: Iterator[Any], used: list[str], stream: BinaryIO, path: str, settings: ReadSettings
) -> Iterator[Article | SkippedArticle]:
    records, number = RecordReader(path, settings), 0
    values = ArrowValues(settings.max_record_bytes, os.fstat(stream.fileno()).st_size)
    for batch in batches:
        try:
            found = batch.schema.names
            columns = {name: values.checked(batch.column(found.index(name))) for name in used}
        except Exception as error:
            raise _damage("Arrow", error) from error
        for at in range(batch.num_rows):
            number += 1
            try:
                row = values.row(columns, at)
            except TooLongError:
                yield SkippedArticle(path, number, f"the row holds more than {settings.max_record_bytes:,} bytes")
            else:
                yield records.read(row, number)


def _damage(what: str, error: Exception) -> UnreadableRestError:
    return UnreadableRestError(f"the file is damaged or no {what} ({clean_label(str(error), 200)})")
