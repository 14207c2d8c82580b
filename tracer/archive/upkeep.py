"""An archive checked, and made small again."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tracer.archive.adding import SUM_MASK
from tracer.archive.records import CHOSEN, article_digest, article_of, decompressed
from tracer.archive.removing import emptied_log
from tracer.archive.segments import Segment, all_postings, merge, segments
from tracer.archive.store import snapshot, told, transaction

_MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class Health:
    """What a check found: how much there is, and ``problems``, one sentence each (at most 20; none when all is well).

    ``removed`` counts articles that are gone and whose postings are still in the index.
    """

    articles: int
    segments: int
    postings: int
    removed: int
    problems: tuple[str, ...]


def check_archive(connection: sqlite3.Connection, path: Path) -> Health:
    """Whether the file is sound, every text is the one that was stored, and the index knows each article's shingles.

    Reads everything, at one moment. Memory: 16 bytes per article number.

    Raises:
        InputError: when the file cannot be read at all.
    """
    with snapshot(connection, path):
        known = segments(connection)
        articles = connection.execute("SELECT count(*) FROM articles").fetchone()[0]
        problems = [f"the file: {row[0]}" for row in connection.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
        counts, sums = _indexed(connection, known, problems)
        problems += _texts(connection)
        problems += _unindexed(connection, counts, sums)
        ours = {row[0] for row in connection.execute("SELECT number FROM articles")}
        removed = sum(1 for number in np.flatnonzero(counts).tolist() if number not in ours)
    postings = sum(segment.postings for segment in known)
    return Health(articles, len(known), postings, removed, tuple(problems[:_MOST_TOLD]))


_Sums = np.ndarray[tuple[int], np.dtype[np.int64]]


def _indexed(connection: sqlite3.Connection, known: list[Segment], problems: list[str]) -> tuple[_Sums, _Sums]:
    """Per article number how many postings there are, and the sum of their hashes; what is wrong is added."""
    top = max((segment.last for segment in known), default=0)
    counts, sums = np.zeros(top + 1, dtype=np.int64), np.zeros(top + 1, dtype=np.uint64)
    for segment in known:
        read = 0
        try:
            for postings in all_postings(connection, segment):
                numbers = segment.layout.offsets(postings) + segment.first
                if (postings[1:] <= postings[:-1]).any() or (numbers > segment.last).any():
                    problems.append(f"index segment {segment.segment}: its postings are out of order")
                    break
                np.add.at(counts, numbers, 1)
                np.add.at(sums, numbers, segment.layout.hashes(postings))
                read += len(postings)
        except ValueError as error:
            problems.append(f"index segment {segment.segment}: {error}")
        if read != segment.postings:
            problems.append(
                f"index segment {segment.segment}: {read:,} of its {segment.postings:,} postings were found"
            )
    return counts, (sums & SUM_MASK).astype(np.int64)


def _texts(connection: sqlite3.Connection) -> Iterator[str]:
    query = (
        f"SELECT {CHOSEN}, text FROM articles LEFT JOIN texts USING (number) "  # noqa: S608 - names of ours
        "ORDER BY number"
    )
    for *row, blob in connection.execute(query):
        try:
            article = article_of(tuple(row), decompressed(blob))
            if article_digest(article) != row[1]:
                yield f"article {article.id!r}: its text or record is not the one that was stored"
        except (zlib.error, ValueError, TypeError) as error:
            yield f"article {row[0]!r}: it cannot be read ({error})"
    for (number,) in connection.execute("SELECT number FROM texts WHERE number NOT IN (SELECT number FROM articles)"):
        yield f"text {number}: it belongs to no article"


def _unindexed(connection: sqlite3.Connection, counts: _Sums, sums: _Sums) -> Iterator[str]:
    for name, number, shingles, total in connection.execute("SELECT id, number, shingles, shingle_sum FROM articles"):
        found = (int(counts[number]), int(sums[number])) if number < len(counts) else (0, 0)
        if found != (shingles, total):
            yield f"article {name!r}: the index holds {found[0]:,} of its {shingles:,} rare runs of words, or others"


@dataclass(frozen=True, slots=True)
class CompactSummary:
    """Size of the file in bytes before and after, and whether the write-ahead log could be emptied.

    ``emptied`` is false while a reader is at work; then the space is given back when the last one closes the archive.
    """

    before: int
    after: int
    emptied: bool


def compact_archive(connection: sqlite3.Connection, path: Path) -> CompactSummary:
    """Merge the index into one segment without articles that were removed, and give unused space back.

    Needs as much free disk as the archive is large, for a while. Readers may go on.

    Raises:
        OutputError: when the archive is busy or the disk too full; the archive is then as it was, or merged.
    """
    before = path.stat().st_size
    with transaction(connection, path):
        known = segments(connection)
        if known:
            merge(connection, known)
    with told(path, writing=True):
        connection.execute("VACUUM")
    emptied = emptied_log(connection, path)
    return CompactSummary(before, path.stat().st_size, emptied)
