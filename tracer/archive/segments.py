"""The index: segments of postings, written once, searched by hash, merged as they grow many."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, product

import numpy as np
import numpy.typing as npt

from tracer.archive.postings import HASH_BITS, Layout, Postings
from tracer.text import sorted_once

_SEGMENT_SHIFT = 24
_SMALL = 1 << 16
"""Postings: a segment below this size is merged with the next, so that one article at a time makes no crowd of them."""
_FEWER = 3
"""How many times as large as all that follow it a segment must be to be left alone."""
_SLICE = 1 << 17
"""Postings that a merge works on at a time, about: few enough to stay in a processor's cache."""
_HASHES_AT_ONCE = 1 << 11
"""Hashes that are searched for at a time: their buckets hold about a slice of postings."""

Numbers = npt.NDArray[np.int64]
_Hashes = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment: the articles numbered ``first`` to ``last``, and how many postings they have in which layout."""

    segment: int
    first: int
    last: int
    postings: int
    layout: Layout

    def place(self, bucket: int) -> int:
        """The row of a bucket; rows of one segment follow each other in the order of the hashes."""
        return (self.segment << _SEGMENT_SHIFT) + bucket


@dataclass(frozen=True, slots=True)
class Hits:
    """Which wanted hash stands in which article: ``wanted`` are places in the list asked for, ``numbers`` articles.

    Sorted by both. ``crowded`` counts, per wanted hash, the articles beyond the bound, with removed ones that were not
    read; 0 without living ones.
    """

    wanted: npt.NDArray[np.int64]
    numbers: Numbers
    crowded: npt.NDArray[np.int64]


def segments(connection: sqlite3.Connection) -> list[Segment]:
    """All segments, oldest first: their ranges of numbers ascend and do not overlap."""
    rows = connection.execute(
        "SELECT segment, first, last, postings, bucket_bits, offset_bits FROM segments ORDER BY 1"
    )
    return [Segment(row[0], row[1], row[2], row[3], Layout(row[4], row[5])) for row in rows]


def write_segment(connection: sqlite3.Connection, hashes: Sequence[_Hashes], numbers: Sequence[int]) -> None:
    """Store the rare shingles of articles (``numbers`` ascending, ``hashes`` of each, 64 bits) as a new segment."""
    first, last = numbers[0], numbers[-1]
    layout = Layout.of(sum(map(len, hashes)), last - first + 1)
    offsets = np.repeat(np.array(numbers, dtype=np.int64) - first, [len(row) for row in hashes])
    postings = np.unique(layout.packed(np.concatenate(hashes), offsets))
    segment = Segment(_next(connection), first, last, len(postings), layout)
    _record(connection, segment)
    _store(connection, segment, postings)


def find(
    connection: sqlite3.Connection, known: Sequence[Segment], hashes: _Hashes, most: int, removed: Numbers
) -> Hits:
    """The articles of each of ``hashes`` (64 bits, sorted, each once), at most ``most`` of each: the first numbers.

    Numbers in ``removed`` (sorted) are passed over. Cost: a point read for each hash and segment, in order, so that of
    many hashes several share a bucket or at least a page; memory grows with what is found, and with what has been
    removed and not yet compacted away.
    """
    leading = hashes >> np.uint64(64 - HASH_BITS)
    met, room = np.zeros(len(hashes), dtype=np.int64), most + len(removed)
    wanted, numbers = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for segment, start in product(known, range(0, len(hashes), _HASHES_AT_ONCE)):
        part = slice(start, start + _HASHES_AT_ONCE)
        places, offsets, counts = _found(connection, segment, leading[part], room - np.minimum(met[part], room))
        met[part] += counts
        wanted.append(places + start)
        numbers.append(offsets + segment.first)
    return _living(np.concatenate(wanted), np.concatenate(numbers), met, most, removed)


def _living(
    wanted: npt.NDArray[np.int64], numbers: Numbers, met: npt.NDArray[np.int64], most: int, removed: Numbers
) -> Hits:
    """The hits without those on removed articles, at most ``most`` for each hash; ``met`` counts all that there are."""
    order = np.argsort(wanted, kind="stable")
    wanted, numbers = wanted[order], numbers[order]
    gone = np.isin(numbers, removed)
    met = met - np.bincount(wanted[gone], minlength=len(met))
    wanted, numbers = wanted[~gone], numbers[~gone]
    within = np.arange(len(wanted)) - np.searchsorted(wanted, wanted)
    kept = within < most
    return Hits(wanted[kept], numbers[kept], np.maximum(met - most, 0))


def _found(
    connection: sqlite3.Connection, segment: Segment, leading: _Hashes, room: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], Numbers, npt.NDArray[np.int64]]:
    layout = segment.layout
    buckets = sorted_once(layout.buckets(leading))
    postings = layout.postings(_rows(connection, segment, buckets))
    bits = np.uint64(layout.offset_bits)
    starts = postings.searchsorted(leading << bits)
    stops = postings.searchsorted((leading << bits) | np.uint64((1 << layout.offset_bits) - 1), side="right")
    counts = stops - starts
    taken = np.minimum(counts, room)
    places = np.repeat(np.arange(len(leading)), taken)
    firsts = np.repeat(np.cumsum(taken) - taken, taken)
    rows = np.repeat(starts, taken) + np.arange(len(places)) - firsts
    return places, layout.offsets(postings[rows]), counts


def _rows(connection: sqlite3.Connection, segment: Segment, buckets: npt.NDArray[np.int64]) -> list[tuple[int, bytes]]:
    base = segment.place(0)
    query = "SELECT b.place - ?, b.postings FROM json_each(?) AS j CROSS JOIN buckets AS b ON b.place = j.value"
    return connection.execute(query, (base, json.dumps((buckets + base).tolist()))).fetchall()


def tail_to_merge(sizes: Sequence[int]) -> int:
    """Where the longest tail of segments begins whose first is at most three times as large as all after it together.

    Returns the number of segments when there is none. Merging such tails as segments come in leaves at most about
    log4 of the index's size over a batch's, and half of that on average, for each costs every lookup a read of each
    hash; of an index of a hundred batches a posting has been rewritten six times on average.
    """
    for place in range(len(sizes) - 1):
        if sizes[place] <= max(_SMALL, _FEWER * sum(sizes[place + 1 :])):
            return place
    return len(sizes)


def merge(connection: sqlite3.Connection, merged: Sequence[Segment]) -> None:
    """Put neighbouring segments together as one, without postings of articles that are no more.

    Worked off slice by slice of the hashes, so that memory stays bounded: a slice, and some 20 bytes an article. The
    caller's transaction makes it whole.
    """
    first, last = merged[0].first, merged[-1].last
    total = sum(segment.postings for segment in merged)
    layout = Layout.of(total, last - first + 1)
    target, kept = Segment(_next(connection), first, last, total, layout), 0
    alive = _alive(connection, first, last, layout)
    for low, high in _slices(total, layout):
        parts = [
            layout.relaid(_taken(connection, segment, low, high), segment.layout, segment.first - first)
            for segment in merged
        ]
        postings = np.sort(np.concatenate(parts), kind="stable")
        postings = postings[alive[layout.offsets(postings)]]
        _store(connection, target, postings)
        kept += len(postings)
    connection.executemany("DELETE FROM segments WHERE segment = ?", [(segment.segment,) for segment in merged])
    if kept:
        _record(connection, Segment(target.segment, first, last, kept, layout))
    connection.execute("DELETE FROM removed WHERE number BETWEEN ? AND ?", (first, last))


def _alive(connection: sqlite3.Connection, first: int, last: int, layout: Layout) -> npt.NDArray[np.bool_]:
    """For every offset that the layout can hold, whether it names an article still; none beyond ``last`` does."""
    rows = connection.execute("SELECT number FROM articles WHERE number BETWEEN ? AND ?", (first, last))
    flags = np.zeros(1 << layout.offset_bits, dtype=np.bool_)
    flags[np.fromiter(chain.from_iterable(rows), dtype=np.int64) - first] = True
    return flags


def removed_numbers(connection: sqlite3.Connection) -> Numbers:
    """The numbers of articles that were removed and whose postings are still there; sorted."""
    rows = connection.execute("SELECT number FROM removed ORDER BY number").fetchall()
    return np.array([row[0] for row in rows], dtype=np.int64)


def _slices(total: int, layout: Layout) -> Iterator[tuple[int, int]]:
    """Ranges of leading hash bits, half-open, of about a slice of postings each; none ends inside a bucket."""
    parts = 1 << min(layout.bucket_bits, (total // _SLICE).bit_length())
    step = (1 << HASH_BITS) // parts
    return ((low, low + step) for low in range(0, 1 << HASH_BITS, step))


def _taken(connection: sqlite3.Connection, segment: Segment, low: int, high: int) -> Postings:
    """The postings of a segment with hashes in the range; their rows are deleted."""
    layout = segment.layout
    shift = HASH_BITS - layout.bucket_bits
    start, stop = segment.place(low >> shift), segment.place(((high - 1) >> shift) + 1)
    rows = connection.execute(
        "SELECT place - ?, postings FROM buckets WHERE place >= ? AND place < ? ORDER BY place",
        (segment.place(0), start, stop),
    ).fetchall()
    postings = layout.postings(rows)
    done = segment.place(high >> shift)
    connection.execute("DELETE FROM buckets WHERE place >= ? AND place < ?", (start, done))
    return postings[slice(*np.searchsorted(layout.hashes(postings), np.array([low, high], dtype=np.uint64)))]


def all_postings(connection: sqlite3.Connection, segment: Segment) -> Iterator[Postings]:
    """The postings of a segment in order, part by part.

    Raises:
        ValueError: when a bucket is cut off.
    """
    step = max(1, (_SLICE << segment.layout.bucket_bits) // max(1, segment.postings))
    for bucket in range(0, 1 << segment.layout.bucket_bits, step):
        rows = connection.execute(
            "SELECT place - ?, postings FROM buckets WHERE place >= ? AND place < ? ORDER BY place",
            (
                segment.place(0),
                segment.place(bucket),
                segment.place(min(bucket + step, 1 << segment.layout.bucket_bits)),
            ),
        ).fetchall()
        yield segment.layout.postings(rows)


def _store(connection: sqlite3.Connection, segment: Segment, postings: Postings) -> None:
    rows = ((segment.place(bucket), blob) for bucket, blob in segment.layout.rows(postings))
    connection.executemany("INSERT INTO buckets VALUES (?, ?)", rows)


def _record(connection: sqlite3.Connection, segment: Segment) -> None:
    layout = segment.layout
    connection.execute(
        "INSERT INTO segments VALUES (?, ?, ?, ?, ?, ?)",
        (segment.segment, segment.first, segment.last, segment.postings, layout.bucket_bits, layout.offset_bits),
    )


def _next(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(segment), 0) + 1 FROM segments").fetchone()[0])
