"""Fingerprints: which runs of words an article brings to the search."""

from __future__ import annotations

import pytest

from tracer.candidates import Fingerprints, fingerprint
from tracer.domain import Article
from tracer.split import parse_article
from tracer.text import shingle_hashes, tokenise

ODD = "Eleven heron barrels drifted beneath Hollin cooperage."
COMMON = "for the first time in a year"


def printed(text: str, language: str = "en", least: float = 25.0, title: str | None = None) -> Fingerprints:
    return fingerprint(parse_article(Article("a", text, title=title), language), least)


def hash_of(six_words: str) -> int:
    (only,) = shingle_hashes(tokenise(six_words).ids, 6).tolist()
    return int(only)


def test_runs_are_sorted_and_stand_once() -> None:
    """A run said twice is one fingerprint; two runs of seven words are two."""
    prints = printed(f"{ODD} Then it rained. {ODD}")
    assert hash_of("eleven heron barrels drifted beneath hollin") in prints.hashes.tolist()
    assert (prints.hashes[:-1] < prints.hashes[1:]).all()
    assert len(prints.quoted) == len(prints.hashes)


def test_commonplaces_are_left_out() -> None:
    """Six everyday words in a row mean nothing; odd ones do; with no threshold all stay."""
    run = hash_of("for the first time in a")
    assert run not in printed(f"It snowed {COMMON}.").hashes.tolist()
    assert run in printed(f"It snowed {COMMON}.", least=0.0).hashes.tolist()


def test_without_a_model_nothing_is_commonplace() -> None:
    """A language that tracer has no counts for keeps every run."""
    assert hash_of("for the first time in a") in printed(f"It snowed {COMMON}.", language="xx").hashes.tolist()


def test_boilerplate_is_left_out() -> None:
    """The headline repeated is page furniture."""
    text = f"{ODD}\n\nNobody in the village had expected barrels from that side."
    run = hash_of("eleven heron barrels drifted beneath hollin")
    assert run in printed(text).hashes.tolist()
    assert run not in printed(text, title=ODD.rstrip(".")).hashes.tolist()


@pytest.mark.parametrize(
    ("text", "is_quoted"),
    [
        ("She said: “Eleven heron barrels drifted beneath Hollin cooperage.”", True),
        ("Eleven heron barrels “drifted beneath Hollin cooperage.”", False),
        (ODD, False),
    ],
)
def test_a_run_is_quoted_when_all_of_it_is(text: str, is_quoted: bool) -> None:
    """A run that enters a quotation counts as not quoted."""
    prints = printed(text)
    place = prints.hashes.tolist().index(hash_of("eleven heron barrels drifted beneath hollin"))
    assert bool(prints.quoted[place]) is is_quoted


@pytest.mark.parametrize("text", ["", "Five words are too few.", "…"])
def test_a_short_text_has_none(text: str) -> None:
    """Nothing to share, nothing to raise."""
    assert len(printed(text).hashes) == 0
