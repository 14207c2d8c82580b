"""A desk's archive: one file of articles, and an index of their rare runs of words."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from tracer.archive.adding import AddSummary, Run, add_articles
from tracer.archive.records import ArchivedArticle, listed, stored
from tracer.archive.removing import RemoveSummary, remove_articles
from tracer.archive.search import search
from tracer.archive.settings import LookupSettings
from tracer.archive.store import keep_few_pages, open_store, snapshot, told
from tracer.archive.tracing import Found, traced_all
from tracer.archive.upkeep import CompactSummary, Health, check_archive, compact_archive
from tracer.candidates import CandidateSettings
from tracer.domain import RESERVED_IDS, Article, InputError, SkippedArticle

T = TypeVar("T")

_DEFAULTS = LookupSettings()
_WAIT = 10.0
_AHEAD, _CHARACTERS_AHEAD = 1024, 1 << 22
"""Articles that are read before the first of them are looked up, at most, and about how long they are in all."""
_LEAST_TOGETHER, _MOST_TOGETHER = 16, 128
"""Articles that are looked up together: the more, the fewer pages of the index are read for each."""


def _untold(_summary: AddSummary) -> None:
    """Takes no note."""


class Archive:
    """An archive of articles in one SQLite file, which answers at once where words have been seen before.

    Use it as a context manager. ``path`` must hold an archive unless ``create``; then a new one is made there. ``wait``
    is how many seconds a writer waits for another. Any number of processes may read while one writes. While the archive
    is open, two more files stand beside it (``-wal`` and ``-shm``): copy an archive when it is closed.

    Raises:
        InputError: on entering, when there is no archive at ``path``, or one of another format.
        OutputError: on entering, when it cannot be made.
    """

    def __init__(self, path: str | os.PathLike[str], *, create: bool = False, wait: float = _WAIT) -> None:
        self.path = Path(path)
        self._create = create
        self._wait = wait
        self._opened: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        self._store()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; any later call opens it again."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def add(
        self,
        articles: Iterable[Article | SkippedArticle],
        *,
        replace: bool = False,
        run: Run = map,
        observe: Callable[[AddSummary], None] = _untold,
    ) -> AddSummary:
        """Store articles, streamed and in batches; each batch is stored whole or not at all.

        The same article again (same id, same content) is counted and not stored twice. Other content under a known id
        is a skip with its reason, or, with ``replace``, takes the old one's place. Skips handed in are carried through.
        ``run`` may spread the work over processes. ``observe`` is told the summary so far when a batch is safe on disk:
        whatever happens then, it stays.

        Raises:
            OutputError: when another process writes, or the file cannot be written. Batches told of are stored.
        """
        connection, summary = self._store(), AddSummary()
        for summary in add_articles(connection, self.path, articles, self._least_surprisal(), run, replace=replace):
            observe(summary)
        return summary

    def lookup(
        self, articles: Iterable[Article], settings: LookupSettings = _DEFAULTS, *, run: Run = map
    ) -> Iterator[Found]:
        """For each of ``articles``, in their order, what the archive has that it is linked to.

        An article that is in the archive itself is not matched with itself, nor with another state under its id. Only
        articles that share a rare run of six words can be found. Up to 1,024 of ``articles`` are read ahead and
        looked up in batches, each at one moment of the archive; ``run`` may spread batches over processes. The archive
        itself is not changed.

        Raises:
            InputError: when an article's id begins like the id of a source, or the archive cannot be read.
        """
        return self.answers(articles, _as_found, settings, run=run)

    def answers(
        self,
        articles: Iterable[Article],
        answer: Callable[[Found], T],
        settings: LookupSettings = _DEFAULTS,
        *,
        run: Run = map,
    ) -> Iterator[T]:
        """As :meth:`lookup`, but what ``answer`` makes of each.

        It is asked in the process that looked the article up, so that less has to be carried from one to the other;
        with processes it must be something that can be pickled.
        """
        known = replace(settings.candidates, least_surprisal=self._least_surprisal())
        self.close()  # so that no open file is carried into processes that ``run`` starts
        work = partial(
            look_up, path=self.path, settings=replace(settings, candidates=known), wait=self._wait, answer=answer
        )
        for found in run(work, _batches(articles)):
            yield from found

    def remove(self, ids: Iterable[str]) -> RemoveSummary:
        """Take articles out. Their texts and records are overwritten in the file; lookups see them no more.

        What is left until :meth:`compact` are parts of hashes of their runs of words, under a number without a name.

        Raises:
            OutputError: when another process writes, or the file cannot be written; then nothing is removed.
        """
        return remove_articles(self._store(), self.path, ids)

    def articles(self, outlet: str | None = None, since: str = "", until: str = "") -> Iterator[ArchivedArticle]:
        """What the archive holds, sorted by id, without the texts.

        ``outlet``: only articles of this outlet, whatever its case. ``since`` and ``until``: only articles published at
        or after, or before, an ISO date or time (UTC); undated articles are then left out.
        """
        with snapshot(self._store(), self.path):
            rows = listed(self._store(), outlet, since, until)
        return iter(rows)

    def __len__(self) -> int:
        with told(self.path, writing=False):
            return int(self._store().execute("SELECT count(*) FROM articles").fetchone()[0])

    def __contains__(self, name: str) -> bool:
        with told(self.path, writing=False):
            query = "SELECT count(*) FROM articles WHERE id = ?"
            return bool(self._store().execute(query, (stored(name),)).fetchone()[0])

    def check(self) -> Health:
        """Whether file, texts and index are sound; reads everything, and changes nothing.

        Raises:
            InputError: when the file cannot be read at all.
        """
        return check_archive(self._store(), self.path)

    def compact(self) -> CompactSummary:
        """Make the file small: one index segment without removed articles, and no unused space.

        Needs as much free disk as the archive is large, for a while.

        Raises:
            OutputError: when another process writes, or the disk is full; nothing is lost then.
        """
        return compact_archive(self._store(), self.path)

    def _store(self) -> sqlite3.Connection:
        if self._opened is None:
            facts = {"least_surprisal": CandidateSettings().least_surprisal}
            self._opened = open_store(self.path, facts, create=self._create, wait=self._wait)
        return self._opened

    def _least_surprisal(self) -> float:
        with told(self.path, writing=False):
            row = self._store().execute("SELECT value FROM facts WHERE name = 'least_surprisal'").fetchone()
        return float(row[0])


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    source = iter(articles)
    while ahead := list(_ahead(source)):
        parts = _parts(len(ahead), os.cpu_count() or 1)
        for part in range(parts):
            batch = ahead[len(ahead) * part // parts : len(ahead) * (part + 1) // parts]
            yield list(map(_admitted, batch))


def _ahead(source: Iterator[Article]) -> Iterator[Article]:
    characters = 0
    for article in islice(source, _AHEAD):
        yield article
        characters += len(article.text)
        if characters >= _CHARACTERS_AHEAD:
            return


def _admitted(article: Article) -> Article:
    if article.id.startswith(RESERVED_IDS):
        raise InputError(f"the article id {article.id!r} begins like the id of a source; choose another one")
    return article


def _parts(articles: int, processors: int) -> int:
    """Into how many equal batches articles are divided: few, but so many that all processors are busy to the end."""
    fewest, most = -(-articles // _MOST_TOGETHER), -(-articles // _LEAST_TOGETHER)
    return min(fewest + -fewest % processors, most)


def _as_found(found: Found) -> Found:
    return found


def look_up(
    articles: list[Article], path: Path, settings: LookupSettings, wait: float, answer: Callable[[Found], T]
) -> list[T]:
    """What ``answer`` makes of what the archive has on each of ``articles``; a connection of its own serves all."""
    connection = open_store(path, {}, create=False, wait=wait)
    try:
        with snapshot(connection, path):
            keep_few_pages(connection)
            nearby = search(connection, articles, settings)
            return [answer(found) for found in traced_all(connection, articles, nearby, settings)]
    finally:
        connection.close()
