"""Hostile and odd input: every span stays inside the text, and nothing raises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

from tracer.domain import Article, Span
from tracer.split import SplitText, reported, split_article
from tracer.split.speech import Saying

HOSTILE = [
    "“" * 200_000,
    '"a ' * 50_000,
    "‘a b c’ " * 20_000,
    "(" * 1_000_000,
    "a " * 500_000,
    "“‘(" * 50_000,
    "He said “yes” " * 20_000,
    "“a b,” Ann said. " * 10_000,
    "(AP) — " * 20_000,
    "Photo by Ann/AP " * 10_000,
    "contributed to this report AP " * 10_000,
    "?” Ann said " * 20_000,
    ".\n" * 20_000,
    " " * 1_000_000,
    "’" * 200_000,
    "\x00\ud800\u202e" * 1_000,
    "LEE: A: " * 40_000,
    "A: b\n" * 40_000,
    "Ann Lee: b\nBob Roe: c\n" * 10_000,
    "@a\n— b (@c)\n" * 10_000,
    "pic.twitter.com/ @a #b\n" * 10_000,
    "said:\nI go\n" * 10_000,
    "in full, the statement:\n" + "I go\n" * 20_000,
    "Ann, " * 60_000,
    "WHEREAS 1. plaintiff\n" * 10_000,
    "CNN told the Post, the newspaper said. " * 5_000,
    "Ann said saying " * 20_000,
    ("said, calling " * 3_000 + "it “a mistake”.\n") * 10,
    ("The " + "“x” said " * 4_000 + "that the bridge was closed for the whole of the year.\n") * 10,
    "Plan A\xa0. K\u3000. J.\u2009. É\x85. " * 5_000,
]


def spans(split: SplitText) -> Iterator[Span]:
    yield from (one.span for one in split.sentences)
    yield from (one.span for one in split.quotations)
    yield from (one.speaker_span for one in split.quotations if one.speaker_span)
    yield from (one.span for one in split.credits)
    yield from (one.span for one in split.attributions)
    yield from (one.name_span for one in split.attributions)
    yield from (one.words for one in split.relays)
    yield from (one.place for one in split.relays)
    yield from (*split.names, *split.lists, *split.reported)


@pytest.mark.parametrize("text", HOSTILE, ids=[repr(text[:12]) for text in HOSTILE])
def test_hostile_text_is_read_to_the_end(text: str) -> None:
    """A megabyte without a full stop, unbalanced marks, endless cues: an answer, with every span inside the text.

    A step that is quadratic in the text would need minutes here.
    """
    split = split_article(Article("a", text), "en")
    assert all(span.stop <= len(text) for span in spans(split))


@pytest.mark.parametrize("text", HOSTILE[:27], ids=[repr(text[:12]) for text in HOSTILE[:27]])
def test_everything_is_in_reading_order(text: str) -> None:
    """Sentences and quotations never overlap; the rest is sorted by place."""
    split = split_article(Article("a", text[:20_000]), "en")
    for ordered in (split.sentences, split.quotations, split.credits, split.names, split.lists, split.reported):
        places = [one if isinstance(one, Span) else one.span for one in ordered]
        assert places == sorted(places)
        assert all(before.stop <= after.start for before, after in pairwise(places))
    starts = [one.span.start for one in split.attributions]
    assert starts == sorted(starts)


def test_whether_a_sentence_has_a_speaker_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many participles stand in it, each of its acts of saying is asked a few times at most."""
    asked, read, number = [], Saying.speaker.fget, 200
    assert read

    def speaker(saying: Saying) -> object:
        asked.append(saying)
        return read(saying)

    monkeypatch.setattr(Saying, "speaker", property(speaker))
    split_article(Article("a", "said, calling " * number + "it “a mistake of the whole year”."), "en")
    assert number <= len(asked) <= 10 * number


def test_a_sentence_is_searched_for_commas_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many acts of saying that belong to quotations stand in it."""
    searched = []

    class Comma:
        def search(self, text: str, start: int, stop: int) -> re.Match[str] | None:
            searched.append(stop - start)
            return re.compile("[,—–]").search(text, start, stop)

    monkeypatch.setattr(reported, "_COMMA", Comma())
    text = "The " + "“x” said " * 200 + "that the bridge was closed for the whole of the year, she said."
    split_article(Article("a", text), "en")
    assert sum(searched) <= 2 * len(text)


@pytest.mark.parametrize("text", ["", " \n ", "\ufeff", "."])
def test_an_empty_text_yields_empty_sequences(text: str) -> None:
    """Nothing is made up."""
    split = split_article(Article("a", text))
    assert (split.quotations, split.credits, split.attributions, split.names) == ((), (), (), ())
    assert len(split.sentences) == len(text.strip())


def test_an_unknown_language_keeps_the_rules_that_need_no_words() -> None:
    """Quotation marks, sentences, and agencies in a dateline or a credit line."""
    text = "ARDLEY (Reuters) — „Es regnet“, sagte Ann Lee. Die Fähre sank.\n(IANS/EFE)"
    split = split_article(Article("a", text), "zz")
    assert split.language == "zz"
    assert [one.span.of(text) for one in split.quotations] == ["Es regnet"]
    assert [[name.name for name in one.names] for one in split.credits] == [["Reuters"], ["IANS", "EFE"]]
    assert len(split.sentences) == 3


def test_the_result_depends_on_the_text_alone() -> None:
    """Same input, same value, whatever was split before."""
    text = "“It rains,” Ann Lee told Reuters.\nPhoto by Ann Lee/UPI"
    first = split_article(Article("a", text), "en")
    split_article(Article("b", "Another text. " * 50), "de")
    assert split_article(Article("a", text), "en") == first
