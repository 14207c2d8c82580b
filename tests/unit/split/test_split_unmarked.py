"""Third-party words without quotation marks: turns, posts, documents."""

from __future__ import annotations

import pytest

from tracer.domain import Article
from tracer.split import Quotation, split_article

REPORT = "The harbour was quiet on Tuesday and nobody fished."


def quotations(text: str, title: str | None = None) -> tuple[Quotation, ...]:
    return split_article(Article("a", text, title=title), "en").quotations


def words(text: str, title: str | None = None) -> list[str]:
    return [one.span.of(text) for one in quotations(text, title)]


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        ("LEE: It rains.\nROE: It pours.", ["It rains.", "It pours."]),
        (f"{REPORT}\nLEE: It rains. ROE: Does it? LEE: It does.", ["It rains.", "Does it?", "It does."]),
        ("Q: Does it rain? A: It does.\nQ: Still?", ["Does it rain?", "It does.", "Still?"]),
        (
            "Reporter: Does it rain?\nAnn Lee: It does.\nReporter: Still?\nAnn Lee: It pours.",
            ["Does it rain?", "It does.", "Still?", "It pours."],
        ),
        ("LEE: It rains.", []),
        ("UPDATE: It rains.\nUPDATE: It pours.", []),
        ("The vote of the GOP: no.\nThe vote of the rest: yes.", []),
        ("Where: Ardley.\nWhen: noon.\nWho: Ann Lee.\nWhy: rain.", []),
    ],
)
def test_turns_of_a_transcript(text: str, turns: list[str]) -> None:
    """Behind labels, at the start of a paragraph or within one; a lone label and a list of facts are no transcript."""
    assert words(text) == turns


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        ("It rains — Ann Lee (@annlee) May 3, 2021", ["It rains"]),
        ("It rains\n— Ann Lee (@annlee) May 3, 2021", ["It rains"]),
        (
            f"{REPORT}\nRain again @ardley\nIt pours\n— Ann Lee (@annlee) May 3, 2021",
            ["Rain again @ardley", "It pours"],
        ),
        (f"{REPORT}\nLook at this pic.twitter.com/AbC1\n{REPORT}", ["Look at this pic.twitter.com/AbC1"]),
        (f"{REPORT}\nAnn Lee @annlee\nIt rains.\n{REPORT}", ["It rains."]),
        (f"{REPORT}\nWrite to @annlee if it rains where you are.\n{REPORT}", []),
    ],
)
def test_posts_told_by_their_layout(text: str, posts: list[str]) -> None:
    """By the signature, by the lines above it, by a posted picture, by the account in a line of its own."""
    assert words(text) == posts
    assert all(one.cue == "tweet" for one in quotations(text))


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        (f"The mayor’s office sent a statement:\n{REPORT}\n{REPORT}", ["statement"]),
        (f"Her letter reads:\n{REPORT}\nI have told our council so.\n{REPORT}", ["statement", "statement"]),
        (f"Her letter in full:\n{REPORT}\n{REPORT}\nBob Roe said no.", ["statement", "statement"]),
        (f"Ann Lee said:\n{REPORT}", [""]),
        (f"This is what happened:\n{REPORT}", []),
        (f"The mayor’s office sent a statement:\n“It rains.”\n{REPORT}", [""]),
        ("WHEREAS the bridge is old, and\nWHEREAS the river is wide.", ["statement", "statement"]),
        (f"{REPORT}\nSection 2. The bridge shall be closed.", ["statement"]),
        (f"{REPORT}\n14. Plaintiff Lee owns a boat.\n15. The defendant sank it.", ["statement", "statement"]),
        ("1. Bring a coat.\n2. Bring a hat.", []),
        (f"Section by section, the wall fell.\n{REPORT}", []),
    ],
)
def test_documents_in_paragraphs_of_their_own(text: str, cues: list[str]) -> None:
    """Behind a line that hands over, as long as they speak in the first person; legal papers by how they begin."""
    assert [one.cue for one in quotations(text)] == cues


def test_a_page_that_is_a_transcript_speaks_in_the_first_person() -> None:
    """Its title says so; a paragraph that does not say "I" or "we" stays the journalist's."""
    text = f"{REPORT}\nI love our harbour.\nWe shall all fish again."
    assert words(text, "Transcript: Ann Lee's harbour speech") == ["I love our harbour.", "We shall all fish again."]
    assert words(text, "Ann Lee at the harbour") == []


def test_marked_quotations_inside_unmarked_words_give_way() -> None:
    """No word belongs to two quotations."""
    text = "LEE: He said “never” to me.\nROE: I know.\nIt was “over” then."
    found = quotations(text)
    assert [one.span.of(text) for one in found] == ["He said “never” to me.", "I know.", "over"]


@pytest.mark.parametrize("blanks", [" ", "  ", "\u00a0"])
def test_a_post_signed_by_its_account_alone_has_that_for_a_speaker(blanks: str) -> None:
    """The name before the account may be missing; a speaker without a name there is never."""
    text = f"{REPORT}\n\nWe will keep the harbour clean, I promise you —{blanks}(@annlee) May 3, 2021"
    speakers = [one.speaker for one in quotations(text)]
    assert all(speaker is None or speaker.name.strip() for speaker in speakers)
