"""Excel workbooks: one row per article of one of their sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, BinaryIO

from tracer.domain import Article, InputError, SkippedArticle
from tracer.read.byte_lines import UnreadableRestError
from tracer.read.columns import unique_names
from tracer.read.labels import clean_label
from tracer.read.records import RecordReader
from tracer.read.settings import ReadSettings
from tracer.read.workbook_parts import workbook_fault

_MOST_COLUMNS = 2_000
_MOST_BLANK_ROWS = 1_048_576
"""Rows that a sheet of Excel can have. Files may number a row as they like, and those before it count as blank."""
_CODED = re.compile("_x([0-9A-Fa-f]{4})_")
"""Characters as workbooks write those that XML cannot hold; a carriage return above all."""


def read_workbook(stream: BinaryIO, path: str, settings: ReadSettings) -> Iterator[Article | SkippedArticle]:
    """One article or skip per row of a sheet of an ``.xlsx`` workbook; its line is the number of the row, from 1.

    The sheet is the one that the settings name as table, else the first with a column that may hold texts; its first
    row that is not blank names the columns. Values are those that Excel saved, formulas are not worked out. Holds a
    row, and the workbook's shared strings. What is refused: see :func:`tracer.read.workbook_parts.workbook_fault`.

    Raises:
        InputError: a sheet or column that the settings name is not in the workbook.
        UnreadableRestError: the file is damaged, encrypted, or no workbook.
    """
    import openpyxl  # noqa: PLC0415 - an extra

    fault = workbook_fault(stream, settings)
    if fault is not None:
        raise UnreadableRestError(fault)
    stream.seek(0)
    try:
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    except Exception as error:
        raise UnreadableRestError(f"the file is damaged or no workbook ({type(error).__name__})") from error
    names = [str(sheet.title) for sheet in book.worksheets]
    if settings.table is not None and settings.table not in names:
        shown = ", ".join(clean_label(name, 40) for name in names[:10])
        raise InputError(f"{path}: there is no sheet {settings.table!r}; it has {shown}")
    found = False
    for name in names if settings.table is None else [settings.table]:
        for entry in _sheet(_rows(book[name]), path, settings):
            found = True
            yield entry
        if found:
            return
    yield SkippedArticle(path, 0, "has no sheet with a column known to hold texts; name it with --text-column")


def _sheet(rows: Iterator[tuple[Any, ...]], path: str, settings: ReadSettings) -> Iterator[Article | SkippedArticle]:
    """The articles of a sheet; nothing at all where no column may hold texts."""
    records, blank = RecordReader(path, settings), 0
    names: tuple[str, ...] = ()
    for number, row in enumerate(rows, start=1):
        values = [_plain(value) for value in row[:_MOST_COLUMNS]]
        if all(value is None or value == "" for value in values):
            blank += 1
            if blank > _MOST_BLANK_ROWS:
                yield SkippedArticle(path, number, f"stands behind {_MOST_BLANK_ROWS:,} blank rows; no more is read")
                return
            continue
        if names:
            values += [None] * (len(names) - len(values))
            yield records.read(dict(zip(names, values, strict=False)), number)
            continue
        names = unique_names(str(value) if value is not None else "" for value in values)
        if not records.columns.find(names).of("text"):
            return
        records.finish()


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    """The rows as they are stored: what the file says of its size may be wrong, and rows behind it would be lost."""
    try:
        sheet.reset_dimensions()
        yield from sheet.iter_rows(values_only=True)
    except Exception as error:
        raise UnreadableRestError(f"the sheet is damaged ({type(error).__name__})") from error


def _plain(value: Any) -> Any:
    if isinstance(value, str) and "_x" in value:
        return _CODED.sub(lambda found: chr(int(found[1], 16)), value)
    return value.isoformat() if isinstance(value, datetime | date | time) else value
