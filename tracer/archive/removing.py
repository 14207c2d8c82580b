"""Articles out of an archive."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tracer.archive.records import stored
from tracer.archive.store import told, transaction


@dataclass(frozen=True, slots=True)
class RemoveSummary:
    """The ids that were removed, and those that the archive did not hold; both in the order they were given.

    ``emptied``: whether the write-ahead log, which may hold what was removed, could be emptied; not so while a reader
    is at work.
    """

    removed: tuple[str, ...]
    unknown: tuple[str, ...]
    emptied: bool


def remove_articles(connection: sqlite3.Connection, path: Path, ids: Iterable[str]) -> RemoveSummary:
    """Take articles out in one transaction: text and record are overwritten in the file before this returns.

    Their postings, parts of hashes under a number that names nothing any more, go when segments are merged; after
    :func:`tracer.archive.upkeep.compact_archive` none is left.

    Raises:
        OutputError: when the archive is busy or cannot be written; then all articles are still there.
    """
    removed: list[str] = []
    unknown: list[str] = []
    with transaction(connection, path):
        for name in dict.fromkeys(ids):
            (removed if erase(connection, name) else unknown).append(name)
    emptied = emptied_log(connection, path) if removed else True
    return RemoveSummary(tuple(removed), tuple(unknown), emptied)


def erase(connection: sqlite3.Connection, name: str) -> bool:
    """Delete an article's record and text, overwriting both; whether there was one. Within a transaction."""
    row = connection.execute("SELECT number FROM articles WHERE id = ?", (stored(name),)).fetchone()
    if row is None:
        return False
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("DELETE FROM texts WHERE number = ?", row)
    connection.execute("DELETE FROM articles WHERE number = ?", row)
    connection.execute("INSERT INTO removed VALUES (?)", row)
    connection.execute("PRAGMA secure_delete = OFF")
    return True


def emptied_log(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether the write-ahead log could be written into the file and emptied; a reader at work prevents it."""
    with told(path, writing=True):
        return not connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
