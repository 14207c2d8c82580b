"""Exact blocks: every maximal equal run, wherever it stands."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest
from block_oracle import blocks_by_hand

from tracer.align import blocks as blocks_module
from tracer.align.blocks import MOST_REPEATS, Block, Text, blocks_of_pairs, matching_blocks


def blocks(
    left: Sequence[int], right: Sequence[int], left_out: Sequence[int] = (), right_out: Sequence[int] = ()
) -> list[tuple[int, int, int]]:
    usable = [np.ones(len(side), np.bool_) for side in (left, right)]
    usable[0][list(left_out)] = False
    usable[1][list(right_out)] = False
    ids = [np.array(side, dtype=np.uint64) for side in (left, right)]
    return [(block.left, block.right, block.words) for block in matching_blocks(*ids, *usable)]


ABC = list(range(10))
XYZ = list(range(100, 110))


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ([], [], []),
        ([], ABC, []),
        (ABC[:3], ABC[:3], []),
        (ABC[:4], ABC[:4], [(0, 0, 4)]),
        (ABC, ABC, [(0, 0, 10)]),
        (ABC + XYZ, XYZ + ABC, [(0, 10, 10), (10, 0, 10)]),
        ([50, *ABC], [*ABC, 60], [(1, 0, 10)]),
        (ABC, [*ABC[:5], 77, *ABC[5:]], [(0, 0, 5), (5, 6, 5)]),
        (ABC + ABC, ABC, [(0, 0, 10)]),
        (ABC, ABC + ABC, [(0, 0, 10)]),
        (ABC, XYZ, []),
        ([7] * 6, [7] * 6, [(0, 0, 6)]),
    ],
)
def test_equal_runs_become_blocks(left: list[int], right: list[int], expected: list[tuple[int, int, int]]) -> None:
    """Duplicates from the first word, moved blocks, interrupted ones; no word is used twice on a side."""
    assert blocks(left, right) == expected


@pytest.mark.parametrize("seed", range(60))
def test_blocks_are_those_of_the_slow_definition(seed: int) -> None:
    """Two texts cut from one another at random, against a quadratic oracle; few words, so that runs collide."""
    draw = random.Random(seed)  # noqa: S311 - reproducible, not secret
    words = draw.choice((6, 12, 40))
    left = [draw.randrange(words) for _ in range(draw.randrange(60))]
    right = [draw.randrange(words) for _ in range(draw.randrange(20))]
    for _ in range(draw.randrange(4)):
        start = draw.randrange(len(left) + 1)
        place = draw.randrange(len(right) + 1)
        right = right[:place] + left[start : start + draw.randrange(15)] + right[place:]
    assert blocks(left, right) == blocks_by_hand(left, right)


def test_unusable_words_take_no_part() -> None:
    """A word left out on either side ends the block."""
    assert blocks(ABC, ABC, left_out=[5]) == [(0, 0, 5), (6, 6, 4)]
    assert blocks(ABC, ABC, right_out=[0]) == [(1, 1, 9)]
    assert blocks(ABC, ABC, left_out=[3], right_out=[6]) == []


@pytest.mark.parametrize("repeats", [MOST_REPEATS, MOST_REPEATS + 1])
def test_a_refrain_opens_no_block_on_either_side(repeats: int) -> None:
    """Beyond the limit a run counts for nothing, whichever article repeats it."""
    refrain = [word for place in range(repeats) for word in (*ABC[:4], 1000 + place)]
    expected = repeats <= MOST_REPEATS
    assert bool(blocks(refrain, ABC[:4])) is expected
    assert bool(blocks(ABC[:4], refrain)) is expected


def test_a_refrain_inside_a_longer_run_does_not_hide_it() -> None:
    """The unique words around it carry the block over."""
    refrain = [word for place in range(20) for word in (*ABC[:4], 1000 + place)]
    left, right = [1, 2, 3, 4, *refrain, 5, 6, 7, 8], [*refrain]
    assert sum(words for _, _, words in blocks(left, right)) >= 0.95 * len(refrain)


@pytest.mark.parametrize(
    "text", [[7] * 150_000, [1, 2, 3, 4, 5] * 30_000, [1, 2, 3, 4] * 8 + list(range(100, 150_000))]
)
def test_long_repetitive_texts_are_matched_in_bounded_time(text: list[int]) -> None:
    """About a megabyte of refrain against itself: an answer, and no word used twice."""
    found = blocks(text, text)
    assert sum(words for _, _, words in found) <= len(text)


def test_blocks_sort_by_place() -> None:
    """By place on the left, then on the right."""
    assert sorted([Block(3, 0, 4), Block(0, 9, 4)]) == [Block(0, 9, 4), Block(3, 0, 4)]


@pytest.mark.parametrize("at_once", [1, 300, 1 << 20])
def test_blocks_of_many_pairs_are_those_of_each_alone(monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    """Whatever other texts are about, however many pairs are taken together; no run reaches over the end of a text."""
    monkeypatch.setattr(blocks_module, "_AT_ONCE", at_once)
    draw = random.Random(7)  # noqa: S311 - reproducible, not secret
    texts = []
    for _ in range(20):
        ids = np.array([draw.randrange(5) for _ in range(draw.choice((0, 1, 3, 4, 9, 60)))], dtype=np.uint64)
        texts.append(Text(ids, np.array([draw.random() < 0.9 for _ in ids], dtype=np.bool_)))
    pairs = [(left, right) for left in range(20) for right in range(20) if right != left]
    alone = [
        matching_blocks(texts[left].ids, texts[right].ids, texts[left].usable, texts[right].usable)
        for left, right in pairs
    ]
    assert any(len(found) > 1 for found in alone)
    assert list(blocks_of_pairs(texts, pairs)) == alone
    assert not list(blocks_of_pairs(texts, []))
