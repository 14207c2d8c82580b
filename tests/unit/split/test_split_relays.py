"""Quoted words that an article has from an outlet."""

from __future__ import annotations

import pytest

from tracer.domain import Article
from tracer.split import split_article

SPEECH = "The bridge will close and nobody will be the poorer for it"


def relays(text: str) -> list[str]:
    return [entry.source.name for entry in split_article(Article("a", text), "en").relays]


@pytest.mark.parametrize(
    ("text", "outlets"),
    [
        (f"“{SPEECH},” Ann Lee told the Los Angeles Times.", ["Los Angeles Times"]),
        (f"“{SPEECH},” Time said in its cover story.", ["Time"]),
        (f"“{SPEECH},” she said, according to the Detroit News.", ["Detroit News"]),
        (f"Ann Lee gave an interview to the Weekly Standard.\n“{SPEECH}.”", ["Weekly Standard"]),
        (f"Politico reports:\n{SPEECH}.", ["Politico"]),
        (f"“{SPEECH},” Ann Lee told Politico. “{SPEECH}.”", ["Politico", "Politico"]),
        (f"Ann Lee spoke to Politico.\nLEE: {SPEECH}.\nROE: {SPEECH}.", ["Politico", "Politico"]),
        (f"“{SPEECH},” Ann Lee told CNN.", []),
        (f"“{SPEECH},” Ann Lee told Radio Ardley.", []),
        (f"“{SPEECH},” Ann Lee said in a statement to Politico.", []),
        (f"“{SPEECH},” Ann Lee tweeted, Politico reported.", []),
        (f"“{SPEECH},” Ann Lee said at a hearing, according to Politico.", []),
        (f"“{SPEECH},” Ann Lee said.", []),
        (f"Politico reported the closure.\nIt was late.\n“{SPEECH},” Ann Lee said.", []),
    ],
)
def test_what_was_said_to_an_outlet_is_its_own(text: str, outlets: list[str]) -> None:
    """By the attribution at the quotation; what was made public, or could be heard on air, is nobody's own."""
    assert relays(text) == outlets


@pytest.mark.parametrize(
    ("text", "outlets"),
    [
        (f"The Washington Post came first. “{SPEECH},” Ann Lee told the Post.", ["Washington Post"]),
        (f"Politico came first. “{SPEECH},” Ann Lee told the newspaper.", ["Politico"]),
        (f"“{SPEECH},” Ann Lee told the newspaper. Politico came last.", []),
        (f"The Washington Post came first. “{SPEECH},” Ann Lee told the post office.", []),
        (f"The Washington Post came first. “{SPEECH},” Ann Lee told the Yorkshire Post.", ["Yorkshire Post"]),
    ],
)
def test_a_newspaper_named_before_is_meant_by_the_newspaper(text: str, outlets: list[str]) -> None:
    """The outlet named last before, or the last whose name ends in the same word."""
    assert relays(text) == outlets
