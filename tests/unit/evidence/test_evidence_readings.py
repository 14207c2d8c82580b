"""Clues in variant places: substitutions, scars, slips."""

from __future__ import annotations

import pytest
from evidence_prose import STORY, parsed

from tracer.align import shared_passages
from tracer.domain import Article
from tracer.evidence.readings import Reading, article_scars, intended_word, private_typos, shared_typos
from tracer.evidence.substitution import substitutions
from tracer.split import parse_article

ACT = "The harbour board will {} the winch on Monday, and it has asked for {} before the herring season starts."


def scars(left: str, right: str, language: str = "en") -> list[float]:
    ours, theirs = parse_article(Article("a", left), language), parse_article(Article("b", right), language)
    return [seen.strength for seen in article_scars(ours, theirs, shared_passages(ours, theirs))]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("an animal", "an beast", [1.0]),
        ("an beast", "an animal", [-1.0]),
        ("a vessel", "a ship", []),
        ("a vessel", "a ark", [1.0]),
        ("an hour", "a day", []),
        ("a university", "a school", []),
        ("an officer", "a one-eyed man", []),
        ("a uniform", "an outfit", []),
        ("an X-ray", "a scan", []),
        ("an 80-year-old", "a pensioner", []),
        ("a European crew", "an Icelandic crew", []),
    ],
)
def test_a_forgotten_article_betrays_the_copy(left: str, right: str, expected: list[float]) -> None:
    """``an`` before a consonant sound or ``a`` before a vowel sound: that side came later; good English is no scar."""
    assert scars(ACT.format("sell", left), ACT.format("sell", right)) == expected


GOOD = ["an unidentified buyer", "an urgent loan", "an urban fox", "an uninjured crew", "an NPR crew", "an MP", "an 11"]


@pytest.mark.parametrize("good", GOOD)
def test_good_english_is_no_scar(good: str) -> None:
    """Words in un-, ur- and spelt-out initials after ``an``, against another word after ``a``."""
    assert scars(ACT.format("sell", good), ACT.format("sell", "a dealer")) == []


def test_scars_are_looked_for_in_english_only() -> None:
    """Other languages have other articles."""
    assert scars(ACT.format("sell", "an animal"), ACT.format("sell", "an beast"), "xx") == []


def test_the_odder_reading_looks_substituted() -> None:
    """The usual phrase is upstream; exchanging the sides changes the sign; numbers and equal letters do not count."""
    usual, odd = parsed("a", ACT.format("take over", "a loan")), parsed("b", ACT.format("take across", "a loan"))
    forwards = [seen.strength for seen in substitutions(usual, odd, shared_passages(usual, odd))]
    backwards = [seen.strength for seen in substitutions(odd, usual, shared_passages(odd, usual))]
    assert sum(forwards) > 0
    assert backwards == pytest.approx([-strength for strength in forwards])


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("sell 12", "sell 15"),
        ("resell", "re-sell"),
        ("sell", "sell"),
        ("sell", "never ever try to sell"),
        ("recognise", "recognize"),
        ("not sell it to the UK for", "not sell it to the United Kingdom for"),
        ("sell five per cent of", "sell five percent of"),
        ("recommend", "recomend"),
    ],
)
def test_some_differences_are_no_substitutions(left: str, right: str) -> None:
    """Numbers, joined spellings, equal readings, readings of unlike length, house style, and slips."""
    ours, theirs = parsed("a", ACT.format(left, "a loan")), parsed("b", ACT.format(right, "a loan"))
    assert list(substitutions(ours, theirs, shared_passages(ours, theirs))) == []


def test_a_private_slip_came_later_and_a_shared_one_is_kinship() -> None:
    """A word misspelt on one side only points; on both sides it does not."""
    good, bad = parsed("a", STORY), parsed("b", STORY.replace("northern", "northren"))
    assert [seen.strength for seen in private_typos(good, bad, shared_passages(good, bad))] == [1.0]
    turned = parsed("a", bad.article.text), parsed("b", good.article.text)
    assert [seen.strength for seen in private_typos(*turned, shared_passages(*turned))] == [-1.0]
    twice = parsed("a", bad.article.text), bad
    assert list(private_typos(*twice, shared_passages(*twice))) == []
    (shared,) = shared_typos(*twice, shared_passages(*twice))
    assert shared.left is not None
    assert shared.left.of(bad.article.text) == "northren"


def test_a_plain_place_of_text_outweighs_a_strange_one_more_the_stranger_it_is() -> None:
    """One far-fetched word weighs more than one that nearly fits, and two more than one."""
    plain = parsed("a", ACT.format("take over", "a loan"))
    others = [ACT.format("take on", "a loan"), ACT.format("take across", "a loan"), ACT.format("grab across", "a lend")]
    sums = [
        sum(seen.strength for seen in substitutions(plain, other, shared_passages(plain, other)))
        for other in (parsed("b", text) for text in others)
    ]
    assert sums == sorted(sums)
    assert sums[0] < sums[-1]


def test_a_known_misspelling_counts_where_the_right_word_stands_beside_it() -> None:
    """Wrong letters of any kind count, if the other side's word is far more frequent; real words do not."""
    cases = {"northcrn": 1, "nothern": 1, "nortthern": 1, "southern": 0, "northerns": 0, "Northem": 0}
    good = parsed("a", STORY)
    for word, slips in cases.items():
        bad = parsed("b", STORY.replace("northern", word))
        assert len(list(private_typos(good, bad, shared_passages(good, bad)))) == slips, word


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("northren", "northern"),
        ("vilage", "village"),
        ("northern", ""),
        ("Northren", ""),
        ("nrth", ""),
        ("qzxvbn", ""),
        ("orthern", ""),
        ("ministérs", ""),
    ],
)
def test_what_a_slip_was_meant_to_be(word: str, meant: str) -> None:
    """One edit from a frequent word with the same first letter; names, short words and accents are let be."""
    reading = Reading(parsed("a", f"the {word} quay"), range(1, 2))
    assert intended_word(reading, 0) == meant
