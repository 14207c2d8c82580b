"""SQLite databases: one row per article of one of their tables, or of what a query gives."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote

from tracer.domain import Article, InputError, SkippedArticle
from tracer.read.byte_lines import UnreadableRestError
from tracer.read.labels import clean_label
from tracer.read.queries import Query
from tracer.read.records import RecordReader
from tracer.read.settings import ReadSettings

_ARCHIVE = 0x54524143
"""What an archive of tracer's own says that it is."""
_MOST_TABLES = 1_000


def read_database(stream: BinaryIO, path: str, settings: ReadSettings) -> Iterator[Article | SkippedArticle]:
    """One article or skip per row of a table, or of what a query gives; its line is the number of the row, from 1.

    The table is the one that the settings name, else the only one with a column that may hold texts. The database is
    opened read-only and never changed; views and virtual tables are not read, so no code of the file's own is run. A
    query of the settings may read views: see :class:`tracer.read.queries.Query`. Holds one row, of cells of at most
    ``settings.max_record_bytes``.

    Raises:
        InputError: a table or column that the settings name is not in the database, or it cannot answer the query.
        UnreadableRestError: the file is damaged, or no SQLite database.
    """
    place = quote(str(Path(str(stream.name)).absolute()))
    try:
        connection = sqlite3.connect(f"file:{place}?mode=ro&immutable=1", uri=True)
        try:
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, settings.max_record_bytes)
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.text_factory = lambda data: data.decode("utf-8", "replace")
            size = Path(str(stream.name)).stat().st_size
            yield from _read(connection, path, settings, size)
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise UnreadableRestError(f"the file is damaged or no SQLite database ({error})") from error


def _read(
    connection: sqlite3.Connection, path: str, settings: ReadSettings, size: int
) -> Iterator[Article | SkippedArticle]:
    if connection.execute("PRAGMA application_id").fetchone()[0] == _ARCHIVE:
        yield SkippedArticle(path, 0, "is an archive of tracer's own; `tracer archive lookup` reads it")
        return
    if settings.query is not None:
        yield from _queried(Query(connection, settings.query, path, size), path, settings)
        return
    chosen = _chosen(connection, path, settings)
    if isinstance(chosen, SkippedArticle):
        yield chosen
        return
    name, used = chosen
    rows = connection.execute(f"SELECT {', '.join(map(_quoted, used))} FROM {_quoted(name)}")  # noqa: S608 - quoted
    yield from _articles(rows, used, RecordReader(path, settings))


def _queried(query: Query, path: str, settings: ReadSettings) -> Iterator[Article | SkippedArticle]:
    """The articles that a query gives; a skip of the whole database where none of its columns holds texts."""
    records = RecordReader(path, settings)
    columns = records.of_table(query.names)
    if isinstance(columns, SkippedArticle):
        yield SkippedArticle(path, 0, f"what the query gives {columns.reason}, or say AS text in the query")
        return
    found = False
    for entry in _articles(query, query.names, records):
        found = True
        yield entry
    if not found:
        yield SkippedArticle(path, 0, "the query gives no rows")


def _articles(
    rows: Iterable[tuple[Any, ...]], names: Sequence[str], records: RecordReader
) -> Iterator[Article | SkippedArticle]:
    for number, row in enumerate(rows, start=1):
        values = (value.decode("utf-8", "replace") if isinstance(value, bytes) else value for value in row)
        yield records.read(dict(zip(names, values, strict=True)), number)


def _chosen(
    connection: sqlite3.Connection, path: str, settings: ReadSettings
) -> tuple[str, list[str]] | SkippedArticle:
    """The table to read and its columns that are used."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
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
