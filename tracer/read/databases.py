"""SQLite databases: one row per article of one of their tables, or of what a query gives."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote

from tracer.domain import Article, InputError, SkippedArticle
from tracer.read.byte_lines import UnreadableRestError
from tracer.read.database_changes import settled
from tracer.read.labels import clean_label
from tracer.read.queries import Query
from tracer.read.records import RecordReader
from tracer.read.settings import ReadSettings

_ARCHIVE = 0x54524143
"""What an archive of tracer's own says that it is."""
_MOST_TABLES = 1_000
_MOST_TOO_LONG, _MOST_TIMES = 100, 100


def read_database(stream: BinaryIO, path: str, settings: ReadSettings) -> Iterator[Article | SkippedArticle]:
    """One article or skip per row of a table, or of what a query gives; its line is the number of the row, from 1.

    The table is the one that the settings name, else the only one with a column that may hold texts. The database is
    opened read-only and never changed; views and virtual tables are not read, so no code of the file's own is run. A
    query of the settings may read views: see :class:`tracer.read.queries.Query`.

    Changes that stand beside it in a write-ahead log are read from a copy, of at most ``settings.max_file_bytes``; a
    change that was broken off (a journal) is a skip. Holds one row, of cells of at most ``settings.max_record_bytes``;
    a row with a longer one is a skip.

    Raises:
        InputError: a table or column that the settings name is not in the database, or it cannot answer the query.
        UnreadableRestError: the file is damaged, or no SQLite database.
    """
    with settled(Path(os.fsdecode(stream.name)), settings) as (place, options, size):
        try:
            yield from _read(f"file:{quote(os.fsencode(place))}?{options}", path, settings, size)
        except (sqlite3.Error, UnicodeError, MemoryError) as error:  # a damaged header may ask for any size
            raise UnreadableRestError(f"the file is damaged or no SQLite database ({error})") from error


def _read(address: str, path: str, settings: ReadSettings, size: int) -> Iterator[Article | SkippedArticle]:
    with closing(sqlite3.connect(address, uri=True)) as connection:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, settings.max_record_bytes)
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        if connection.execute("PRAGMA application_id").fetchone()[0] == _ARCHIVE:
            yield SkippedArticle(path, 0, "is an archive of tracer's own; `tracer archive lookup` reads it")
            return
        if settings.query is not None:
            yield from _queried(Query(connection, settings.query, path, size), path, settings)
            return
        yield from _of_table(connection, path, settings, size)


def _of_table(
    connection: sqlite3.Connection, path: str, settings: ReadSettings, size: int
) -> Iterator[Article | SkippedArticle]:
    chosen = _chosen(connection, path, settings)
    if isinstance(chosen, SkippedArticle):
        yield chosen
        return
    records = RecordReader(path, settings)
    for number, row in enumerate(_rows(connection, *chosen, size), start=1):
        if row is None:
            yield SkippedArticle(path, number, f"the row holds more than {settings.max_record_bytes:,} bytes")
        else:
            yield records.read(dict(zip(chosen[1], row, strict=True)), number)


def _queried(query: Query, path: str, settings: ReadSettings) -> Iterator[Article | SkippedArticle]:
    """The articles that a query gives; a skip of the whole database where none of its columns holds texts."""
    records = RecordReader(path, settings)
    columns = records.of_table(query.names)
    if isinstance(columns, SkippedArticle):
        yield SkippedArticle(path, 0, f"what the query gives {columns.reason}, or say AS text in the query")
        return
    number = 0
    for number, row in enumerate(query, start=1):
        yield records.read(dict(zip(query.names, _decoded(row), strict=True)), number)
    if not number:
        yield SkippedArticle(path, 0, "the query gives no rows")


def _decoded(row: Iterable[object]) -> list[object]:
    return [value.decode("utf-8", "replace") if isinstance(value, bytes) else value for value in row]


def _rows(connection: sqlite3.Connection, table: str, used: list[str], size: int) -> Iterator[list[object] | None]:
    """The rows of a table, ``None`` for one that is too long.

    Raises:
        UnreadableRestError: a hundred rows are too long, or there is more than a file of ``size`` bytes can hold: a
            page of it is then pointed to again and again.
    """
    # Names of the table's own are said to be so: SQLite takes a name that it does not know for a text.
    names = ", ".join(f"read_.{_quoted(name)}" for name in used)
    query = f"SELECT {names} FROM {_quoted(table)} AS read_ NOT INDEXED LIMIT ? OFFSET ?"  # noqa: S608 - quoted
    held = 0
    for number, row in enumerate(_one_by_one(connection, query), start=1):
        if row is None:
            yield None
            continue
        values = _decoded(row)
        held += sum(len(value) for value in values if isinstance(value, str))
        if number > size or held > _MOST_TIMES * size:
            raise UnreadableRestError("the file is damaged: it has more rows than it can hold")
        yield values


def _one_by_one(connection: sqlite3.Connection, query: str) -> Iterator[tuple[Any, ...] | None]:
    """What ``query`` finds: a row that is too long ends it, and it is asked again for those behind."""
    number = too_long = 0
    while True:
        try:
            for row in connection.execute(query, (-1, number)):
                number += 1
                yield row
        except sqlite3.DataError:
            pass
        else:
            return
        # Either this row is the one, or the next: Python asks for one more than it gives.
        found = None
        try:
            found = connection.execute(query, (1, number)).fetchone()
        except sqlite3.DataError as error:
            too_long += 1
            if too_long > _MOST_TOO_LONG:
                raise UnreadableRestError(f"more than {_MOST_TOO_LONG} rows are too long") from error
        number += 1
        yield found


def _chosen(
    connection: sqlite3.Connection, path: str, settings: ReadSettings
) -> tuple[str, list[str]] | SkippedArticle:
    """The table to read and its columns that are used."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE%' ORDER BY name"
    tables = [str(name) for (name,) in connection.execute(query).fetchmany(_MOST_TABLES)]
    if settings.table is not None:
        if settings.table not in tables:
            raise InputError(f"{path}: there is no table {settings.table!r}; it has {_shown(tables)}")
        tables = [settings.table]
    usable = [(name, used) for name in tables if (used := _used(connection, name, path, settings))]
    if len(usable) == 1:
        return usable[0]
    if usable:
        listed = _shown([name for name, _ in usable])
        return SkippedArticle(
            path, 0, f"has several tables that may hold articles ({listed}); name one with --in-table"
        )
    return SkippedArticle(
        path, 0, f"has no table with a column known to hold texts ({_shown(tables)}); see --text-column"
    )


def _used(connection: sqlite3.Connection, table: str, path: str, settings: ReadSettings) -> list[str]:
    """The columns of a table that are read; none when it has no texts."""
    names = tuple(str(row[0]) for row in connection.execute("SELECT name FROM pragma_table_info(?)", (table,)))
    columns = RecordReader(path, settings).columns.find(names)
    if not columns.of("text"):
        return []
    return [name for name in names if any(name in found for found in columns.names.values())]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _shown(names: list[str]) -> str:
    shown = ", ".join(clean_label(name, 40) or "(blank)" for name in names[:10])
    return f"tables {shown}{', …' if len(names) > 10 else ''}" if names else "no tables"  # noqa: PLR2004
