"""Which runs and words an article brings to the search, before it is split and after."""

from __future__ import annotations

import numpy as np
import pytest

from tracer.candidates import (
    MOST_CARRIERS,
    Fingerprints,
    RareShingles,
    fingerprint_articles,
    join_prints,
    rare_shingles,
)
from tracer.candidates.fingerprints import RARE_WORDS
from tracer.domain import Article
from tracer.split import parse_article
from tracer.text import background, shingle_hashes, tokenise, word_id

ODD = "Eleven heron barrels drifted beneath Hollin cooperage."
COMMON = "for the first time in a year"


def printed(text: str, language: str = "en", least: float = 25.0, title: str | None = None) -> RareShingles:
    return rare_shingles(parse_article(Article("a", text, title=title), language), least)


def unsplit(text: str, language: str = "en", least: float = 25.0, title: str | None = None) -> Fingerprints:
    (only,) = fingerprint_articles([Article("a", text, title=title)], least, language)
    return only


def hash_of(six_words: str) -> int:
    (only,) = shingle_hashes(tokenise(six_words).ids, 6).tolist()
    return int(only)


def test_runs_are_sorted_and_stand_once() -> None:
    """A run said twice is one fingerprint; two runs of seven words are two."""
    text = f"{ODD} Then it rained. {ODD}"
    for hashes in (printed(text).hashes, unsplit(text).hashes):
        assert hash_of("eleven heron barrels drifted beneath hollin") in hashes.tolist()
        assert (hashes[:-1] < hashes[1:]).all()
    assert len(printed(text).quoted) == len(printed(text).hashes)


def test_commonplaces_are_left_out() -> None:
    """Six everyday words in a row mean nothing; odd ones do; with no threshold all stay."""
    run, text = hash_of("for the first time in a"), f"It snowed {COMMON}."
    assert run not in printed(text).hashes.tolist() + unsplit(text).hashes.tolist()
    assert run in printed(text, least=0.0).hashes.tolist()
    assert run in unsplit(text, least=0.0).hashes.tolist()


def test_without_a_model_nothing_is_commonplace() -> None:
    """A language that tracer has no counts for keeps every run."""
    run, text = hash_of("for the first time in a"), f"It snowed {COMMON}."
    assert run in printed(text, language="xx").hashes.tolist()
    assert run in unsplit(text, language="xx").hashes.tolist()


def test_boilerplate_is_left_out_once_it_is_known() -> None:
    """The headline repeated is page furniture; before splitting nobody can tell."""
    text = f"{ODD}\n\nNobody in the village had expected barrels from that side."
    run = hash_of("eleven heron barrels drifted beneath hollin")
    assert run in printed(text).hashes.tolist()
    assert run not in printed(text, title=ODD.rstrip(".")).hashes.tolist()
    assert run in unsplit(text, title=ODD.rstrip(".")).hashes.tolist()


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
    assert len(printed(text).hashes) == len(unsplit(text).hashes) == 0


def test_an_article_brings_its_rarest_words() -> None:
    """A dozen at most, sorted by id, each once; unknown words are rarer than known ones."""
    known = "the of and to in for on that with said from was at by his has will be are not"
    odd = "gudrunsk hollinby wickmere dunmorel staverno moldevik skagenby ottarine bryndal torunwick kolbeinot"
    words = unsplit(f"{known} {odd} {odd} {known}").words
    assert (words[:-1] < words[1:]).all()
    assert len(words) == RARE_WORDS
    assert {word_id(word) for word in odd.split()} <= set(words.tolist())
    assert unsplit("of of of").words.tolist() == [word_id("of")]


@pytest.mark.parametrize("beside", ["", "Я"])
def test_a_word_in_several_spellings_is_brought_once(beside: str) -> None:
    """Initials with and without their dots are one word, which joins no article with itself."""
    articles = [Article("a", f"{beside} The B.S.W.Q. met before the BSWQ did."), Article("b", "A bswq, the B.S.W.Q.")]
    prints = fingerprint_articles(articles, 25.0, "en")
    for article, made in zip(articles, prints, strict=True):
        assert made.words.tolist() == np.unique(tokenise(article.text).ids).tolist()
    joined = join_prints(prints, MOST_CARRIERS, words=True)
    assert (joined.left.tolist(), joined.right.tolist(), joined.shared.tolist()) == ([0], [1], [2])


def test_the_rarest_words_are_those_with_the_greatest_rarity() -> None:
    """Against the definition, word by word."""
    model = background("en")
    assert model is not None
    text = "The minister said on Monday that farmers in the valley had ploughed every meadow before the frost came."
    ids = np.unique(tokenise(text).ids)
    left_out = np.setdiff1d(ids, unsplit(text).words)
    assert len(left_out) == len(ids) - RARE_WORDS
    assert model.rarity(left_out).max() <= model.rarity(unsplit(text).words).min()


def test_articles_of_several_languages_are_printed_in_their_order() -> None:
    """Each under its own language, stated or given."""
    texts = [(f"It snowed {COMMON}.", "en"), (f"It snowed {COMMON}.", "xx"), (ODD, "en"), ("", "xy")]
    articles = [Article(str(place), text, language=code) for place, (text, code) in enumerate(texts)]
    together = fingerprint_articles(articles, 25.0)
    apart = [unsplit(text, code) for text, code in texts]
    assert [made.hashes.tolist() for made in together] == [made.hashes.tolist() for made in apart]
    assert [made.words.tolist() for made in together] == [made.words.tolist() for made in apart]
    assert fingerprint_articles([], 25.0) == []
