"""CSV and TSV: one row per article, streamed; malformed rows are recorded, never guessed at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from tracer.domain import Article, SkippedArticle
from tracer.read.byte_lines import ByteLines
from tracer.read.columns import unique_names
from tracer.read.formats import suffix_of
from tracer.read.records import RecordReader
from tracer.read.settings import ReadSettings
from tracer.read.table_rows import Rows

_DELIMITERS = ",;\t|"


def read_table(stream: BinaryIO, path: str, settings: ReadSettings) -> Iterator[Article | SkippedArticle]:
    """One article or skip per row of ``stream``, whose first row names the columns.

    ``.tsv`` is split at tabs; otherwise the delimiter is the one of ``, ; tab |`` that stands most often in the first
    row. Quoting is that of RFC 4180, strictly: a row with a stray quotation mark, or with more or fewer fields than
    the header, is a skip, and reading goes on with the next row. A row is known by the line on which it begins. Holds
    one row, of at most ``settings.max_record_bytes``. One encoding is assumed for all lines that are not UTF-8.

    Raises:
        InputError: a column that the settings name is not in the header.
        UnreadableRestError: the input is binary or damaged beyond going on.
    """
    lines = ByteLines(stream, settings.max_record_bytes)
    rows = Rows(lines, _delimiter(lines.head, path), settings.max_record_bytes)
    header = next(rows, None)
    if header is None or header.fault is not None:
        yield SkippedArticle(path, 0, f"has no header row: {header.fault}" if header else "is empty")
        return
    names = unique_names(header.fields)
    records = RecordReader(path, settings)
    columns = records.of_table(names)
    if isinstance(columns, SkippedArticle):
        yield columns
        return
    for row in rows:
        fault = row.fault or _count_fault(row.fields, names)
        if fault is not None:
            yield SkippedArticle(path, row.line, f"the row {fault}")
        elif row.fields:
            yield records.read(dict(zip(names, row.fields, strict=False)), row.line, row.warnings)


def _delimiter(head: bytes, path: str) -> str:
    if suffix_of(path) == ".tsv":
        return "\t"
    first = head.split(b"\n", 1)[0].decode("latin-1")
    bare = "".join(first.split('"')[::2])
    return max(_DELIMITERS, key=lambda mark: (bare.count(mark), -_DELIMITERS.index(mark)))


def _count_fault(fields: list[str], names: tuple[str, ...]) -> str | None:
    extra = [field for field in fields[len(names) :] if field.strip()]
    if fields and (extra or len(fields) < len(names)):
        return f"has {len(fields)} fields where the header has {len(names)}; a quotation mark may be missing"
    return None
