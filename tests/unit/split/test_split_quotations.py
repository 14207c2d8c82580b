"""Quoted stretches: where they begin and end, whatever marks are used."""

from __future__ import annotations

import pytest

from tracer.domain import Article
from tracer.split import Quotation, split_article


def quotations(text: str, language: str = "en") -> tuple[Quotation, ...]:
    return split_article(Article("a", text), language).quotations


def quoted(text: str, language: str = "en") -> list[str]:
    return [one.span.of(text) for one in quotations(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She said “yes” and “not now”.", ["yes", "not now"]),
        ('She said "yes" and "not now".', ["yes", "not now"]),
        ("She said “yes“ and “not now“.", ["yes", "not now"]),
        ("She said ”yes” and went.", ["yes"]),
        ('She said “yes" and went.', ["yes"]),
        ("„Es regnet“, sagte sie.", ["Es regnet"]),
        ("»Es regnet«, sagte sie.", ["Es regnet"]),
        ("« Il pleut », dit-elle.", ["Il pleut"]),
        ("''It rains,'' she said.", ["It rains,"]),
        ("‘‘It rains,’’ she said.", ["It rains,"]),
        ("‘It rains on us,’ she said. The boys’ boat sank.", ["It rains on us,"]),
        ("‘The boys’ boat is lost,’ she said.", ["The boys’ boat is lost,"]),
        ("'It rains on us,' she said, 'tis so.", ["It rains on us,"]),
        ("â€œIt rains,â€\x9d she said â€” â€œhard.â€", ["It rains,", "hard."]),
        ("“He cried ‘all is lost’ twice,” she said.", ["He cried ‘all is lost’ twice,"]),
        ('The man, 5\'10" tall, spoke of "the rain".', ["the rain"]),
        ('A 12" pipe.', []),
        ("Ann´s boat and Bob’s o’clock, the ’90s.", []),
        ("> It rains on us all.", ["It rains on us all."]),
        ("“ ” and “”", []),
    ],
)
def test_marks_of_every_kind_are_read(text: str, expected: list[str]) -> None:
    """Curly, straight, low, angled, misturned, doubled and mis-decoded marks quote; apostrophes and inches do not."""
    assert quoted(text) == expected


def test_a_quotation_may_reopen_at_each_paragraph() -> None:
    """One record per paragraph; the parts left open are not closed, and no warning is given."""
    text = "“It rained all day, Ann Lee said.\n“It rained all night.\n“Then the sun came,” she said."
    split = split_article(Article("a", text), "en")
    assert [(one.paragraph, one.closed) for one in split.quotations] == [(0, False), (1, False), (2, True)]
    assert split.warnings == ()


def test_a_quotation_that_never_closes_ends_with_its_paragraph_and_warns() -> None:
    """The next paragraph is narrative again."""
    text = "She said: “It rained all day.\nThe ferry left."
    split = split_article(Article("a", text), "en")
    assert [(one.span.of(text), one.closed) for one in split.quotations] == [("It rained all day.", False)]
    assert len(split.warnings) == 1
    assert "paragraph 1 of 2" in split.warnings[0]


def test_a_quotation_closed_in_the_next_paragraph_goes_on_there() -> None:
    """A closing mark that nothing opened belongs to the quotation the paragraph before left open."""
    text = "She said: “It rained all day.\nIt rained all night,” and went."
    assert quoted(text) == ["It rained all day.", "It rained all night,"]


def test_turns_of_a_transcript_are_third_party_words() -> None:
    """Paragraphs behind a label in capitals are quoted, with the label's name; one such paragraph proves nothing."""
    text = "ANN LEE, HOST: It rains.\nROE: It does.\nQ: Why?\nUPDATE: It stopped."
    assert [(one.span.of(text), one.speaker and one.speaker.name, one.cue) for one in quotations(text)] == [
        ("It rains.", "Ann Lee", "transcript"),
        ("It does.", "Roe", "transcript"),
        ("Why?", None, "transcript"),
    ]
    assert quotations("ANN LEE: It rains.\nThen it stopped.") == ()


@pytest.mark.parametrize(
    "text",
    [
        "It rains again. — Ann Lee (@annlee) May 3, 2021",
        "It rains again.\n— Ann Lee (@annlee) May 3, 2021",
        "“It rains again.” — Ann Lee (@annlee)",
    ],
)
def test_a_signed_tweet_is_quoted(text: str) -> None:
    """The words before the signature are the tweet's, in the same paragraph or the one before."""
    (tweet,) = quotations(text)
    assert (tweet.span.of(text), tweet.speaker.name if tweet.speaker else "", tweet.cue) == (
        "It rains again.",
        "Ann Lee",
        "tweet",
    )
