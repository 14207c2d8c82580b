"""Words: comparable across house styles, and each in its place in the raw text."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from tracer.domain import Span
from tracer.text import tokenise, tokenise_all, word_id
from tracer.text.words import character_codes, characters_of, small_codes


def shown(raw: str) -> list[str]:
    tokens = tokenise(raw)
    return [tokens.span(index, index + 1).of(raw) for index in range(len(tokens))]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("", []),
        ("— … !", []),
        ("The U.S. and the US", ["the", "us", "and", "the", "us"]),
        ("at 3 a.m. in the U.K.", ["at", "3", "am", "in", "the", "uk"]),
        ("Ann’s Ann's Ann´s Annʼs", ["ann's"] * 4),
        ("rock ’n’ roll", ["rock", "n", "roll"]),
        ("1,000.50 tons, 3.5 percent, 1. first", ["1,000.50", "tons", "3.5", "percent", "1", "first"]),
        ("state-run snake_case", ["state", "run", "snake", "case"]),
        ("har\u00adbour HARBOUR Ｈarbour", ["harbour"] * 3),
        ("İzmir", ["İzmir"]),
        ("السفينة غادرت", ["السفينة", "غادرت"]),
        ("नाव चली गई", ["नाव", "चली", "गई"]),
        ("cafe\u0301s", ["cafe\u0301s"]),
        ("😀ferry😀", ["ferry"]),
        ("cafÃ© donâ€™t", ["café", "don't"]),
        ("ferry\ud800boat", ["ferry", "boat"]),
    ],
)
def test_words_are_comparable(raw: str, words: list[str]) -> None:
    """Lower case, one apostrophe, no dots in initials; letters keep their accents and vowel signs."""
    assert list(tokenise(raw).words) == words


@pytest.mark.parametrize(
    ("raw", "stretches"),
    [
        ("the U.S. fleet", ["the", "U.S.", "fleet"]),
        ("har\u00adbour\u00ad!", ["har\u00adbour"]),
        ("heart❤️ed", ["heart", "ed"]),
        ("cafÃ© bar", ["cafÃ©", "bar"]),
        ("Ã©tat major", ["Ã©tat", "major"]),
        ("ÐŸÐ¾Ñ€Ñ‚ Ð´Ð°", ["ÐŸÐ¾Ñ€Ñ‚", "Ð´Ð°"]),
        ("donâ€™t â€œgoâ€\x9d", ["donâ€™t", "go"]),
        ("مُحَمَّد", ["مُحَمَّد"]),
    ],
)
def test_the_span_of_a_word_is_the_word_as_written(raw: str, stretches: list[str]) -> None:
    """Spans cut the raw text at word boundaries, damaged characters included whole."""
    assert shown(raw) == stretches


def test_ids_depend_on_the_word_alone_and_never_change() -> None:
    """Stored fingerprints and the background model rely on these numbers."""
    assert word_id("ferry") == 7949881795909877008
    assert tokenise("Ferry").ids[0] == tokenise("the FERRY").ids[1] == word_id("ferry")
    assert tokenise("x").ids.dtype == np.uint64


@pytest.mark.parametrize(
    ("start", "stop", "expected"),
    [(0, 1, Span(2, 5)), (0, 3, Span(2, 15)), (1, 1, Span(6, 6)), (3, 3, Span(15, 15)), (2, 1, Span(10, 10))],
)
def test_a_range_of_words_has_a_span(start: int, stop: int, expected: Span) -> None:
    """From the first word's start to the last word's end; an empty range marks a place."""
    assert tokenise("  one two three ").span(start, stop) == expected


def test_an_empty_text_has_an_empty_span() -> None:
    """No words, no place but the beginning."""
    assert tokenise("").span(0, 0) == Span(0, 0)


@pytest.mark.parametrize(
    ("span", "expected"), [(Span(0, 3), [0]), (Span(1, 9), [1, 2]), (Span(3, 4), []), (Span(0, 99), [0, 1, 2])]
)
def test_words_within_a_span_start_inside_it(span: Span, expected: list[int]) -> None:
    """A word that merely reaches in does not count."""
    assert list(tokenise("one two six").within(span)) == expected


@pytest.mark.parametrize("raw", ["", "Ann’s ferry left the U.S. cafÃ© at 3.5", "\ud800 a"])
def test_tokens_travel_between_processes_unchanged(raw: str) -> None:
    """Pickled and restored, every field is the same."""
    before = tokenise(raw)
    after = pickle.loads(pickle.dumps(before))  # noqa: S301 - our own bytes
    assert after.words == before.words
    for ours, theirs in ((after.starts, before.starts), (after.stops, before.stops), (after.ids, before.ids)):
        assert ours.dtype == theirs.dtype
        assert ours.tolist() == theirs.tolist()


TOGETHER = [
    "",
    "a.",
    "U.S",
    ".",
    "b",
    "Ann’s ferry left the U.S. cafÃ© at 3.5",
    "\ud800 a",
    "5pm\u00ad x",
    "İΣΑΣ",
    "３.5",
]


@pytest.mark.parametrize("size", [1, 60, 200_000])
def test_words_of_many_texts_are_those_of_each_alone(size: int) -> None:
    """In their order, whatever stands before or behind a text, however many are read at once."""
    texts = [text * (size // max(1, len(text)) or 1) for text in TOGETHER]
    for text, found in zip(texts, tokenise_all(texts), strict=True):
        alone = tokenise(text)
        assert found.words == alone.words
        assert found.starts.tolist() == alone.starts.tolist()
        assert found.stops.tolist() == alone.stops.tolist()
        assert found.ids.tolist() == [word_id(word) for word in found.words]
    assert tokenise_all([]) == []


HOSTILE = ["a'" * 300_000, "a." * 300_000, "1," * 300_000, "e\u0301" * 300_000, "\u0301" * 500_000, "_" * 500_000]


@pytest.mark.parametrize("raw", HOSTILE, ids=[ascii(raw[:2]) for raw in HOSTILE])
def test_hostile_text_is_tokenised_in_linear_time(raw: str) -> None:
    """Endless almost-words: spans stay inside the text, in order, without overlap."""
    tokens = tokenise(raw)
    assert (tokens.starts < tokens.stops).all()
    assert (tokens.stops[:-1] <= tokens.starts[1:]).all()
    assert not len(tokens) or tokens.stops[-1] <= len(raw)


@pytest.mark.parametrize("text", ["", "ferry", "fähre", "паром", "паром 𝔘😀", "\ud83d\ude00 \udc00\ud800"])
def test_code_points_of_any_width_are_the_text_again(text: str) -> None:
    """One, two or four bytes each; halves of surrogate pairs stay apart."""
    assert characters_of(small_codes(text)) == characters_of(character_codes(text)) == text
