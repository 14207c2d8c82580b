"""CSV and TSV: one row per article, streamed; malformed rows are recorded, never guessed at."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import BinaryIO

from tracer.domain import Article, SkippedArticle
from tracer.read.byte_lines import ByteLines, Line
from tracer.read.encodings import decode
from tracer.read.inputs import suffix_of
from tracer.read.records import RecordReader, no_text_column
from tracer.read.settings import ReadSettings

_DELIMITERS = ",;\t|"


def read_table(stream: BinaryIO, path: str, settings: ReadSettings) -> Iterator[Article | SkippedArticle]:
    """One article or skip per row of ``stream``, whose first row names the columns.

    ``.tsv`` is split at tabs; otherwise the delimiter is the one of ``, ; tab |`` that stands most often in the first
    row. Quoting is that of RFC 4180, strictly: a row with a stray quotation mark, or with more or fewer fields than
    the header, is a skip, and reading goes on with the next row. A row is known by the line on which it begins. Holds
    one row, of at most ``settings.max_record_bytes``. One encoding is assumed for all lines that are not UTF-8.

    ``csv.field_size_limit`` is global to the process: it is raised while a row is parsed and put back at once, so a
    caller's own csv reader in another thread may for that moment see the higher limit.

    Raises:
        InputError: a column that the settings name is not in the header.
        UnreadableRestError: the input is binary or damaged beyond going on.
    """
    lines = ByteLines(stream, settings.max_record_bytes)
    rows = _Rows(lines, _delimiter(lines.head, path), settings.max_record_bytes)
    header = next(rows, None)
    if header is None or header.fault is not None:
        yield SkippedArticle(path, 0, f"has no header row: {header.fault}" if header else "is empty")
        return
    names = _names(header.fields)
    records = RecordReader(path, settings)
    columns = records.columns.find(names)
    records.finish()
    if not columns.of("text"):
        yield SkippedArticle(path, 0, no_text_column(names))
        return
    for row in rows:
        fault = row.fault or _count_fault(row.fields, names)
        if fault is not None:
            yield SkippedArticle(path, row.line, f"the row {fault}")
        elif row.fields:
            yield records.read(dict(zip(names, row.fields, strict=False)), row.line, row.warnings)


class _Row:
    """A parsed row (``fields``; empty for a blank line) or its ``fault``; ``line`` is where it begins."""

    __slots__ = ("fault", "fields", "line", "warnings")

    def __init__(self, line: int, fields: list[str], fault: str | None, warnings: tuple[str, ...] = ()) -> None:
        self.line, self.fields, self.fault, self.warnings = line, fields, fault, warnings


class _RowTooLongError(Exception):
    """Raised inside the csv reader when a row passes the limit."""


class _Rows(Iterator[_Row]):
    """Feeds lines to ``csv.reader`` and keeps count of the row's first line, size and quotation marks."""

    def __init__(self, lines: ByteLines, delimiter: str, limit: int) -> None:
        self._lines = iter(lines)
        self._head = lines.head
        self._limit = limit
        self._codec: str | None = None
        self._last = self._size = self._quotes = 0
        self._first = 1
        self._warnings: tuple[str, ...] = ()
        self._reader = csv.reader(iter(self._next_line, None), delimiter=delimiter, strict=True)

    def __next__(self) -> _Row:
        self._first, self._size, self._quotes, self._warnings = self._last + 1, 0, 0, ()
        previous = csv.field_size_limit(max(self._limit, csv.field_size_limit()))
        try:
            return _Row(self._first, next(self._reader), None, self._warnings)
        except csv.Error as error:
            return _Row(self._first, [], f"is malformed: {error}")
        except _RowTooLongError:
            return _Row(self._first, [], self._skip_row())
        finally:
            csv.field_size_limit(previous)

    def _next_line(self) -> str | None:
        line = next(self._lines, None)
        if line is None:
            return None
        self._count(line)
        if not line.whole or self._size > self._limit:
            raise _RowTooLongError
        return self._decode(line.data)

    def _count(self, line: Line) -> None:
        self._last = line.number
        self._size += len(line.data)
        self._quotes += line.quotes if not line.whole else line.data.count(b'"')

    def _skip_row(self) -> str:
        """Read on to the line that closes the quotation mark left open, if one is."""
        while self._quotes % 2 and (line := next(self._lines, None)) is not None:
            self._count(line)
        reason = f"is longer than {self._limit:,} bytes"
        return reason + (" (a quotation mark is not closed)" if self._quotes % 2 else "")

    def _decode(self, data: bytes) -> str:
        if self._codec is None:
            try:
                return data.decode("utf-8")
            except UnicodeDecodeError:
                decoded = decode(self._head + b"\n" + data)
                self._codec = decoded.codec if decoded is not None else "cp1252"
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode(self._codec, "replace")
        if "\ufffd" in text:
            self._warnings = (f"damaged {self._codec.upper()} sequences were replaced by U+FFFD",)
        return text


def _delimiter(head: bytes, path: str) -> str:
    if suffix_of(path) == ".tsv":
        return "\t"
    first = head.split(b"\n", 1)[0].decode("latin-1")
    bare = "".join(first.split('"')[::2])
    return max(_DELIMITERS, key=lambda mark: (bare.count(mark), -_DELIMITERS.index(mark)))


def _names(fields: list[str]) -> tuple[str, ...]:
    """Column names, made unique: a repeated or blank name is numbered, so that the first one counts."""
    names: dict[str, None] = {}
    for number, field in enumerate(fields, start=1):
        name = field.strip()
        names[name if name and name not in names else f"{name or 'column'} ({number})"] = None
    return tuple(names)


def _count_fault(fields: list[str], names: tuple[str, ...]) -> str | None:
    extra = [field for field in fields[len(names) :] if field.strip()]
    if fields and (extra or len(fields) < len(names)):
        return f"has {len(fields)} fields where the header has {len(names)}; a quotation mark may be missing"
    return None
