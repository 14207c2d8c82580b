"""Shingles: stable hashes of word runs."""

from __future__ import annotations

import numpy as np
import pytest

from tracer.text import shingle_hashes, shingle_keys, tokenise, windows_within


def hashes(text: str, size: int) -> list[int]:
    return shingle_hashes(tokenise(text).ids, size).tolist()


@pytest.mark.parametrize(("words", "size", "count"), [(0, 1, 0), (2, 3, 0), (3, 3, 1), (10, 3, 8), (5, 1, 5)])
def test_there_is_one_shingle_per_run(words: int, size: int, count: int) -> None:
    """A text shorter than the shingle has none."""
    assert len(shingle_hashes(np.arange(words, dtype=np.uint64), size)) == count


def test_equal_runs_hash_alike_wherever_they_stand() -> None:
    """House style does not matter, order does."""
    first, second = hashes("the ferry left at noon", 3), hashes("At last the FERRY left.", 3)
    assert set(first) & set(second) == {first[0]}
    assert hashes("left ferry the", 3) != hashes("the ferry left", 3)


def test_keys_tell_the_same_runs_apart_as_hashes() -> None:
    """Two runs have one key exactly where they have one hash; the words handed in stay as they were."""
    ids = tokenise("no snow no snow no snow fell on the ferry, no snow").ids
    before = ids.copy()
    keys, found = shingle_keys(ids, 2), shingle_hashes(ids, 2)
    assert ((keys[:, None] == keys) == (found[:, None] == found)).all()
    assert (ids == before).all()


def test_hashes_never_change() -> None:
    """Stored fingerprints and the background model rely on these numbers."""
    assert hashes("the ferry left at noon", 3) == [8202266871971645932, 3580181561798120847, 16127713808036797948]


def test_no_two_of_many_runs_collide() -> None:
    """A hundred thousand different runs have as many hashes, also where the words barely differ."""
    ids = np.arange(100_000, dtype=np.uint64)
    assert len(np.unique(shingle_hashes(ids, 3))) == 99_998


@pytest.mark.parametrize("size", [0, -1])
def test_a_shingle_has_a_word(size: int) -> None:
    """A size below one is a programming error."""
    with pytest.raises(ValueError, match="at least one word"):
        shingle_hashes(np.arange(3, dtype=np.uint64), size)


@pytest.mark.parametrize(
    ("flags", "size", "expected"),
    [
        ([], 2, []),
        ([True], 2, []),
        ([True, True, False, True, True, True], 2, [True, False, False, True, True]),
        ([True, False], 1, [True, False]),
        ([True] * 4, 4, [True]),
    ],
)
def test_a_window_holds_when_all_its_words_do(flags: list[bool], size: int, expected: list[bool]) -> None:
    """Same shape as the shingles."""
    assert windows_within(np.array(flags, dtype=np.bool_), size).tolist() == expected
