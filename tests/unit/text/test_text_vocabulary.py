"""A vocabulary knows words again, whatever their hashes, and what was made of them."""

from __future__ import annotations

from threading import Thread

import numpy as np
import numpy.typing as npt
import pytest

from tracer.text import vocabulary as module
from tracer.text import word_id, word_runs

WORDS = [f"word{number}" for number in range(60)]


def ids_of(words: list[str]) -> list[int]:
    runs = word_runs([" ".join(words)])
    return runs.of(0).tolist()


def test_words_are_told_apart_where_there_are_fewer_slots_than_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slot is the first word's to come; the others are found all the same."""
    monkeypatch.setattr(module, "_SLOT_BITS", 3)
    monkeypatch.setattr(module, "_SHIFT", np.uint64(61))
    monkeypatch.setattr(module, "_MET", [module.Vocabulary()])
    for _ in range(2):
        assert ids_of(WORDS + WORDS[:7]) == [*map(word_id, WORDS + WORDS[:7])]
    assert len(module.vocabulary()) == 1 + len(WORDS)


def test_one_grown_too_large_makes_room_for_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was found in it stays as it is."""
    monkeypatch.setattr(module, "_MOST_KNOWN", 20)
    monkeypatch.setattr(module, "_MET", [module.Vocabulary()])
    before = word_runs([" ".join(WORDS)])
    after = word_runs([" ".join(WORDS[::-1])])
    assert before.vocabulary is not after.vocabulary
    assert before.of(0).tolist() == after.of(0).tolist()[::-1] == [*map(word_id, WORDS)]


def test_what_is_known_of_a_word_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where more words are met in between."""
    monkeypatch.setattr(module, "_MET", [module.Vocabulary()])
    asked: list[int] = []

    def last_bits(ids: npt.NDArray[np.uint64]) -> npt.NDArray[np.int32]:
        asked.extend(ids.tolist())
        return (ids & np.uint64(0xFF)).astype(np.int32)

    for words in (WORDS[:5], WORDS, WORDS[::-1]):
        runs = word_runs([" ".join(words)])
        found = runs.vocabulary.known(runs.numbers, "last bits", last_bits)
        assert found.tolist() == [word_id(word) & 0xFF for word in words]
    assert sorted(set(asked)) == sorted(asked)


def test_threads_may_share_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each sees its own words, however many add to it at once."""
    monkeypatch.setattr(module, "_MET", [module.Vocabulary()])
    texts = [" ".join(f"{word}x{thread % 3}" for word in WORDS * 5) for thread in range(6)]
    found: dict[int, list[int]] = {}
    threads = [
        Thread(target=lambda at=at: found.update({at: word_runs([texts[at]]).of(0).tolist()}))
        for at in range(len(texts))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {at: [*map(word_id, text.split())] for at, text in enumerate(texts)}
