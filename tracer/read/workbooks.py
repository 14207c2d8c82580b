"""Excel workbooks: one row per article of one of their sheets."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, BinaryIO

from tracer.domain import Article, InputError, SkippedArticle
from tracer.read.byte_lines import UnreadableRestError
from tracer.read.labels import clean_label
from tracer.read.records import RecordReader
from tracer.read.settings import ReadSettings

_MOST_COLUMNS = 2_000
_MOST_BLANK_ROWS = 100
_BLOCK = 1 << 20
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")


def read_workbook(stream: BinaryIO, path: str, settings: ReadSettings) -> Iterator[Article | SkippedArticle]:
    """One article or skip per row of a sheet of an ``.xlsx`` workbook; its line is the number of the row, from 1.

    The sheet is the one that the settings name as table, else the first with a column that may hold texts; its first
    row that is not blank names the columns. Values are those that Excel saved, formulas are not worked out. Holds a
    row, and the workbook's shared strings. A workbook that unpacks to more than ``settings.max_file_bytes`` is refused,
    and so is one whose XML declares entities.

    Raises:
        InputError: a sheet or column that the settings name is not in the workbook.
        UnreadableRestError: the file is damaged, encrypted, or no workbook.
    """
    import openpyxl  # noqa: PLC0415 - an extra

    fault = _fault(stream, settings)
    if fault is not None:
        raise UnreadableRestError(fault)
    stream.seek(0)
    try:
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    except Exception as error:
        raise UnreadableRestError(f"the file is damaged or no workbook ({type(error).__name__})") from error
    names = [str(name) for name in book.sheetnames]
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
                return
            continue
        blank = 0
        if not names:
            names = tuple(str(value).strip() if value is not None else "" for value in values)
            if not records.columns.find(names).of("text"):
                return
            records.finish()
            continue
        yield records.read({name: value for name, value in zip(names, values, strict=False) if name}, number)


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    try:
        yield from sheet.iter_rows(values_only=True)
    except Exception as error:
        raise UnreadableRestError(f"the sheet is damaged ({type(error).__name__})") from error


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date | time) else value


def _fault(stream: BinaryIO, settings: ReadSettings) -> str | None:
    """Why a workbook is not opened: it is none, or made to fill memory."""
    try:
        with zipfile.ZipFile(stream) as parts:
            infos = parts.infolist()
            if sum(info.file_size for info in infos) > settings.max_file_bytes:
                return f"unpacks to more than {settings.max_file_bytes:,} bytes"
            for info in infos:
                if info.filename.endswith((".xml", ".rels")) and _declares(parts, info):
                    return "declares XML entities, which no workbook needs; it is not read"
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        return f"is no .xlsx workbook, or an encrypted one ({error})"
    return None


def _declares(parts: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    """Whether a part holds a document type; one written in UTF-16 hides it from a look at bytes and counts as well."""
    tail = b""
    with parts.open(info) as stream:
        while block := stream.read(_BLOCK):
            held = tail + block
            if any(mark in held for mark in _DECLARATIONS) or held[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in held:
                return True
            tail = held[-16:]
    return False
