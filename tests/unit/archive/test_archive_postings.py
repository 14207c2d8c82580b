"""Postings survive their way into blobs and back, and segments find what a dictionary finds."""

from __future__ import annotations

import sqlite3

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.archive.postings import HASH_BITS, Layout
from tracer.archive.segments import find, merge, segments, tail_to_merge, write_segment
from tracer.archive.store import _TABLES

HASHES = st.sets(st.one_of(st.integers(0, 2**64 - 1), st.integers(0, 40).map(lambda n: n << 40)), max_size=30)
CARRIED = st.lists(HASHES, min_size=1, max_size=8)


def store() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for statement in _TABLES:
        connection.execute(statement)
    return connection


def arrays(rows: list[set[int]]) -> list[np.ndarray]:
    return [np.array(sorted(row), dtype=np.uint64) for row in rows]


def found_by(connection: sqlite3.Connection, asked: set[int], most: int = 1000) -> set[tuple[int, int]]:
    wanted = np.array(sorted(asked), dtype=np.uint64)
    hits = find(connection, segments(connection), wanted, most, np.empty(0, np.int64))
    leading = (wanted >> np.uint64(64 - HASH_BITS)).tolist()
    return {(leading[place], number) for place, number in zip(hits.wanted.tolist(), hits.numbers.tolist(), strict=True)}


def by_hand(parts: list[list[set[int]]], asked: set[int]) -> set[tuple[int, int]]:
    short = {entry >> (64 - HASH_BITS) for entry in asked}
    numbered = enumerate((row for part in parts for row in part), start=1)
    pairs = {(entry >> (64 - HASH_BITS), number) for number, row in numbered for entry in row}
    return {(entry, number) for entry, number in pairs if entry in short}


def filled(parts: list[list[set[int]]]) -> sqlite3.Connection:
    connection, number = store(), 1
    for part in parts:
        numbers = list(range(number, number + len(part)))
        write_segment(connection, arrays(part), numbers)
        connection.executemany(
            "INSERT INTO articles (number, id, digest, precision, kind, words, shingles, shingle_sum) "
            "VALUES (?, ?, '', '', '', 0, 0, 0)",
            zip(numbers, numbers, strict=True),
        )
        number += len(part)
    return connection


@given(st.integers(1, 10**6), st.integers(1, 2**20), CARRIED)
def test_rows_hold_what_was_packed(postings, numbers, rows):
    layout = Layout.of(postings, numbers)
    for row in arrays(rows):
        packed = np.unique(layout.packed(row, np.full(len(row), numbers - 1)))
        made = list(layout.rows(packed))
        assert layout.postings(made).tolist() == packed.tolist()
        assert all(len(blob) % layout.width == 0 and bucket < 1 << layout.bucket_bits for bucket, blob in made)
        assert set(layout.offsets(packed).tolist()) <= {numbers - 1}


@given(st.lists(CARRIED, min_size=1, max_size=4), HASHES, st.sampled_from([1, 3, 2048]))
def test_segments_find_what_a_dictionary_finds(parts, more, at_once):
    asked = more | {entry for part in parts for row in part for entry in sorted(row)[:3]}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tracer.archive.segments._HASHES_AT_ONCE", at_once)
        assert found_by(filled(parts), asked) == by_hand(parts, asked)


@given(st.lists(CARRIED, min_size=2, max_size=4), st.sets(st.integers(1, 12)), st.booleans())
def test_merging_changes_no_answer_but_for_articles_that_are_no_more(parts, gone, are_noted):
    """In a damaged archive nothing may note that they were removed."""
    connection = filled(parts)
    asked = {entry for part in parts for row in part for entry in row}
    connection.executemany("DELETE FROM articles WHERE number = ?", [(number,) for number in gone])
    if are_noted:
        connection.executemany("INSERT INTO removed VALUES (?)", [(number,) for number in sorted(gone)])
    merge(connection, segments(connection))
    assert len(segments(connection)) <= 1
    assert found_by(connection, asked) == {pair for pair in by_hand(parts, asked) if pair[1] not in gone}
    rows = connection.execute("SELECT sum(length(postings)) FROM buckets").fetchone()[0] or 0
    assert rows == sum(entry.postings * entry.layout.width for entry in segments(connection))


def test_a_large_merge_goes_slice_by_slice(monkeypatch):
    monkeypatch.setattr("tracer.archive.segments._SLICE", 100)
    draw = np.random.default_rng(4)
    parts = [[set(draw.integers(0, 2**64, 300, dtype=np.uint64).tolist()) for _ in range(4)] for _ in range(3)]
    connection = filled(parts)
    asked = {entry for part in parts for row in part for entry in sorted(row)[::7]}
    connection.execute("DELETE FROM articles WHERE number = 5")
    connection.execute("INSERT INTO removed VALUES (5)")
    with monkeypatch.context() as patch:
        patch.setattr(np, "isin", None)  # a search of all removed numbers for each slice
        merge(connection, segments(connection))
    assert found_by(connection, asked) == {pair for pair in by_hand(parts, asked) if pair[1] != 5}


def test_the_first_carriers_are_read_and_the_others_counted():
    connection = filled([[{7 << 30}] * 5, [{7 << 30}] * 4])
    hits = find(connection, segments(connection), np.array([7 << 30], dtype=np.uint64), 3, np.empty(0, np.int64))
    assert hits.numbers.tolist() == [1, 2, 3]
    assert hits.crowded.tolist() == [6]


@given(st.lists(st.sets(st.integers(1, 4)), min_size=1, max_size=12), st.sets(st.integers(1, 12)), st.integers(1, 5))
def test_removed_articles_take_nobodys_place(rows, gone, most):
    """For each hash the first living carriers are found, however many dead ones stand before them."""
    kept = [{entry << 40 for entry in row} or {9 << 40} for row in rows]
    half = len(kept) // 2
    connection = filled([part for part in (kept[:half], kept[half:]) if part])
    hashes = np.array([entry << 40 for entry in range(1, 5)], dtype=np.uint64)
    hits = find(connection, segments(connection), hashes, most, np.array(sorted(gone), dtype=np.int64))
    for place, wanted in enumerate(hashes.tolist()):
        living = [number for number, row in enumerate(kept, start=1) if wanted in row and number not in gone]
        assert hits.numbers[hits.wanted == place].tolist() == living[:most]
        assert (hits.crowded[place] > 0) == (len(living) > most)
        assert hits.crowded[place] >= len(living) - most


@given(st.lists(st.integers(1, 10**7), max_size=200))
def test_segments_stay_few(batches):
    """Whatever the batches, the segments left are each three times as large as all after it: at most a logarithm."""
    sizes: list[int] = []
    for batch in batches:
        sizes.append(batch)
        place = tail_to_merge(sizes)
        if place < len(sizes):
            sizes[place:] = [sum(sizes[place:])]
        assert all(size > 3 * sum(sizes[place + 1 :]) for place, size in enumerate(sizes))
        assert len(sizes) <= 10


def test_a_range_of_numbers_too_wide_is_refused():
    with pytest.raises(ValueError, match="at most"):
        Layout.of(10, 1 << 25)


def test_a_bucket_cut_off_is_noticed():
    with pytest.raises(ValueError, match="cut off"):
        Layout.of(10, 10).postings([(0, b"abc")])
