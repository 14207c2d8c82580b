"""A report's CSV files → the tables they were written from."""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from itertools import islice
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
_ROWS_AT_ONCE = 256
_NOT_PLAIN = "'\""
"""Cells that begin so are not in the file as they are."""
Among = Mapping[str, Collection[Cell]]
"""Texts by the name of a column, of which its cells must be one."""
ANYTHING: Among = {}


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


def saved_rows(directory: Path, schema: Schema, names: Sequence[str] = (), among: Among = ANYTHING) -> Iterator[Row]:
    """The rows of one table of a report, or of each the cells of the columns with these names.

    ``among`` leaves only the rows whose cell is one of some texts in each of these columns, by name. Cells that are not
    asked for, and rows that are left out, cost no more than their place in the file. Memory: some hundred rows.

    Raises:
        InputError: when the file is missing, is no table of this version, or cannot be read.
    """
    path = _path(directory, schema)
    previous = csv.field_size_limit(_LONGEST_CELL)
    columns = [schema.columns[schema.names.index(name)] for name in names or schema.names]
    places = [schema.columns.index(column) for column in columns]
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            if tuple(next(csv.reader(stream, strict=True), ())) != schema.names:
                raise InputError(f"{path}: the columns are not those of this version; run `tracer report` again")
            wanted = {schema.names.index(name): {str(text) for text in texts} for name, texts in among.items()}
            written = _perhaps_with_one_of(stream, wanted[0]) if 0 in wanted else stream
            lines: Iterable[list[str]] = csv.reader(written, strict=True)
            for place, texts in wanted.items():
                lines = _with_one_of(lines, place, texts)
            while batch := list(islice(lines, _ROWS_AT_ONCE)):
                cells = list(zip(*batch, strict=True))
                if len(cells) != len(schema.columns):
                    raise ValueError("a row has too few cells or too many")
                read = [_READERS[column.type](cells[place]) for column, place in zip(columns, places, strict=True)]
                yield from zip(*read, strict=True)
    except (OSError, ValueError, IndexError, csv.Error) as error:
        raise InputError(
            f"{path}: cannot be read as a table of a report ({error}); run `tracer report` again"
        ) from error
    finally:
        csv.field_size_limit(previous)


def _perhaps_with_one_of(lines: Iterable[str], wanted: Container[str]) -> Iterator[str]:
    """The lines of a file without rows that plainly have something else in their first column.

    To tell those by the text before the first comma takes a fraction of the time that all their cells would.
    """
    is_inside = is_plain = False
    for line in lines:
        if not is_inside:
            is_plain = line[0] not in _NOT_PLAIN and line[: line.find(",")] not in wanted
        if line.count('"') % 2:
            is_inside = not is_inside
        if not is_plain:
            yield line


def _with_one_of(lines: Iterable[list[str]], place: int, wanted: Collection[str]) -> Iterator[list[str]]:
    return (cells for cells in lines if (disarmed(cells[place]) if cells[place][:1] == "'" else cells[place]) in wanted)


def kept_texts(directory: Path, wanted: Container[str]) -> Iterator[tuple[str, str]]:
    """The id and the raw text of each article of a report that is ``wanted`` by its id, one at a time.

    Raises:
        InputError: when the file of articles is missing or cannot be read.
    """
    path = directory / ARTICLE_LINES
    try:
        yield from saved_texts(path, wanted)
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read ({error}); run `tracer report` again") from error


def saved_text(directory: Path, article: str) -> str | None:
    """The raw text of one article of a report; ``None`` where the report does not have it. Reads up to it.

    Raises:
        InputError: when the file of articles is missing or cannot be read.
    """
    return next((text for _, text in kept_texts(directory, {article})), None)


def _path(directory: Path, schema: Schema) -> Path:
    return directory / f"{schema.name}.csv"


def _texts(cells: Sequence[str]) -> Sequence[Cell]:
    return [(disarmed(cell) if cell[0] == "'" else cell) if cell else None for cell in cells]


def _integers(cells: Sequence[str]) -> Sequence[Cell]:
    return [int(cell) if cell else None for cell in cells]


def _numbers(cells: Sequence[str]) -> Sequence[Cell]:
    return [float(cell) if cell else None for cell in cells]


def _booleans(cells: Sequence[str]) -> Sequence[Cell]:
    return [cell == "true" if cell else None for cell in cells]


_READERS: dict[ColumnType, Callable[[Sequence[str]], Sequence[Cell]]] = {
    ColumnType.TEXT: _texts,
    ColumnType.INTEGER: _integers,
    ColumnType.NUMBER: _numbers,
    ColumnType.BOOLEAN: _booleans,
}
