"""Who speaks in a quotation."""

from __future__ import annotations

import pytest

from tracer.domain import Article, SourceKind, SourceName
from tracer.split import Quotation, split_article


def quotations(text: str) -> tuple[Quotation, ...]:
    return split_article(Article("a", text), "en").quotations


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“It rains,” Ann Lee said.", "Ann Lee"),
        ("“It rains,” said Ann Lee.", "Ann Lee"),
        ("“It rains,” Ardley Police spokesman Bob Roe said.", "Bob Roe"),
        ("“It rains,” said spokeswoman Ann Lee.", "Ann Lee"),
        ("“It rains,” Foreign Secretary Ann Lee told reporters.", "Ann Lee"),
        ("“It rains,” Secretary of State Ann Lee said Friday.", "Ann Lee"),
        ("“It rains,” Rep. Ann Lee (D-Ardley) said.", "Ann Lee"),
        ("“It rains,” Ann Lee, a minister, said.", "Ann Lee"),
        ("Ann Lee, who was abroad, said that “it rains”.", "Ann Lee"),
        ("Ann Lee also noted the weather, saying that “it rains”.", "Ann Lee"),
        ("Ann Lee said the harbour would “never” close.", "Ann Lee"),
        ("“It rains,” according to Ann Lee.", "Ann Lee"),
        ("“It rains,” the Pentagon said.", "US Department of Defense"),
        ("“It rains,” the Ardley Health Ministry said.", "Ardley Health Ministry"),
        ("“It rains,” a spokeswoman for the Kremlin said.", "Kremlin"),
        ("“It rains,” a Kremlin spokeswoman said.", "Kremlin"),
        ("“It rains,” Iran said.", "Iran"),
        ("“It rains,” said former Rep. Ann Lee.", "Ann Lee"),
        ("“It rains,” said Ann Lee of Ardley.", "Ann Lee"),
        ("“It rains,” Ann Lee of the University of Ardley said.", "Ann Lee"),
        ("“It rains,” said the Ardley health ministry.", "Ardley Health Ministry"),
        ("The sky is “grey”, and it rains, said Ann Lee, a minister.", "Ann Lee"),
        ("“It rains,” an official said.", None),
        ("“It rains.”", None),
    ],
)
def test_the_name_by_the_word_of_saying_speaks(text: str, speaker: str | None) -> None:
    """Before or behind the quotation, through titles, brackets and appositions; nameless speakers have no name."""
    (one,) = quotations(text)
    assert (one.speaker.name if one.speaker else None) == speaker


@pytest.mark.parametrize(
    ("text", "cue", "institution"),
    [
        ("“It rains,” an Ardley Home Office statement said.", "statement", "Ardley Home Office"),
        ("“It rains,” the White House said in a written statement.", "statement", "White House"),
        ("“It rains,” White House spokesman Bob Roe said.", "", "White House"),
        ("“It rains,” Ann Lee said in a speech in Ardley.", "speech", None),
        ("“It rains,” Ann Lee tweeted.", "tweet", None),
        ("“It rains,” Ann Lee wrote on Twitter.", "tweet", None),
        ("The Ardley embassy in Moscow said on its Twitter account that “it rains”.", "tweet", "Ardley Embassy"),
        ("“It rains,” Ann Lee said.", "", None),
    ],
)
def test_how_the_words_were_made_known_and_for_whom(text: str, cue: str, institution: str | None) -> None:
    """The cue says statement, tweet or speech; the institution is the one the speaker speaks for."""
    (one,) = quotations(text)
    assert (one.cue, one.institution.name if one.institution else None) == (cue, institution)


def test_a_pronoun_stands_for_the_one_speaker_named_before_it_in_its_paragraph() -> None:
    """With nobody or two people named, it stays unresolved and the span lies on the pronoun."""
    resolved = "Ann Lee said it was late. “It rains,” she said."
    assert quotations(resolved)[0].speaker == SourceName("Ann Lee", SourceKind.PERSON)
    for text in (
        "“It rains,” he said.",
        "Ann Lee said yes. Bob Roe said no. “It rains,” he said.",
        "Bob Roe said no.\n“It rains,” he said.",
    ):
        (one,) = quotations(text)
        assert one.speaker is None
        assert one.speaker_span is not None
        assert one.speaker_span.of(text) == "he"


def test_a_later_quotation_of_the_paragraph_has_the_same_speaker_if_only_one_is_named() -> None:
    """It must begin its sentence: marks around a word inside the narrative are nobody's speech."""
    text = "“It rains,” Ann Lee said. “It pours. It will go on.” The “flood” came."
    assert [one.speaker.name if one.speaker else None for one in quotations(text)] == ["Ann Lee", "Ann Lee", None]
    two = "“It rains,” Ann Lee said. “It pours.” Bob Roe said no."
    assert quotations(two)[1].speaker is None


def test_a_quotation_over_several_paragraphs_has_one_speaker() -> None:
    """Whichever part names the speaker names it for all."""
    text = "“It rained all day.\n“Then the sun came,” Ann Lee said."
    assert {one.speaker.name for one in quotations(text) if one.speaker} == {"Ann Lee"}
    assert all(one.speaker for one in quotations(text))


def test_an_agency_that_relays_is_no_speaker() -> None:
    """ "According to TASS" says where the words were read, not whose they are."""
    (one,) = quotations("“It rains”, he said, according to TASS.")
    assert one.speaker is None


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ann Lee opposed the bridge, calling it “a folly”.", "Ann Lee"),
        ("In a letter, Ann Lee opposed the bridge, calling it “a folly”.", "Ann Lee"),
        ("Ann Lee opened the bridge by saying “at last”.", "Ann Lee"),
        ("Ann Lee praised the bridge and said it was “new”.", "Ann Lee"),
        ("Ann Lee, who grew up by the bridge, an old one, said it was “new”.", "Ann Lee"),
        ("Ann Lee’s plan drew fire, with voters calling it “a folly”.", None),
        ("The first look at the bridge is odd, calling it “new”.", None),
        ("In Ardley, Trent, the bridge closed, saying “no” to traffic.", None),
        ("“No,” said Ann Lee. Bob Roe opposed the bridge, calling it a folly.", "Ann Lee"),
    ],
)
def test_the_subject_of_the_sentence_speaks_where_the_word_of_saying_has_none(text: str, speaker: str | None) -> None:
    """Behind "and", or as a participle; a possessive is no subject, and neither is a place."""
    (one,) = quotations(text)
    assert (one.speaker.name if one.speaker else None) == speaker


def test_a_colon_hands_over_to_the_quotation_in_the_next_line() -> None:
    """Only from the sentence before the colon, and only to what begins the next line."""
    assert quotations("Bob Roe said no. Ann Lee went on:\n“It rains.”")[0].speaker == SourceName(
        "Ann Lee", SourceKind.PERSON
    )
    for text in (
        "Ann Lee went on.\n“It rains.”",
        "Ann Lee went on:\nThen “it rains”.",
        "Ann Lee said so. The whole list:\n“It rains.”",
    ):
        (one,) = quotations(text)
        assert one.speaker is None
