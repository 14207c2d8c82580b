"""The rare-shingle join against a slow textbook join."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations, pairwise

import numpy as np
import pytest

from tracer.candidates import Fingerprints
from tracer.candidates.join import SharedShingles, join_shingles

Row = dict[int, bool]


def prints_of(rows: Sequence[Row]) -> list[Fingerprints]:
    return [
        Fingerprints(
            np.array(sorted(row), dtype=np.uint64), np.array([row[key] for key in sorted(row)], dtype=np.bool_)
        )
        for row in rows
    ]


def by_hand(rows: Sequence[Row], most: int) -> tuple[dict[tuple[int, int], tuple[int, int]], int]:
    """The join as its definition reads: narrative and quoted counts per pair, and the crowded shingles."""
    narrative: Counter[tuple[int, int]] = Counter()
    quoted: Counter[tuple[int, int]] = Counter()
    crowded = 0
    for key in sorted({key for row in rows for key in row}):
        owners = [place for place, row in enumerate(rows) if key in row]
        crowded += len(owners) > most
        for pair in pairwise(owners) if len(owners) > most else combinations(owners, 2):
            counted = quoted if rows[pair[0]][key] or rows[pair[1]][key] else narrative
            counted[pair] += 1
    return {pair: (narrative[pair], quoted[pair]) for pair in narrative.keys() | quoted.keys()}, crowded


def as_mapping(shared: SharedShingles) -> dict[tuple[int, int], tuple[int, int]]:
    rows = zip(shared.left, shared.right, shared.narrative, shared.quoted, strict=True)
    return {(int(left), int(right)): (int(narrative), int(quoted)) for left, right, narrative, quoted in rows}


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [{}],
        [{}, {}],
        [{1: False}, {1: False}],
        [{1: True}, {1: False}, {2: False}],
        [{1: False, 2: True}, {}, {1: False, 2: True, 3: False}, {3: False}],
        [{7: False}] * 6,
        [{7: place % 2 == 0, place + 10: False} for place in range(5)],
        [{2**64 - 1: False, 0: False}] * 3,
    ],
)
@pytest.mark.parametrize("most", [2, 3, 100])
def test_the_join_is_the_textbook_join(rows: list[Row], most: int) -> None:
    """All pairs that share a shingle, with counts; beyond the cap only neighbours by position."""
    shared = join_shingles(prints_of(rows), most)
    expected, crowded = by_hand(rows, most)
    assert as_mapping(shared) == expected
    assert shared.crowded == crowded


def test_crowded_carriers_stay_connected() -> None:
    """Forty carriers of one text under a cap of three: a chain of 39 links, not 780."""
    shared = join_shingles(prints_of([{5: False}] * 40), 3)
    assert list(as_mapping(shared)) == [(place, place + 1) for place in range(39)]
    assert shared.crowded == 1
