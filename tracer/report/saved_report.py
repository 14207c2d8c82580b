"""A report's CSV files → the tables they were written from."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

from tracer.domain import InputError
from tracer.report.article_lines import ARTICLE_LINES, saved_texts
from tracer.report.cells import disarmed
from tracer.report.columns import SCHEMAS
from tracer.report.schema import ColumnType, Schema
from tracer.report.table import Cell, Row, Table
from tracer.report.tables import Tables

_MARKS = ("articles.csv", "pairs.csv", "manifest.json")
_LONGEST_CELL = 64 * 1024 * 1024


def is_report(directory: Path) -> bool:
    """Whether ``directory`` is a folder that ``tracer report`` wrote; false for one that cannot be looked into."""
    try:
        return all((directory / name).is_file() for name in _MARKS)
    except OSError:
        return False


def read_report(directory: Path) -> Tables:
    """The tables of a report, numbers as exact as its files give them.

    Raises:
        InputError: when a file is missing, is no table of this version, or cannot be read.
    """
    there = (schema for schema in SCHEMAS if _path(directory, schema).exists() or not schema.option)
    return Tables(**{schema.name: Table(schema, list(saved_rows(directory, schema))) for schema in there})


def saved_rows(directory: Path, schema: Schema) -> Iterator[Row]:
    """The rows of one table of a report, one at a time. Memory: one row.

    Raises:
        InputError: when the file is missing, is no table of this version, or cannot be read.
    """
    path = _path(directory, schema)
    previous = csv.field_size_limit(_LONGEST_CELL)
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            lines = csv.reader(stream, strict=True)
            if tuple(next(lines, ())) != schema.names:
                raise InputError(f"{path}: the columns are not those of this version; run `tracer report` again")
            readers = [_READERS[column.type] for column in schema.columns]
            for cells in lines:
                yield tuple(read(cell) if cell else None for read, cell in zip(readers, cells, strict=True))
    except (OSError, ValueError, csv.Error) as error:
        raise InputError(
            f"{path}: cannot be read as a table of a report ({error}); run `tracer report` again"
        ) from error
    finally:
        csv.field_size_limit(previous)


def kept_texts(directory: Path) -> Iterator[tuple[str, str]]:
    """The id and the raw text of each article of a report, one at a time.

    Raises:
        InputError: when the file of articles is missing or cannot be read.
    """
    path = directory / ARTICLE_LINES
    try:
        yield from saved_texts(path)
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read ({error}); run `tracer report` again") from error


def saved_text(directory: Path, article: str) -> str | None:
    """The raw text of one article of a report; ``None`` where the report does not have it. Reads up to it.

    Raises:
        InputError: when the file of articles is missing or cannot be read.
    """
    return next((text for id_, text in kept_texts(directory) if id_ == article), None)


def _path(directory: Path, schema: Schema) -> Path:
    return directory / f"{schema.name}.csv"


_READERS: dict[ColumnType, Callable[[str], Cell]] = {
    ColumnType.TEXT: disarmed,
    ColumnType.INTEGER: int,
    ColumnType.NUMBER: float,
    ColumnType.BOOLEAN: lambda cell: cell == "true",
}
