"""A user's own SELECT on a database that nobody vouches for: nothing but reading, and within bounds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from tracer.domain import InputError
from tracer.read.columns import unique_names
from tracer.read.labels import clean_label

_STEPS_AT_A_TIME = 10_000
_MOST_STEPS, _STEPS_PER_BYTE = 100_000_000, 1
"""What a query may take: some ten seconds, and as much again for every hundred megabytes of the database. Reading a row
takes ten or so, looking up another by an index as many again."""
_ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION})
_NO_FUNCTIONS = frozenset({"load_extension"})
_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN})
_NO_VIRTUAL = "vtable constructor failed"
"""What SQLite says where a virtual table needs what is refused."""
_PRIMARY = 0xFF
_SHOWN = 200


class Query:
    """The rows that a SELECT gives on ``connection``, a database of ``size`` bytes; ``names`` are their columns.

    SQLite itself refuses whatever is not reading: it asks for every table, column and function while it prepares the
    query. Refused are writing, ATTACH, PRAGMA, extensions, recursion (which has no end of its own), virtual tables of
    the file, and more than one statement. Work is counted in SQLite's own steps, so that a query that comes to its end
    does so on every machine: a hundred million, and one for each byte of the database. Holds one row; sorting goes
    through temporary files of SQLite's.

    Raises:
        InputError: at the call or while iterating, when the query cannot be answered, naming ``path``.
        sqlite3.Error: when the database is damaged.
    """

    def __init__(self, connection: sqlite3.Connection, query: str, path: str, size: int) -> None:
        self._path = path
        self._left = _MOST_STEPS + _STEPS_PER_BYTE * size
        virtual = "SELECT lower(name) FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL%'"
        self._virtual = frozenset(name for (name,) in connection.execute(virtual))
        connection.execute("PRAGMA query_only = ON")
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        connection.set_authorizer(self._judged)
        connection.set_progress_handler(self._is_over, _STEPS_AT_A_TIME)
        try:
            self._cursor = connection.execute(query)
        except (sqlite3.Error, sqlite3.Warning) as error:
            raise self._fault(error) from error
        self.names = unique_names(str(column[0]) for column in self._cursor.description or ())

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self._cursor
        except (sqlite3.Error, sqlite3.Warning) as error:
            raise self._fault(error) from error

    def _judged(self, action: int, first: str | None, second: str | None, *_place: str | None) -> int:
        """Whether a query may do something, as SQLite asks for it."""
        allowed = action in _ALLOWED
        if action == sqlite3.SQLITE_READ:
            allowed = (first or "").lower() not in self._virtual
        elif action == sqlite3.SQLITE_FUNCTION:
            allowed = (second or "").lower() not in _NO_FUNCTIONS
        return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY

    def _is_over(self) -> bool:
        """Whether to end it, as SQLite asks for it every ten thousand steps."""
        self._left -= _STEPS_AT_A_TIME
        return self._left < 0

    def _fault(self, error: Exception) -> BaseException:
        """What to raise for an error of SQLite's: itself, where the database is damaged; Ctrl-C, which it swallows."""
        code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
        if code in _DAMAGE:
            return error
        if self._left < 0:
            return InputError(
                f"{self._path}: the query takes too long; give the database an index that it can use, or query less"
            )
        if code == sqlite3.SQLITE_INTERRUPT:
            return KeyboardInterrupt()
        if code == sqlite3.SQLITE_AUTH or _NO_VIRTUAL in str(error):
            why = "it may only read tables and views, no virtual ones, and without recursion"
            return InputError(f"{self._path}: the query is refused: {why} ({_shown(error)})")
        return InputError(f"{self._path}: the query cannot be answered ({_shown(error)}); see the tables it has")


def _shown(error: Exception) -> str:
    return clean_label(str(error), _SHOWN)
