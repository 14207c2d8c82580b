"""Page furniture among sentences, and title-and-name chains."""

from __future__ import annotations

import pytest

from tracer.domain import Article
from tracer.split import split_article

BODY = "The ferry left the harbour of Ardley at noon with nine people aboard, and nobody saw it again that day."


def furniture(text: str, title: str | None = None) -> list[str]:
    split = split_article(Article("a", text, title=title), "en")
    return [one.span.of(text) for one in split.sentences if one.boilerplate]


@pytest.mark.parametrize(
    "line",
    [
        "Please enter your comment!",
        "Please enter your name here",
        "Read more",
        "READ MORE: Ferry is found",
        "Sign up for our newsletter today",
        "Share this",
        "Follow Ann Lee on Twitter",
        "Follow the Ardley Gazette on Facebook.",
        "All rights reserved.",
        "Advertisement",
        "Related:",
        "This website uses cookies to serve you better.",
        "CLICK HERE TO GET THE APP",
        "Story continues below",
        "Photo by Ann Lee/UPI | License Photo",
        "(IANS/EFE)",
        "The Associated Press contributed to this report.",
        "* * *",
    ],
)
def test_furniture_is_flagged(line: str) -> None:
    """Forms, licences, invitations, separators, and sentences that are nothing but a credit."""
    assert furniture(f"{BODY}\n{line}") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell.",
        "The group asked readers to follow the news on the ferry, said Ann Lee.",
        "Comment was not to be had from the owners.",
        "The message broke the terms of service of the site, the owners said.",
        "More than nine boats went out.",
        "Sign language was used.",
        "Reuters reported that the ferry sank.",
        "ARDLEY (AP) — The ferry sank.",
    ],
)
def test_real_sentences_are_not(line: str) -> None:
    """Though they begin like furniture."""
    assert furniture(f"{BODY}\n{line}") == []


def test_a_headline_repeated_is_furniture() -> None:
    """The line equal to the title, and a leading line that another begins with; not the body that follows."""
    text = f"Ferry From Ardley Is Lost At Sea\n\nFerry From Ardley Is Lost\n{BODY}"
    assert furniture(text) == ["Ferry From Ardley Is Lost"]
    assert furniture(text, "Ferry from Ardley is lost at sea") == [
        "Ferry From Ardley Is Lost At Sea",
        "Ferry From Ardley Is Lost",
    ]
    assert furniture(f"Ferry is lost. {BODY}", "Storm over Ardley") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Secretary of State Ann Lee has gone.", ["Secretary of State Ann Lee"]),
        ("Russian Defense Minister Sergei K. Roe’s plan", ["Russian Defense Minister Sergei K. Roe"]),
        ("Pentagon spokesman Bob Roe said", ["Pentagon spokesman Bob Roe"]),
        ("But President Ann Lee met Gen. Bob Roe Jr. there", ["President Ann Lee", "Gen. Bob Roe Jr"]),
        ("Mr. Roe and Ms Lee", ["Mr. Roe", "Ms Lee"]),
        ("He met President Lee. Rain fell.", ["President Lee"]),
        ("The president said so; Major cities agreed.", []),
    ],
)
def test_titles_with_names(text: str, expected: list[str]) -> None:
    """With the capitalised words before the title, without a sentence's first small word, never across a full stop."""
    assert [span.of(text) for span in split_article(Article("a", text), "en").names] == expected
