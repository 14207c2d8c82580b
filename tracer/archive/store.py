"""The file of an archive: opened, recognised, and every error of SQLite told in words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from tracer.domain import InputError, OutputError

APPLICATION = 0x54524143
"""``TRAC``, at byte 68 of the file, says that it is an archive of tracer's."""
FORMAT = 3
_PAGE_BYTES = 16_384
_CACHE_KIB = 32_768
_LOOKUP_CACHE_KIB = 2_048
_MOST_WAL_BYTES = 64 * 1024 * 1024
_TABLES = (
    "CREATE TABLE facts (name TEXT PRIMARY KEY, value) WITHOUT ROWID",
    """CREATE TABLE articles (
        number INTEGER PRIMARY KEY AUTOINCREMENT, id NOT NULL UNIQUE, digest BLOB NOT NULL, outlet, title,
        published TEXT, precision TEXT NOT NULL, url, language, byline, article_group, path, line INTEGER,
        warnings TEXT, credited TEXT, kind TEXT NOT NULL, words INTEGER NOT NULL, shingles INTEGER NOT NULL,
        shingle_sum INTEGER NOT NULL)""",
    "CREATE TABLE texts (number INTEGER PRIMARY KEY, text BLOB NOT NULL)",
    """CREATE TABLE segments (
        segment INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL, postings INTEGER NOT NULL,
        bucket_bits INTEGER NOT NULL, offset_bits INTEGER NOT NULL)""",
    "CREATE TABLE buckets (place INTEGER PRIMARY KEY, postings BLOB NOT NULL)",
    "CREATE TABLE removed (number INTEGER PRIMARY KEY)",
)


def open_store(path: Path, facts: Mapping[str, float | str], *, create: bool, wait: float) -> sqlite3.Connection:
    """A connection to the archive at ``path``, which is made with ``facts`` where ``create`` says so.

    ``wait``: seconds to wait for another writer. Transactions are begun by hand.

    Raises:
        InputError: when there is no archive at the path, or one of another format.
        OutputError: when it cannot be made.
    """
    if not path.exists() and not create:
        raise InputError(f"{path}: there is no archive; `tracer archive add` makes one")
    if path.is_dir():
        raise InputError(f"{path}: this is a folder; an archive is one file")
    with told(path, writing=create):
        connection = _connected(path, wait, create=create)
        try:
            if create:
                _initialise(connection, facts, path)
            _recognise(connection, path)
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            connection.execute(f"PRAGMA journal_size_limit = {_MOST_WAL_BYTES}")
        except BaseException:
            connection.close()
            raise
    return connection


def keep_few_pages(connection: sqlite3.Connection) -> None:
    """Have pages read into the same little memory over and over.

    A lookup reads pages all over the file and hardly any of them twice: fresh memory for each costs more than reading.
    """
    connection.execute(f"PRAGMA cache_size = -{_LOOKUP_CACHE_KIB}")


def _connected(path: Path, wait: float, *, create: bool) -> sqlite3.Connection:
    place = quote(str(path.absolute()).encode("utf-8", "surrogateescape"))
    try:
        return _tried(f"file:{place}?mode={'rwc' if create else 'rw'}", wait)
    except sqlite3.OperationalError as error:
        if create or error.sqlite_errorcode & 0xFF not in _SHUT or path.with_name(path.name + "-wal").exists():
            raise
    # Read as it is: somebody who may write here and did would have left a -wal file, and there is none.
    return _tried(f"file:{place}?immutable=1", wait)


def _tried(address: str, wait: float) -> sqlite3.Connection:
    connection = sqlite3.connect(address, uri=True, timeout=wait, isolation_level=None)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _initialise(connection: sqlite3.Connection, facts: Mapping[str, float | str], path: Path) -> None:
    """Make the tables of a new file, in one transaction; an archive stays as it is, and so does another's file."""
    if _fact(connection, "application_id") or _tables(connection):
        return
    connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
    connection.execute("PRAGMA journal_mode = WAL")
    with transaction(connection, path):
        if _tables(connection):
            return
        for statement in _TABLES:
            connection.execute(statement)
        connection.executemany("INSERT INTO facts VALUES (?, ?)", sorted(facts.items()))
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {FORMAT}")


def _recognise(connection: sqlite3.Connection, path: Path) -> None:
    if _fact(connection, "application_id") != APPLICATION:
        raise InputError(f"{path}: this is no archive of tracer's; name another file")
    version = _fact(connection, "user_version")
    if version != FORMAT:
        raise InputError(
            f"{path}: an archive of format {version}, and this tracer reads format {FORMAT}; "
            "use the version of tracer that made it, or add the articles to a new archive"
        )


def _fact(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _tables(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Everything in the block is stored, or nothing; one writer at a time.

    Raises:
        OutputError: when another process writes, or the file cannot be written.
        InputError: when the file is damaged.
    """
    with told(path, writing=True):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


@contextmanager
def snapshot(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Everything that is read in the block is of one moment, whoever writes meanwhile."""
    with told(path, writing=False):
        connection.execute("BEGIN")
        try:
            yield
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")


@contextmanager
def told(path: Path, *, writing: bool) -> Iterator[None]:
    """Errors of SQLite in the block as errors that say what to do.

    Raises:
        OutputError: when the file is busy, or cannot be written to.
        InputError: when it is damaged, cannot be read, or is no archive.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _said(error, path, writing=writing) from error


_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_SHUT = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
_TOLD = {
    sqlite3.SQLITE_NOTADB: ("this is no archive of tracer's", "name another file"),
    **dict.fromkeys(_BUSY, ("another process is writing to this archive", "try again when it is done")),
    sqlite3.SQLITE_FULL: (
        "no room is left on the disk",
        "free some and run this again: what was stored before is unharmed",
    ),
    **dict.fromkeys(
        _SHUT,
        ("the archive cannot be written", "the file and its folder must be writable, or use a copy elsewhere"),
    ),
    sqlite3.SQLITE_IOERR: ("the disk reported an error", "copy the archive elsewhere and run `tracer archive check`"),
}
"""What is wrong, by SQLite's code, and what to do."""


def _said(error: sqlite3.DatabaseError, path: Path, *, writing: bool) -> InputError | OutputError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    name, advice = _TOLD.get(code, ("the archive is damaged", "restore a copy, or add its articles to a new archive"))
    if code in _SHUT and not writing:
        name, advice = "the archive cannot be opened", "see who may read the file and its folder"
    is_output = code in _BUSY or code == sqlite3.SQLITE_FULL or (writing and code in {*_SHUT, sqlite3.SQLITE_IOERR})
    return (OutputError if is_output else InputError)(f"{path}: {name} ({error}); {advice}")
