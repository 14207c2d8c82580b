"""A report's CSV files → the tables they were written from."""

from __future__ import annotations

import csv
from pathlib import Path

from tracer.domain import InputError
from tracer.report.columns import SCHEMAS
from tracer.report.schema import Column, ColumnType, Schema
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
    paths = {schema: directory / f"{schema.name}.csv" for schema in SCHEMAS}
    there = (schema for schema, path in paths.items() if path.exists() or not schema.option)
    return Tables(**{schema.name: _table(paths[schema], schema) for schema in there})


def _table(path: Path, schema: Schema) -> Table:
    previous = csv.field_size_limit(_LONGEST_CELL)
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            lines = csv.reader(stream, strict=True)
            if tuple(next(lines, ())) != schema.names:
                raise InputError(f"{path}: the columns are not those of this version; run `tracer report` again")
            return Table(schema, [_row(cells, schema) for cells in lines])
    except (OSError, ValueError, csv.Error) as error:
        raise InputError(
            f"{path}: cannot be read as a table of a report ({error}); run `tracer report` again"
        ) from error
    finally:
        csv.field_size_limit(previous)


def _row(cells: list[str], schema: Schema) -> Row:
    return tuple(_cell(cell, column) for cell, column in zip(cells, schema.columns, strict=True))


def _cell(cell: str, column: Column) -> Cell:
    if not cell:
        return None
    if column.type is ColumnType.INTEGER:
        return int(cell)
    if column.type is ColumnType.NUMBER:
        return float(cell)
    if column.type is ColumnType.BOOLEAN:
        return cell == "true"
    return cell.removeprefix("'")
