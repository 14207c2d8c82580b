"""Articles into an archive: batch by batch, each stored whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from tracer.archive.postings import HASH_BITS
from tracer.archive.records import COLUMNS, Stored, article_digest, article_row, compressed, stored
from tracer.archive.removing import emptied_log, erase
from tracer.archive.segments import merge, segments, tail_to_merge, write_segment
from tracer.archive.store import told, transaction
from tracer.candidates import fingerprint_articles
from tracer.domain import RESERVED_IDS, Article, SkippedArticle

BATCH = 1_000
_BATCH_BYTES = 16 * 1024 * 1024
_ARTICLES_PER_TASK = 64
_TASK_CHARACTERS = 2_000_000
_DROPPED = np.uint64(64 - HASH_BITS)
SUM_MASK = np.uint64((1 << 62) - 1)
"""What is kept of a sum of hashes: as much as SQLite's numbers hold."""
_CONFLICT = (
    "has the id {id!r}, under which the archive holds other content; that one is kept. "
    "Use --replace to put this one in its place, or give it an id of its own"
)
_INSERT = f"INSERT INTO articles ({', '.join(COLUMNS)}, shingles, shingle_sum) VALUES ({', '.join('?' * 18)})"  # noqa: S608 - names of ours

T = TypeVar("T")
R = TypeVar("R")


class Run(Protocol):
    """Applies a function to each item and yields the results in the order of the items; ``map`` is one."""

    def __call__(self, function: Callable[[T], R], items: Iterable[T], /) -> Iterator[R]:
        """Results in order; the first exception of the function is raised."""


@dataclass(slots=True)
class AddSummary:
    """What became of the articles handed over: ``added``, ``replaced``, ``known`` (the same again) and ``skipped``.

    ``emptied``: whether the write-ahead log, which may hold what was replaced, could be emptied; not so while a reader
    is at work.
    """

    added: int = 0
    replaced: int = 0
    known: int = 0
    skipped: list[SkippedArticle] = field(default_factory=list)
    emptied: bool = True

    @property
    def stored(self) -> int:
        """How many of the articles handed over are in the archive now, as they were handed over."""
        return self.added + self.replaced + self.known


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article ready to be stored: its row, its compressed text and its rare shingles."""

    article: Article
    row: tuple[Stored | int, ...]
    blob: bytes
    hashes: npt.NDArray[np.uint64]

    @property
    def digest(self) -> Stored | int:
        """What tells its content from other content."""
        return self.row[1]


def prepared(articles: Sequence[Article], least_surprisal: float) -> list[Prepared]:
    """What storing ``articles`` needs, worked out in any process. About three milliseconds per 1,000 words."""
    prints = fingerprint_articles(articles, least_surprisal)
    return [
        Prepared(article, article_row(article), compressed(article.text), made.hashes)
        for article, made in zip(articles, prints, strict=True)
    ]


def shingle_sum(hashes: npt.NDArray[np.uint64]) -> int:
    """A sum of the leading bits of hashes by which the index of one article can be checked."""
    return int(np.unique(hashes >> _DROPPED).sum() & SUM_MASK)


def add_articles(
    connection: sqlite3.Connection,
    path: Path,
    entries: Iterable[Article | SkippedArticle],
    least_surprisal: float,
    run: Run,
    *,
    replace: bool,
) -> Iterator[AddSummary]:
    """Store ``entries``; after each batch that is safe on disk, the summary of all so far is yielded.

    Raises:
        OutputError: when the archive is busy or cannot be written; the batches told of before are stored.
    """
    summary = AddSummary()
    work = partial(prepared, least_surprisal=least_surprisal)
    waiting: list[Prepared] = []
    for made in run(work, _tasks(connection, path, entries, summary, replace=replace)):
        waiting += made
        if len(waiting) >= BATCH or sum(len(entry.blob) for entry in waiting) >= _BATCH_BYTES:
            _store(connection, path, waiting, summary, replace=replace)
            waiting = []
            yield summary
    _store(connection, path, waiting, summary, replace=replace)
    if summary.replaced:
        summary.emptied = emptied_log(connection, path)
    yield summary


def _tasks(
    connection: sqlite3.Connection,
    path: Path,
    entries: Iterable[Article | SkippedArticle],
    summary: AddSummary,
    *,
    replace: bool,
) -> Iterator[list[Article]]:
    """The articles that have to be stored as far as one can see before the transaction, some at a time."""
    task: list[Article] = []
    characters = 0
    for entry in entries:
        article = _admitted(entry, summary)
        if article is None:
            continue
        with told(path, writing=False):
            known = _digest(connection, article.id)
        if known is not None and (not replace or known == article_digest(article)):
            _count_known(article, known == article_digest(article), summary)
            continue
        task.append(article)
        characters += len(article.text)
        if len(task) >= _ARTICLES_PER_TASK or characters >= _TASK_CHARACTERS:
            yield task
            task, characters = [], 0
    if task:
        yield task


def _admitted(entry: Article | SkippedArticle, summary: AddSummary) -> Article | None:
    if isinstance(entry, Article) and not entry.id.startswith(RESERVED_IDS):
        return entry
    if isinstance(entry, Article):
        reason = f"has the id {entry.id!r}, which begins like the id of a source; choose another one"
        entry = SkippedArticle(entry.path, entry.line or 0, reason)
    summary.skipped.append(entry)
    return None


def _digest(connection: sqlite3.Connection, name: str) -> bytes | None:
    row = connection.execute("SELECT digest FROM articles WHERE id = ?", (stored(name),)).fetchone()
    return row[0] if row else None


def _count_known(article: Article, is_same: bool, summary: AddSummary) -> None:
    if is_same:
        summary.known += 1
    else:
        reason = _CONFLICT.format(id=article.id)
        summary.skipped.append(SkippedArticle(article.path, article.line or 0, reason))


def _store(
    connection: sqlite3.Connection, path: Path, ready: Sequence[Prepared], summary: AddSummary, *, replace: bool
) -> None:
    """Rows, texts and one index segment in one transaction; what another writer stored meanwhile is seen here."""
    if not ready:
        return
    stored_now: list[tuple[int, npt.NDArray[np.uint64]]] = []
    with transaction(connection, path):
        for entry in ready:
            known = _digest(connection, entry.article.id)
            if known is not None and (known == entry.digest or not replace):
                _count_known(entry.article, known == entry.digest, summary)
                continue
            if known is not None:
                erase(connection, entry.article.id)
            stored_now.append((_inserted(connection, entry), entry.hashes))
            summary.replaced += known is not None
            summary.added += known is None
        if stored_now:
            write_segment(connection, [hashes for _, hashes in stored_now], [number for number, _ in stored_now])
    merge_tail(connection, path)


def _inserted(connection: sqlite3.Connection, entry: Prepared) -> int:
    sums = (len(np.unique(entry.hashes >> _DROPPED)), shingle_sum(entry.hashes))
    number = connection.execute(_INSERT, (*entry.row, *sums)).lastrowid or 0
    connection.execute("INSERT INTO texts VALUES (?, ?)", (number, entry.blob))
    return number


def merge_tail(connection: sqlite3.Connection, path: Path) -> None:
    """Keep the segments few: the longest tail whose first is no more than three times the rest of it becomes one."""
    known = segments(connection)
    place = tail_to_merge([segment.postings for segment in known])
    if place < len(known):
        with transaction(connection, path):
            known = segments(connection)  # another writer may have merged since
            place = tail_to_merge([segment.postings for segment in known])
            if place < len(known):
                merge(connection, known[place:])
