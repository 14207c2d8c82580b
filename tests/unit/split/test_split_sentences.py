"""Paragraphs and sentences: where they end, and that nothing but white space is lost."""

from __future__ import annotations

import pytest

from tracer.domain import Article
from tracer.split import split_article


def sentences_of(text: str, language: str = "en") -> list[str]:
    return [one.span.of(text) for one in split_article(Article("a", text), language).sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rain fell. Wind rose.", ["Rain fell.", "Wind rose."]),
        ("Rain fell\nWind rose", ["Rain fell", "Wind rose"]),
        ("“Rain fell. Wind rose,” Ann Lee said.", ["“Rain fell.", "Wind rose,” Ann Lee said."]),
        ("“Rain fell.” Wind rose.", ["“Rain fell.”", "Wind rose."]),
        ("It was “wet“. “And cold”, he said.", ["It was “wet“.", "“And cold”, he said."]),
        ('"Will it rain?" Ann Lee asked. Nobody knew.', ['"Will it rain?" Ann Lee asked.', "Nobody knew."]),
        ("“Will it rain?” he asked. Nobody knew.", ["“Will it rain?” he asked.", "Nobody knew."]),
        ("It rained (hard.) Then it stopped.", ["It rained (hard.)", "Then it stopped."]),
        ("Gov. Ann Lee met Lt. Bob Roe. They spoke.", ["Gov. Ann Lee met Lt. Bob Roe.", "They spoke."]),
        ("It rained on Sept. 5 there. Then sun.", ["It rained on Sept. 5 there.", "Then sun."]),
        ("The U.S. embassy in Ardley closed. It rained.", ["The U.S. embassy in Ardley closed.", "It rained."]),
        ("Sen. Ann Lee (D-N.Y.) spoke. It rained.", ["Sen. Ann Lee (D-N.Y.) spoke.", "It rained."]),
        ("He said â€œRain fell.â€\x9d Wind rose.", ["He said â€œRain fell.â€\x9d", "Wind rose."]),
        ("", []),
        (" \n\t\n ", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]) -> None:
    """Quotation marks neither glue nor cut sentences; abbreviations of the language file end none."""
    assert sentences_of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "One. “Two. Three” four? Five!\n\n\nSix… seven.\r\nEight (nine.) Ten",
        "a" * 50_000 + " " + "b. " * 9_000,
        "”“. ' \" .» x\u2028y\u00a0z\x85w",
        "no stop at all " * 4_000,
    ],
)
def test_sentences_tile_all_that_is_not_white_space(text: str) -> None:
    """Every code point but white space lies in exactly one sentence, also in paragraphs longer than a window."""
    covered = [
        place
        for one in split_article(Article("a", text), "en").sentences
        for place in range(one.span.start, one.span.stop)
    ]
    assert len(covered) == len(set(covered))
    assert {place for place, letter in enumerate(text) if not letter.isspace()} <= set(covered)


def test_a_long_paragraph_is_cut_at_sentences_not_at_windows() -> None:
    """Windows over long paragraphs leave no trace in the sentences."""
    text = "The ferry left Ardley at noon. " * 3_000
    assert set(sentences_of(text)) == {"The ferry left Ardley at noon."}


def test_paragraph_numbers_count_lines_with_words() -> None:
    """Blank lines have no number."""
    split = split_article(Article("a", "One. Two.\n\n \nThree.\nFour."), "en")
    assert [one.paragraph for one in split.sentences] == [0, 0, 1, 2]
