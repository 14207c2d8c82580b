"""The rare-hash join against a slow textbook join."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations, pairwise

import numpy as np
import pytest

from tracer.candidates import Fingerprints, SharedHashes, join_hashes, join_prints, merged_hashes

Row = set[int]


def joined(rows: Sequence[Row], most: int) -> SharedHashes:
    return join_prints([Fingerprints(ids(row), ids(())) for row in rows], most)


def ids(numbers: Sequence[int] | Row) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    return np.array(sorted(numbers), dtype=np.uint64)


def by_hand(rows: Sequence[Row], most: int) -> tuple[dict[tuple[int, int], int], int]:
    """The join as its definition reads: shared hashes per pair, and the crowded hashes."""
    shared: Counter[tuple[int, int]] = Counter()
    crowded = 0
    for key in sorted({key for row in rows for key in row}):
        owners = [place for place, row in enumerate(rows) if key in row]
        crowded += len(owners) > most
        shared.update(pairwise(owners) if len(owners) > most else combinations(owners, 2))
    return dict(shared), crowded


def as_mapping(found: SharedHashes) -> dict[tuple[int, int], int]:
    pairs = zip(found.left.tolist(), found.right.tolist(), strict=True)
    return dict(zip(pairs, found.shared.tolist(), strict=True))


ROWS: list[list[Row]] = [
    [],
    [set()],
    [set(), set()],
    [{1}, {1}],
    [{1}, {1}, {2}],
    [{1, 2}, set(), {1, 2, 3}, {3}],
    [{7}] * 6,
    [{7, place + 10} for place in range(5)],
    [{2**64 - 1, 0}] * 3,
]


@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize("most", [2, 3, 100])
def test_the_join_is_the_textbook_join(rows: list[Row], most: int) -> None:
    """All pairs that share a hash, with counts; beyond the cap only neighbours by position. Sorted, each pair once."""
    found = joined(rows, most)
    expected, crowded = by_hand(rows, most)
    assert as_mapping(found) == expected
    assert list(as_mapping(found)) == sorted(expected)
    assert len(found.left) == len(expected)
    assert found.crowded == crowded


def test_crowded_carriers_stay_connected() -> None:
    """Forty carriers of one text under a cap of three: a chain of 39 links, not 780."""
    found = joined([{5}] * 40, 3)
    assert list(as_mapping(found)) == [(place, place + 1) for place in range(39)]
    assert found.crowded == 1


def test_words_are_joined_on_demand() -> None:
    """The rarest words, not the shingles."""
    prints = [Fingerprints(ids({1, 2}), ids({8})), Fingerprints(ids({2, 3}), ids({9})), Fingerprints(ids(()), ids({9}))]
    assert as_mapping(join_prints(prints, 10)) == {(0, 1): 1}
    assert as_mapping(join_prints(prints, 10, words=True)) == {(1, 2): 1}
    assert as_mapping(join_prints([], 10)) == {}


def test_rows_may_come_in_any_order() -> None:
    """Owners need not be sorted within a hash."""
    hashes = np.array([3, 1, 3, 3, 1], dtype=np.uint64)
    found = join_hashes(hashes, np.array([4, 2, 0, 3, 1], dtype=np.int64), 2)
    assert as_mapping(found) == {(0, 3): 1, (1, 2): 1, (3, 4): 1}
    assert found.crowded == 1


def test_no_parts_make_an_empty_join() -> None:
    """Nothing to put together."""
    assert as_mapping(merged_hashes([])) == {}
    assert merged_hashes([joined([{7}] * 6, 3), joined([{8}] * 6, 3)]).crowded == 2
